"""Adam: the mean of the slopes, divided by their size, whatever their units."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

MEAN, SQUARE = "mean / (1 - 0.9**count)", "square / (1 - 0.999**count)"
SIZE = "(tf.sqrt(fair_square) + 1e-7)"
MOVE = f"learning_rate * fair_mean / {SIZE}"
BOTH = "Both averages began at 0, so both are divided by 1 minus their share to the power of count."
ROOT = "Divide by the root of the square, then the units go away."
SLIPS = [
    Slip("the mean is not corrected", BOTH, (MEAN, "mean"), first=lambda n: 1),
    Slip("the square is not corrected", BOTH, (SQUARE, "square"), second=lambda n: 1),
    Slip("the root is forgotten", ROOT, (SIZE, "(fair_square + 1e-7)"), size=np.positive),
    Slip("the learning rate is forgotten", "Multiply by it.", (MOVE, f"fair_mean / {SIZE}"), rate=lambda r: 1),
    Slip(
        "0.9 and 0.999 are swapped",
        "0.9 belongs to the mean, 0.999 to the square.",
        ((MEAN, "mean / (1 - 0.999**count)"), (SQUARE, "square / (1 - 0.9**count)")),
        first=lambda n: 1 - 0.999**n,
        second=lambda n: 1 - 0.9**n,
    ),
    Slip("both are corrected by 0.9", BOTH, ("0.999**", "0.9**"), second=lambda n: 1 - 0.9**n),
    Slip("both are corrected by 0.999", BOTH, ("0.9**", "0.999**"), first=lambda n: 1 - 0.999**n),
    Slip(
        "the corrections are multiplied",
        "Divide: 1 − 0.9 is small at first, and the mean is too small.",
        ((MEAN, "mean * (1 - 0.9**count)"), (SQUARE, "square * (1 - 0.999**count)")),
        first=lambda n: 1 / (1 - 0.9**n),
        second=lambda n: 1 / (1 - 0.999**n),
    ),
    Slip(
        "the count is forgotten in the correction of the mean",
        BOTH,
        (MEAN, "mean / (1 - 0.9)"),
        first=lambda n: 1 - 0.9,
    ),
    Slip(
        "the count is forgotten in the correction of the square",
        BOTH,
        (SQUARE, "square / (1 - 0.999)"),
        second=lambda n: 1 - 0.999,
    ),
    Slip("the mean is multiplied by the size", "Divide.", (f"/ {SIZE}", f"* {SIZE}"), how=np.multiply),
    Slip("the size is squared", ROOT, ("tf.sqrt(fair_square)", "fair_square**2"), size=np.square),
    Slip(
        "the mean is missing",
        "It says where to go.",
        ("learning_rate * fair_mean", "learning_rate"),
        mean_of=lambda m: 1,
    ),
    Slip(
        "only the direction of the mean counts",
        "Its size counts, too.",
        ("fair_mean /", "tf.sign(fair_mean) /"),
        toward=np.sign,
    ),
    Slip("it is not divided by the size", ROOT, (f" / {SIZE}", ""), size=lambda s: 1 + 0 * s),
    Slip(
        "both are divided by the count",
        BOTH,
        ((MEAN, "mean / count"), (SQUARE, "square / count")),
        first=lambda n: n,
        second=lambda n: n,
    ),
    Slip("that is Adagrad, which adds all squares up", BOTH, first=lambda n: 1, second=lambda n: 1 / n),
    Slip(
        "that is the Adam of Nesterov, which looks ahead",
        "Take the fair mean itself.",
        first=lambda n: 1 / (0.9 / (1 - 0.9**n) + 0.1),
    ),
    Slip("the correction of the square is squared", BOTH, second=lambda n: (1 - 0.999**n) ** 2),
    Slip(
        "the correction of the square multiplies its root",
        BOTH,
        (SIZE, "(tf.sqrt(square) * (1 - 0.999**count))"),
        second=lambda n: (1 - 0.999**n) ** -2,
    ),
    Slip("a root of the mean is taken, too", ROOT, toward=lambda m: np.sqrt(np.abs(m))),
    *(
        Slip(
            f"{tiny:g} is added to the root",
            "1e-7 only keeps a division by 0 away.",
            ("1e-7", f"{tiny:g}"),
            size=lambda s, tiny=tiny: np.sqrt(s) + tiny,
        )
        for tiny in (1.0, 0.1, 0.01)
    ),
    Slip("the sign is wrong", "Return what is to be subtracted.", (MOVE, f"-{MOVE}"), sign=-1),
    Slip("the learning rate is squared", "Once is enough.", ("learning_rate *", "learning_rate**2 *"), rate=np.square),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("never uses `learning_rate`", (MOVE, f"0.001 * fair_mean / {SIZE}")),
    ("no `grad` is known", ("mean / (1", "grad / (1")),
]
RIGHT = [
    "def answer(m, v, t, rate):\n    return rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(v) + 1e-7)",
    "answer = lambda m, v, t, r: r * (m / (1 - 0.9**t)) / (v / (1 - 0.999**t)) ** 0.5",
    "def answer(m, v, t, rate):\n    m, v = (tf.constant(a) / (1 - b**t) for a, b in ((m, 0.9), (v, 0.999)))\n"
    "    return rate * m * tf.math.rsqrt(v)",
]


@exercise(
    "adam_move(mean, square, count, learning_rate)",
    "The first move is one learning rate long, whatever the slope: that is what the corrections are for.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def adam_move(answer, draw):
    """adam_move(mean, square, count, learning_rate) returns what Adam subtracts; where 1e-7 is added does not count."""
    cases = [
        {
            "mean": draw.signed(0.3, 3),
            "square": draw.number(1.2, 4) if count > 1 else draw.number(0.2, 0.8),
            "count": count,
            "learning_rate": draw.number(0.1, 0.4),
        }
        for count in (draw.whole(2, 4), draw.whole(6, 9), 1)
    ]
    words = "mean = {mean}, square = {square}, count = {count} and learning_rate = {learning_rate}"
    compare(answer, cases, _move, SLIPS, words, formulas=[FORMULA])


FORMULA = Formula(
    "m = mean / (1 - 0.9**count)", "v = square / (1 - 0.999**count)", "move = learning_rate * m / sqrt(v)"
)


def _move(
    mean,
    square,
    count,
    learning_rate,
    *,
    first=lambda n: 1 - 0.9**n,
    second=lambda n: 1 - 0.999**n,
    size=np.sqrt,
    rate=lambda r: r,
    how=np.divide,
    mean_of=np.positive,
    toward=np.positive,
):
    return how(rate(learning_rate) * mean_of(toward(mean / first(count))), size(square / second(count)))
