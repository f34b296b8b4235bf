"""From the mean gradients of several replicas to the gradient of all examples."""

import numpy as np

from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare


def _joined(
    slopes,
    counts,
    *,
    weights=lambda counts: counts,
    weigh=np.multiply,
    over=np.sum,
    by=lambda slopes, counts: np.sum(counts),
):
    """Return the slope over all examples, from the mean slope of each replica, or what slips make of it."""
    return over(weigh(slopes, weights(counts))) / by(slopes, counts)


SUM, BY = "tf.reduce_sum(slopes * counts)", " / tf.reduce_sum(counts)"
ALL = SUM + BY
MANY = "A replica with more examples counts for more: weigh each slope by its count."
DIVIDE = "Divide by the number of all examples."
# fmt: off
SLIPS = [
    Slip("the slopes are averaged, as if all replicas had equally many examples", MANY,
         (ALL, "tf.reduce_mean(slopes)"), weights=np.ones_like, by=lambda slopes, counts: len(counts)),
    Slip("the slopes are added", MANY, (ALL, "tf.reduce_sum(slopes)"), weights=np.ones_like,
         by=lambda slopes, counts: 1),
    Slip("it is not divided", DIVIDE, (BY, ""), by=lambda slopes, counts: 1),
    *(Slip(f"it is divided by {n}, the examples of the lesson", DIVIDE, (BY, f" / {n}"),
           by=lambda slopes, counts, n=n: n) for n in (130, 1000)),
    Slip("it is divided by the number of replicas", DIVIDE, (BY, " / len(counts)"),
         by=lambda slopes, counts: len(counts)),
    Slip("it is divided by the largest count", DIVIDE, (BY, " / tf.reduce_max(counts)"),
         by=lambda slopes, counts: np.max(counts)),
    Slip("it is divided by the first count", DIVIDE, (BY, " / counts[0]"), by=lambda slopes, counts: counts[0]),
    Slip("it is divided by the sum of the slopes", DIVIDE, (BY, " / tf.reduce_sum(slopes)"),
         by=lambda slopes, counts: np.sum(slopes)),
    Slip("it is divided by the mean of the counts", DIVIDE, (BY, " / tf.reduce_mean(counts)"),
         by=lambda slopes, counts: np.mean(counts)),
    Slip("each slope is divided by its count", MANY, ("slopes * counts", "slopes / counts"), weigh=np.divide),
    Slip("only the replica with the most examples counts", MANY,
         (ALL, "tf.reduce_mean(tf.boolean_mask(slopes, counts == tf.reduce_max(counts)))"),
         weights=lambda counts: 1.0 * (counts == max(counts)), by=lambda slopes, counts: 1),
    Slip("the counts are added to the slopes", MANY, ("slopes * counts", "slopes + counts"), weigh=np.add),
    Slip("the weights are the squares of the counts", MANY, ("slopes * counts", "slopes * counts**2"),
         weights=np.square),
    Slip("the mean of the products is taken, not their sum", "Add them up.",
         ("tf.reduce_sum(slopes * counts)", "tf.reduce_mean(slopes * counts)"), over=np.mean),
    Slip("only the largest product counts", "Add them up.",
         ("tf.reduce_sum(slopes * counts)", "tf.reduce_max(slopes * counts)"), over=np.max),
    Slip("the weights are the wrong way round", MANY, ("slopes * counts", "slopes * counts[::-1]"),
         weights=lambda counts: counts[::-1]),
    Slip("the counts are sorted, and stand beside the slopes of others", MANY,
         ("slopes * counts", "slopes * tf.sort(counts)"), weights=np.sort),
    Slip("they are not added up", "One slope is asked for.", (SUM, "slopes * counts"), over=np.asarray),
    Slip("the sign is lost", "A slope below 0 stays below 0.", ("slopes * counts", "tf.abs(slopes) * counts"),
         weigh=lambda slopes, weights: np.abs(slopes) * weights),
]
# fmt: on
WRONG = [
    ("gives it to nobody", (f"return {ALL}", f"print({ALL})")),
    ("stands after `return`", ("return ", "")),
    ("never uses `counts`", (ALL, "slopes")),
]
RIGHT = [
    "answer = lambda slopes, counts: tf.tensordot(slopes, counts, 1) / tf.reduce_sum(counts)",
    "answer = lambda slopes, counts: np.average(slopes.numpy(), weights=counts.numpy())",
    "def answer(slopes, counts):\n    n = sum(counts)\n    return sum(s * c / n for s, c in zip(slopes, counts))",
]


@exercise(
    "joined(slopes, counts)",
    "Where all counts are equal, this is the plain mean of the means; the last batch seldom is so kind.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def joined(answer, draw):
    """joined(slopes, counts) returns the slope over all examples; both are float32 tensors, one entry a replica."""
    cases = []
    for replicas, turned in ((3, -1), (4, 2), (2, 1)):
        counts = np.roll([draw.whole(5 * k + 3, 5 * k + 6) for k in range(replicas)], turned).astype(np.float32)
        cases.append({"slopes": draw.several(replicas), "counts": counts})
    formula = Formula("slope = sum(slopes * counts) / sum(counts)")
    compare(answer, cases, _joined, SLIPS, Words("slopes = {slopes} and counts = {counts}"), formulas=[formula])
