"""The mean squared error."""

import numpy as np
import tensorflow as tf

from ..exercise import exercise
from ..formulas import Formula
from ..reading import keywords
from ..result import Mistake
from ..slips import Slip, compare
from ..values import described
from .pairs import GIVEN, OFF, PAIRING, many, pairs, reduced


def _mean(y_true, y_pred, *, power=np.square, over=np.mean, **pairing):
    return reduced(y_true, y_pred, power=power, over=over, **pairing)


SQUARE = f"tf.square({OFF})"
MEAN = f"tf.reduce_mean({SQUARE})"
ALL = "Average over all examples."
ONCE = "Subtract, square, average; that is all."
FIRST = "Square first, then average."
SLIPS = [
    *PAIRING,
    Slip("the square is forgotten", "Far above and far below cancel.", (SQUARE, OFF), power=np.positive),
    Slip("absolute values instead of squares", "Square the residuals.", (SQUARE, f"abs({OFF})"), power=np.abs),
    Slip("they are doubled and not squared", FIRST, (SQUARE, f"2 * ({OFF})"), power=lambda r: 2 * r),
    Slip("a square root instead of the square", "tf.square, not tf.sqrt.", (SQUARE, f"tf.sqrt({OFF})"), power=np.sqrt),
    Slip("they are cubed", "Square the residuals.", (SQUARE, f"({OFF})**3"), power=lambda r: r**3),
    Slip("a sum instead of the mean", "Look again at 'Sum or mean?'.", ("reduce_mean", "reduce_sum"), over=np.sum),
    Slip("the mean is forgotten", "The loss is one number.", (MEAN, SQUARE), over=np.positive),
    Slip("the largest instead of the mean", ALL, ("reduce_mean", "reduce_max"), over=np.max),
    Slip("it is that of the first example only", ALL, (MEAN, f"{SQUARE}[0]"), over=lambda r: r[0]),
    Slip("it is that of the last example only", ALL, (MEAN, f"{SQUARE}[-1]"), over=lambda r: r[-1]),
    Slip(
        "only the last example counts",
        "Add them up.",
        (MEAN, f"{SQUARE}[-1] / len(y_true)"),
        over=lambda r: r[-1] / len(r),
    ),
    Slip(
        "only the first example counts",
        "Does `return` stand after the loop?",
        (MEAN, f"{SQUARE}[0] / len(y_true)"),
        over=lambda r: r[0] / len(r),
    ),
    Slip(
        "divided by the number of examples twice",
        ONCE,
        (MEAN, f"{MEAN} / len(y_true)"),
        over=lambda r: r.mean() / len(r),
    ),
    Slip(
        "divided by one less than the number of examples",
        "The mean divides by their number.",
        (MEAN, f"tf.reduce_sum({SQUARE}) / (len(y_true) - 1)"),
        over=lambda r: r.sum() / (len(r) - 1),
    ),
    Slip(
        "divided by 1000, and there are not always 1000 examples",
        "The mean divides by their number.",
        (MEAN, f"tf.reduce_sum({SQUARE}) / 1000"),
        over=lambda r: r.sum() / 1000,
    ),
    Slip(
        "the mean is squared and not the residuals",
        FIRST,
        (MEAN, f"tf.square(tf.reduce_mean({OFF}))"),
        power=np.positive,
        over=lambda r: r.mean() ** 2,
    ),
    Slip(
        "the sum is squared and not the residuals",
        FIRST,
        (MEAN, f"tf.square(tf.reduce_sum({OFF}))"),
        power=np.positive,
        over=lambda r: r.sum() ** 2,
    ),
    Slip(
        "the squares are subtracted, and not the residuals squared",
        "Subtract first, then square.",
        (SQUARE, "tf.square(y_true) - tf.square(y_pred)"),
        power=np.positive,
        pair=lambda t, p: t**2 - p**2,
    ),
    Slip(
        "a square root too many", "The mean squared error keeps the square.", (MEAN, f"tf.sqrt({MEAN})"), then=np.sqrt
    ),
    Slip("a square too many", ONCE, (MEAN, f"{MEAN}**2"), then=np.square),
    Slip(
        "the last example is left out",
        ALL,
        (MEAN, f"tf.reduce_sum({SQUARE}[:-1]) / len(y_true)"),
        over=lambda r: r[:-1].sum() / len(r),
    ),
    Slip("the smallest instead of the mean", ALL, ("reduce_mean", "reduce_min"), over=np.min),
    Slip(
        "that is the variance of the residuals, from which their mean is taken away first",
        ONCE,
        (MEAN, f"tf.math.reduce_variance({OFF})"),
        power=np.positive,
        over=np.var,
    ),
    Slip(
        "that is the standard deviation of the residuals",
        ONCE,
        (MEAN, f"tf.math.reduce_std({OFF})"),
        power=np.positive,
        over=np.std,
    ),
    Slip("half of it", "Some books halve it; Keras and we do not.", (MEAN, f"{MEAN} / 2"), scale=0.5),
    Slip("twice as much", ONCE, (MEAN, f"2 * {MEAN}"), scale=2),
    Slip("the sign is wrong", "A square is never below zero.", (MEAN, f"-{MEAN}"), sign=-1),
]
FORMULA = Formula(f"loss = mean(square({OFF}))")
WRONG = [
    ("the tape can't follow a plain number", (MEAN, f"float({MEAN})")),
    ("the tape can't follow a plain number", (MEAN, f"{MEAN}.numpy()")),
    ("cut off from the predictions", (MEAN, f"tf.constant(float({MEAN}))")),
    ("stands after `return`", ("return ", "")),
    ("gives it to nobody", (f"return {MEAN}", f"print({MEAN})")),
    ("did you mean `tf.reduce_mean`", ("tf.reduce_mean", "reduce_mean")),
    ("did you mean `reduce_mean`", ("tf.reduce_mean", "tf.mean")),
    ("a number in a list, [ ]", (MEAN, f"{MEAN[:-1]}, keepdims=True)")),
    ("a function and not its result", (MEAN, "mean_squared_error")),
    ("goes along one axis only", (MEAN, f"{MEAN[:-1]}, axis=-1)")),
    ("never uses `y_true`", (OFF, "y_pred - y_pred")),
]


