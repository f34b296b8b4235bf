"""How far each prediction is off."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare
from .pairs import GIVEN, MINUS, OFF, PAIRING, many, pairs, reduced

EACH = "Give one for each example."
SLIPS = [
    *PAIRING,
    Slip("the sign is wrong", MINUS, (OFF, "y_pred - y_true"), sign=-1),
    Slip("the sign is lost", "Keep the sign.", (OFF, f"abs({OFF})"), power=np.abs),
    Slip("a square root is taken", MINUS, (OFF, f"tf.sqrt({OFF})"), power=np.sqrt),
    Slip("they are squared", "Squaring comes later.", (OFF, f"({OFF})**2"), power=np.square),
    Slip("only the direction is left", "Say how far, too.", (OFF, f"tf.sign({OFF})"), power=np.sign),
    Slip("those below zero are cut off", "Keep them.", (OFF, f"tf.nn.relu({OFF})"), power=lambda r: np.maximum(r, 0)),
    Slip("they are rounded", "Keep all digits.", (OFF, f"tf.round({OFF})"), power=np.round),
    Slip("it is their mean", EACH, (OFF, f"tf.reduce_mean({OFF})"), over=np.mean),
    Slip("it is their sum", EACH, (OFF, f"tf.reduce_sum({OFF})"), over=np.sum),
    Slip("it is the length of them all", EACH, (OFF, f"tf.norm({OFF})"), over=np.linalg.norm),
    Slip("it is the first one only", EACH, (OFF, f"({OFF})[0]"), over=lambda r: r[0]),
    Slip("it is the last one only", EACH, (OFF, f"({OFF})[-1]"), over=lambda r: r[-1]),
    Slip("it is the largest one only", EACH, (OFF, f"tf.reduce_max({OFF})"), over=np.max),
    Slip("they are turned round", "Keep the order.", (OFF, f"({OFF})[::-1]"), over=lambda r: r[::-1]),
    Slip(
        "the loss is subtracted from each target",
        MINUS,
        (OFF, "y_true - mean_squared_error(y_true, y_pred)"),
        pair=lambda t, p: t - np.mean((t - p) ** 2),
    ),
    Slip("they are doubled", MINUS, (OFF, f"2 * ({OFF})"), scale=2),
    Slip("they are halved", MINUS, (OFF, f"({OFF}) / 2"), scale=0.5),
]
FORMULA = Formula(f"residuals = {OFF}")
RETURN = f"return {OFF}"
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("gives it to nobody", (RETURN, f"print({OFF})")),
    ("never uses `y_true` and `y_pred`", (OFF, "tf.zeros(3)")),
    ("the first one only", (RETURN, "for t, p in zip(y_true, y_pred):\n        return t - p")),
]


@exercise(
    "residuals(y_true, y_pred)",
    "Positive where the prediction is too low, negative where it is too high.",
    slips=SLIPS,
    wrong=WRONG,
)
def residuals(answer, draw):
    """residuals(y_true, y_pred) returns target minus prediction, one for each example."""
    compare(answer, pairs(draw), reduced, SLIPS, GIVEN, formulas=[FORMULA], also=many(draw))
