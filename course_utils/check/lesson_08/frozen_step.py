"""A training step that moves some Variables and leaves others as they are."""

import numpy as np
import tensorflow as tf

from ..evidence import NOTHING, StepWords
from ..exercise import exercise
from ..result import Mistake
from ..slips import compare
from ..values import close, short
from .slips_of_freezing import LABELS, RATE, RETURN, SLIPS, THESE, UNITS, UPDATE, ZIP, after_a_step, downhill

WRONG = [
    ("the tape saw no Variable", ("    with", "    y_pred = model(x)\n    with"), ("model(x))", "y_pred)")),
    ("never uses `learning_rate`", (RATE, "0.1 * slope")),
    ("a Variable keeps its shape", (ZIP, f"zip({THESE}, slopes[::-1])")),
    ("took the place of model.a", ("variable.assign_sub(", "model.a = model.a - (")),
    ("one number is asked for, the loss", (RETURN, "return slopes[0]")),
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
    words = StepWords(_given, LABELS)
    compare(
        answer,
        cases,
        after_a_step,
        SLIPS,
        words,
        lambda **case: _stepped(answer, **case),
        [UPDATE],
        sized=("y", "a", "c"),
    )


def _case(draw, count):
    """Return a case in which each hinge is bent by some of the examples, and no slope is near 0."""
    while True:
        line = draw.line(count)
        case = {name: np.array([draw.signed(0.5, 1.4) for _ in range(UNITS)]) for name in "wba"}
        case |= {"c": line["b"], "x": line["x"], "y": line["y"], "learning_rate": draw.number(0.03, 0.2)}
        straight = (case["w"] * line["x"][:, None] + case["b"] > 0).all(axis=0)
        _, slopes = downhill(np.array([*case["w"], *case["b"], *case["a"], case["c"]]), line["x"], line["y"])
        if not straight.any() and np.min(np.abs(slopes)) > 0.05:  # a flat one has slopes of 0
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
    before = downhill(np.array([*w, *b, *a, c]), x, y)[0]
    loss = before if close(loss, len(x) * before) else loss
    return np.array([*np.concatenate([np.ravel(variable.numpy()) for variable in held.values()]), loss], float)


def _given(case):
    return f"{len(case['x'])} examples and the learning rate {short(case['learning_rate'])}"
