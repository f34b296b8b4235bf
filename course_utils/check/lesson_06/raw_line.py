"""A line of standardised data, brought back to the units of the data."""

import numpy as np

from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

SLOPE = "w * tf.math.reduce_std(y) / tf.math.reduce_std(x)"
MEAN_Y, SPREAD, SHIFT = "tf.reduce_mean(y)", "b * tf.math.reduce_std(y)", "slope * tf.reduce_mean(x)"
HEIGHT = f"{MEAN_Y} + {SPREAD} - {SHIFT}"
UNITS = "The slope is g per mm: times the deviation of y, divided by that of x."
SOLVE = "Solve (y − mean y) / std y = w·(x − mean x) / std x + b for y. What stands without x is the intercept."


def _slope(w, x, y):
    return w * np.std(y) / np.std(x)


SLIPS = [
    Slip("the slope is not brought back", UNITS, (SLOPE, "w"), slope=lambda w, x, y: w),
    Slip(
        "the two deviations are swapped",
        UNITS,
        (SLOPE, "w * tf.math.reduce_std(x) / tf.math.reduce_std(y)"),
        slope=lambda w, x, y: w * np.std(x) / np.std(y),
    ),
    Slip(
        "the slope is not divided by the deviation of x",
        UNITS,
        (SLOPE, "w * tf.math.reduce_std(y)"),
        slope=lambda w, x, y: w * np.std(y),
    ),
    Slip(
        "the slope is not multiplied by the deviation of y",
        UNITS,
        (SLOPE, "w / tf.math.reduce_std(x)"),
        slope=lambda w, x, y: w / np.std(x),
    ),
    Slip(
        "the slope is multiplied by both deviations",
        UNITS,
        (SLOPE, "w * tf.math.reduce_std(y) * tf.math.reduce_std(x)"),
        slope=lambda w, x, y: w * np.std(y) * np.std(x),
    ),
    Slip(
        "means stand in the slope where deviations should",
        UNITS,
        (SLOPE, "w * tf.reduce_mean(y) / tf.reduce_mean(x)"),
        slope=lambda w, x, y: w * np.mean(y) / np.mean(x),
    ),
    Slip(
        "the slope is that of variances",
        UNITS,
        (SLOPE, "w * tf.math.reduce_variance(y) / tf.math.reduce_variance(x)"),
        slope=lambda w, x, y: w * np.var(y) / np.var(x),
    ),
    Slip(
        "it goes the other way, from the units of the data to standard deviations",
        SOLVE,
        (
            (SLOPE, "w * tf.math.reduce_std(x) / tf.math.reduce_std(y)"),
            (HEIGHT, "(w * tf.reduce_mean(x) + b - tf.reduce_mean(y)) / tf.math.reduce_std(y)"),
        ),
        slope=lambda w, x, y: w * np.std(x) / np.std(y),
        height=lambda w, b, x, y, slope: (w * np.mean(x) + b - np.mean(y)) / np.std(y),
    ),
    Slip(
        "it is the height of the line at each x, and not the line",
        "Return its slope and its intercept.",
        ("return slope, height", "return slope * x + height"),
        along=True,
    ),
    Slip("the intercept is not brought back", SOLVE, (HEIGHT, "b"), height=lambda w, b, x, y, slope: b),
    Slip("the mean of y is missing", SOLVE, (f"{MEAN_Y} + ", ""), mean=lambda y: 0),
    Slip("the mean of x is missing", SOLVE, (f" - {SHIFT}", ""), shift=lambda w, x, slope: 0),
    Slip(
        "the mean of x is multiplied by the scaled slope",
        "Take the slope that is brought back already.",
        (SHIFT, "w * tf.reduce_mean(x)"),
        shift=lambda w, x, slope: -w * np.mean(x),
    ),
    Slip(
        "the mean of x has the wrong sign",
        SOLVE,
        (f" - {SHIFT}", f" + {SHIFT}"),
        shift=lambda w, x, slope: slope * np.mean(x),
    ),
    Slip(
        "the mean of x has lost its slope", SOLVE, (SHIFT, "tf.reduce_mean(x)"), shift=lambda w, x, slope: -np.mean(x)
    ),
    Slip("b is missing", "b is 0 for the best line, and for no other.", (f" + {SPREAD}", ""), spread=lambda b, y: 0),
    Slip("b is not multiplied by the deviation of y", SOLVE, (SPREAD, "b"), spread=lambda b, y: b),
    Slip("b has the wrong sign", SOLVE, (f"+ {SPREAD}", f"- {SPREAD}"), spread=lambda b, y: -b * np.std(y)),
    Slip("b is multiplied by the deviation of x", SOLVE, (SPREAD, "b * tf.math.reduce_std(x)"), also=np.std),
    Slip(
        "slope and intercept are swapped", "Return the slope first.", ("slope, height", "height, slope"), pick=np.flip
    ),
    Slip(
        "only the slope is there", "Return both.", ("return slope, height", "return slope"), pick=lambda both: both[0]
    ),
    Slip(
        "only the intercept is there",
        "Return both.",
        ("return slope, height", "return height"),
        pick=lambda both: both[1],
    ),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("never uses `b`", (f" + {SPREAD}", ""), (SHIFT, f"2 * {SHIFT}")),
]
RIGHT = [
    "def answer(w, b, x, y):\n    line = lambda at: ((at - np.mean(x)) / np.std(x) * w + b) * np.std(y) + np.mean(y)\n"
    "    return line(1.0) - line(0.0), line(0.0)",
    "def answer(w, b, x, y):\n    w = w * np.std(y) / np.std(x)\n"
    "    return [w, np.mean(y) + np.std(y) * b - w * np.mean(x)]",
    "def answer(w, b, x, y):\n    at = tf.constant([0.0, 1.0])\n    y0, y1 = (w * (at - tf.reduce_mean(x)) / "
    "tf.math.reduce_std(x) + b) * tf.math.reduce_std(y) + tf.reduce_mean(y)\n    return tf.stack([y1 - y0, y0])",
]
FORMULA = Formula(
    "slope = w * std(y) / std(x)",
    "height = mean(y) + b * std(y) - slope * mean(x)",
    result="slope, height",
)


