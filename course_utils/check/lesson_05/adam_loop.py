"""A loop with one optimiser that remembers."""

import numpy as np
import tensorflow as tf

from ..descent import slopes
from ..evidence import Words
from ..exercise import exercise
from ..optimizers import made, unlike
from ..result import Mistake
from ..slips import Slip, compare
from .models import keras_model

RATE, FIRST, SECOND = 0.1, 0.9, 0.999  # and how much Adam remembers of the slopes, and of their squares
MAKE = "    optimizer = keras.optimizers.Adam(learning_rate=0.1)\n"
LOOP, LOSS = "    for _ in range(epochs):\n", "mean_squared_error(y, model(x))"
APPLY = "        optimizer.apply(gradients, model.trainable_variables)\n"
ONE = "Make one optimiser before the loop: it remembers the slopes of earlier steps."
KEEP = "Keep the rate at 0.1."


def _adam(
    w, b, x, y, epochs, *, fresh=False, rate=RATE, rounds=lambda n: n, moved=(1, 1), towards=1, plain=False,
    data=lambda x, y: (x, y), of=slopes, fall=lambda k: 1, counts=True, twice=False
):  # fmt: skip
    """Return (w, b) after so many steps of Adam (Kingma and Ba, 2015), or what becomes of it by slips."""
    values = np.array([w, b], float)
    mean, square, steps = np.zeros(2), np.zeros(2), 0
    for k in range(rounds(epochs)):
        if fresh:
            mean, square, steps = np.zeros(2), np.zeros(2), 0
        slope, steps = towards * of(*data(x, y), *values), steps * counts + 1
        mean, square = FIRST * mean + (1 - FIRST) * slope, SECOND * square + (1 - SECOND) * slope**2
        move = mean / (1 - FIRST**steps) / (np.sqrt(square / (1 - SECOND**steps)) + 1e-7)
        values = values - rate * fall(k) * (slope if plain else move) * np.array(moved) - RATE * slope * twice
    return values


def _of_absolutes(x, y, w, b):
    side = np.sign(y - w * x - b)
    return -np.array([np.mean(x * side), np.mean(side)])


# fmt: off
SLIPS = [
    Slip("a new optimiser is made in each step", ONE, (MAKE + LOOP, f"{LOOP}    {MAKE}"), fresh=True),
    Slip("the learning rate is 0.001, which Adam takes where none is given", KEEP, ("learning_rate=0.1", ""),
         rate=0.001),
    Slip("the learning rate is 0.01", KEEP, ("rate=0.1", "rate=0.01"), rate=0.01),
    Slip("the learning rate is 1", KEEP, ("rate=0.1", "rate=1.0"), rate=1.0),
    *(Slip(f"the learning rate is {rate:g}", KEEP, rate=rate) for rate in (0.5, 0.3, 0.2, 0.05, 0.02, 0.0001)),
    *(Slip(f"the learning rate shrinks in each step, to {by:g} of it", KEEP, fall=lambda k, by=by: by**k)
      for by in (0.5, 0.8, 0.9, 0.95, 0.99)),
    Slip("the learning rate is divided by the number of the step", KEEP, fall=lambda k: 1 / (k + 1)),
    Slip("the loss is of absolute values", "Take the mean of the squares.",
         (LOSS, "tf.reduce_mean(abs(y - model(x)))"), of=_of_absolutes),
    Slip("that is plain gradient descent", "Adam is asked for.", ("optimizers.Adam", "optimizers.SGD"), plain=True),
    Slip("each weight moves twice, by Adam and by a step of plain gradient descent", "Adam moves them already.",
         (APPLY, f"{APPLY}        [v.assign_sub(0.1 * g) for v, g in zip(model.trainable_variables, gradients)]\n"),
         twice=True),
    Slip("one step more than epochs", "range(epochs) makes just as many.", ("range(epochs)", "range(epochs + 1)"),
         rounds=lambda n: n + 1),
    Slip("one step less than epochs", "range(epochs) makes just as many.", ("range(epochs)", "range(epochs - 1)"),
         rounds=lambda n: n - 1),
    Slip("twice as many steps as epochs", "range(epochs) makes just as many.", ("range(epochs)", "range(2 * epochs)"),
         rounds=lambda n: 2 * n),
    Slip("one step only", "Apply inside the loop.", (APPLY, APPLY[4:]), rounds=lambda n: 1),
    Slip("its `iterations` are set back, so it takes each step for the first", ONE, counts=False),
    Slip("nothing moved", "`optimizer.apply` moves the weights.", (APPLY, ""), moved=(0, 0)),
    Slip("only w moved", "Hand on all weights.", ("model.trainable_variables", "[model.w]"), moved=(1, 0)),
    Slip("only b moved", "Hand on all weights.", ("model.trainable_variables", "[model.b]"), moved=(0, 1)),
    Slip("it walks uphill", "The loss, and not minus the loss.", (LOSS, f"-{LOSS}"), towards=-1),
    Slip("only the first 32 examples are used", "Use all of x and y.",
         (LOSS, "mean_squared_error(y[:32], model(x[:32]))"),
         data=lambda x, y: (x[:32], y[:32])),
    Slip("x and y are swapped", "The model gets x.", (LOSS, "mean_squared_error(x, model(y))"),
         data=lambda x, y: (y, x)),
]
# fmt: on
BATCHES = """
def answer(model, x, y, epochs):
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    model.fit(x, y, epochs=epochs, verbose=0)
"""
WRONG = [
    ("without batch_size, fit takes 32", BATCHES),
    ("never uses `epochs`", ("range(epochs)", "range(10)")),
    ("the tape saw no Variable", (LOOP, f"    y_pred = model(x)\n{LOOP}"), (LOSS, "mean_squared_error(y, y_pred)")),
    ("nothing moved", (MAKE, f"{MAKE}    model = keras.Sequential([keras.layers.Rescaling(1.0)])\n")),
    ("no `optimiser` is known", ("optimizer.apply", "optimiser.apply")),
]
RIGHT = [
    """
def answer(model, x, y, epochs):
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    model.fit(x, y, epochs=epochs, batch_size=len(x), verbose=0)
""",
    """
adam = keras.optimizers.Adam
def answer(model, x, y, epochs):
    optimizer = adam(0.1)
    weights = [model.w, model.b]
    for epoch in range(epochs):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((y - model(x)) ** 2) / len(x)
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return model
""",
    """
def answer(model, x, y, epochs):
    optimizer = keras.optimizers.Adam(0.1)
    while epochs > 0:
        epochs -= 1
        with tf.GradientTape() as tape:
            loss = keras.losses.MeanSquaredError()(y, model(x))
        optimizer.apply(tape.gradient(loss, model.trainable_weights), model.trainable_weights)
""",
]


