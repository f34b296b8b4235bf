"""Batches of sorted examples, mixed well enough that no batch tells where in the file it stood."""

import itertools

import numpy as np
import tensorflow as tf

from ..exercise import exercise
from ..result import Mistake
from ..values import described

FAR = 0.4  # a correlation of places, beyond which the order of the file is still seen; 0 where all is mixed
PIPE = "examples.shuffle(len(x)).batch(batch_size)"
TURNED = "((x[::-1], y[::-1]))"
IN_PAIRS = "(tuple(tf.reshape(tf.stack([v, v[::-1]], 1), -1)[: len(v)] for v in (x, y)))"
WRONG = [
    ("each batch holds neighbours", (PIPE, "examples.batch(batch_size).shuffle(len(x))")),
    ("each batch holds neighbours", (PIPE, "examples.batch(batch_size).shuffle(1000)")),
    ("it draws from too few examples at a time", ("len(x)", "batch_size")),
    ("it draws from too few examples at a time", ("len(x)", "10")),
    ("it draws from too few examples at a time", ("len(x)", "len(x) // 10")),
    ("it draws from too few examples at a time", ("len(x)", "len(x) // 2")),
    ("nothing is mixed", (".shuffle(len(x))", "")),
    ("nothing is mixed", ("len(x)", "1")),
    ("in another order, and not mixed", ("((x, y))", TURNED), (".shuffle(len(x))", "")),
    ("in another order, and not mixed", ("((x, y))", TURNED), ("len(x)", "batch_size")),
    ("in another order, and not mixed", ("((x, y))", IN_PAIRS), (".shuffle(len(x))", "")),
    ("the short batch is left out", ("batch(batch_size)", "batch(batch_size, drop_remainder=True)")),
    ("come more than once", (PIPE, f"{PIPE}.repeat(2)")),
    ("come more than once", (PIPE, f"{PIPE}.repeat()")),
    ("are missing", (PIPE, f"{PIPE}.take(3)")),
    ("there are no batches", (".batch(batch_size)", "")),
    ("the batches hold 5 examples", ("batch(batch_size)", "batch(5)")),
    ("the pairs are torn apart", ("((x, y))", "((tf.random.shuffle(x), y))")),
    ("the pairs are torn apart", ("((x, y))", "((tf.sort(x), y))")),
    ("x and y are swapped", ("((x, y))", "((y, x))")),
    ("not pairs of x and y", ("((x, y))", "(x)")),
    ("all examples are one", ("from_tensor_slices", "from_tensors")),
    ("it returns None", (f"return {PIPE}", PIPE)),
    ("gives it to nobody", (f"return {PIPE}", f"print({PIPE})")),
    ("it returns a plain number", (PIPE, "len(x)")),
]
RIGHT = [
    "def answer(x, y, batch_size):\n    order = np.random.permutation(len(x))\n"
    "    x, y = tf.gather(x, order), tf.gather(y, order)\n"
    "    return [(x[k : k + batch_size], y[k : k + batch_size]) for k in range(0, len(x), batch_size)]",
    "answer = lambda x, y, n: tf.data.Dataset.from_tensor_slices((x, y)).shuffle(10**5).batch(n).prefetch(1)",
    "def answer(x, y, batch_size):\n    xs, ys = (tf.data.Dataset.from_tensor_slices(v) for v in (x, y))\n"
    "    return tf.data.Dataset.zip((xs, ys)).shuffle(xs.cardinality(), seed=3).batch(batch_size)",
]


@exercise(
    "shuffled_batches(x, y, batch_size)",
    "Every example can be in every batch now. `shuffle` needs room for all of them, before `batch`.",
    wrong=WRONG,
    right=RIGHT,
)
def shuffled_batches(answer, draw):
    """shuffled_batches(x, y, batch_size) returns what gives mixed batches (x, y), each example once, in an epoch."""
    size, count = draw.whole(9, 12), 203
    x = np.arange(count, dtype=np.float32)[::-1]  # falling, so that who sorts x alone tears the pairs apart
    made = answer(tf.constant(x), tf.constant(1000 - 2 * x), size)
    if made is None:
        answer.as_numbers(made)  # says why
    if not isinstance(made, (tf.data.Dataset, list, tuple)) and not hasattr(made, "__next__"):
        raise Mistake(f"it returns {described(made)}. Return the batches, as a Dataset.")
    taken = answer.run(lambda: list(itertools.islice(made, 2 * count + 2)))
    batches = [_pair(batch) for batch in taken]
    _are_of_the_size(batches, size, count)
    found, partners = (np.concatenate(part) for part in zip(*batches, strict=True))
    if np.array_equal(np.sort(partners), np.sort(x)):
        raise Mistake("x and y are swapped: x comes first.")
    places = count - 1 - found
    _are_all_there(places, count, size)
    if not np.array_equal(partners, 1000 - 2 * found):
        raise Mistake("the pairs are torn apart: a y stands beside the x of another example. Mix both in one order.")
    _are_mixed(places, [count - 1 - xs for xs, _ in batches])
    if not answer.run(lambda: list(itertools.islice(made, 1))):
        raise Mistake("it is used up after one epoch: `iter`, `zip` and `map` can be walked once. Return the Dataset.")


def _pair(batch):
    """Return a batch as two arrays, x and y."""
    if not isinstance(batch, (tuple, list)) or len(batch) != 2:
        raise Mistake("its parts are not pairs of x and y. Hand in both: from_tensor_slices((x, y)).")
    return tuple(np.asarray(part) for part in batch)


def _are_of_the_size(batches, size, count):
    shape = batches[0][0].shape
    if shape == ():
        raise Mistake("there are no batches: each part is a single example. Put `batch(batch_size)` behind it.")
    if shape[-1] == count:
        raise Mistake(
            "all examples are one part: `from_tensor_slices` cuts them, and `batch(batch_size)` puts so many together."
        )
    most = max(len(xs) for xs, _ in batches)  # the short one may come first
    if most != size:
        raise Mistake(f"the batches hold {most} examples, and batch_size is {size}.")


def _are_all_there(found, count, size):
    once = len(np.unique(found))
    if len(found) > once:
        raise Mistake("some examples come more than once in an epoch. Each is to come once.")
    if once == count - count % size:
        raise Mistake("the short batch is left out: its examples would not be seen. Leave `drop_remainder` away.")
    if once < count:
        raise Mistake(f"{count - once} of {count} examples are missing.")


def _are_mixed(found, batches):
    if np.all(np.diff(found) > 0):
        raise Mistake("nothing is mixed: the examples come as they stand in the file.")
    if all(np.all(np.abs(np.diff(batch)) == 1) for batch in batches) and not np.all(np.diff(found) < 0):
        raise Mistake(
            "each batch holds neighbours of the sorted file: only the batches change places. Mix before you batch."
        )
    early = np.max(found[: len(found) // 10]) < 0.6 * len(found)  # by chance once in 30,000 times
    if early or np.corrcoef(found, np.arange(len(found)))[0, 1] > FAR:
        raise Mistake(
            "it draws from too few examples at a time, so the first ones of the file still come first. The number in "
            "shuffle(…) is how many wait to be drawn: take all, len(x)."
        )
    if any(abs(np.corrcoef(found[lag:], found[:-lag])[0, 1]) > FAR for lag in (1, 2, 3)):
        raise Mistake(
            "the examples are in another order, and not mixed: neighbours of the file still come close together."
        )
