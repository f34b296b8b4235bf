"""A counter that TensorFlow keeps, and that training leaves alone."""

import inspect

import numpy as np
import tensorflow as tf

from ..exercise import exercise
from ..result import Mistake
from ..values import described, listed

MAKE = "tf.Variable(0, trainable=False)"
WRONG = [
    ("training may still change it", (", trainable=False", "")),
    ("training may still change it", ("False", "True")),
    ("text in quotes", ("False", "'False'")),
    ("holds a float", ("(0,", "(0.0,")),
    ("two things", ("(0, trainable=False)", "(0.0)")),
    ("begins at 1", ("(0,", "(1,")),
    ("begins at -1", ("(0,", "(-1,")),
    ("has the shape (1,)", ("(0,", "([0],")),
    ("has the shape (3,)", ("(0,", "([0, 0, 0],")),
    ("holds text", ("(0,", "('0',")),
    ("holds a truth value", ("(0,", "(False,")),
    ("a tensor", (MAKE, "tf.constant(0)")),
    ("a tensor", (MAKE, f"{MAKE} + 0")),
    ("a plain number", (MAKE, "0")),
    ("a plain number", (MAKE, f"{MAKE}.numpy()")),
    ("text in quotes", (MAKE, "'0'")),
    ("an array of NumPy", (MAKE, "np.array(0)")),
    ("a list", (MAKE, f"[{MAKE}]")),
    ("brackets behind", (MAKE, "tf.Variable")),
    ("brackets behind", (MAKE, f"{MAKE}.assign_add")),
    ("brackets behind", (MAKE, f"lambda: {MAKE}")),
    ("and not a `tf.Variable`", "class Counter:\n    count = 0\nanswer = Counter()"),
]
RIGHT = [
    "answer = tf.Variable(0, False)",
    "answer = tf.Variable(initial_value=0, trainable=False, dtype=tf.int64, name='steps')",
    "answer = tf.Variable(tf.constant(0), trainable=False)",
    "answer = tf.Variable(np.int16(0), trainable=bool(0))",
]


@exercise(
    "",
    "TensorFlow keeps it, it counts in whole numbers, and no training will touch it.",
    wrong=WRONG,
    right=RIGHT,
)
def counter(answer, draw):
    """A scalar tf.Variable of any integer type that holds 0 and is not trainable."""
    made = answer.value
    if not isinstance(made, tf.Variable):
        raise Mistake(_no_variable(made))
    faults = [fault for fault in (_of_its_numbers(made), _of_training(made)) if fault]
    if faults:
        raise Mistake(f"{'two things: ' if len(faults) > 1 else ''}{listed(faults)}.")


def _no_variable(made):
    """Return what there is in the place of a Variable."""
    if inspect.isroutine(made) or isinstance(made, type):
        return "it only names what could make one: it runs with brackets behind its name, `tf.Variable(…)`."
    if hasattr(made, "assign"):
        return "it is a Variable of Keras, which holds floats where nothing else is said, and not a `tf.Variable`."
    if isinstance(made, (list, tuple)):
        return (
            f"a {type(made).__name__}, and not a `tf.Variable`. Hand in the Variable itself, without brackets round it."
        )
    if isinstance(made, str):
        return "text in quotes, and not a `tf.Variable`."
    if isinstance(made, np.ndarray):
        return "it is an array of NumPy, and not a `tf.Variable`, so TensorFlow does not keep it."
    if tf.is_tensor(made):
        return "it is a tensor, and a tensor never changes, so it can't count. Only a `tf.Variable` can."
    return f"it is {described(made)}, and not a `tf.Variable`, so TensorFlow does not keep it."


def _of_its_numbers(made):
    """Return what is wrong with the shape, type or value of a Variable, or ""."""
    if made.shape != ():
        return f"it has the shape {tuple(made.shape)} (a counter is one number, 0 without [ ])"
    kinds = {"string": "text", "bool": "a truth value"}
    if made.dtype.name in kinds or made.dtype.is_floating:
        return f"it holds {kinds.get(made.dtype.name, 'a float')} (a counter holds whole numbers: write 0)"
    return f"it begins at {int(made.numpy())} (and should at 0)" if made.numpy() else ""


def _of_training(made):
    """Return what is wrong with `trainable`, or ""."""
    if isinstance(made.trainable, str):
        return f"trainable is text in quotes, {made.trainable!r} (False is written without: any text counts as true)"
    return "training may still change it (say `trainable=False`)" if made.trainable else ""
