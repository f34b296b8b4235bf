"""The loss of an epoch from those of its batches: each example counts once."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

LOSS = "tf.reduce_sum(losses * sizes) / tf.reduce_sum(sizes)"
ONCE = "Weigh each loss by the size of its batch, and divide by all examples."
SLIPS = [
    Slip(
        "each batch counts the same, the short one, too",
        ONCE,
        (LOSS, "tf.reduce_mean(losses)"),
        of=lambda each, s: np.mean(each),
    ),
    Slip(
        "it is the sum over all examples",
        "Divide by all examples.",
        (LOSS, "tf.reduce_sum(losses * sizes)"),
        of=lambda each, s: np.sum(each * s),
    ),
    Slip(
        "it is divided by the number of batches",
        ONCE,
        (LOSS, "tf.reduce_mean(losses * sizes)"),
        of=lambda each, s: np.mean(each * s),
    ),
    Slip("the losses are only added up", ONCE, (LOSS, "tf.reduce_sum(losses)"), of=lambda each, s: np.sum(each)),
    Slip(
        "the sum of the losses is divided by all examples",
        ONCE,
        (LOSS, "tf.reduce_sum(losses) / tf.reduce_sum(sizes)"),
        of=lambda each, s: np.sum(each) / np.sum(s),
    ),
    Slip(
        "each loss is divided by its size",
        "They are means already.",
        (LOSS, "tf.reduce_mean(losses / sizes)"),
        of=lambda each, s: np.mean(each / s),
    ),
    Slip(
        "each loss is divided by its size, and added up",
        "They are means already.",
        (LOSS, "tf.reduce_sum(losses / sizes)"),
        of=lambda each, s: np.sum(each / s),
    ),
    Slip("only the last batch counts", ONCE, (LOSS, "losses[-1]"), of=lambda each, s: each[-1]),
    Slip("only the first batch counts", ONCE, (LOSS, "losses[0]"), of=lambda each, s: each[0]),
    Slip(
        "the short batch is left out",
        "Its examples count, too.",
        (LOSS, "tf.reduce_mean(losses[:-1])"),
        of=lambda each, s: np.mean(each[:-1]),
    ),
    Slip(
        "one for each batch is left",
        "One number is asked for.",
        (LOSS, "losses * sizes / tf.reduce_sum(sizes)"),
        of=lambda each, s: each * s / np.sum(s),
    ),
    Slip(
        "it is divided by the losses",
        ONCE,
        (LOSS, "tf.reduce_sum(losses * sizes) / tf.reduce_sum(losses)"),
        of=lambda each, s: np.sum(each * s) / np.sum(each),
    ),
    Slip("the largest counts alone", ONCE, (LOSS, "tf.reduce_max(losses)"), of=lambda each, s: np.max(each)),
    Slip(
        "it is divided by the last size alone",
        "Add up all sizes.",
        (LOSS, "tf.reduce_sum(losses * sizes) / sizes[-1]"),
        of=lambda each, s: np.sum(each * s) / s[-1],
    ),
    Slip(
        "it is divided by the largest size",
        "The last batch is shorter.",
        (LOSS, "tf.reduce_sum(losses * sizes) / (len(sizes) * sizes[0])"),
        of=lambda each, s: np.sum(each * s) / (len(s) * s[0]),
    ),
    Slip(
        "it is upside down",
        ONCE,
        (LOSS, "tf.reduce_sum(sizes) / tf.reduce_sum(losses * sizes)"),
        of=lambda each, s: np.sum(s) / np.sum(each * s),
    ),
    Slip("a square root too many", "The losses are squares already.", (LOSS, f"({LOSS}) ** 0.5"), then=np.sqrt),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("never uses `sizes`", (LOSS, "tf.reduce_sum(losses * 16) / 342")),
]
RIGHT = [
    "answer = lambda losses, sizes: np.average(losses, weights=sizes)",
    "def answer(losses, sizes):\n    pairs = zip(losses.numpy(), sizes.numpy())\n"
    "    return sum(loss * size for loss, size in pairs) / sum(sizes.numpy())",
    "def answer(losses, sizes):\n    return tf.tensordot(losses, sizes / tf.reduce_sum(sizes), 1)",
]


@exercise(
    "epoch_loss(losses, sizes)",
    "So does `fit`: each example counts once, wherever the batches end.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def epoch_loss(answer, draw):
    """epoch_loss(losses, sizes) returns the mean over all examples from the means of batches; both float32, (n,)."""
    cases = []
    for count in (3, 5):
        size, last = draw.whole(8, 12), draw.whole(2, 4)
        losses = np.abs(draw.several(count, 0.3, 4.0)) + 0.01 * np.arange(count)
        cases.append({"losses": np.float32(losses), "sizes": np.float32([size] * (count - 1) + [last])})
    formula = Formula("loss = sum(losses * sizes) / sum(sizes)")
    compare(answer, cases, _loss, SLIPS, "losses = {losses} and sizes = {sizes}", formulas=[formula])


def _loss(losses, sizes, *, of=lambda losses, sizes: np.sum(losses * sizes) / np.sum(sizes)):
    return of(losses, sizes)
