"""The training step."""

import numpy as np
import tensorflow as tf

from ...model import LinearModel
from ..descent import after_steps, limit, loss_of, slopes
from ..evidence import NOTHING, StepWords
from ..exercise import exercise
from ..result import Mistake
from ..slips import compare
from ..values import close, short
from .slips_of_a_step import ASK, LOSS, LOSS_OF, MOVE, RATE, RETURN, SLIPS, B, W
from .variables import in_place

SECOND = f"""    with tf.GradientTape() as tape:
        late = {LOSS}
    model.b.assign_sub(learning_rate * tape.gradient(late, model.b))
"""
WRONG = [
    (
        "the tape saw no Variable",
        ("    with", "    y_pred = model(x)\n    with"),
        (LOSS, "mean_squared_error(y, y_pred)"),
    ),
    ("a tensor took the place of model.w", ("model.w.assign_sub(", "model.w = model.w - (")),
    ("another Variable took the place of model.b", (B, "    model.b = tf.Variable(model.b - learning_rate * db)\n")),
    ("never uses `learning_rate`", (RATE, "0.1 * ")),
    ("never uses `model`", ("    with", "    model = LinearModel()\n    with")),
    ("never uses `x` and `y`", (LOSS, "mean_squared_error(tf.zeros(3), model(tf.ones(3)))")),
    ("w moved before", (ASK, "dw = tape.gradient(loss, model.w)"), (B, SECOND)),
    ("2 updates in one call", ("    with", "    train_step(model, x, y, learning_rate)\n    with")),
    (
        "one update for each example",
        ("    with", "    for x, y in zip(x[:, None], y[:, None]):\n     with"),
        (f"    {ASK}", f"     {ASK}"),
        (W, " " + W),
        (B, " " + B),
    ),
    ("is stale", (RETURN, "return model.__dict__.setdefault('memory', loss)")),
    ("one number is asked for", (RETURN, "return loss, dw, db")),
    ("a LinearModel and not a number", (RETURN, "return model")),
    ("answers only once", (ASK, "dw = tape.gradient(loss, model.w)\n    db = tape.gradient(loss, model.b)")),
    ("take its parts out", ("dw, db =", "dw = db =")),
    ("did you mean `model.w`", ("[model.w, model.b]", "[w, b]")),
    ("a tape can't follow those", (LOSS, f"{LOSS}.numpy()")),
    ("there is no `subtract`", ("model.w.assign_sub", "model.w.subtract")),
]


@exercise(
    "step(model, x, y, learning_rate)",
    "This is one step of gradient descent. A loop that repeats it trains the line.",
    slips=SLIPS,
    wrong=WRONG,
)
def step(answer, draw):
    """A training step: step(model, x, y, learning_rate) -> the loss before the update.

    The sum of the squares counts as the loss, too, where the update is that of the mean.
    """
    cases = [draw.line(count) | {"learning_rate": draw.number(0.03, 0.2), "calls": 1} for count in (5, 8, 6)]
    steep, near = draw.line(5), draw.line(6)
    also = {
        "where it is called twice": draw.line(6) | {"learning_rate": draw.number(0.03, 0.1), "calls": 2},
        "where there are 40 examples": draw.line(40) | {"learning_rate": draw.number(0.03, 0.1), "calls": 1},
        "where the loss rises": steep | {"learning_rate": draw.number(1.2, 1.5) * limit(steep["x"]), "calls": 2},
        "where the loss is small": near | _almost(near, draw) | {"learning_rate": 0.12, "calls": 1},
    }
    words = StepWords(_given, ("w", "b", "the loss that is given back"))
    memory = Memory()
    try:
        compare(
            answer,
            cases,
            after_steps,
            SLIPS,
            words,
            lambda **case: _stepped(answer, memory, **case),
            [MOVE, LOSS_OF],
            also,
            lambda case: np.array([case["w"], case["b"], 0.0]),
            sized=("y", "w", "b"),
        )
    except Mistake:
        if told := memory.told():
            raise Mistake(told) from None
        raise


def _almost(line, draw):
    """Return y, w and b of a line that almost fits: w and b are each off by a few hundredths."""
    w, b = draw.signed(0.1, 0.3), draw.signed(0.1, 0.3)
    y = (w + draw.number(0.01, 0.04)) * line["x"] + np.float32(b + draw.number(0.01, 0.04))
    return {"y": y, "w": w, "b": b}


class Memory:
    """The slopes by which a step moved, beside the right ones, to see whether it keeps something from call to call."""

    def __init__(self):
        self._calls = []

    def add(self, moved, right):
        """Remember the slopes [dw, db] that moved a model, and those that should have."""
        self._calls.append((np.array(moved, float), np.array(right, float)))

    def told(self):
        """Return what is kept from an earlier call, in words, or ""."""
        if len(self._calls) < 2 or not close(*self._calls[0]):
            return ""
        first = self._calls[0][1]
        moved, right = next((call for call in self._calls[1:] if not close(*call)), (first, first))
        if close(moved, right):
            return ""
        if close(moved, first):
            return "the gradient is stale: it is that of the first call. Ask a tape for it in each call."
        share = (moved - right) @ first / (first @ first)
        if close(moved - right, share * first):
            return (
                f"the first call is right, and the next one adds {share:.2g} times the gradient of the call before, as "
                "momentum does. A plain step forgets what was before."
            )
        return ""


def _stepped(answer, memory, w, b, x, y, learning_rate, calls):
    """Return [w, b, the loss that is given back] after the learner's step ran so often."""
    model = LinearModel(w, b)
    variables = model.w, model.b
    for _ in range(calls):
        old = np.array([model.w.numpy(), model.b.numpy()], float)
        before = loss_of(x, y, *old)
        given_back = answer(model, tf.constant(x), tf.constant(y), learning_rate)
        if reason := answer.why_none():
            raise Mistake(f"a slope is None: {reason}.")
        in_place(model, variables)
        new = np.array([model.w.numpy(), model.b.numpy()], float)
        memory.add((old - new) / learning_rate, slopes(x, y, *old))
    loss = np.array(NOTHING) if given_back is None else answer.as_numbers(given_back)
    if loss.shape != ():
        still = "nothing moved: model.w and model.b are as they were. Also, " * close(new, old)
        shape = f"it gives back {loss.size} in the shape {loss.shape}" if loss.size != 1 else "it stands in a list, [ ]"
        raise Mistake(f"{still}one number is asked for, the loss, and {shape}.")
    loss = before if close(loss, len(x) * before) else loss
    return np.array([model.w.numpy(), model.b.numpy(), loss], float)


def _given(case):
    start = f"w = {short(case['w'])}, b = {short(case['b'])}, {len(case['x'])} examples"
    steps = "two steps" if case["calls"] == 2 else "one step"
    return f"{start} and the learning rate {short(case['learning_rate'])}, after {steps}"
