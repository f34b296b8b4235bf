"""A training step that moves some Variables and leaves others as they are."""

import numpy as np
import tensorflow as tf

from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..result import Mistake
from ..slips import Slip, compare
from ..values import close, short

NOTHING = np.inf  # stands for the loss where none is given back


UNITS = 2
LABELS = *(f"{name}[{k}]" for name in "wba" for k in range(UNITS)), "c", "the loss that is given back"


def _after(
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
):
    """Return the numbers of w, b and a, c, and the loss that is given back, after one step, or what slips make of it.

    moved: which of w, b, a and c move.
    """
    old, moved = np.array([*w, *b, *a, c]), np.repeat(moved, (UNITS, UNITS, UNITS, 1))
    loss, slopes = _downhill(old, x, y)
    move = towards * size(learning_rate) * along(slopes, len(x)) * moved
    new = np.where(moved != 0, becomes(old, move), old)
    return np.array([*new, back([loss, _downhill(new, x, y)[0]])])


def _downhill(values, x, y):
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
    loss, slopes = _downhill(values, case["x"], case["y"])
    kept = 2 * UNITS
    new = UPDATE.once(lines, case | {"value": values[kept:], "slope": slopes[kept:], "loss": loss})
    return [*values[:kept], *new, loss]


UPDATE = Formula("value = value - learning_rate * slope", names=("loss",), run=_moved)
LOSS, THESE = "mean_squared_error(y, model(x))", "[model.a, model.c]"
ZIP, RATE, RETURN = f"zip({THESE}, slopes)", "learning_rate * slope", "return loss"
ONLY = "`a` and `c` move, each by its own slope; `w` and `b` stay."
BEFORE = "Return the loss that the tape saw, before the update."
BY_RATE = "Multiply each slope by the learning rate, once."
# fmt: off
SLIPS = [
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
WRONG = [
    ("the tape saw no Variable", ("    with", "    y_pred = model(x)\n    with"), ("model(x))", "y_pred)")),
    ("never uses `learning_rate`", (RATE, "0.1 * slope")),
    ("a Variable keeps its shape", (ZIP, f"zip({THESE}, slopes[::-1])")),
    ("took the place of model.a", ("variable.assign_sub(", "model.a = model.a - (")),
    ("parts of different shapes", (RETURN, "return slopes[0], loss")),
]
RIGHT = [
    """
def answer(model, x, y, learning_rate):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean((y - model(x)) ** 2)
    for variable in (model.c, model.a):
        variable.assign(variable - learning_rate * tape.gradient(loss, variable))
    return loss.numpy()
""",
    """
def answer(model, x, y, learning_rate):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([model.a, model.c])
        loss = mean_squared_error(y, model(x))
    keras.optimizers.SGD(learning_rate).apply(tape.gradient(loss, [model.a, model.c]), [model.a, model.c])
    return loss
""",
    """
@tf.function
def answer(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    da, dc = tape.gradient(loss, [model.a, model.c])
    model.a.assign_sub(learning_rate * da)
    model.c.assign_sub(learning_rate * dc)
    return loss
""",
]


@exercise(
    "frozen_step(model, x, y, learning_rate)",
    "Large models are adapted like this: the layers that somebody else has trained are frozen, the last one learns.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def frozen_step(answer, draw):
    """frozen_step(model, x, y, learning_rate) moves model.a and model.c only, and returns the loss before.

    The judge's model is that of the lesson, with two hinges.
    """
    cases = [_case(draw, count) for count in (6, 9, 7)]
    compare(answer, cases, _after, SLIPS, StepWords(_given, LABELS), lambda **case: _stepped(answer, **case), [UPDATE])


def _case(draw, count):
    """Return a case in which each hinge is bent by some of the examples, and no slope is near 0."""
    while True:
        line = draw.line(count)
        case = {name: np.array([draw.signed(0.5, 1.4) for _ in range(UNITS)]) for name in "wba"}
        case |= {"c": line["b"], "x": line["x"], "y": line["y"], "learning_rate": draw.number(0.03, 0.2)}
        on = (case["w"] * line["x"][:, None] + case["b"] > 0).mean(axis=0)
        _, slopes = _downhill(np.array([*case["w"], *case["b"], *case["a"], case["c"]]), line["x"], line["y"])
        if np.all((on > 0) & (on < 1)) and np.min(np.abs(slopes)) > 0.05:
            return case


class _Hinges(tf.Module):
    """A bent model, as HingeModel in the lesson."""

    def __init__(self, w, b, a, c):
        super().__init__()
        self.w, self.b, self.a, self.c = (tf.Variable(value, dtype=tf.float32) for value in (w, b, a, c))

    def __call__(self, x):
        return tf.reduce_sum(self.a * tf.nn.relu(self.w * x[:, None] + self.b), axis=1) + self.c


def _stepped(answer, w, b, a, c, x, y, learning_rate):
    """Return all numbers of a model after the learner's step, and the loss that is given back."""
    model = _Hinges(w, b, a, c)
    held = {name: getattr(model, name) for name in "wbac"}
    given_back = answer(model, tf.constant(x), tf.constant(y), learning_rate)
    if reason := answer.why_none():
        raise Mistake(f"a slope is None: {reason}.")
    for name, variable in held.items():
        if getattr(model, name) is not variable:
            raise Mistake(f"something new took the place of model.{name}. Change it in place, with assign_sub.")
    loss = np.array(NOTHING) if given_back is None else answer.as_numbers(given_back)
    if loss.shape != ():
        raise Mistake(f"one number is asked for, the loss, and it gives back {loss.size}.")
    before = _downhill(np.array([*w, *b, *a, c]), x, y)[0]
    loss = before if close(loss, len(x) * before) else loss
    return np.array([*np.concatenate([np.ravel(variable.numpy()) for variable in held.values()]), loss], float)


def _given(case):
    return f"{len(case['x'])} examples and the learning rate {short(case['learning_rate'])}"


class StepWords(Words):
    """Tells the numbers of w, b, a and c, and the loss."""

    def evidence(self, case, got, expected):
        return super().evidence(case, got, expected).replace(" is inf,", " is None,")
