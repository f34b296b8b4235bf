"""A learning rate that falls, handed to a compiled step so that it is traced once."""

import math

import numpy as np
import tensorflow as tf

from ...model import LinearModel
from ...training import train_step
from ..descent import updated
from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..result import Mistake
from ..slips import Slip, compare
from ..values import close, short

CALL = "step(model, x, y, tf.constant(0.3 / (1 + epoch)))"
RATE, PLAIN = "tf.constant(0.3 / (1 + epoch))", "0.3 / (1 + epoch)"


def _fallen(
    x,
    y,
    w,
    b,
    epochs,
    *,
    rate=lambda epoch, epochs: 0.3 / (1 + epoch),
    count=lambda n: n,
    times=1,
    data=lambda x, y: (x, y),
):
    """Return [w, b] after steps whose rate falls, or what slips make of them."""
    x, y = data(x.astype(float), y.astype(float))
    for epoch in range(count(epochs)):
        for _ in range(times):
            w, b = updated(w, b, x, y, rate(epoch, epochs))
    return np.array([w, b])


def _by_rates(lines, case):
    """Return [w, b] after steps whose rates these lines compute."""
    rates = [FALLING.once(lines, {"epoch": k, "epochs": case["epochs"]}) for k in range(case["epochs"])]
    return _fallen(**{name: case[name] for name in ("x", "y", "w", "b", "epochs")}, rate=lambda epoch, _: rates[epoch])


