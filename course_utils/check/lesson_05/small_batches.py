"""One epoch in small batches, with the parts of Keras."""

import numpy as np
import tensorflow as tf

from ..descent import after_steps, scaled, slopes
from ..evidence import Words
from ..exercise import exercise
from ..result import Mistake
from ..slips import Slip, compare
from ..values import close, short
from .models import keras_model

STARTS, PART = "range(0, len(x), size)", "slice(start, start + size)"
LOSS, APPLY = "mean_squared_error(y[part], model(x[part]))", "optimizer.apply(gradients, model.trainable_variables)"
OWN = "own = type(optimizer).from_config(optimizer.get_config())"
LAST = "The last batch may be smaller, and it is a batch, too."
EPOCH = "An epoch sees each example once."
STEPS = "Each batch makes one step."


def _batches(step=lambda size: size, length=lambda size: size, whole=False, most=None):
    """Return the function that cuts examples into batches. whole: no smaller one; most: of so many batches."""

    def cut(x, y, size):
        starts = range(0, len(x) - (size - 1) * whole, step(size))[:most]
        return [(x[k : k + length(size)], y[k : k + length(size)]) for k in starts]

    return cut


BATCHES = _batches()


def _epoch(w, b, x, y, learning_rate, size, *, cut=BATCHES, swapped=False, full=False, stale=None, **how):
    """Return (w, b) after one epoch of gradient descent in batches, or what becomes of it by slips."""

    def data(x, y):
        return [(b, a) if swapped else (a, b) for a, b in cut(x, y, size)]

    if full:  # the slopes of each batch, divided by its full size
        how = how | {"along": lambda x, y, *at: slopes(x, y, *at) * len(x) / size}
    if stale:  # a function of the slopes of all batches, at the start
        data, parts = (lambda x, y: [(x, y)]), data(x, y)
        how = how | {"along": lambda x, y, *at: stale([slopes(*part, *at) for part in parts], axis=0)}
    return after_steps(w, b, x, y, learning_rate, 1, back=None, data=data, **how)[:2]


