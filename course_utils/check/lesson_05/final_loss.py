"""The loss of a trained model, and not the one before its last update."""

import numpy as np
import tensorflow as tf

from ..descent import after_steps
from ..evidence import Words
from ..exercise import exercise
from ..optimizers import unlike
from ..result import Mistake
from ..slips import Slip, compare
from ..values import close, short
from .models import keras_model

RATE = 0.1
FIT = "    model.fit(x, y, epochs=epochs, batch_size=len(x), verbose=0)\n"
HELD = FIT.replace("verbose", "validation_split=0.2, verbose")
BACK = "model.evaluate(x, y, verbose=0)"
RECORD = "model.history.history['loss']"
AFTER = "After `fit`, `model.evaluate(x, y, verbose=0)` measures the trained model."
ALL = "Measure it on all examples."


def _final(
    w, b, x, y, epochs, *, of=lambda losses: losses[-1], rounds=lambda n: n, taught=lambda x, y: (x, y), on=None,
    measure=lambda r: np.mean(r**2)
):  # fmt: skip
    """Return the loss after training on the full batch, or what becomes of it by slips."""
    data = lambda x, y: [taught(x, y)]  # noqa: E731
    kept = []
    *end, _ = after_steps(w, b, x, y, RATE, rounds(epochs), back=kept.append, data=data)
    if on is None:
        return np.array(of(kept[0]))
    inputs, targets = on(x, y)
    return measure(targets - end[0] * inputs - end[1])


def _all(x, y):
    return x, y