@exercise(
    "mse(y_true, y_pred)",
    "The order of its arguments does not matter, because squaring loses the sign; we keep truth first, as Keras does. "
    "This loss is what lesson 4 walks down.",
    slips=SLIPS,
    wrong=WRONG,
)
def mse(answer, draw):
    """mse(y_true, y_pred) returns the mean of the squared residuals, a scalar tensor that a tape can follow."""
    last = []

    def attempt(y_true, y_pred):
        tape, predictions = tf.GradientTape(persistent=True), tf.constant(y_pred)
        value = answer(tf.constant(y_true), predictions, tape=tape)
        last[:] = value, tape, predictions
        return answer.as_numbers(value)

    compare(answer, pairs(draw), _mean, SLIPS, GIVEN, attempt, [FORMULA], many(draw), sized=("y_true", "y_pred"))
    _takes_all_together(answer, draw)
    value, tape, predictions = last
    if not tf.is_tensor(value):
        raise Mistake(
            f"the tape can't follow {described(value)}. It is right, but it has left TensorFlow. Use TensorFlow's "
            "operations to the end, without float() and .numpy()."
        )
    if tape.gradient(value, predictions) is None:
        raise Mistake(
            "the number is right, but it is cut off from the predictions, so the tape finds no slope: float(), "
            ".numpy(), tf.constant and tf.Variable cut it off."
        )


def _takes_all_together(answer, draw):
    """Raise Mistake where a mean goes along one axis only, so that a table of numbers has several losses."""
    if "axis" not in keywords(answer.value):
        return
    table = {name: draw.several(6).reshape(3, 2) for name in ("y_true", "y_pred")}
    loss = answer.numbers(*map(tf.constant, table.values()))
    if loss.shape != ():
        raise Mistake(
            f"with `axis` the mean goes along one axis only. For targets and predictions of the shape (3, 2) there are "
            f"{loss.size} losses, and the loss is one number. Leave `axis` out."
        )
