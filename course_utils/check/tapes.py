"""Which slopes a learner's code asked a tape for, and why a tape had none to give."""

import contextlib
import contextvars
import functools
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from .result import Mistake
from .values import described, listed


class Asked(NamedTuple):
    """One call of tape.gradient. watched: the handles of the Variables that the tape saw. slopes: None if it raised."""

    tape: object
    target: object
    sources: list
    watched: set
    slopes: list | None


_RECORD = contextvars.ContextVar("record of what tapes are asked for")


@contextlib.contextmanager
def recorded():
    """Yield a list to which each `tape.gradient` in this context, and in threads that copy it, adds an Asked."""
    gradient = tf.GradientTape.gradient

    @functools.wraps(gradient)
    def recording(tape, *arguments, **options):
        record = _RECORD.get(None)
        if record is None:
            return gradient(tape, *arguments, **options)
        target, sources, *_ = [*arguments, *options.values(), None, None]
        handles = {id(variable.handle) for variable in tape.watched_variables()}
        record.append(Asked(tape, target, tf.nest.flatten(sources), handles, None))
        slopes = gradient(tape, *arguments, **options)
        record[-1] = record[-1]._replace(slopes=tf.nest.flatten(slopes))
        return slopes

    token = _RECORD.set([])
    tf.GradientTape.gradient = recording
    try:
        yield _RECORD.get()
    finally:
        tf.GradientTape.gradient = gradient
        _RECORD.reset(token)


def why_none(asked):
    """Return in words why the last question to a tape had no slope as an answer, or "" where it had all."""
    last = asked[-1] if asked else None
    if last and last.slopes is None and getattr(last.tape, "_tape", last) is None:
        never = "the tape never recorded: it does so inside `with tf.GradientTape() as tape:`"
        return never if _is_new(last.tape, asked) else ""
    if not last or last.sources[0] is None or (last.slopes and not any(slope is None for slope in last.slopes)):
        return ""
    for source in last.sources:
        if not tf.is_tensor(source) and not _is_variable(source):
            return (
                f"the tape is asked for the slope along {described(source)}, and it watches Variables: make a "
                "`tf.Variable` of it before the `with` block, and use that"
            )
    if reason := _of_the_target(last):
        return reason
    slopes = last.slopes or [None] * len(last.sources)
    lacking = [source for source, slope in zip(last.sources, slopes, strict=True) if slope is None]
    if len(lacking) < len(slopes) and all(map(_is_variable, lacking)):
        return f"nothing under the tape is computed from {listed(map(_name, lacking))}"
    return next((_of_a_source(source, last, asked[:-1]) for source in lacking), "")


def _is_new(tape, asked):
    """Return whether a tape is asked for the first time."""
    return sum(one.tape is tape for one in asked) == 1


def _name(variable):
    """Return what a Variable is called, as far as it has a name of its own."""
    name = variable.name.partition(":")[0]
    return f"`{name}`" if name != "Variable" else "one of the Variables"


def _of_the_target(asked):
    """Return why nothing can have a slope along what the tape is asked about, or ""."""
    target, sources = asked.target, asked.sources
    if callable(target):
        return "the tape is asked about a function and not about its result: call the function first"
    if _is_variable(target) and sources and not any(map(_is_variable, sources)):
        return "the arguments of `tape.gradient` are swapped: first what was computed, then the Variable"
    if tf.is_tensor(target) or not isinstance(target, (int, float, np.number, np.ndarray)):
        return ""
    if asked.watched:
        return "`.numpy()`, `float()` and NumPy make plain numbers, and a tape can't follow those"
    return (
        "the tape saw no Variable, and is asked about a plain number: what is to be differentiated must be computed, "
        "from a `tf.Variable`, inside the `with` block"
    )


def _of_a_source(source, asked, before):
    """Return why there is no slope along one of the things the tape was asked for."""
    if not _is_variable(source):
        return _of_a_tensor(before)
    if not tf.as_dtype(source.dtype).is_floating:
        return "the Variable holds whole numbers, and only floats have slopes: `tf.Variable(3.0)`, not `tf.Variable(3)`"
    if id(source.handle) in asked.watched:
        return (
            "the tape saw the Variable, but what it is asked about is not computed from it by TensorFlow alone: "
            "`.numpy()`, `float()`, `tf.constant` and a new `tf.Variable` cut the way back"
        )
    if not source.trainable:
        return "the Variable is made with `trainable=False`, and the tape watches trainable ones only"
    if asked.watched:
        return "the tape is asked for another Variable than the one that was used inside its `with` block"
    return (
        "the tape saw no Variable: what is to be differentiated must be computed, from the Variable, inside the `with` "
        "block"
    )


def _of_a_tensor(before):
    """Return why there is no slope along a tensor. before: what tapes were asked for earlier."""
    if any(_is_variable(former) for asked in before for former in asked.sources):
        return (
            "what was a Variable is a tensor now, and the tape does not watch tensors: `x = x - …` moves the name to a "
            "new tensor. Change the Variable in place, with `assign_sub`"
        )
    return "it is a constant tensor, which a tape watches only after `tape.watch`. A `tf.Variable` is watched by itself"


def _is_variable(value):
    return hasattr(value, "assign") and hasattr(value, "handle")


def slopes_reach(y, tape, sources):
    """Raise Mistake unless a persistent tape has a slope of y along each of the sources, a dict by name."""
    cut = [name for name, one in sources.items() if not tf.is_tensor(y) or tape.gradient(y, one) is None]
    if cut:
        raise Mistake(
            f"the numbers are right, but no slope reaches {listed(cut)}, so {'they' if len(cut) > 1 else 'it'} can't "
            "learn. Compute with TensorFlow alone, and with what is there: NumPy, `.numpy()`, `float()` and a new "
            "Variable cut them off."
        )
