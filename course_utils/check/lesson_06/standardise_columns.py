"""Each column of a table without its unit: its own mean, its own standard deviation."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare


def _standardised(
    table,
    *,
    centre=lambda t: np.mean(t, axis=0),
    away=np.subtract,
    by=lambda t: np.std(t, axis=0),
    how=np.divide,
    stays=None,
):
    """Return the columns of a table, standardised each by itself, or what slips make of it."""
    scaled = how(away(table, centre(table)), by(table))
    if stays is not None:
        scaled[:, stays] = table[:, stays]
    return scaled


MEAN, STD = "tf.reduce_mean(table, axis=0)", "tf.math.reduce_std(table, axis=0)"
LINE = f"(table - {MEAN}) / {STD}"
OWN = "With axis=0 you get one for each column."
ROWS = "A row is a bird: its numbers have different units. Each column has its own numbers, by axis=0."
FIRST = "First subtract the mean of the column, then divide by its standard deviation."
# fmt: off
SLIPS = [
    Slip("both columns share one mean and one deviation", OWN,
         ((MEAN, "tf.reduce_mean(table)"), (STD, "tf.math.reduce_std(table)")), centre=np.mean, by=np.std),
    Slip("both columns share one mean", OWN, (MEAN, "tf.reduce_mean(table)"), centre=np.mean),
    Slip("both columns share one deviation", OWN, (STD, "tf.math.reduce_std(table)"), by=np.std),
    Slip("each row is standardised, and not each column", ROWS,
         ((MEAN, "tf.reduce_mean(table, axis=1, keepdims=True)"),
          (STD, "tf.math.reduce_std(table, axis=1, keepdims=True)")),
         centre=lambda t: np.mean(t, axis=1, keepdims=True), by=lambda t: np.std(t, axis=1, keepdims=True)),
    Slip("the mean is that of each row", ROWS, (MEAN, "tf.reduce_mean(table, axis=1, keepdims=True)"),
         centre=lambda t: np.mean(t, axis=1, keepdims=True)),
    Slip("the deviation is that of each row", ROWS, (STD, "tf.math.reduce_std(table, axis=1, keepdims=True)"),
         by=lambda t: np.std(t, axis=1, keepdims=True)),
    Slip("the mean is not taken away", FIRST, (LINE, f"table / {STD}"), centre=lambda t: 0),
    Slip("it is not divided by anything", FIRST, (LINE, f"table - {MEAN}"), by=lambda t: 1),
    Slip("only the mean is divided", "Put brackets round the difference: `/` comes before `-`.",
         (LINE, f"table - {MEAN} / {STD}"), centre=lambda t: np.mean(t, axis=0) / np.std(t, axis=0), by=lambda t: 1),
    Slip("it is divided by the variance", FIRST, ("reduce_std", "reduce_variance"), by=lambda t: np.var(t, axis=0)),
    Slip("it is multiplied by the standard deviation", FIRST, (") / ", ") * "), how=np.multiply),
    Slip("the mean is added", "Subtract it.", ("table - ", "table + "), away=np.add),
    Slip("they are turned round", "Values minus mean.", (LINE, f"({MEAN} - table) / {STD}"), sign=-1),
    Slip("that brings them between 0 and 1", f"That is another way to scale. {FIRST}",
         (LINE, "(table - tf.reduce_min(table, axis=0)) / np.ptp(table, axis=0)"),
         centre=lambda t: np.min(t, axis=0), by=lambda t: np.ptp(t, axis=0)),
    Slip("the largest value is the divisor", FIRST, (STD, "tf.reduce_max(table, axis=0)"),
         by=lambda t: np.max(t, axis=0)),
    Slip("the mean is the divisor", FIRST, (f"/ {STD}", f"/ {MEAN}"), by=lambda t: np.mean(t, axis=0)),
    Slip("the first row is taken away", "Take the mean away.", (MEAN, "table[0]"), centre=lambda t: t[0]),
    Slip("the deviation is that of a sample, by n − 1", "tf.math.reduce_std divides by n.",
         (STD, "np.std(table, axis=0, ddof=1)"), by=lambda t: np.std(t, axis=0, ddof=1)),
    *(Slip(f"the mean of the {name} column serves both", OWN, centre=lambda t, k=k: np.mean(t[:, k]))
      for k, name in enumerate(("first", "second"))),
    *(Slip(f"the deviation of the {name} column serves both", OWN, by=lambda t, k=k: np.std(t[:, k]))
      for k, name in enumerate(("first", "second"))),
    *(Slip(f"the {name} column stays as it is", "Standardise both.",
           (f"return {LINE}", f"found = np.array({LINE})\n    found[:, {k}] = table[:, {k}]\n    return found"),
           stays=k)
      for k, name in enumerate(("first", "second"))),
    Slip("the sign is lost", "Values below the mean become negative.", (LINE, f"abs({LINE})"), then=np.abs),
]
# fmt: on
COLUMN = Formula(
    "middle = mean(column)",
    "deviation = std(column)",
    "scaled = (column - middle) / deviation",
    run=lambda lines, case: np.stack([COLUMN.once(lines, {"column": one}) for one in case["table"].T], axis=1),
)
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("gives it to nobody", (f"return {LINE}", f"print({LINE})")),
    ("never uses `table`", (LINE, "tf.zeros([5, 2])")),
]
RIGHT = [
    "answer = lambda t: (np.array(t) - np.mean(t, 0)) / np.std(t, 0)",
    "def answer(table):\n    columns = [standardise(column) for column in tf.unstack(table, axis=1)]\n"
    "    return tf.stack(columns, axis=1)",
    "def answer(table):\n    mean, variance = tf.nn.moments(table, axes=[0])\n"
    "    return (table - mean) / tf.sqrt(variance)",
]


@exercise(
    "standardise_columns(table)",
    "Each column has its own unit, so each has its own mean and deviation.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def standardise_columns(answer, draw):
    """standardise_columns(table) returns a table (n, 2), each column with mean 0 and standard deviation 1."""
    cases = [
        np.stack([draw.number(5, 9) + draw.several(count, 0.3, 2.0), draw.number(30, 60) + 9 * draw.several(count)], 1)
        for count in (4, 5)
    ]
    cases = [{"table": case.astype(np.float32)} for case in cases]
    compare(answer, cases, _standardised, SLIPS, "table = {table}", formulas=[COLUMN])
