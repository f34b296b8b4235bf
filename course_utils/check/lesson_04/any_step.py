"""A training step for a model with any Variables."""

import numpy as np
import tensorflow as tf

from ..evidence import NOTHING, StepWords
from ..exercise import exercise
from ..formulas import Formula
from ..result import Mistake
from ..slips import Slip, compare
from ..values import close, short


class _Curve(tf.Module):
    """The curve f(x) = a·x² + w·x + b; where a holds two numbers, the second stands before x³.

    names: what its Variables are called, in the order of the alphabet.
    """

    def __init__(self, names, a, b, w):
        super().__init__()
        for name, value in zip(names, (a, b, w), strict=True):
            setattr(self, name, tf.Variable(value, dtype=tf.float32, name=name))
        self.names, self.steps = names, tf.Variable(0.0, trainable=False)

    def __call__(self, x):
        a, b, w = (getattr(self, name) for name in self.names)
        powers = tf.stack([x * x, x * x * x][: a.shape.num_elements()])
        return tf.reduce_sum(tf.reshape(a, (-1, 1)) * powers, axis=0) + w * x + b


def _slopes(x, y, values):
    """Return the slopes of the mean squared error along each of a, w and b, and that error."""
    powers = np.array([*[x * x, x**3][: len(values) - 2], x, x**0])
    r = y - values @ powers
    return -2 * np.mean(powers * r, axis=1), np.mean(r * r)


def _absolute(x, y, values):
    """Return the slopes of the mean absolute error, and that error."""
    powers = np.array([*[x * x, x**3][: len(values) - 2], x, x**0])
    r = y - values @ powers
    return -np.mean(powers * np.sign(r), axis=1), np.mean(np.abs(r))


def _stepped(
    x, y, a, w, b, learning_rate, names, calls=1, *, towards=-1, size=lambda rate: rate, moved=(1, 1, 1), rounds=1,
    along=np.positive, over=1, back=lambda before, after: before, becomes=lambda old, move: old + move, by=lambda n: 1,
    shrink=False, turns=False, of=_slopes
):  # fmt: skip
    """Return [a, w, b, the loss that is given back] after so many steps, or what becomes of it by slips."""
    values, moved = np.array([*np.ravel(a), w, b]), np.array([*moved[:1] * np.size(a), *moved[1:]])
    for _ in range(calls * rounds):
        slopes, before = of(x, y, values)
        rate = size(learning_rate) * by(len(x))
        values = becomes(values, towards * rate * moved * along(slopes) * over) * (1 - rate * shrink)
        if turns:
            values, last = _in_turn(x, y, np.array([*np.ravel(a), w, b]), towards * rate)
            before = last if turns == "anew" else before
    return np.array([*values, back(before, _slopes(x, y, values)[1])])


def _moved(lines, case):
    """Return [a, w, b, the loss before] where these lines compute each new value from the old one."""
    values = np.array([case["a"], case["w"], case["b"]])
    slopes, loss = _slopes(case["x"], case["y"], values)
    return [*UPDATE.once(lines, case | {"value": values, "slope": slopes, "loss": loss}), loss]


UPDATE = Formula("value = value - learning_rate * slope", names=("loss",), run=_moved)


