"""What goes wrong in training steps, as Slips, and as small changes of the formulas of a step."""

import numpy as np

from ..descent import loss_of, scaled, slopes
from ..evidence import NOTHING
from ..formulas import Formula
from ..slips import Slip
from .variables import MEANS


def _of_a_root(x, y, w, b):
    return slopes(x, y, w, b) / (2 * np.sqrt(loss_of(x, y, w, b)))


def _of_absolutes(x, y, w, b):
    side = np.sign(y - w * x - b)
    return -np.array([np.mean(x * side), np.mean(side)])


def _one_by_one(x, y):
    return [(x[k : k + 1], y[k : k + 1]) for k in range(len(x))]


def _first(share):
    return lambda x, y: [(x[: share(len(x))], y[: share(len(y))])]


LOSS, SUM = "mean_squared_error(y, model(x))", "tf.reduce_sum(tf.square(y - model(x)))"
ASK = "dw, db = tape.gradient(loss, [model.w, model.b])"
RATE, RETURN = "learning_rate * ", "return loss"
W, B = "    model.w.assign_sub(learning_rate * dw)\n", "    model.b.assign_sub(learning_rate * db)\n"
BY_RATE = "Multiply the gradient by the learning rate, once."
OWN = "Each moves by its own slope."
ORDER = "Take both slopes from one tape, then move both."
SQUARES = "Walk down the mean of the squares."
ONCE = "One call makes one update."
ALL = "Each step looks at all examples."
BEFORE = "Return the loss that the tape saw, before the update."
SLIPS = [
    Slip("the gradient is added", "That is uphill. Subtract it.", ("assign_sub", "assign_add"), towards=1),
    Slip("the learning rate is forgotten", BY_RATE, (RATE, ""), size=lambda rate: 1),
    Slip("it divides by the learning rate", BY_RATE, (RATE, "1 / learning_rate * "), size=lambda rate: 1 / rate),
    Slip("the learning rate is squared", BY_RATE, (RATE, "learning_rate**2 * "), size=np.square),
    Slip(
        "a sum instead of the mean", f"The gradient is that of a sum. {MEANS}", (LOSS, SUM), along=scaled(lambda n: n)
    ),
    Slip(
        "divided by the number of examples twice", MEANS, (RATE, f"1 / len(x) * {RATE}"), along=scaled(lambda n: 1 / n)
    ),
    Slip(
        "divided by 1000, and there are not always 1000 examples",
        "Divide by len(x), or take the mean.",
        ((LOSS, SUM), (RATE, "learning_rate / 1000 * ")),
        along=scaled(lambda n: n / 1000),
    ),
    Slip("half the gradient", "The slope of r² is 2·r.", (RATE, f"0.5 * {RATE}"), along=scaled(lambda n: 0.5)),
    Slip("twice the gradient", BY_RATE, (RATE, f"2 * {RATE}"), along=scaled(lambda n: 2)),
    Slip(
        "the loss is a square root",
        SQUARES,
        (LOSS, f"tf.sqrt({LOSS})"),
        along=_of_a_root,
        back=lambda all: all[-2] ** 0.5,
    ),
    Slip(
        "the loss is of absolute values",
        SQUARES,
        (LOSS, "tf.reduce_mean(abs(y - model(x)))"),
        along=_of_absolutes,
        back=None,
    ),
    Slip(
        "dw and db are swapped",
        "The slopes come in the order in which they are asked for; trainable_variables are b, w.",
        (ASK, "db, dw = tape.gradient(loss, [model.w, model.b])"),
        along=lambda x, y, w, b: slopes(x, y, w, b)[::-1],
    ),
    Slip("b moves by the slope of w", OWN, ("* db", "* dw"), along=lambda x, y, w, b: slopes(x, y, w, b)[[0, 0]]),
    Slip("w moves by the slope of b", OWN, ("* dw", "* db"), along=lambda x, y, w, b: slopes(x, y, w, b)[[1, 1]]),
    Slip(
        "w moves by both slopes, and b by none",
        OWN,
        ("model.b.assign_sub", "model.w.assign_sub"),
        along=lambda x, y, w, b: np.array([sum(slopes(x, y, w, b)), 0]),
    ),
    Slip(
        "each moves by the learning rate itself, whatever its slope, as Adam's first step does",
        OWN,
        (("* dw", "* tf.sign(dw)"), ("* db", "* tf.sign(db)")),
        along=lambda x, y, w, b: np.sign(slopes(x, y, w, b)),
    ),
    Slip("only w moved", "b must move too.", (B, ""), moved=(1, 0)),
    Slip("only b moved", "w must move too.", (W, ""), moved=(0, 1)),
    Slip("nothing moved", "Change model.w and model.b in place.", ((W, ""), (B, "")), moved=(0, 0)),
    Slip("w goes uphill", "Subtract for both.", ("w.assign_sub", "w.assign_add"), moved=(-1, 1)),
    Slip("b goes uphill", "Subtract for both.", ("b.assign_sub", "b.assign_add"), moved=(1, -1)),
    Slip(
        "the step itself becomes the value",
        "assign_sub subtracts; assign replaces.",
        ("assign_sub", "assign"),
        becomes=lambda old, move: -move,
    ),
    Slip("the step itself becomes the value", "assign_sub subtracts; assign replaces.", becomes=lambda old, move: move),
    Slip("w moved before the slope of b was taken", ORDER, first="w", back=None),
    Slip("b moved before the slope of w was taken", ORDER, first="b", back=None),
    *(Slip(f"{k} updates in one call", ONCE, rounds=k, back=None) for k in (2, 3, 4, 5, 10)),
    Slip("one update for each example", ONCE, data=_one_by_one, back=None),
    Slip(
        "only the first example is used",
        ALL,
        (LOSS, "mean_squared_error(y[0], model(x[0]))"),
        data=_first(lambda n: 1),
        back=None,
    ),
    Slip(
        "only the first half of the examples is used",
        ALL,
        (LOSS, "mean_squared_error(y[: len(y) // 2], model(x[: len(x) // 2]))"),
        data=_first(lambda n: n // 2),
        back=None,
    ),
    Slip(
        "x and y are swapped",
        "The model gets x.",
        (LOSS, "mean_squared_error(x, model(y))"),
        data=lambda x, y: [(y, x)],
        back=None,
    ),
    Slip("the loss after the update is given back", BEFORE, (RETURN, f"return {LOSS}"), back=lambda all: all[-1]),
    Slip("the loss that is given back is stale", "Compute it anew in each step.", back=lambda all: all[0]),
    Slip(
        "the root of the loss is given back", BEFORE, (RETURN, "return tf.sqrt(loss)"), back=lambda all: all[-2] ** 0.5
    ),
    Slip("no loss is given back", "Only what stands after `return` is.", (RETURN, ""), back=lambda all: NOTHING),
]


def _moved(lines, case):
    """Return [w, b, the loss before the last step] where these lines compute each new value from the old one."""
    values = np.array([case["w"], case["b"]])
    for _ in range(case["calls"]):
        loss, slope = loss_of(case["x"], case["y"], *values), slopes(case["x"], case["y"], *values)
        values = MOVE.once(lines, case | {"value": values, "slope": slope, "loss": loss})
    return [*values, loss]


def _downhill(lines, case):
    """Return [w, b, the loss before the last step] where these lines compute the loss."""

    def loss(w, b):
        return float(LOSS_OF.once(lines, case | {"w": w, "b": b}))

    w, b = case["w"], case["b"]
    for _ in range(case["calls"]):
        before, small = loss(w, b), 1e-5
        dw, db = (loss(w + small, b) - loss(w - small, b)), (loss(w, b + small) - loss(w, b - small))
        move = case["learning_rate"] / (2 * small)
        w, b = w - move * dw, b - move * db
    return [w, b, before]


MOVE = Formula("value = value - learning_rate * slope", names=("loss",), run=_moved)
LOSS_OF = Formula("loss = mean(square(y - (w * x + b)))", run=_downhill)
