"""The shape of a row minus a column."""

import numpy as np
import tensorflow as tf

from ..choices import Wrong, choose
from ..exercise import exercise
from ..result import Mistake
from ..values import listed, short

COLUMN = "(5, 1) is a column: each of its rows meets all five numbers."
NAMED = [
    Wrong((5,), "they are not paired up", COLUMN),
    Wrong((5, 1), "it does not stay a column", COLUMN),
    Wrong((1, 5), "both dimensions are stretched, not one", COLUMN),
    Wrong(25, "that is how many numbers it holds, and not its shape", "Give a tuple, one number for each dimension."),
    Wrong((25,), "it is not flattened", "The result has two dimensions."),
    Wrong(5, "one length is no shape of a table", COLUMN),
    *(
        Wrong(shape, "the lengths don't add", "Subtracting does not join.")
        for shape in ((10,), (10, 1), (10, 5), (5, 10), (5, 6))
    ),
    *(Wrong(shape, "no dimension is added", "It has as many as the column.") for shape in ((5, 5, 1), (1, 5, 5))),
    Wrong((4, 4), "that is the example of the lesson", "Here there are five numbers."),
    *(Wrong(shape, "tensors are subtracted, not shapes", COLUMN) for shape in ((0, -1), (0, 0), (0, 1), (0,), (1,))),
    *(Wrong(shape, "it is not a single number", COLUMN) for shape in (0, 1, (), (1, 1))),
]
WRONG = [
    ("in quotes", "answer = '5x5'"),
    ("in quotes", "answer = '(5, 5)'"),
    ("the tensor itself", "answer = tf.zeros(5) - tf.zeros((5, 1))"),
    ("2 numbers are asked for", "answer = (5, 5, 5)"),
    ("6 is none of the lengths", "answer = (6, 5)"),
]


@exercise(
    "",
    "You see such a table coming now. Print the shapes whenever a loss looks strange.",
    slips=NAMED,
    wrong=WRONG,
)
def broadcast(answer, draw):
    """The shape of a tensor of shape (5,) minus one of shape (5, 1)."""
    if tf.is_tensor(answer.value) and answer.value.shape.rank == 2:
        raise Mistake("that is the tensor itself, and its shape is asked for: `.shape`")
    value = answer.as_numbers(answer.value, "you gave")
    others = [short(one) for one in np.unique(value) if one not in (0, 1, 5)]
    if value.shape == (2,) and others and tuple(value) not in [wrong.value for wrong in NAMED]:
        raise Mistake(f"{listed(others)} is none of the lengths that are there, 5 and 1. {COLUMN}")
    choose(answer, (5, 5), NAMED, COLUMN)
