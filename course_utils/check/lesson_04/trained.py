"""A model that comes back trained."""

import numpy as np
import tensorflow as tf

from ..descent import updated
from ..evidence import Words
from ..exercise import exercise
from ..result import Mistake
from ..slips import Slip, compare
from ..values import described

RATE, EPOCHS = 0.1, 20
MODEL, RUN, RETURN = "LinearModel()", "train(model, x, y, learning_rate=0.1, epochs=20)", "return model"
KEEP = "Make one model, keep it under a name, train that one and return it."
FIRST = "train takes the model, then x, then y."


def _trained(x, y, *, start=(5.0, 0.0), rate=RATE, epochs=EPOCHS, data=lambda x, y: [(x, y)], averaged=False):
    states = [start]
    for _ in range(epochs):
        for part in data(x, y):
            states.append(updated(*states[-1], *part, rate))
    return np.mean(states, axis=0) if averaged else np.array(states[-1])


# fmt: off
SLIPS = [
    Slip("the model that comes back was never trained", KEEP, (RUN, RUN.replace("model,", "LinearModel(),")), epochs=0),
    Slip("x and y are swapped", FIRST, ("x, y, l", "y, x, l"), data=lambda x, y: [(y, x)]),
    Slip("it is trained for 19 epochs", "20 are asked for.", ("epochs=20", "epochs=19"), epochs=19),
    Slip("it is trained for one epoch", "20 are asked for.", ("epochs=20", "epochs=1"), epochs=1),
    Slip("it is trained for 10 epochs", "20 are asked for.", ("epochs=20", "epochs=10"), epochs=10),
    Slip("it is the mean of all lines of the run", "The last one is asked for.",
         ((RUN, f"run = {RUN}"), (RETURN, "return LinearModel(np.mean(run.w), np.mean(run.b))")), averaged=True),
    Slip("it is trained twice", "20 epochs are asked for.", (f"{RUN}\n", f"{RUN}\n    {RUN}\n"), epochs=40),
    Slip("the learning rate is 0.01", "Keep it at 0.1.", ("rate=0.1", "rate=0.01"), rate=0.01),
    Slip("the learning rate is 0.05", "Keep it at 0.1.", ("rate=0.1", "rate=0.05"), rate=0.05),
    *(Slip(f"it is trained for {epochs} epochs", "20 are asked for.", epochs=epochs)
      for epochs in (2, 5, 15, 25, 30, 50, 100, 200, 1000)),
    *(Slip(f"the learning rate is {rate:g}", "Keep it at 0.1.", rate=rate)
      for rate in (0.5, 0.3, 0.2, 0.02, 0.001, 0.0001, 1, 1.5, 2, 5, 10)),
    Slip("only w is that of the trained model", "Both numbers learn.", then=lambda values: np.array([values[0], 0.0])),
    Slip("only b is that of the trained model", "Both numbers learn.", then=lambda values: np.array([5.0, values[1]])),
    Slip("it starts from (0, 0)", "Start from the class's own numbers.", (MODEL, "LinearModel(0.0, 0.0)"),
         start=(0.0, 0.0)),
    *(Slip(f"it starts from {start}", "Start from the class's own numbers.", start=start)
      for start in ((0, 5), (0, 1), (3, 2), (1, 0), (1, 1))),
    Slip("it starts from (1, 4)", "Start from the class's own numbers.", (MODEL, "LinearModel(1.0, 4.0)"),
         start=(1.0, 4.0)),
    Slip("only the first half of the examples is used", "Train on all.",
         ("x, y, l", "x[: len(x) // 2], y[: len(y) // 2], l"),
         data=lambda x, y: [(x[: len(x) // 2], y[: len(y) // 2])]),
]
# fmt: on
WRONG = [
    ("never trained", (RETURN, "return LinearModel()")),
    ("never trained", (f"    {RUN}\n", "")),
    ("its record", (RETURN, f"return {RUN}")),
    ("a list, and not the model", (RETURN, "return [model]")),
    ("returns None", (f"    {RETURN}", "    print(model)")),
    ("the class itself", (RETURN, "return LinearModel")),
    ("a tuple, and not the model", (RETURN, "return model.w, model.b")),
    ("never uses `x` and `y`", ("x, y, l", "tf.ones(3), tf.ones(3), l")),
    ("LinearModel() makes a model", (MODEL, "LinearModel")),
]
GIVEN = """
def answer(x, y):
    model = LinearModel()
    for _ in range(20):
        train_step(model, x, y, 0.1)
    return model
"""
RIGHT = [
    GIVEN,
    "def answer(x, y, model=None):\n    model = LinearModel(5.0, 0.0)\n"
    "    history = train(model, x, y, epochs=20, learning_rate=0.1)\n    return model",
    "def answer(x, y):\n    kept = LinearModel()\n    history = train(kept, x, y, learning_rate=0.1, epochs=20)\n"
    "    return LinearModel(history.w[-1], history.b[-1])",
]


@exercise(
    "trained(x, y)",
    "The model that learnt is the model that comes back. A falling loss does not tell you that.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def trained(answer, draw):
    """trained(x, y) returns a LinearModel that was trained for 20 epochs at rate 0.1 from (5, 0)."""

    def attempt(x, y):
        model = answer(tf.constant(x), tf.constant(y))
        _is_model(model)
        return np.array([model.w.numpy(), model.b.numpy()], float)

    cases = [{name: value for name, value in draw.line(count).items() if name in "xy"} for count in (5, 8)]
    words = Words(lambda case: f"{len(case['x'])} examples", ("w", "b"))
    compare(answer, cases, _trained, SLIPS, words, attempt)


def _is_model(made):
    """Raise Mistake unless the learner's code gave back a model."""
    if isinstance(made, type):
        raise Mistake("it returns the class itself, a class, and nobody has made a model of it: `LinearModel()`.")
    if made is None:
        raise Mistake("it returns None. A function gives back only what stands after `return`.")
    if hasattr(made, "verdict"):
        raise Mistake("it returns what `train` gives, its record, and not the model that it trained.")
    if not (hasattr(getattr(made, "w", None), "numpy") and hasattr(getattr(made, "b", None), "numpy")):
        raise Mistake(f"it returns {described(made)}, and not the model.")
