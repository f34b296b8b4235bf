"""A learner's call, in a thread of its own: it is ended when it takes too long, or when the learner presses Stop.

A signal would not do: it comes once, as an exception that code may catch (`train` does, to keep the run so far), and a
process may ignore it. A thread can be asked again and again, and whoever waits for it is free to go on.
"""

import contextlib
import contextvars
import ctypes  # Python's only way to raise an exception in another thread
import itertools
import sys
import threading
import time

SECONDS = 10  # of computing, for all calls of one check: a learner's loop that takes longer has probably no end
_WAITING = 6  # seconds by the clock that count as one of computing: thirty kernels on one machine wait for each other
_GENTLY = 5  # requests that let the code clean up behind itself, before those that don't
_PAUSE = 0.1  # seconds from one request to the next


class TooLong(Exception):
    """The time is over; the learner's code has been ended, or will be as soon as it answers."""


class Limit:
    """A limit of so many seconds of computing, which begins now."""

    def __init__(self, seconds):
        self._seconds, self._clock, self._computed = seconds, time.monotonic(), time.process_time()

    @property
    def left(self):
        """The seconds of computing that are left; below 0 where the time is over."""
        waited = time.monotonic() - self._clock
        computed = min(time.process_time() - self._computed, waited)  # on several cores it goes quicker than the clock
        return self._seconds - max(computed, waited / _WAITING)


class _Ended(BaseException):
    """Raised in a learner's code to end it."""


class _EndedForGood(_Ended):
    """Raised in code that caught _Ended: should it catch this, too, its next line raises again."""

    def __init__(self):
        super().__init__()
        frame = sys._getframe(1)
        sys.settrace(_again)
        while frame:
            frame.f_trace = _again
            frame = frame.f_back


def _again(frame, event, argument):
    """Raise once more at the next line; not at the event "exception", which comes before the code can catch it."""
    if event == "line":
        raise _EndedForGood
    return _again


def guarded(call, seconds):
    """Return call() or raise what it raises; what it prints shows in the cell that waits.

    Raises TooLong after so many seconds of computing. An interruption of the one who waits ends the call, and is
    passed on.
    """
    outcome, done = {}, threading.Event()

    def work():
        with contextlib.suppress(_Ended):
            try:
                outcome["value"] = call()
            except BaseException as error:
                outcome["error"] = error
            finally:
                sys.settrace(None)
                done.set()

    worker = threading.Thread(target=contextvars.copy_context().run, args=(work,), name="learner", daemon=True)
    worker.start()
    limit = Limit(seconds)
    try:
        while not done.wait(0.1):  # in short waits: a long one can't be interrupted on Windows
            if limit.left < 0:
                raise TooLong
    except BaseException:
        _end(worker)
        raise
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]


def _end(worker):
    """Ask a thread to end until it does; wait a second for that, no longer."""

    def ask():
        for request in itertools.count():
            ended = _Ended if request < _GENTLY else _EndedForGood
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident), ctypes.py_object(ended))
            worker.join(_PAUSE)
            if not worker.is_alive():
                return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(1)
