"""Numbers without a unit: mean 0, standard deviation 1."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

LINE = "(values - tf.reduce_mean(values)) / tf.math.reduce_std(values)"
MEAN, STD = "tf.reduce_mean(values)", "tf.math.reduce_std(values)"
FIRST = "First subtract the mean, then divide by the standard deviation."
DEVIATION = "Divide by the standard deviation, tf.math.reduce_std."
SLIPS = [
    Slip("the mean is not taken away", FIRST, (LINE, f"values / {STD}"), centre=lambda v: 0),
    Slip("it is not divided by anything", DEVIATION, (LINE, f"values - {MEAN}"), by=lambda v: 1),
    Slip("it is divided by the variance", DEVIATION, ("reduce_std", "reduce_variance"), by=np.var),
    Slip("it is multiplied by the standard deviation", FIRST, (") / ", ") * "), how=np.multiply),
    Slip("the mean is added", "Subtract it.", ("values - ", "values + "), away=np.add),
    Slip(
        "only the mean is divided",
        "Put brackets round the difference: `/` comes before `-`.",
        (LINE, f"values - {MEAN} / {STD}"),
        centre=lambda v: np.mean(v) / np.std(v),
        by=lambda v: 1,
    ),
    Slip("they are turned round", "Values minus mean.", (LINE, f"({MEAN} - values) / {STD}"), sign=-1),
    Slip(
        "that brings them between 0 and 1",
        f"That is another way to scale. {FIRST}",
        (LINE, "(values - tf.reduce_min(values)) / (tf.reduce_max(values) - tf.reduce_min(values))"),
        centre=np.min,
        by=np.ptp,
    ),
    Slip("the largest value is the divisor", DEVIATION, (STD, "tf.reduce_max(values)"), by=np.max),
    Slip("the mean is the divisor", DEVIATION, (f"/ {STD}", f"/ {MEAN}"), by=np.mean),
    Slip("the sum is taken away", "Take the mean away.", (MEAN, "tf.reduce_sum(values)"), centre=np.sum),
    Slip("the smallest value is taken away", "Take the mean away.", (MEAN, "tf.reduce_min(values)"), centre=np.min),
    Slip("the first value is taken away", "Take the mean away.", (MEAN, "values[0]"), centre=lambda v: v[0]),
    Slip(
        "the deviation is that of a sample, by n − 1",
        "tf.math.reduce_std divides by n, and then the mean of the squares is 1.",
        (STD, "np.std(values, ddof=1)"),
        by=lambda v: np.std(v, ddof=1),
    ),
    Slip(
        "the largest distance from the mean is the divisor",
        DEVIATION,
        (STD, f"tf.reduce_max(abs(values - {MEAN}))"),
        by=lambda v: np.max(np.abs(v - np.mean(v))),
    ),
    Slip("the mean distance from the mean is the divisor", DEVIATION, by=lambda v: np.mean(np.abs(v - np.mean(v)))),
    Slip("the sign is lost", "Values below the mean become negative.", (LINE, f"abs({LINE})"), then=np.abs),
    Slip("they are squared", FIRST, (LINE, f"({LINE}) ** 2"), then=np.square),
    Slip("it is one number", "Give one for each value.", (LINE, f"tf.reduce_mean({LINE})"), then=np.mean),
]
FORMULA = Formula(
    "middle = mean(values)",
    "deviation = std(values)",
    "scaled = (values - middle) / deviation",
)
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("gives it to nobody", (f"return {LINE}", f"print({LINE})")),
    ("never uses `values`", (LINE, "tf.zeros(5)")),
]
RIGHT = [
    "def answer(values):\n    values = values - tf.reduce_mean(values)\n"
    "    return values / tf.sqrt(tf.reduce_mean(values**2))",
    "answer = lambda v: (np.array(v) - np.mean(v)) / np.std(v)",
    "def answer(values, axis=0):\n    mean, variance = tf.nn.moments(values, axis)\n"
    "    return (values - mean) * tf.math.rsqrt(variance)",
]


@exercise(
    "standardise(values)",
    "Now they have no unit: they count standard deviations from the mean.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def standardise(answer, draw):
    """standardise(values) returns the values with mean 0 and standard deviation 1."""
    cases = [{"values": draw.number(5, 9) + draw.several(count)} for count in (4, 5)]
    cases = [{"values": case["values"].astype(np.float32)} for case in cases]
    compare(answer, cases, _standardised, SLIPS, "values = {values}", formulas=[FORMULA])


def _standardised(values, *, centre=np.mean, away=np.subtract, by=np.std, how=np.divide):
    return how(away(values, centre(values)), by(values))