def _every(step):
    """Return the function that takes every so many-th example into a batch. step: from examples and size to that."""

    def cut(x, y, size):
        by = step(len(x), size)
        return [(x[k::by], y[k::by]) for k in range(-(-len(x) // size)) if k < len(x)]

    return cut


def _backwards(x, y, size):
    return BATCHES(x, y, size)[::-1]


# fmt: off
SLIPS = [
    Slip("the last batch, which is smaller, is left out", LAST, (STARTS, "range(0, len(x) - size + 1, size)"),
         cut=_batches(whole=True)),
    Slip("each step looks at all examples", STEPS, ("[part]", ""),
         cut=lambda x, y, size: [(x, y)] * -(-len(x) // size)),
    Slip("only the first batch is used", EPOCH, (STARTS, "range(0, size, size)"), cut=_batches(most=1)),
    Slip("each batch holds one example", "It holds `size`.", ((STARTS, "range(len(x))"), ("+ size", "+ 1")),
         cut=_batches(step=lambda size: 1, length=lambda size: 1)),
    Slip("the batches overlap: each begins one example later", EPOCH, (STARTS, "range(len(x))"),
         cut=_batches(step=lambda size: 1)),
    *(Slip("the batches begin at 0, 1, 2, … and not `size` apart", EPOCH,
           (STARTS, f"range({sign}(len(x) // {sign}size))"),
           cut=lambda x, y, n, k=k: [(x[i : i + n], y[i : i + n]) for i in range(k * (len(x) // (k * n)))])
      for k, sign in ((1, ""), (-1, "-"))),
    Slip("the first batch is left out", EPOCH, (STARTS, "range(size, len(x), size)"),
         cut=lambda x, y, size: BATCHES(x, y, size)[1:]),
    Slip("the batches come from the last to the first", "Keep the order.", (STARTS, f"reversed({STARTS})"),
         cut=_backwards),
    Slip("of each batch, one example is missing", EPOCH, ("+ size)", "+ size - 1)"),
         cut=_batches(length=lambda size: size - 1)),
    Slip("each batch holds the first example of the next one, too", EPOCH, ("+ size)", "+ size + 1)"),
         cut=_batches(length=lambda size: size + 1)),
    Slip("each batch runs to the end of the examples", "It holds `size`.", ("start + size", "None"),
         cut=lambda x, y, size: [(x[k:], y[k:]) for k in range(0, len(x), size)]),
    Slip("each batch holds twice `size`", EPOCH, ("start + size", "start + 2 * size"),
         cut=_batches(length=lambda size: 2 * size)),
    Slip("only the last batch is used", STEPS, (f"        {APPLY}", f"    {APPLY}"),
         cut=lambda x, y, size: BATCHES(x, y, size)[-1:]),
    Slip("the first batch is used each time", EPOCH, (PART, "slice(0, size)"),
         cut=lambda x, y, size: BATCHES(x, y, size)[:1] * -(-len(x) // size)),
    Slip("two epochs are made", "One epoch is asked for.", cut=lambda x, y, size: 2 * BATCHES(x, y, size)),
    *(Slip("a batch takes examples that stand apart, and not those that follow each other", "Keep the order.",
           cut=_every(step)) for step in (lambda n, size: n // size, lambda n, size: -(-n // size))),
    Slip("a batch takes each `size`-th example, and not `size` that follow each other", "Keep the order.",
         ((STARTS, "range(size)"), (PART, "slice(start, None, size)")),
         cut=lambda x, y, size: [(x[k::size], y[k::size]) for k in range(size)]),
    Slip("the slopes of all batches are those of the start", "Take the slopes anew for each batch.", stale=np.sum),
    Slip("one step is made, by the mean of the slopes of all batches", STEPS, stale=np.mean),
    Slip("there are `size` batches, and not batches of `size`", "It holds `size`.",
         cut=lambda x, y, size: list(zip(np.array_split(x, size), np.array_split(y, size), strict=True))),
    Slip("x of each batch meets y of the first one", "Cut both at the same place.",
         (LOSS, "mean_squared_error(y[: len(x[part])], model(x[part]))"),
         cut=lambda x, y, size: [(a, y[: len(a)]) for a, _ in BATCHES(x, y, size)]),
    Slip("the short batch is divided by the full size, too", "Take the mean of what is in the batch.",
         (LOSS, "tf.reduce_sum(tf.square(y[part] - model(x[part]))) / size"), full=True),
    Slip("each batch makes two steps", STEPS, (APPLY, f"{APPLY}\n        {APPLY}"), towards=-2),
    Slip("a sum instead of the mean", "The loss is a mean.",
         (LOSS, "tf.reduce_sum(tf.square(y[part] - model(x[part])))"), along=scaled(lambda n: n)),
    Slip("divided by the size of a batch once more", "The mean has done that.", (LOSS, f"{LOSS} / len(x[part])"),
         along=scaled(lambda n: 1 / n)),
    Slip("x and y are swapped", "The model gets x.", (LOSS, "mean_squared_error(x[part], model(y[part]))"),
         swapped=True),
    Slip("it walks uphill", "The loss, and not minus the loss.", (LOSS, f"-{LOSS}"), towards=1),
    Slip("only w moved", "Hand on all weights.", ("model.trainable_variables", "[model.w]"), moved=(1, 0)),
    Slip("only b moved", "Hand on all weights.", ("model.trainable_variables", "[model.b]"), moved=(0, 1)),
    Slip("nothing moved", "`optimizer.apply` moves the weights.", (f"        {APPLY}\n", ""), moved=(0, 0)),
]
# fmt: on
IN_PARTS = """
def answer(model, optimizer, x, y, size):
    for inputs, targets in zip(np.array_split(x, size), np.array_split(y, size)):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(targets, model(inputs))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
"""
ONE_STEP = """
def answer(model, optimizer, x, y, size):
    slopes = []
    for start in range(0, len(x), size):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y[start : start + size], model(x[start : start + size]))
        slopes.append(tape.gradient(loss, model.trainable_variables))
    optimizer.apply([tf.reduce_mean(each) for each in zip(*slopes)], model.trainable_variables)
"""
WRONG = [
    ("there are `size` batches", IN_PARTS),
    ("one step is made, by the mean", ONE_STEP),
    ("you made 1 more, of no examples", (STARTS, "range(0, len(x) // size * size + 1, size)")),
    ("10 examples make 4 batches of 3, and you made 3 more", (STARTS, "range(0, 7 * size, size)")),
    ("but not by `optimizer`", ("    for", f"    {OWN}\n    for"), ("optimizer.apply", "own.apply")),
    ("never uses `optimizer`", ("optimizer.apply", "keras.optimizers.SGD(0.1).apply")),
    ("never uses `size`", (STARTS, "range(0, len(x), 32)"), (PART, "slice(start, start + 32)")),
    ("no `optimiser` is known", ("optimizer.apply", "optimiser.apply")),
    ("a tape can't follow those", (LOSS, f"{LOSS}.numpy()")),
]
RIGHT = [
    """
def answer(model, optimizer, x, y, size):
    while len(x):
        with tf.GradientTape() as tape:
            loss = keras.losses.MeanSquaredError()(y[:size], model(x[:size]))
        optimizer.apply(tape.gradient(loss, model.trainable_weights), model.trainable_weights)
        x, y = x[size:], y[size:]
""",
    """
def answer(model, optimizer, x, y, size):
    for inputs, targets in tf.data.Dataset.from_tensor_slices((x, y)).batch(size):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((targets - model(inputs)) ** 2)
        weights = [model.w, model.b]
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return model
""",
    """
def answer(model, optimizer, x, y, size):
    model.compile(optimizer=optimizer, loss="mse", run_eagerly=True)
    model.fit(x, y, batch_size=size, shuffle=False, verbose=0)
""",
]


@exercise(
    "small_batches(model, optimizer, x, y, size)",
    "That is what fit does in an epoch, but for the shuffling.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def small_batches(answer, draw):
    """small_batches(model, optimizer, x, y, size) makes one epoch in batches, in order; the last may be smaller."""
    import keras

    used = []

    def attempt(w, b, x, y, learning_rate, size):
        model = keras_model(w, b)
        optimizer = keras.optimizers.SGD(learning_rate)
        answer(model, optimizer, tf.constant(x), tf.constant(y), size)
        used.append(optimizer)
        arrived = np.array([model.w.numpy(), model.b.numpy()], float)
        more = int(optimizer.iterations) - -(-len(x) // size)
        if more > 0 and close(arrived, _epoch(w, b, x, y, learning_rate, size)):
            raise Mistake(
                f"{len(x)} examples make {-(-len(x) // size)} batches of {size}, and you made {more} more, of no "
                "examples: the loss of those is nan."
            )
        return arrived

    *cases, full = (
        draw.line(count) | {"learning_rate": draw.number(0.02, 0.06), "size": size}
        for count, size in ((10, 3), (11, 4), (9, 3))
    )
    also = {"where the examples fill all batches": full}
    compare(answer, cases, _epoch, SLIPS, Words(_given, ("w", "b")), attempt, also=also, sized=("y", "w", "b"))
    if not all(int(optimizer.iterations) for optimizer in used):
        raise Mistake("the numbers are right, but not by `optimizer`, which it is given: what that remembers is lost.")


def _given(case):
    rate = f"SGD({short(case['learning_rate'])})"
    return f"{len(case['x'])} examples in batches of {case['size']} and the optimizer {rate}, after one epoch"
