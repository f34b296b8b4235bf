"""New data are scaled as the training data were."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

SCALED = "(lengths - tf.reduce_mean(x)) / tf.math.reduce_std(x)"
MASS = "(w * scaled + b) * tf.math.reduce_std(y) + tf.reduce_mean(y)"
SAME = "Scale them by the mean and the deviation of the data that the line was trained on."
BACK = "The line gives scaled masses: times the deviation of y, plus the mean of y."
SLIPS = [
    Slip(
        "the new lengths are scaled by themselves",
        SAME,
        (SCALED, "(lengths - tf.reduce_mean(lengths)) / tf.math.reduce_std(lengths)"),
        centre=lambda n, x: np.mean(n),
        by=lambda n, x: np.std(n),
    ),
    Slip(
        "old and new lengths are scaled together",
        SAME,
        centre=lambda new, x: np.mean([*new, *x]),
        by=lambda new, x: np.std([*new, *x]),
    ),
    Slip(
        "the mean is that of the new lengths",
        SAME,
        ("tf.reduce_mean(x)", "tf.reduce_mean(lengths)"),
        centre=lambda n, x: np.mean(n),
    ),
    Slip(
        "the deviation is that of the new lengths",
        SAME,
        ("tf.math.reduce_std(x)", "tf.math.reduce_std(lengths)"),
        by=lambda n, x: np.std(n),
    ),
    Slip("the lengths are not scaled", SAME, (SCALED, "lengths"), centre=lambda n, x: 0, by=lambda n, x: 1),
    Slip("the mean of x is not taken away", SAME, ("lengths - tf.reduce_mean(x)", "lengths"), centre=lambda n, x: 0),
    Slip("it is not divided by the deviation of x", SAME, (" / tf.math.reduce_std(x)", ""), by=lambda n, x: 1),
    Slip("the mean of x is added", SAME, ("lengths - ", "lengths + "), centre=lambda n, x: -np.mean(x)),
    Slip(
        "it is divided by the variance of x", SAME, ("reduce_std(x)", "reduce_variance(x)"), by=lambda n, x: np.var(x)
    ),
    Slip("it stays a scaled mass", BACK, (MASS, "w * scaled + b"), times=lambda y: 1, plus=lambda y: 0),
    Slip(
        "what the line gives is scaled once more, and not brought back",
        BACK,
        (MASS, "((w * scaled + b) - tf.reduce_mean(y)) / tf.math.reduce_std(y)"),
        times=lambda y: 1 / np.std(y),
        plus=lambda y: -np.mean(y) / np.std(y),
    ),
    Slip("the mean of y is missing", BACK, (" + tf.reduce_mean(y)", ""), plus=lambda y: 0),
    Slip("the deviation of y is missing", BACK, (" * tf.math.reduce_std(y)", ""), times=lambda y: 1),
    Slip(
        "it is divided by the deviation of y",
        BACK,
        (" * tf.math.reduce_std(y)", " / tf.math.reduce_std(y)"),
        times=lambda y: 1 / np.std(y),
    ),
    Slip(
        "the mean of y is subtracted", BACK, ("+ tf.reduce_mean(y)", "- tf.reduce_mean(y)"), plus=lambda y: -np.mean(y)
    ),
    Slip("b is missing", "The line is w·x + b.", (" + b)", ")"), height=lambda b: 0),
    Slip("b is subtracted", "The line is w·x + b.", (" + b)", " - b)"), height=np.negative),
    Slip("w is missing", "The line is w·x + b.", ("w * scaled", "scaled"), slope=lambda w: 1),
    Slip("it is one number", "Give one for each length.", (MASS, f"tf.reduce_mean({MASS})"), then=np.mean),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("scaled = abs(", (f"scaled = {SCALED}", f"scaled = abs({SCALED})")),
    ("never uses `lengths`", ("lengths - ", "x[:3] - ")),
]
RIGHT = [
    "def answer(lengths, w, b, x, y):\n    slope = w * np.std(y) / np.std(x)\n"
    "    return slope * (np.array(lengths) - np.mean(x)) + np.mean(y) + b * np.std(y)",
    "def answer(lengths, w, b, x, y):\n    to = lambda v, d: (v - tf.reduce_mean(d)) / tf.math.reduce_std(d)\n"
    "    return tf.reduce_mean(y) + tf.math.reduce_std(y) * LinearModel(w, b)(to(lengths, x))",
    "def answer(lengths, w, b, x, y):\n    return tf.stack([(w * (n - np.mean(x)) / np.std(x) + b) * np.std(y) + "
    "np.mean(y) for n in lengths.numpy()])",
]
FORMULA = Formula("scaled = (lengths - mean(x)) / std(x)", "mass = (w * scaled + b) * std(y) + mean(y)")


@exercise(
    "predict_mass(lengths, w, b, x, y)",
    "New data wear the scale of the training data. Keep mean and deviation with the model.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def predict_mass(answer, draw):
    """predict_mass(lengths, w, b, x, y) returns y, in its units, for new x; w, b are those of the standardised x, y."""
    words = "lengths = {lengths}, w = {w}, b = {b}, x = {x} and y = {y}"
    compare(answer, [_data(draw, 4), _data(draw, 6)], _predicted, SLIPS, words, formulas=[FORMULA])


def _data(draw, count):
    x, y = draw.number(3, 6) + draw.several(count, 0.3, 2.0), draw.number(20, 40) + 7 * draw.several(count, 0.3, 2.0)
    new = np.mean(x) + np.array([draw.number(0.6, 1.2), -draw.number(0.4, 0.9), draw.number(1.5, 2.5)])  # on both sides
    line = {"w": draw.signed(0.3, 0.9), "b": draw.signed(0.2, 0.7)}
    return {"lengths": np.float32(new)} | line | {"x": np.float32(x), "y": np.float32(y)}


def _predicted(
    lengths,
    w,
    b,
    x,
    y,
    *,
    centre=lambda new, x: np.mean(x),
    by=lambda new, x: np.std(x),
    slope=np.positive,
    height=np.positive,
    times=np.std,
    plus=np.mean,
):
    scaled = (lengths - centre(lengths, x)) / by(lengths, x)
    return (slope(w) * scaled + height(b)) * times(y) + plus(y)
