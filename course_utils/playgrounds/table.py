"""The rows under sliders, computed ahead on a thread of their own: the nearest first, a few at a time."""

import base64
import threading
import time

PIECE = 12  # rows in a message
PATIENCE = 30.0  # seconds of computing that a whole table may take; what takes longer is computed when asked for
REST = 0.002  # seconds between two rows, for whoever else wants to work


def share_apart(key, place):
    """Return how far a rate is from where the slider stands, both floats above 0."""
    return abs(key - place) / key


class Table:
    """keys: the places of one slider, or of several. row: a function of a key that computes its row, or None
    where there is none to be had. send: takes rows.

    apart: how far a key is from where the sliders stand, a function of both; by default both are rates.
    """

    def __init__(self, keys, row, send, apart=share_apart):
        self._keys, self._row, self._send, self._apart = list(keys), row, send, apart
        self._stopped = threading.Event()
        self._thread = None

    def start(self, place):
        """Begin, if nobody has, with the rows near to what place() returns, each time that a piece is done."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._fill, args=(place,), daemon=True)
            self._thread.start()

    def stop(self):
        """End after the row that is computed now."""
        self._stopped.set()

    def wait(self, seconds):
        """Wait until it has ended; return whether it has."""
        if self._thread:
            self._thread.join(seconds)
        return not (self._thread and self._thread.is_alive())

    def _fill(self, place):
        left, spent, done = set(self._keys), 0, 0  # not by the clock: thirty kernels on one machine are slow, too
        while left and not self._stopped.is_set():
            here, rows = place(), []
            near = sorted(left, key=lambda key: self._apart(key, here))[:PIECE]
            for key in near:
                if self._stopped.is_set():
                    return
                started = time.process_time()
                row = self._row(key)
                spent += time.process_time() - started
                rows += [row] if row else []
                time.sleep(REST)
                done += 1
                if done >= 8 and spent / done * len(self._keys) > PATIENCE:
                    self._stopped.set()
            if rows:
                self._send(rows)
            left.difference_update(near)

    def all(self, pack, every=1):
        """Return what pack makes of all rows, or of those that can be had in good time, for `start`.

        every: take the first row and each so many after it, where all would be too much for a file.
        """
        started, rows = time.monotonic(), []
        for key in self._keys[::every]:
            row = self._row(key)
            rows += [row] if row else []
            if time.monotonic() - started > 2 * PATIENCE:
                break
        if not rows:
            return []
        head, buffers = pack(rows)
        return [{"head": head, "buffers": [base64.b64encode(part).decode("ascii") for part in buffers]}]
