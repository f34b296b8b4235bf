"""The rate with the mean that makes the steps of a rate with the sum."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

RATE = "sum_rate * batch_size"
LONGER = "The sum of a batch is batch_size times as steep as its mean."
SLIPS = [
    Slip("it is divided by the batch size", LONGER, (RATE, "sum_rate / batch_size"), of=lambda r, size: r / size),
    Slip("the rate stays the same", LONGER, (RATE, "sum_rate"), of=lambda r, size: r),
    Slip("that is the batch size", LONGER, (RATE, "batch_size"), of=lambda r, size: size),
    Slip("the batch size has a root", LONGER, (RATE, "sum_rate * batch_size**0.5"), of=lambda r, size: r * size**0.5),
    Slip("the batch size is squared", LONGER, (RATE, "sum_rate * batch_size**2"), of=lambda r, size: r * size**2),
    Slip("they are added", LONGER, (RATE, "sum_rate + batch_size"), of=lambda r, size: r + size),
    Slip("they are subtracted", LONGER, (RATE, "sum_rate - batch_size"), of=lambda r, size: r - size),
    Slip("upside down", LONGER, (RATE, "batch_size / sum_rate"), of=lambda r, size: size / r),
    Slip("the rate is squared", LONGER, (RATE, "sum_rate**2 * batch_size"), of=lambda r, size: r * r * size),
    Slip("the rate to the power of the batch size", LONGER, (RATE, "sum_rate**batch_size"), of=lambda r, size: r**size),
    Slip("that is the limit of a mean", LONGER, (RATE, "1 / batch_size"), of=lambda r, size: 1 / size),
    Slip("a 2 too many", LONGER, (RATE, f"2 * {RATE}"), scale=2),
    Slip("half of it", LONGER, (RATE, f"{RATE} / 2"), scale=0.5),
    Slip("one example is left out", LONGER, (RATE, "sum_rate * (batch_size - 1)"), of=lambda r, size: r * (size - 1)),
    Slip("it is rounded", "Keep all digits.", (RATE, f"round({RATE})"), then=np.round),
    Slip("the sign is wrong", "A rate is above 0.", (RATE, f"-{RATE}"), sign=-1),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("never uses `batch_size`", (RATE, "sum_rate * 16")),
    ("no `rate` is known", (RATE, "rate * batch_size")),
]
RIGHT = [
    "answer = lambda r, b: b * r",
    "def answer(sum_rate, batch_size):\n    return sum(sum_rate for _ in range(batch_size))",
    "def answer(sum_rate, batch_size):\n    return tf.constant(sum_rate) * tf.cast(batch_size, tf.float32)",
]


@exercise(
    "mean_rate(sum_rate, batch_size)",
    "With the mean, the rate can stay when the batch size changes.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def mean_rate(answer, draw):
    """mean_rate(sum_rate, batch_size) returns the rate at which the mean makes the same steps as the sum."""
    cases = [{"sum_rate": draw.number(0.11, 0.4), "batch_size": draw.whole(low, low + 4)} for low in (3, 12)]
    words = "sum_rate = {sum_rate} and batch_size = {batch_size}"
    compare(answer, cases, _rate, SLIPS, words, formulas=[Formula(f"rate = {RATE}")])


def _rate(sum_rate, batch_size, *, of=lambda r, size: r * size):
    return of(sum_rate, batch_size)