@exercise(
    "raw_line(w, b, x, y)",
    "It is the same line, in the units of the data.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def raw_line(answer, draw):
    """raw_line(w, b, x, y) returns (slope, intercept) in the units of x and y; w, b are of the standardised data."""
    words = Words("w = {w}, b = {b}, x = {x} and y = {y}", ("the slope", "the intercept"))
    compare(answer, [_data(draw, 4), _data(draw, 6, below=130)], _raw, SLIPS, words, formulas=[FORMULA])


def _data(draw, count, below=0):
    """Return a line and data; below: how much is taken from y, so that the intercept may be below 0."""
    x, y = draw.number(3, 6) + draw.several(count, 0.3, 2.0), draw.number(20, 40) + 7 * draw.several(count, 0.3, 2.0)
    y = y - below
    return {
        "w": draw.signed(1.1, 1.6) if below else draw.signed(0.3, 0.9),
        "b": draw.signed(0.2, 0.7),
        "x": np.float32(x),
        "y": np.float32(y),
    }


def _raw(
    w,
    b,
    x,
    y,
    *,
    slope=_slope,
    mean=np.mean,
    spread=lambda b, y: b * np.std(y),
    shift=lambda w, x, slope: -slope * np.mean(x),
    height=None,
    also=None,
    pick=np.array,
    along=False,
):
    found = slope(w, x, y)
    part = b * also(x) if also else spread(b, y)
    at_zero = height(w, b, x, y, found) if height else mean(y) + part + shift(w, x, found)
    return found * x + at_zero if along else pick(np.array([found, at_zero]))