FALLING = Formula("rate = 0.3 / (1 + epoch)", names=("epochs",), run=_by_rates)
KEEP = "Keep the rates: 0.3, then 0.3 / 2, then 0.3 / 3, and so on."
EACH = "One step in each of `range(epochs)`."
# fmt: off
SLIPS = [
    Slip("the rate does not fall", KEEP, (PLAIN, "0.3"), rate=lambda epoch, epochs: 0.3),
    Slip("the rate grows", KEEP, (PLAIN, "0.3 * (1 + epoch)"), rate=lambda epoch, epochs: 0.3 * (1 + epoch)),
    Slip("the first rate is 0.15", KEEP, ("(1 + epoch)", "(2 + epoch)"), rate=lambda epoch, epochs: 0.3 / (2 + epoch)),
    Slip("the rate is halved in each epoch", KEEP, ("(1 + epoch)", "2**epoch"),
         rate=lambda epoch, epochs: 0.3 / 2**epoch),
    Slip("the rate falls with the root", KEEP, ("(1 + epoch)", "(1 + epoch) ** 0.5"),
         rate=lambda epoch, epochs: 0.3 / (1 + epoch) ** 0.5),
    Slip("the rate falls with the square", KEEP, ("(1 + epoch)", "(1 + epoch) ** 2"),
         rate=lambda epoch, epochs: 0.3 / (1 + epoch) ** 2),
    *(Slip("each rate is divided anew, and not the first one", KEEP,
           rate=lambda epoch, epochs, late=late: 0.3 / math.factorial(epoch + late)) for late in (1, 0)),
    Slip("one step takes all rates together", EACH, count=lambda n: 1,
         rate=lambda epoch, epochs: sum(0.3 / (1 + k) for k in range(epochs))),
    Slip("the first rate is 0.1", KEEP, ("0.3", "0.1"), rate=lambda epoch, epochs: 0.1 / (1 + epoch)),
    Slip("the first rate is 1", KEEP, ("0.3 / ", "1 / "), rate=lambda epoch, epochs: 1 / (1 + epoch)),
    Slip("the rate is that of the last epoch from the start", KEEP, ("(1 + epoch)", "epochs"),
         rate=lambda epoch, epochs: 0.3 / epochs),
    Slip("the steps go uphill", KEEP, (PLAIN, f"-{PLAIN}"), rate=lambda epoch, epochs: -0.3 / (1 + epoch)),
    Slip("one epoch too few", EACH, ("range(epochs)", "range(epochs - 1)"), count=lambda n: n - 1),
    Slip("one epoch too many", EACH, ("range(epochs)", "range(epochs + 1)"), count=lambda n: n + 1),
    Slip("two steps in each epoch", EACH, (f"        {CALL}", f"        {CALL}\n        {CALL}"), times=2),
    Slip("the model is not trained", "Call step in each epoch, with the model that you are given.", (CALL, RATE),
         count=lambda n: 0),
    Slip("only one step is made", EACH, (CALL, f"{CALL}\n        break"), count=lambda n: 1),
    Slip("x and y are swapped", "step takes the model, x, y and the rate.", ("x, y, tf", "y, x, tf"),
         data=lambda x, y: (y, x)),
    Slip("only the first half of the examples is used", "Train on all.",
         ("x, y, tf", "x[: len(x) // 2], y[: len(y) // 2], tf"),
         data=lambda x, y: (x[: len(x) // 2], y[: len(y) // 2])),
]
# fmt: on
WRONG = [
    ("traced once for each epoch", (RATE, PLAIN)),
    ("traced once for each epoch", (RATE, f"float({RATE})")),
    ("traced once for each epoch", (CALL, f"tf.function(step)(model, x, y, {PLAIN})")),
    ("never calls `step`", (CALL, CALL.replace("step(", "train_step("))),
    ("the model is not trained", (CALL, f"model = LinearModel(model.w, model.b)\n        {CALL}")),
]
RIGHT = [
    "def answer(step, model, x, y, epochs):\n    rates = 0.3 / tf.range(1.0, epochs + 1)\n"
    "    for rate in rates:\n        step(model, x, y, rate)",
    "def answer(step, model, x, y, epochs):\n    rate = tf.Variable(0.3)\n    for k in range(epochs):\n"
    "        rate.assign(0.3 / (k + 1))\n        step(model, x, y, rate)\n    return model",
    "def answer(step, model, x, y, epochs):\n    for k in range(epochs):\n"
    "        step(model, x, y, learning_rate=tf.convert_to_tensor(0.3 / (k + 1)))",
]


@exercise(
    "traced_once(step, model, x, y, epochs)",
    "A tensor may hold another number in each epoch; its shape and dtype stay, and so does the graph.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def traced_once(answer, draw):
    """traced_once(step, model, x, y, epochs) calls a tf.function with the rates 0.3, 0.3 / 2, …; it is traced once."""
    used = []
    cases = [draw.line(count) | {"epochs": epochs} for count, epochs in ((6, 3), (8, 4))]
    words = Words(
        lambda case: f"w = {case['w']:.4g}, b = {case['b']:.4g} and {case['epochs']} epochs, after all", ("w", "b")
    )
    compare(answer, cases, _fallen, SLIPS, words, lambda **case: _trained(answer, used, **case), [FALLING])
    if not all(step.calls for step in used):
        raise Mistake("it never calls `step`, which it is given. The line arrives, and not by the compiled step.")
    traces, graphs = max(step.traces() for step in used), max(len(step.graphs) for step in used)
    for step in used:
        falling = 0.3 / np.arange(1, len(step.rates) + 1)
        if not close(np.array(step.rates), falling):
            raise Mistake(
                f"the line arrives, for these steps may come in any order, but the rates are {short(step.rates)}, "
                f"expected {short(falling)}."
            )
    if not traces:
        raise Mistake("`tf.config.run_functions_eagerly(True)` switches all graphs off: step runs, and without one.")
    if traces > 1:
        raise Mistake(
            f"the line arrives, but step is traced {traces} times: it was traced once for each epoch, or nearly. "
            "A new Python number is a new graph. Hand the rate in as a tensor."
        )
    if graphs > 1:
        raise Mistake(
            f"the line arrives, but `tf.function` makes {graphs} graphs of step: it was traced once for each epoch. "
            "step is compiled already: call it as it is."
        )


class _Step:
    """A compiled step that counts its calls, and the graphs of others that it is called in."""

    def __init__(self):
        self._compiled = tf.function(train_step)
        self.calls, self.graphs, self.traces = 0, [], self._compiled.experimental_get_tracing_count
        self.rates = []  # those that are no part of another graph

    def __call__(self, *arguments, **named):
        self.calls += 1
        loss = self._compiled(*arguments, **named)  # first: what is wrong with the call, TensorFlow says
        if not tf.inside_function():
            self.rates.append(float(named.get("learning_rate", *arguments[3:])))
        elif all(tf.compat.v1.get_default_graph() is not one for one in self.graphs):
            self.graphs.append(tf.compat.v1.get_default_graph())
        return loss

    def __getattr__(self, name):
        return getattr(self._compiled, name)


def _trained(answer, used, x, y, w, b, epochs):
    """Return [w, b] after the learner's training, and keep the step that it used."""
    model, step = LinearModel(w, b), _Step()
    variables = model.w, model.b
    used.append(step)
    answer(step, model, tf.constant(x), tf.constant(y), epochs)
    if model.w is not variables[0] or model.b is not variables[1]:
        raise Mistake("something else took the place of the model's Variables. Train the model that you are given.")
    return np.array([model.w.numpy(), model.b.numpy()], float)
