"""How far the mean of a batch is typically from the mean of all examples."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

MEAN, LEFT = "spread / batch_size**0.5", "((examples - batch_size) / (examples - 1)) ** 0.5"
PARTS = "The spread, divided by the root of the batch size, times the root of (examples − batch size) / (examples − 1)."
ROOT = "The variance of a mean is that of one by the batch size; the spread is its root."
SLIPS = [
    Slip("the batch size has no root", ROOT, (MEAN, "spread / batch_size"), by=lambda size: size),
    Slip(
        "it is multiplied by the root of the batch size",
        ROOT,
        (MEAN, "spread * batch_size**0.5"),
        by=lambda size: size**-0.5,
    ),
    Slip("the batch size is forgotten", ROOT, (MEAN, "spread"), by=lambda size: 1),
    Slip("the batch size is squared", ROOT, (MEAN, "spread / batch_size**2"), by=lambda size: size**2),
    Slip("the root is that of all examples", ROOT, (MEAN, "spread / examples**0.5"), by=lambda size: None),
    Slip("the second factor is missing", PARTS, (f" * {LEFT}", ""), left=lambda size, count: 1),
    Slip(
        "the second factor has no root",
        PARTS,
        (LEFT, "(examples - batch_size) / (examples - 1)"),
        left=lambda size, count: ((count - size) / (count - 1)) ** 2,
    ),
    Slip(
        "the second factor is upside down",
        "It is 0 where the batch holds all examples.",
        (LEFT, "((examples - 1) / (examples - batch_size)) ** 0.5"),
        left=lambda size, count: (count - 1) / (count - size),
    ),
    Slip(
        "the second factor is divided by all examples",
        "Near, but the 1 belongs there: for a batch of one it must be 1.",
        (LEFT, "(1 - batch_size / examples) ** 0.5"),
        left=lambda size, count: 1 - size / count,
    ),
    Slip(
        "the 1 is taken from both",
        PARTS,
        (LEFT, "((examples - batch_size - 1) / (examples - 1)) ** 0.5"),
        left=lambda size, count: (count - size - 1) / (count - 1),
    ),
    Slip(
        "the second factor is the share that is in the batch",
        "What counts is the share that is not.",
        (LEFT, "((batch_size - 1) / (examples - 1)) ** 0.5"),
        left=lambda size, count: (size - 1) / (count - 1),
    ),
    Slip("the spread is squared", "The spread is no variance.", (MEAN, "spread**2 / batch_size**0.5"), of=np.square),
    Slip(
        "a root of the spread is taken",
        "The spread is a root already.",
        (MEAN, "spread**0.5 / batch_size**0.5"),
        of=np.sqrt,
    ),
    Slip("the spread is missing", PARTS, (MEAN, "1 / batch_size**0.5"), of=lambda spread: 1),
    Slip("it is the variance", ROOT, (f"{MEAN} * {LEFT}", f"({MEAN} * {LEFT}) ** 2"), then=np.square),
    Slip("the sign is wrong", "A spread is never below 0.", (MEAN, f"-{MEAN}"), sign=-1),
    Slip("twice too large", PARTS, (MEAN, f"2 * {MEAN}"), scale=2),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("never uses `examples`", (LEFT, "((342 - batch_size) / 341) ** 0.5")),
    ("no `n` is known", (LEFT, "((n - batch_size) / (n - 1)) ** 0.5")),
]
RIGHT = [
    "answer = lambda s, b, n: s * ((n - b) / (b * (n - 1))) ** 0.5",
    "def answer(spread, batch_size, examples):\n    variance = spread**2 / batch_size\n"
    "    variance *= 1 - (batch_size - 1) / (examples - 1)\n    return np.sqrt(variance)",
    "def answer(spread, size, n):\n    return spread / tf.sqrt(float(size)) * tf.sqrt((n - size) / (n - 1.0))",
]


@exercise(
    "noise(spread, batch_size, examples)",
    "Four times the batch, half the noise; all examples, none.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def noise(answer, draw):
    """noise(spread, batch_size, examples) returns the spread of the mean of a batch drawn without taking one twice."""
    cases = [
        {"spread": draw.number(2, 6), "batch_size": size, "examples": size + draw.whole(5, 30)}
        for size in (draw.whole(3, 5), draw.whole(10, 15))
    ]
    words = "spread = {spread}, batch_size = {batch_size} and examples = {examples}"
    few = {"spread": draw.number(2, 6), "batch_size": draw.whole(6, 9), "examples": draw.whole(700, 900)}
    compare(answer, cases, _noise, SLIPS, words, formulas=[FORMULA], also={"where few of many are drawn": few})


FORMULA = Formula(f"mean_spread = {MEAN}", f"left = {LEFT}", "noise = mean_spread * left")


def _noise(
    spread,
    batch_size,
    examples,
    *,
    of=lambda spread: spread,
    by=np.sqrt,
    left=lambda size, count: (count - size) / (count - 1),
):
    divisor = by(batch_size) or np.sqrt(examples)
    return of(spread) / divisor * np.sqrt(left(batch_size, examples))
