"""Training with compile and fit."""

import numpy as np
import tensorflow as tf

from ..descent import after_steps, limit
from ..evidence import Words
from ..exercise import exercise
from ..reading import unused
from ..result import Mistake
from ..slips import Slip, compare
from ..values import close, listed, short
from .models import keras_model, without_a_fifth

RATE = 0.1
ON = "fit(x, y, "
ALL = "Train on all examples."
SLIPS = [
    Slip("x and y are swapped", "First the inputs, then the targets.", (ON, "fit(y, x, "), data=lambda x, y: [(y, x)]),
    Slip(
        "a part of the examples is held back",
        ALL,
        (ON, f"{ON}validation_split=0.2, "),
        data=lambda x, y: [without_a_fifth(x, y)],
    ),
    Slip(
        "each step is half as long",
        "The loss is not weighted.",
        ("loss=", "loss_weights=0.5, loss="),
        size=lambda r: r / 2,
    ),
    Slip("it is trained twice, by fit and by a loop of its own", "Only fit trains.", rounds=2),
    Slip(
        "only the first half of the examples is used",
        ALL,
        (ON, "fit(x[: len(x) // 2], y[: len(y) // 2], "),
        data=lambda x, y: [(x[: len(x) // 2], y[: len(x) // 2])],
    ),
]
COMPILE = '    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")\n'
FIT = "    model.fit(x, y, epochs=epochs, batch_size=len(x), verbose=0)\n"
WRONG = [
    ("`fit` takes nothing of the name `epoch`", ("epochs=epochs", "epoch=epochs")),
    ("which fit takes without batch_size", (" batch_size=len(x),", "")),
    ("batch_size is not all", ("len(x)", "9")),
    ("batch_size is not all", ("len(x)", "201")),
    ("stands where batch_size is expected", ("epochs=epochs, batch_size=len(x)", "batch_size=epochs")),
    ("you took Adam", ("SGD", "Adam")),
    ("the learning rate is 0.01", ("keras.optimizers.SGD(0.1)", "'sgd'")),
    ("the learning rate is 1,", ("SGD(0.1)", "SGD(1.0)")),
    ("stopped after", ("verbose=0", "verbose=0, callbacks=[keras.callbacks.EarlyStopping('loss', patience=0)]")),
    ("one epoch too few", ("epochs=epochs", "epochs=epochs - 1")),
    ("trained twice", (FIT, f"{FIT}    train(model, x, y, learning_rate=0.1, epochs=epochs)\n")),
    ("has no momentum", ("SGD(0.1)", "SGD(0.1, momentum=0.9)")),
    ("another loss, 'mae'", ('"mse"', '"mae"')),
    ("another loss, <lambda>", ('"mse"', "lambda y_true, y_pred: tf.reduce_sum((y_true - y_pred) ** 2)")),
    ("two things: you took Adam", ("SGD", "Adam"), (" batch_size=len(x),", "")),
    ("not compiled", "answer = lambda model, x, y, epochs: model"),
    ("You must call `compile()`", (COMPILE, "")),
    ("never fitted", (FIT, "")),
    ("epochs is not handed on", ("epochs=epochs, ", "")),
    ("10 epochs", ("epochs=epochs", "epochs=10")),
    ("twice as many epochs", (FIT, FIT + FIT)),
    ("in the loop and in fit", (FIT, f"    for _ in range(epochs):\n    {FIT}")),
    ("never uses `model`", (COMPILE, f"    model = keras.Sequential([keras.layers.Rescaling(1.0)])\n{COMPILE}")),
    ("never uses `x` and `y`", (ON, "fit(tf.ones(9), tf.zeros(9), "), ("len(x)", "9")),
    ("`learning_rate` now", ("SGD(0.1)", "SGD(lr=0.1)")),
    ("did you mean `keras.optimizers.SGD`", ("keras.optimizers.SGD", "SGD")),
    ("there is no `train`", ("model.fit(x", "model.train(x")),
]


@exercise(
    "fit(model, x, y, epochs)",
    "One step an epoch, on all examples, and the numbers of your own loop.",
    slips=SLIPS,
    wrong=WRONG,
)
def fit(answer, draw):
    """fit(model, x, y, epochs) compiles with plain SGD at rate 0.1 and trains on the full batch.

    What counts is where w and b arrive: a subclass of SGD, or a loss of one's own that equals the mean squared error,
    comes there, too.
    """

    def attempt(w, b, x, y, epochs):
        model = keras_model(w, b)
        try:
            answer(model, tf.constant(x), tf.constant(y), epochs)
        except Mistake:
            asked = getattr(model, "asked", {})
            if asked.get("epochs") == len(x) and asked.get("batch_size") == epochs:
                raise Mistake("epochs and batch_size are swapped: epochs=epochs, batch_size=len(x).") from None
            raise
        arrived = np.array([model.w.numpy(), model.b.numpy()], float)
        if "model" not in unused(answer.value):
            if getattr(model, "optimizer", None) is None:
                raise Mistake("the model is not compiled. Call model.compile(optimizer=…, loss=…) first.")
            if model.stop_training:
                made = int(model.optimizer.iterations)
                raise Mistake(f"training is stopped after {made} of {epochs} epochs, by a callback. Leave it out.")
            if not close(arrived, _fitted(w, b, x, y, epochs)):
                steps = int(model.optimizer.iterations)
                full = close(arrived, _fitted(w, b, x, y, steps))
                _explain(answer, model, _of_the_steps(steps, len(x), epochs, full))
        return arrived

    counts = draw.whole(220, 240), draw.whole(38, 46)  # more than the lesson's 201, and more than 32
    cases = [draw.line(count) | {"epochs": 2 * draw.whole(2, 3)} for count in counts]
    steep = draw.line(5)
    while 1.2 * limit(steep["x"]) > RATE:
        steep["x"] *= np.float32(1.05)
    also = {"where the loss rises": steep | {"epochs": 12}}
    words = Words(lambda case: f"{len(case['x'])} examples and {case['epochs']} epochs", ("w", "b"))
    compare(answer, cases, _fitted, SLIPS, words, attempt, (), also, lambda case: np.array([case["w"], case["b"]]))


def _fitted(w, b, x, y, epochs, **how):
    return after_steps(w, b, x, y, RATE, epochs, back=None, **how)[:2]


def _explain(answer, model, of_the_steps):
    """Raise Mistake where the compiled model itself shows what is wrong with a fit."""
    wrong = [*_of_the_optimizer(model.optimizer), *_of_the_loss(answer, model), *of_the_steps]
    if wrong:
        raise Mistake("two things: " * (len(wrong) > 1) + listed(wrong[:2]) + ".")


def _of_the_optimizer(optimizer):
    import keras

    if not isinstance(optimizer, keras.optimizers.SGD):
        yield f"you took {type(optimizer).__name__}, and plain gradient descent is keras.optimizers.SGD"
    elif not close(rate := float(optimizer.learning_rate), RATE):
        default = " (that is what Keras takes where none is given)" * close(rate, 0.01)
        yield f"the learning rate is {short(rate)}{default}, expected {RATE}: keras.optimizers.SGD({RATE})"
    elif optimizer.momentum or optimizer.weight_decay or optimizer.clipnorm or optimizer.clipvalue:
        yield "plain gradient descent has no momentum, weight decay or clipping"


def _of_the_loss(answer, model):
    import keras

    if model.loss is None:
        yield "the model is compiled without a loss: loss='mse'"
        return
    targets, predictions = tf.constant([[1.0], [2.0]]), tf.constant([[2.0], [4.0]])
    value = np.mean(answer.as_numbers(answer.run(keras.losses.get(model.loss), targets, predictions)))
    if not close(value, 2.5):
        yield f"you took another loss, {_loss_name(model.loss)}, and that of lesson 3 is 'mse'"


def _of_the_steps(steps, count, epochs, full):
    """Yield why a fit on so many examples made another number of steps than epochs. full: whether on all at once."""
    made = f"{epochs} epochs on the full batch are {epochs} steps, and you made {steps}"
    made_instead = {
        1: "epochs is not handed on, and without it there is one",
        2 * epochs: "that is twice as many epochs",
        epochs - 1: "that is one epoch too few",
        epochs + 1: "that is one epoch too many",
        epochs**2: "epochs are counted in the loop and in fit, too",
        10: "that is 10 epochs, whatever they should be",
        count: "that is one epoch for each example",
    }
    if steps == 0:
        yield "the model is never fitted: call model.fit(x, y, …)"
    elif steps == epochs:
        return
    elif full:
        yield f"{made}: {made_instead.get(steps, 'count the epochs')}"
    elif steps == -(-count // 32) * epochs:
        yield f"{made}, as many as in batches of 32, which fit takes without batch_size. See 'Epoch is not step'"
    elif steps in (-(-count // epochs), -(-count // epochs) * count, -(-count // epochs) * epochs):
        yield f"{made}: epochs stands where batch_size is expected; name the arguments, epochs=epochs"
    elif steps == count * epochs:
        yield f"{made}: one for each example. batch_size is 1, and batch_size=len(x) takes all {count} at once"
    elif steps % epochs == 0:
        yield f"{made}: batch_size is not all of the {count} examples, and batch_size=len(x) is"
    else:
        yield made


def _loss_name(loss):
    """Return what a loss is called."""
    return repr(loss) if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)
