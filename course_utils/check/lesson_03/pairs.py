"""What residuals and losses have in common: they pair targets with predictions."""

import numpy as np

from ..slips import Slip

GIVEN = "targets {y_true} and predictions {y_pred}"
OFF = "y_true - y_pred"


def pairs(draw):
    """Return cases of targets and predictions."""
    return [{"y_true": draw.several(count), "y_pred": draw.several(count)} for count in (3, 4, 6)]


def many(draw):
    """Return what is special in another case, and that case: more examples than a batch of Keras holds."""
    return {"where there are 40 examples": {"y_true": draw.several(40), "y_pred": draw.several(40)}}


def reduced(y_true, y_pred, *, pair=np.subtract, power=np.positive, over=np.positive):
    """Return the residuals, raised to a power and taken together, or what becomes of that by slips."""
    return over(power(pair(y_true, y_pred)))


MINUS = "Target minus prediction."
PAIRING = [
    Slip("they are added", MINUS, (OFF, "y_true + y_pred"), pair=np.add),
    Slip("the predictions are missing", MINUS, (OFF, "y_true"), pair=lambda t, p: t),
    Slip("the targets are missing", MINUS, (OFF, "y_pred"), pair=lambda t, p: p),
    Slip("they are divided", MINUS, (OFF, "y_true / y_pred"), pair=np.divide),
    Slip("they are multiplied", MINUS, (OFF, "y_true * y_pred"), pair=np.multiply),
    Slip(
        "each target meets every prediction, one after the other",
        "Each target meets its own prediction.",
        pair=lambda t, p: np.ravel(t[:, None] - p),
    ),
    Slip("the predictions are turned round", MINUS, (OFF, "y_true - y_pred[::-1]"), pair=lambda t, p: t - p[::-1]),
    Slip(
        "the difference is divided by the prediction", MINUS, (OFF, f"({OFF}) / y_pred"), pair=lambda t, p: (t - p) / p
    ),
    Slip("the difference is divided by the target", MINUS, (OFF, f"({OFF}) / y_true"), pair=lambda t, p: (t - p) / t),
    Slip("the squares are subtracted", MINUS, (OFF, "y_true**2 - y_pred**2"), pair=lambda t, p: t**2 - p**2),
    Slip(
        "each target meets the mean of the predictions",
        "Each target meets its own prediction.",
        (OFF, "y_true - tf.reduce_mean(y_pred)"),
        pair=lambda t, p: t - p.mean(),
    ),
    Slip(
        "each target meets the first prediction",
        "Each target meets its own prediction.",
        (OFF, "y_true - y_pred[0]"),
        pair=lambda t, p: t - p[0],
    ),
    Slip(
        "each target meets every prediction, in a table",
        "Subtract equal shapes.",
        (OFF, "y_true[:, None] - y_pred"),
        pair=lambda t, p: t[:, None] - p,
    ),
]
