"""The curvature of the loss along w."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare


def _curvature(x, *, of=np.square, over=np.mean):
    """Return the second derivative of the mean squared error by w, or what becomes of it by slips."""
    return 2 * over(of(x))


def _steepest(x):
    """Return half of the largest curvature that the loss has in any direction."""
    return np.linalg.eigvalsh(np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1]]))[-1]


MEAN, SQUARE = "tf.reduce_mean(x * x)", "x * x"
RISE = "When w grows by 1, each residual falls by its x, and −2·mean(x·r) grows by 2·mean(x·x)."
# fmt: off
SLIPS = [
    Slip("the 2 is forgotten", RISE, (f"2 * {MEAN}", MEAN), scale=0.5),
    Slip("a 2 too many", RISE, ("2 * ", "4 * "), scale=2),
    Slip("the sign is wrong", "A bowl opens upwards.", ("2 * ", "-2 * "), sign=-1),
    Slip("x is not squared", RISE, (SQUARE, "x"), of=np.positive),
    Slip("the sizes of x count, and not their squares", RISE, (SQUARE, "abs(x)"), of=np.abs),
    Slip("a power too many", RISE, (SQUARE, "x * x * x"), of=lambda x: x**3),
    Slip("2·x is not x²", RISE, (SQUARE, "2 * x"), of=lambda x: 2 * x),
    Slip("a sum instead of the mean", "The loss is a mean.", ("reduce_mean", "reduce_sum"), over=np.sum),
    Slip("the mean is forgotten", "One number is asked for.", (MEAN, SQUARE), over=np.positive),
    Slip("the largest square stands for all", "Take the mean.", ("reduce_mean", "reduce_max"), over=np.max),
    Slip("that is the mean squared, and not the mean of the squares", "First square, then average.",
         (MEAN, "tf.reduce_mean(x) ** 2"), of=np.positive, over=lambda x: np.mean(x) ** 2),
    Slip("that is the variance: the mean of x is taken away", RISE, (MEAN, "tf.math.reduce_variance(x)"),
         of=np.positive, over=np.var),
    Slip("that is the limit of the rate, 2 divided by it", "The curvature itself is asked for.",
         (f"2 * {MEAN}", f"2 / (2 * {MEAN})"), then=lambda value: 2 / value),
    Slip("that is the curvature along the steepest direction, between w and b", "Ask along w alone.",
         of=np.positive, over=_steepest),
    Slip("a square root too many", RISE, (MEAN, f"tf.sqrt({MEAN})"), over=lambda x: np.mean(x) ** 0.5),
]
# fmt: on
WRONG = [
    ("never uses `x`", (MEAN, "0.956")),
    ("gives it to nobody", (f"return 2 * {MEAN}", f"print(2 * {MEAN})")),
    ("stands after `return`", ("return ", "")),
    ("in quotes", (f"2 * {MEAN}", "'2 * mean(x * x)'")),
    ("it takes x, r", ("(x)", "(x, r)")),
    ("no `mean` is known", (MEAN, "mean(x * x)")),
]
RIGHT = [
    "answer = lambda x: 2 * tf.reduce_mean(x**2)",
    "answer = lambda x: 2 * np.mean(np.square(x))",
    "answer = lambda x: bowl.curvature(x)[0, 0]",
    "def answer(x):\n    return 2 * sum(value * value for value in x.numpy()) / len(x)",
]


@exercise(
    "curvature_along_w(x)",
    "The data alone decide it: not y, and not where you stand.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def curvature_along_w(answer, draw):
    """curvature_along_w(x) returns by how much the slope of the mean squared error along w grows for each unit of w."""
    cases = [{"x": draw.several(count) + np.float32(0.37)} for count in (3, 4, 6)]
    compare(answer, cases, _curvature, SLIPS, "x = {x}", formulas=[Formula("c = 2 * mean(x * x)")])
