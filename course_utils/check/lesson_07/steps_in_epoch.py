"""How many steps an epoch has; the last batch may be a short one."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

STEPS = "-(-examples // batch_size)"
SHORT = "What is left over makes one more batch, a short one; without a rest there is none."
SLIPS = [
    Slip("the short last batch is forgotten", SHORT, (STEPS, "examples // batch_size"), of=lambda n, size: n // size),
    Slip(
        "there is one too many where nothing is left over",
        SHORT,
        (STEPS, "examples // batch_size + 1"),
        of=lambda n, size: n // size + 1,
    ),
    Slip("it is no whole number", SHORT, (STEPS, "examples / batch_size"), of=lambda n, size: n / size),
    Slip(
        "it is rounded to the nearest",
        SHORT,
        (STEPS, "round(examples / batch_size)"),
        of=lambda n, size: round(n / size),
    ),
    Slip(
        "upside down", "Examples divided by batch size.", (STEPS, "batch_size / examples"), of=lambda n, size: size / n
    ),
    Slip(
        "1 is added before the division: a rest of less than a batch − 1 is lost",
        SHORT,
        (STEPS, "(examples + 1) // batch_size"),
        of=lambda n, size: (n + 1) // size,
    ),
    Slip("always 2 more than whole batches", SHORT, of=lambda n, size: n // size + 2),
    Slip("a batch is taken for one larger", SHORT, of=lambda n, size: -(-n // (size + 1))),
    Slip("a rest of one example is forgotten", SHORT, of=lambda n, size: n // size + (n % size > 1)),
    Slip(
        "one is added where nothing is left over, and none for a rest",
        SHORT,
        of=lambda n, size: n // size + (n % size == 0),
    ),
    Slip("the rest is added, and not one batch for it", SHORT, of=lambda n, size: n // size + n % size),
    Slip(
        "nearly a whole batch is added, and not cut off again",
        "`//` cuts off.",
        (STEPS, "(examples + batch_size - 1) / batch_size"),
        of=lambda n, size: (n + size - 1) / size,
    ),
    Slip("they are multiplied", "Divide.", (STEPS, "examples * batch_size"), of=lambda n, size: n * size),
    Slip("that is the size of the short batch", SHORT, (STEPS, "examples % batch_size"), of=lambda n, size: n % size),
    Slip("they are subtracted", "Divide.", (STEPS, "examples - batch_size"), of=lambda n, size: n - size),
    Slip("that is a step for each example", "A step takes a whole batch.", (STEPS, "examples"), of=lambda n, size: n),
    Slip("that is the batch size", "Examples divided by batch size.", (STEPS, "batch_size"), of=lambda n, size: size),
    Slip("that is one step", "Only the full batch has that.", (STEPS, "1"), of=lambda n, size: 1),
    Slip("one too many", SHORT, (STEPS, f"{STEPS} + 1"), of=lambda n, size: -(-n // size) + 1),
    Slip("one too few", SHORT, (STEPS, f"{STEPS} - 1"), of=lambda n, size: -(-n // size) - 1),
    Slip(
        "the sign is wrong",
        "Two minus signs turn `//` upwards; the outer one is missing or too much.",
        (STEPS, f"-{STEPS}"),
        sign=-1,
    ),
    Slip("twice too many", SHORT, (STEPS, f"2 * {STEPS}"), scale=2),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("never uses `batch_size`", (STEPS, "-(-examples // 32)")),
    ("no `n` is known", (STEPS, "-(-n // batch_size)")),
]
RIGHT = [
    "import math\nanswer = lambda n, size: math.ceil(n / size)",
    "def answer(n, size):\n    return len(range(0, n, size))",
    "def answer(n, size):\n    return n // size + (n % size > 0)",
    "def answer(n, size):\n    return tf.data.Dataset.range(n).batch(size).cardinality()",
]


@exercise(
    "steps_in_epoch(examples, batch_size)",
    "Keras counts so, too: the short batch is a step like any other.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def steps_in_epoch(answer, draw):
    """steps_in_epoch(examples, batch_size) returns the number of batches, a last short one among them."""
    size, other, third = draw.whole(5, 7), draw.whole(8, 11), draw.whole(12, 15)
    cases = [(4 * size + 1, size), (6 * other - 1, other), (3 * third, third), (5 * third + 2, third)]
    cases += [(7 * third - 2, third), (40 * other - 3, other)]
    cases = [{"examples": examples, "batch_size": batch} for examples, batch in cases]
    compare(answer, cases, _steps, SLIPS, "{examples} examples in batches of {batch_size}", formulas=[FORMULA])


FORMULA = Formula("steps = ceil(examples / batch_size)")


def _steps(examples, batch_size, *, of=lambda n, size: int(np.ceil(n / size))):
    return of(examples, batch_size)
