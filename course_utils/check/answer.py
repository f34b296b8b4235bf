"""What a learner handed in, and the only way to run it: guarded, recorded, and every error told in words."""

import contextlib
import inspect

import numpy as np
import tensorflow as tf

from ..errors import meaning, message, place
from . import guard
from .reading import calls, lacks_self
from .result import Mistake, NotAttempted
from .tapes import recorded, why_none
from .values import plain


class Answer:
    """A learner's function, class or value.

    value: it itself. asks: how it will be called, such as "slope(function, x)", for messages. in_words: whether the
    name of a mistake is asked for, which takes time, and not only whether there is one.
    wrong_case: the number of the case in which it was wrong; where words are not asked for, that one comes first.
    `answer(…)` runs it, `answer.run(…)` something that it made; all of them share one time limit.
    """

    def __init__(self, value, asks, *, seconds=None, in_words=True, wrong_case=0):
        self.value, self.asks, self.in_words, self.wrong_case = value, asks, in_words, wrong_case
        self._limit = guard.Limit(guard.SECONDS if seconds is None else seconds)
        self._asked, self.used_tape = [], False

    def __call__(self, *arguments, tape=None):
        """Return what the learner's code returns. Raises Mistake where it can't be called so, or where it raises."""
        self._accepts(self.value, arguments)
        return self.run(self.value, *arguments, tape=tape)

    def numbers(self, *arguments):
        """Return what the learner's code returns as a float array, None as a Mistake."""
        return self.as_numbers(self(*arguments))

    def run(self, function, *arguments, tape=None):
        """Return function(*arguments), run as the learner's code. tape: watches that, and the tensors among them.

        Raises Mistake where it raises, where it takes too long, and where it changes an array or list in arguments.
        """
        kept = [_copied(argument) for argument in arguments]

        def call():
            with tape or contextlib.nullcontext():
                if tape:
                    tape.watch([one for one in arguments if tf.is_tensor(one) and not hasattr(one, "assign")])
                return function(*arguments)

        with recorded() as self._asked, _no_advice():
            try:
                value = guard.guarded(call, self._limit.left)
            except guard.TooLong:
                raise Mistake(f"it runs longer than {guard.SECONDS} seconds. Does every loop in it end?") from None
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                raise Mistake(self._told(error)) from None
        self.used_tape |= bool(self._asked)
        if value is ...:
            raise NotAttempted
        self._unchanged(arguments, kept)
        return value

    def as_numbers(self, value, what="it returns"):
        """Return what the learner's code gave back as a float array; None and what is no number as a Mistake."""
        if value is None:
            raise Mistake(self._nothing(what))
        try:
            return guard.guarded(lambda: plain(value), max(self._limit.left, 1))
        except Mistake as mistake:
            raise Mistake(f"{what} {mistake}" if not self.why_none() else self._nothing(what)) from None
        except guard.TooLong:
            raise Mistake(f"{what} something that can't be read as numbers.") from None

    @property
    def questions(self):
        """How often the code asked a tape for slopes when it ran last."""
        return len(self._asked)

    def why_none(self):
        """Return why the last slope that the code asked a tape for was None, or "" if it was not."""
        return why_none(self._asked)

    def _told(self, error):
        """Return in words what the learner's code raised: what it means, the message, and the line."""
        by_tape = isinstance(error, (TypeError, ValueError, AttributeError, RuntimeError)) and self.why_none()
        means = f"{by_tape}." if by_tape else meaning(error, self.value)
        means = means if means.startswith("Keras") else f"{means[:1].lower()}{means[1:]}"
        return " ".join(filter(None, [means, message(error, "Your code"), place(error, self.value)]))

    def _nothing(self, what):
        if self.why_none():
            return f"the slope is None: {self.why_none()}."
        printed = " `print` shows a value, but gives it to nobody." if calls(self.value, "print") else ""
        return f"{what} None. A function gives back only what stands after `return`.{printed}"

    def _accepts(self, function, arguments):
        """Raise Mistake unless function can be called with so many arguments."""
        if isinstance(function, type) and (line := lacks_self(function)):
            raise Mistake(
                f"`self` is missing in `{line}`: each method of a class has the object itself, `self`, as its first "
                "parameter."
            )
        try:
            signature = inspect.signature(function)
        except (TypeError, ValueError):
            return
        try:
            signature.bind(*arguments)
        except TypeError:
            takes = ", ".join(signature.parameters) or "nothing"
            raise Mistake(f"it takes {takes}, and it is called with ({self.asks.partition('(')[2]}.") from None

    def _unchanged(self, arguments, kept):
        names = self.asks.partition("(")[2].rstrip(")").split(", ")
        for argument, copy, name in zip(arguments, kept, [*names, *arguments], strict=False):
            if copy is not None and not np.array_equal(copy, argument):
                raise Mistake(f"it changes {name}, which belongs to whoever calls it. Compute something new instead.")


@contextlib.contextmanager
def _no_advice():
    """Keep TensorFlow's advice on speed out of the cell: a check calls the learner's code more often than they do."""
    logger = tf.get_logger()
    level = logger.level
    logger.setLevel("ERROR")
    try:
        yield
    finally:
        logger.setLevel(level)


def _copied(argument):
    """Return a copy of an array or a list of numbers; None for anything else. Tensors never change, models may."""
    return np.array(argument) if isinstance(argument, (np.ndarray, list)) else None
