"""An exercise: a judge, what it asks for, what it says when all is right, and the answers that the tests try.

To write one, put a file into the folder of its lesson; the notebook calls it as `check.half(my_half)`, and nothing else
must change:

    SLIPS = [
        Slip("it is doubled", "Divide by 2.", ("/ 2", "* 2"), scale=4),
        Slip("the sign is lost", "Keep it.", ("x / 2", "abs(x) / 2"), then=np.abs),
    ]

    @exercise("half(x)", "Half of any number.", slips=SLIPS, wrong=[("after `return`", ("return ", ""))])
    def half(answer, draw):
        '''half(x) returns half of x, a float.'''
        cases = [{"x": draw.number(1, 9)}, {"x": -draw.number(1, 9)}]
        compare(answer, cases, lambda x: x / 2, SLIPS, "x = {x}")

A judge runs the learner's code by `answer(…)`, draws from `draw` what it hands in, and raises Mistake; see `answer.py`,
`draws.py` and `slips.py`. Choose cases that tell the slips apart. An edit, (old, new), turns the notebook's own
solution into a wrong answer; the tests make each of them, and pairs, and expect to be told their names.
"""

import contextlib
import functools
import random

import tensorflow as tf

from .answer import Answer
from .draws import Draw
from .reading import other_order, unread_code, untouched
from .repairs import piece_at_fault
from .result import Mistake, NotAttempted, Result
from .values import described

EXERCISES = {}


def exercise(asks, correct, *, slips=(), wrong=(), right=()):
    """Turn a judge into a check that never raises: check(answer, *, seed=None) -> Result.

    asks: how a function is called, "slope(function, x)"; a class, "class MyLine(w, b)"; or "" for a value.
    correct: what to say of every answer that passes. slips: see `slips.Slip`. wrong: more wrong answers, each as
    (words of its mistake, edits), an edit being (old, new), or as (words, code that defines `answer`). right: right
    answers in unusual styles for the tests, each as code that defines `answer`.
    """

    def decorate(judge):
        @functools.wraps(judge)
        def check(answer, *, seed=None):
            try:
                with _graphs_left_on():
                    return _judged(judge, answer, asks, correct, seed)
            except Exception as error:  # of ours: the learner's are told as mistakes
                fault = f"{type(error).__name__}: {error}"
                return Result("unjudged", f"the check itself failed, through no fault of yours ({fault}).")

        if judge.__name__ in EXERCISES:
            raise ValueError(f"there are two exercises called {judge.__name__}")
        EXERCISES[judge.__name__] = check
        check.asks, check.slips, check.wrong, check.right = asks, slips, wrong, right
        return check

    return decorate


@contextlib.contextmanager
def _graphs_left_on():
    """Leave the switch that makes every tf.function run eagerly as it was: an answer may turn it for good."""
    eagerly = tf.config.functions_run_eagerly()
    try:
        yield
    finally:
        if tf.config.functions_run_eagerly() != eagerly:
            tf.config.run_functions_eagerly(eagerly)


def _judged(judge, answer, asks, correct, seed):
    """Return what a judge finds, as a Result."""
    called = asks.removeprefix("class ")
    seed = random.randrange(2**32) if seed is None else seed  # so that what was wrong can be tried again

    def hold(other, seconds):
        """Raise unless another answer is right, twice: nothing is by luck."""
        for draw in (Draw(seed), Draw(1)):
            judge(Answer(other, called, seconds=seconds, in_words=False, wrong_case=judged.wrong_case), draw)

    try:
        if answer is None:
            raise Mistake(_nothing(asks))
        if untouched(answer):
            _not_even_in_quotes(answer)
            raise NotAttempted
        _of_the_kind(answer, asks)
        judged = Answer(answer, called)
        judge(judged, Draw(seed))
    except NotAttempted:
        return Result("not attempted", "Fill in the stub, then run the cell again.")
    except Mistake as mistake:
        piece = ""
        with contextlib.suppress(Exception, KeyboardInterrupt):  # the mistake is known without it
            piece = piece_at_fault(answer, hold) if mistake.is_symptom else ""
        return Result("mistake", f"{other_order(answer, asks)}{mistake} {piece}".rstrip())
    return Result("correct", correct)


def _not_even_in_quotes(answer):
    """Raise Mistake where an answer that does nothing has code where Python does not run it."""
    if code := unread_code(answer):
        raise Mistake(f"`{code}` stands in quotes or behind #, where it is just text, and Python never runs it.")


def _nothing(asks):
    """Return why None was handed in, as far as the kind of answer tells."""
    if not asks:
        return "it is None: nothing was given back there. `print` shows a value, and gives it to nobody."
    what = "class" if asks.startswith("class ") else "function"
    return (
        f"it is None, and not a {what}. With brackets behind its name, a {what} is called, and what that gives back is "
        "handed in: hand in the name alone."
    )


def _of_the_kind(answer, asks):
    """Raise Mistake where a class, a function or a value is asked for, and something else is handed in."""
    if asks.startswith("class "):
        if not isinstance(answer, type):
            raise Mistake(
                f"not a class, but {described(answer)}. Hand in the class itself, without brackets behind it."
            )
    elif asks and (isinstance(answer, type) or not callable(answer)):
        what = "a class" if isinstance(answer, type) else described(answer)
        raise Mistake(f"not a function, but {what}. Hand in the function itself, without brackets behind it.")
