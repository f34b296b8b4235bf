"""What goes wrong in a step that moves some Variables and leaves others as they are, as Slips."""

import numpy as np

from ..evidence import NOTHING
from ..formulas import Formula
from ..slips import Slip
from ..values import ANYTHING, listed

UNITS = 2
LABELS = *(f"{name}[{k}]" for name in "wba" for k in range(UNITS)), "c", "the loss that is given back"


def after_a_step(
    w,
    b,
    a,
    c,
    x,
    y,
    learning_rate,
    *,
    towards=-1,
    size=lambda rate: rate,
    along=lambda slopes, n: slopes,
    moved=(0, 0, 1, 1),
    becomes=lambda old, move: old + move,
    back=lambda losses: losses[0],
    frozen=np.positive,
    turns=False,
):
    """Return the numbers of w, b and a, c, and the loss that is given back, after one step, or what slips make of it.

    moved: which of w, b, a and c move.
    """
    old, moved = np.array([*w, *b, *a, c]), np.repeat(moved, (UNITS, UNITS, UNITS, 1))
    loss, slopes = downhill(old, x, y)
    move = towards * size(learning_rate) * along(slopes, len(x)) * moved
    new = np.where(moved != 0, becomes(old, move), frozen(old))
    if turns:  # c moves by a slope that knows the moves of a
        new[-1] = old[-1] + towards * size(learning_rate) * downhill(np.array([*new[:-1], old[-1]]), x, y)[1][-1]
    return np.array([*new, back([loss, downhill(new, x, y)[0]])])


def downhill(values, x, y):
    """Return the mean squared error of the sum of a·relu(w·x + b), and c, and its slopes along all numbers."""
    w, b, a, c = *np.split(values[:-1], 3), values[-1]
    z = w * x[:, None] + b
    off = y - np.maximum(z, 0) @ a - c
    bent = a * (z > 0)
    parts = np.concatenate([bent * x[:, None], bent, np.maximum(z, 0), np.ones((len(x), 1))], axis=1)
    return np.mean(off**2), -2 * np.mean(off[:, None] * parts, axis=0)


def _moved(lines, case):
    """Return all numbers, and the loss before, where these lines compute each new value of a and c from the old one."""
    values = np.array([*case["w"], *case["b"], *case["a"], case["c"]])
    loss, slopes = downhill(values, case["x"], case["y"])
    kept = 2 * UNITS
    new = UPDATE.once(lines, case | {"value": values[kept:], "slope": slopes[kept:], "loss": loss})
    return [*values[:kept], *new, loss]


UPDATE = Formula("value = value - learning_rate * slope", names=("loss",), run=_moved)
LOSS, THESE = "mean_squared_error(y, model(x))", "[model.a, model.c]"
ZIP, RATE, RETURN = f"zip({THESE}, slopes)", "learning_rate * slope", "return loss"
ONLY = "`a` and `c` move, each by its own slope; `w` and `b` stay."
BEFORE = "Return the loss that the tape saw, before the update."
BY_RATE = "Multiply each slope by the learning rate, once."

ALL_FOUR = "w", "b", "a", "c"


def _only(*which):
    """Return the Slip of a step that moves these Variables, and no others."""
    names, stay = ([f"`{name}`" for name in ALL_FOUR if (name in which) is moves] for moves in (True, False))
    verbs = ("move" if names[1:] else "moves"), ("stay" if stay[1:] else "stays")
    told = f"{listed(names)} {verbs[0]}, and {listed(stay)} {verbs[1]}"
    return Slip(told, ONLY, moved=tuple(int(name in which) for name in ALL_FOUR))


# fmt: off
SLIPS = [
    *(_only(*which) for which in ("wc", "wa", "bc", "ba", "wba", "wbc")),
    Slip("`w` and `b` become 0", "They stay as they are.", frozen=lambda old: 0 * old),
    *(Slip("`w` and `b` move, too, by a smaller step", ONLY, moved=(by, by, 1, 1)) for by in (0.1, 0.01, 0.5)),
    *(Slip("`c` moves by a slope that knows the move of `a`", "Take both slopes from one tape, then move both.",
           turns=True, back=back) for back in (lambda losses: losses[0], lambda losses: ANYTHING)),
    Slip("all Variables move", ONLY, (THESE, "model.trainable_variables"), moved=(1, 1, 1, 1)),
    Slip("`w` and `b` move, and `a` and `c` stay", ONLY, (THESE, "[model.w, model.b]"), moved=(1, 1, 0, 0)),
    Slip("only `a` moves", ONLY, (THESE, "[model.a]"), moved=(0, 0, 1, 0)),
    Slip("only `c` moves", ONLY, (THESE, "[model.c]"), moved=(0, 0, 0, 1)),
    Slip("`w` moves, too", ONLY, (THESE, "[model.w, model.a, model.c]"), moved=(1, 0, 1, 1)),
    Slip("`b` moves, too", ONLY, (THESE, "[model.b, model.a, model.c]"), moved=(0, 1, 1, 1)),
    Slip("nothing moves", "Change them in place, with assign_sub.", (f"variable.assign_sub({RATE})", "pass"),
         moved=(0, 0, 0, 0)),
    Slip("the gradient is added", "That is uphill. Subtract it.", ("assign_sub", "assign_add"), towards=1),
    Slip("the learning rate is forgotten", BY_RATE, (RATE, "slope"), size=lambda rate: 1),
    Slip("the learning rate is squared", BY_RATE, (RATE, "learning_rate**2 * slope"), size=np.square),
    Slip("it divides by the learning rate", BY_RATE, (RATE, "slope / learning_rate"), size=lambda rate: 1 / rate),
    Slip("a sum instead of the mean", "Take the mean of the squares.",
         (LOSS, "tf.reduce_sum(tf.square(y - model(x)))"), along=lambda slopes, n: n * slopes),
    Slip("half the gradient", BY_RATE, (RATE, f"0.5 * {RATE}"), along=lambda slopes, n: 0.5 * slopes),
    Slip("twice the gradient", BY_RATE, (RATE, f"2 * {RATE}"), along=lambda slopes, n: 2 * slopes),
    Slip("each moves by the learning rate itself, whatever its slope", BY_RATE,
         (RATE, "learning_rate * tf.sign(slope)"), along=lambda slopes, n: np.sign(slopes)),
    Slip("all of `a` moves by the mean of its slopes", ONLY,
         (RATE, "learning_rate * tf.reduce_mean(slope) * tf.ones_like(variable)"),
         along=lambda slopes, n: np.array([*slopes[:4], *0 * slopes[4:6] + np.mean(slopes[4:6]), slopes[6]])),
    Slip("each slope is divided by the number of examples", "The loss is a mean already.",
         (RATE, f"{RATE} / len(x)"), along=lambda slopes, n: slopes / n),
    Slip("the step itself becomes the value", "assign_sub subtracts; assign replaces.", ("assign_sub", "assign"),
         becomes=lambda old, move: -move),
    Slip("the loss after the update is given back", BEFORE, (RETURN, f"return {LOSS}"), back=lambda all: all[1]),
    Slip("the root of the loss is given back", BEFORE, (RETURN, "return tf.sqrt(loss)"),
         back=lambda all: all[0] ** 0.5),
    Slip("no loss is given back", "Only what stands after `return` is.", (RETURN, ""), back=lambda all: NOTHING),
]
# fmt: on
