"""A training step for a model with any Variables."""

import numpy as np
import tensorflow as tf

from ..evidence import Words
from ..exercise import exercise
from ..result import Mistake
from ..slips import Slip, compare
from ..values import short

NOTHING = np.inf


class _Curve(tf.Module):
    """The curve f(x) = a·x² + w·x + b, whose Variables are handed out as b, a, w."""

    def __init__(self, a, w, b):
        super().__init__()
        self.a, self.w, self.b = (tf.Variable(value, dtype=tf.float32, name=name) for name, value in
                                  (("a", a), ("w", w), ("b", b)))  # fmt: skip
        self.steps = tf.Variable(0.0, trainable=False)

    def __call__(self, x):
        return self.a * x * x + self.w * x + self.b


def _slopes(x, y, values):
    a, w, b = values
    r = y - (a * x * x + w * x + b)
    return -2 * np.array([np.mean(x * x * r), np.mean(x * r), np.mean(r)]), np.mean(r * r)


def _stepped(
    x, y, a, w, b, learning_rate, *, towards=-1, size=lambda rate: rate, moved=(1, 1, 1), rounds=1, along=np.positive,
    over=1, back=lambda before, after: before, becomes=lambda old, move: old + move
):  # fmt: skip
    """Return [a, w, b, the loss that is given back] after one step, or what becomes of it by slips."""
    values = np.array([a, w, b])
    for _ in range(rounds):
        slopes, before = _slopes(x, y, values)
        values = becomes(values, towards * size(learning_rate) * np.array(moved) * along(slopes) * over)
    return np.array([*values, back(before, _slopes(x, y, values)[1])])


LOSS = "mean_squared_error(y, model(x))"
MOVE = "variable.assign_sub(learning_rate * gradient)"
ZIP = "zip(model.trainable_variables, gradients)"
ALL = "Loop over model.trainable_variables: a model may have more than w and b."
PAIR = "Each Variable moves by its own slope."
BEFORE = "Return the loss that the tape saw, before the update."
BY_RATE = "Multiply each slope by the learning rate, once."
# fmt: off
SLIPS = [
    Slip("the gradient is added", "That is uphill. Subtract it.", ("assign_sub", "assign_add"), towards=1),
    Slip("the learning rate is forgotten", BY_RATE, ("learning_rate * ", ""), size=lambda rate: 1),
    Slip("the learning rate is squared", BY_RATE, ("learning_rate * ", "learning_rate**2 * "), size=np.square),
    Slip("it divides by the learning rate", BY_RATE, ("learning_rate * ", "1 / learning_rate * "),
         size=lambda rate: 1 / rate),
    Slip("half the gradient", BY_RATE, ("learning_rate * ", "0.5 * learning_rate * "), over=0.5),
    Slip("only w and b moved", ALL, (("model.trainable_variables", "[model.w, model.b]"),), moved=(0, 1, 1)),
    Slip("only the first Variable moved", ALL, (ZIP, "zip(model.trainable_variables, gradients[:1])"),
         moved=(1, 0, 0)),
    Slip("only the last Variable moved", ALL, (ZIP, "zip(model.trainable_variables[-1:], gradients[-1:])"),
         moved=(0, 1, 0)),
    Slip("the slopes meet the wrong Variables", PAIR, (ZIP, "zip(model.trainable_variables[::-1], gradients)"),
         along=lambda slopes: slopes[[1, 0, 2]]),
    Slip("each moves by the sum of all slopes", PAIR, ("* gradient)", "* sum(gradients))"),
         along=lambda slopes: 0 * slopes + np.sum(slopes)),
    Slip("each moves by the first slope", PAIR, ("* gradient)", "* gradients[0])"),
         along=lambda slopes: 0 * slopes + slopes[0]),
    Slip("nothing moved", "Change each Variable in place, with assign_sub.", (MOVE, "pass"), moved=(0, 0, 0)),
    Slip("the step itself becomes the value", "assign_sub subtracts; assign replaces.", ("assign_sub", "assign"),
         becomes=lambda old, move: -move),
    Slip("the loss after the update is given back", BEFORE, ("return loss", f"return {LOSS}"),
         back=lambda before, after: after),
    Slip("no loss is given back", "Only what stands after `return` is.", ("return loss", ""),
         back=lambda before, after: NOTHING),
    Slip("the root of the loss is given back", BEFORE, ("return loss", "return tf.sqrt(loss)"),
         back=lambda before, after: before**0.5),
]
# fmt: on
WRONG = [
    ("a tape can't follow those", (LOSS, f"{LOSS}.numpy()")),
    (
        "the tape saw no Variable",
        ("    with", "    y_pred = model(x)\n    with"),
        (LOSS, "mean_squared_error(y, y_pred)"),
    ),
    ("never uses `learning_rate`", ("learning_rate * ", "0.1 * ")),
]
RIGHT = [
    """
def answer(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    slopes = tape.gradient(loss, model.trainable_variables)
    for k in range(len(slopes)):
        model.trainable_variables[k].assign_add(-learning_rate * slopes[k])
    return float(loss)
""",
    """
def answer(model, x, y, learning_rate):
    variables = model.trainable_variables
    with tf.GradientTape(persistent=True) as tape:
        loss = mean_squared_error(y, model(x))
    for variable, slope in [(v, tape.gradient(loss, v)) for v in variables]:
        variable.assign(variable - learning_rate * slope)
    return loss
""",
    """
def answer(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    slopes = tape.gradient(loss, model.trainable_variables)
    keras.optimizers.SGD(learning_rate).apply_gradients(zip(slopes, model.trainable_variables))
    return loss.numpy()
""",
]


@exercise(
    "any_step(model, x, y, learning_rate)",
    "Lines, curves, networks of a billion numbers: their training steps are these five lines.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def any_step(answer, draw):
    """A training step over model.trainable_variables: any_step(model, x, y, learning_rate) -> the loss before it."""

    def attempt(x, y, a, w, b, learning_rate):
        model = _Curve(a, w, b)
        held = model.a, model.w, model.b
        loss = answer(model, tf.constant(x), tf.constant(y), learning_rate)
        if reason := answer.why_none():
            raise Mistake(f"a slope is None: {reason}.")
        if any(now is not before for now, before in zip((model.a, model.w, model.b), held, strict=True)):
            raise Mistake("something new took the place of a Variable. Change it in place, with assign_sub.")
        loss = np.array(NOTHING) if loss is None else answer.as_numbers(loss)
        if loss.shape != ():
            raise Mistake(f"one number is asked for, the loss, and it gives back {loss.size}.")
        return np.array([*(variable.numpy() for variable in held), loss], float)

    cases = []
    for count in (5, 8):
        line = draw.line(count)
        cases.append({"x": line["x"], "y": line["y"], "a": draw.signed(0.3, 1), "w": line["w"], "b": line["b"],
                      "learning_rate": draw.number(0.03, 0.12)})  # fmt: skip
    words = Words(_given, ("a", "w", "b", "the loss that is given back"))
    compare(answer, cases, _stepped, SLIPS, words, attempt)


def _given(case):
    values = ", ".join(f"{name} = {short(case[name])}" for name in "awb")
    return f"a curve with {values}, {len(case['x'])} examples and the learning rate {short(case['learning_rate'])}"