@exercise(
    "adam_loop(model, x, y, epochs)",
    "One optimiser for the whole run: what it remembers is half of what it does.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def adam_loop(answer, draw):
    """adam_loop(model, x, y, epochs) makes so many steps of one Adam at rate 0.1 on the full batch."""

    runs = []

    def attempt(w, b, x, y, epochs):
        model = keras_model(w, b)
        with made() as optimizers:
            answer(model, tf.constant(x), tf.constant(y), epochs)
        runs.append((optimizers, answer.questions, epochs))
        steps = int(model.optimizer.iterations) if getattr(model, "optimizer", None) else 0
        if len(x) > 32 and steps == -(-len(x) // 32) * epochs:
            raise Mistake(
                f"{epochs} steps on all {len(x)} examples are asked for, and there were {steps}: without batch_size, "
                "fit takes 32 examples at a time."
            )
        return np.array([model.w.numpy(), model.b.numpy()], float)

    cases = [draw.line(count) | {"epochs": epochs} for count, epochs in ((6, 4), (8, 7))]
    words = Words(lambda case: f"{len(case['x'])} examples and {case['epochs']} epochs", ("w", "b"))
    many = draw.line(40) | {"epochs": 5}
    many["y"][32:] -= np.float32(20.0)  # so that the last ones count
    also = {"where there are 40 examples": many}
    compare(answer, cases, _adam, SLIPS, words, attempt, also=also, sized=("y", "w", "b"), seen=lambda: _seen(*runs[0]))


def _seen(optimizers, questions, epochs):
    """Return what is wrong with the optimisers that a run made, or with how often it asked a tape, or ""."""
    import keras

    if not optimizers:
        return ""
    if len(optimizers) > 1:
        usual = len(optimizers) >= epochs and float(optimizers[0].learning_rate) == np.float32(RATE)
        return "a new optimiser is made in each step" if usual else ""
    plain = type(optimizers[0]) is keras.optimizers.SGD and not optimizers[0].momentum
    if other := "" if plain else unlike(optimizers[0], keras.optimizers.Adam()):
        return other
    steps = int(optimizers[0].iterations)
    if questions == 1 < epochs and steps >= epochs:
        return f"the tape is asked once, and {steps} steps use its slopes: take new ones in each step"
    if questions == epochs > 1 and steps == 2 * epochs:
        return "the optimiser is applied twice to the same slopes"
    return ""