# fmt: off
SLIPS = [
    Slip("that is the loss before the last update", AFTER, (BACK, f"{RECORD}[-1]"), of=lambda losses: losses[-2]),
    Slip("that is the loss of the untrained model", AFTER, (BACK, f"{RECORD}[0]"), of=lambda losses: losses[0]),
    Slip("that is the loss after the first update", AFTER, (BACK, f"{RECORD}[1]"), of=lambda losses: losses[1]),
    Slip("that is the loss two updates before the end", AFTER, (BACK, f"{RECORD}[-2]"), of=lambda losses: losses[-3]),
    Slip("that is the mean absolute error", "The model was compiled with the mean of the squares.",
         (BACK, "tf.reduce_mean(abs(y - model(x)))"), on=_all, measure=lambda r: np.mean(np.abs(r))),
    Slip("that is the mean of the residuals, and they are not squared", AFTER,
         (BACK, "tf.reduce_mean(y - model(x))"), on=_all, measure=np.mean),
    Slip("that is the largest residual squared", AFTER, on=_all, measure=lambda r: np.max(r**2)),
    Slip("all losses that fit reports are there", "One number is asked for.", (BACK, RECORD),
         of=lambda losses: losses[:-1]),
    Slip("the losses that fit reports are averaged", AFTER, (BACK, f"np.mean({RECORD})"),
         of=lambda losses: np.mean(losses[:-1])),
    Slip("the losses that fit reports are added up", AFTER, (BACK, f"sum({RECORD})"),
         of=lambda losses: np.sum(losses[:-1])),
    Slip("the loss of the trained model minus the one before", AFTER, (BACK, f"{BACK} - {RECORD}[-1]"),
         of=lambda losses: losses[-1] - losses[-2]),
    Slip("a square root too many", AFTER, (BACK, f"{BACK} ** 0.5"), then=np.sqrt),
    Slip("it is rounded", "Keep all digits.", (BACK, f"round({BACK}, 1)"), then=lambda loss: np.round(loss, 1)),
    Slip("x and y are swapped in evaluate", "First the inputs, then the targets.", (BACK, BACK.replace("x, y", "y, x")),
         on=lambda x, y: (y, x)),
    Slip("x stands for the targets in evaluate, too", "First the inputs, then the targets.",
         (BACK, BACK.replace("x, y", "x, x")), on=lambda x, y: (x, x)),
    Slip("x and y are swapped in fit", "First the inputs, then the targets.", ("fit(x, y", "fit(y, x"),
         taught=lambda x, y: (y, x), on=_all),
    Slip("it is measured on the first half of the examples", ALL,
         (BACK, BACK.replace("x, y", "x[: len(x) // 2], y[: len(y) // 2]")),
         on=lambda x, y: (x[: len(x) // 2], y[: len(y) // 2])),
    Slip("it is measured on the first ten examples", ALL, (BACK, BACK.replace("x, y", "x[:10], y[:10]")),
         on=lambda x, y: (x[:10], y[:10])),
    Slip("it is measured on the first 32 examples", ALL, (BACK, BACK.replace("x, y", "x[:32], y[:32]")),
         on=lambda x, y: (x[:32], y[:32])),
    Slip("it is trained for one epoch", "Hand `epochs` on.", ("epochs=epochs, ", ""), rounds=lambda n: 1),
    Slip("it is trained twice", "Call fit once.", (FIT, FIT + FIT), rounds=lambda n: 2 * n),
    Slip("it is trained for one epoch more", "Hand `epochs` on.", ("epochs=epochs", "epochs=epochs + 1"),
         rounds=lambda n: n + 1),
]
# fmt: on
WRONG = [
    ("that is the loss of the untrained model", (FIT, "")),
    ("returns None", (f"return {BACK}", f"print({BACK})")),
    ("stands after `return`", ("return ", "")),
    ("and not a number", (BACK, "model.history")),
    ("never uses `epochs`", ("epochs=epochs", "epochs=10")),
    ("holds a part of the examples back", (FIT, HELD)),
    ("holds a part of the examples back", (FIT, HELD.replace("0.2", "0.1"))),
    ("holds a part of the examples back", (FIT, HELD), (BACK, f"{RECORD.replace('loss', 'val_loss')}[-1]")),
]
RIGHT = [
    f"def answer(model, x, y, epochs):\n{FIT}    return mean_squared_error(y, model(x))",
    f"def answer(model, x, y, epochs):\n{FIT}    return model.evaluate(x, y, batch_size=len(x), verbose=0)",
    "def answer(model, x, y, epochs):\n    for _ in range(epochs):\n        model.train_on_batch(x, y)\n"
    "    return float(tf.reduce_mean((y - model(x)) ** 2))",
]


@exercise(
    "final_loss(model, x, y, epochs)",
    "That is the loss of the model that you keep.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def final_loss(answer, draw):
    """final_loss(model, x, y, epochs) trains a compiled model on the full batch and returns its loss after that."""
    import keras

    models = []

    def attempt(w, b, x, y, epochs):
        model = keras_model(w, b)
        model.compile(optimizer=keras.optimizers.SGD(RATE), loss="mse", run_eagerly=True)  # a graph takes a second
        loss = answer.numbers(model, tf.constant(x), tf.constant(y), epochs)
        models.append((model, epochs, len(x)))
        *end, _ = after_steps(w, b, x.astype(float), y.astype(float), RATE, epochs, back=None)
        now = np.array([model.w.numpy(), model.b.numpy()], float)
        if close(loss, _final(w, b, x, y, epochs)) and not close(now, end):
            made = int(model.optimizer.iterations)
            raise Mistake(
                f"the loss is right, but the model goes on after it: {made} updates were made, and {epochs} are asked "
                f"for. `fit` and `train_on_batch` train; `evaluate` only measures."
            )
        return loss

    cases = [draw.line(count) | {"epochs": epochs} for count, epochs in ((14, 3), (40, 4))]
    words = Words(lambda case: f"{len(case['x'])} examples and {case['epochs']} epochs")
    compare(answer, cases, _final, SLIPS, words, attempt, seen=lambda: next(filter(None, map(_seen, models)), ""))


def _seen(run):
    """Return what is wrong with how a model was trained, or ""."""
    import keras

    model, epochs, count = run
    if other := unlike(model.optimizer, keras.optimizers.SGD()):
        return f"{other}. The model comes compiled: leave that as it is"
    if not close(rate := float(model.optimizer.learning_rate), RATE):
        return f"the learning rate is {short(rate)}, and was {RATE}. The model comes compiled: leave that as it is"
    asked = getattr(model, "asked", {"batch_size": count})
    if asked.get("validation_split"):
        return "`validation_split` holds a part of the examples back: fit does not train on them"
    if count > 32 and "batch_size" not in asked and int(model.optimizer.iterations) == -(-count // 32) * epochs:
        return f"fit takes 32 examples at a time where batch_size is missing, and there are {count}"
    return ""