def _in_turn(x, y, values, rate):
    """Return the values after each Variable has moved by its own slope, in turn, where the others are by then.

    The turn is that of trainable_variables: a, b, w. Returned, too: the loss before the last of these moves.
    """
    for place in [*range(len(values) - 2), -1, -2]:
        slopes, loss = _slopes(x, y, values)
        values[place] += rate * slopes[place]
    return values, loss


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
    Slip("a sum instead of the mean", "The loss is a mean: look again at 'Sum or mean?' in lesson 3.",
         (LOSS, "tf.reduce_sum(tf.square(y - model(x)))"), by=lambda n: n),
    Slip("each moves by the learning rate itself, whatever its slope, as Adam's first step does", BY_RATE,
         ("* gradient)", "* tf.sign(gradient))"), along=np.sign),
    Slip("all slopes are divided by their length", BY_RATE, along=lambda slopes: slopes / np.linalg.norm(slopes)),
    Slip("each moves by its own value, not by its slope", PAIR, ("* gradient)", "* variable)"),
         becomes=lambda old, move: old, shrink=True),
    Slip("the learning rate is divided by the number of Variables", BY_RATE,
         ("learning_rate * ", "learning_rate / len(gradients) * "), over=1 / 3),
    Slip("the Variables move in turn, each by a slope that knows the moves before", "Ask for all slopes at once.",
         turns=True),
    Slip("the Variables move in turn, each by a slope that knows the moves before", "Ask for all slopes at once.",
         turns="anew"),
    Slip("the loss is of absolute values", "Walk down the mean of the squares.",
         (LOSS, "tf.reduce_mean(abs(y - model(x)))"), of=_absolute),
    *(Slip(f"the slopes are cut off at -{limit:g} and {limit:g}", BY_RATE,
           along=lambda slopes, limit=limit: np.clip(slopes, -limit, limit)) for limit in (1, 0.5, 5, 10)),
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
    Slip("the step itself becomes the value", "assign_sub subtracts; assign replaces.", becomes=lambda old, move: move),
    Slip("the loss after the update is given back", BEFORE, ("return loss", f"return {LOSS}"),
         back=lambda before, after: after),
    Slip("no loss is given back", "Only what stands after `return` is.", ("return loss", ""),
         back=lambda before, after: NOTHING),
    Slip("the root of the loss is given back", BEFORE, ("return loss", "return tf.sqrt(loss)"),
         back=lambda before, after: before**0.5),
]
# fmt: on
IN_TURN = """
def answer(model, x, y, learning_rate):
    for variable in model.trainable_variables:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        variable.assign_sub(learning_rate * tape.gradient(loss, variable))
    return loss
"""
REMEMBERS = """
last = {}

def answer(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    for variable, slope in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
        last[variable.ref()] = slope + 0.9 * last.get(variable.ref(), 0.0)
        variable.assign_sub(learning_rate * last[variable.ref()])
    return loss
"""
WRONG = [
    ("right in other cases, but not where it is called twice", REMEMBERS),
    ("a tape can't follow those", (LOSS, f"{LOSS}.numpy()")),
    (
        "the tape saw no Variable",
        ("    with", "    y_pred = model(x)\n    with"),
        (LOSS, "mean_squared_error(y, y_pred)"),
    ),
    ("never uses `learning_rate`", ("learning_rate * ", "0.1 * ")),
    ("the Variables move in turn", IN_TURN),
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

    def attempt(x, y, a, w, b, learning_rate, names, calls=1):
        model = _Curve(names, a, b, w)
        held = {name: getattr(model, name) for name in (names[0], names[2], names[1])}

        def values():
            return np.concatenate([np.ravel(variable.numpy()) for variable in held.values()])

        for _ in range(calls):
            before = _slopes(x, y, values())[1]
            loss = answer(model, tf.constant(x), tf.constant(y), learning_rate)
        if reason := answer.why_none():
            raise Mistake(f"a slope is None: {reason}.")
        if any(getattr(model, name, None) is not one for name, one in held.items()):
            raise Mistake("something new took the place of a Variable. Change it in place, with assign_sub.")
        loss = np.array(NOTHING) if loss is None else answer.as_numbers(loss)
        if loss.shape != ():
            raise Mistake(f"one number is asked for, the loss, and it gives back {loss.size}.")
        loss = np.array(before) if close(loss, len(x) * before) else loss
        return np.array([*values(), loss], float)

    cases = []
    for count, names in ((5, ("a", "b", "w")), (8, ("curvature", "height", "slope"))):
        sides = [1]
        while abs(sum(sides)) == len(sides):  # slopes of both signs
            line, a = draw.line(count), draw.signed(0.3, 1)
            sides = np.sign(_slopes(line["x"], line["y"], np.array([a, line["w"], line["b"]]))[0])
        cases.append({"x": line["x"], "y": line["y"], "a": a, "w": line["w"], "b": line["b"],
                      "learning_rate": draw.number(0.03, 0.12), "names": names})  # fmt: skip
    words = StepWords(_given, ("a", "w", "b", "the loss that is given back"))
    several = cases[0] | {"a": np.array([draw.signed(0.3, 1), draw.signed(0.3, 1)])}
    also = {
        "where a Variable holds several numbers": several | {"learning_rate": draw.number(0.01, 0.03)},
        "where it is called twice": cases[1] | {"calls": 2},
    }
    compare(answer, cases, _stepped, SLIPS, words, attempt, [UPDATE], also, sized=("y", "a", "w", "b"))


def _given(case):
    values = ", ".join(f"{name} = {short(case[name])}" for name in "awb")
    return f"a curve with {values}, {len(case['x'])} examples and the learning rate {short(case['learning_rate'])}"
