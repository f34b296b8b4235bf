"""The share of a loss that one replica adds, so that the shares of all add up to the mean of all examples."""

import numpy as np

from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare


def _share(
    y_true,
    y_pred,
    count,
    *,
    residual=lambda y_true, y_pred: y_true - y_pred,
    shape=np.square,
    over=np.sum,
    by=lambda count, own: count,
):
    """Return the sum of the squared residuals divided by the number of all examples, or what slips make of it."""
    return over(shape(residual(y_true, y_pred))) / by(count, len(y_true))


SQUARE, SUM, BY = "tf.square(y_true - y_pred)", "tf.reduce_sum(tf.square(y_true - y_pred))", " / count"
ALL = "Divide by the number of all examples, also those of the other replicas."
ADD = "Add up the squares of the examples that are here."
LOSS = "The loss is made of squares."
# fmt: off
SLIPS = [
    Slip("the mean over its own examples", ALL, (SUM + BY, f"tf.reduce_mean({SQUARE})"), by=lambda count, own: own),
    Slip("it is divided by its own number of examples as well", ALL, (SUM, f"tf.reduce_mean({SQUARE})"),
         by=lambda count, own: own * count),
    Slip("it is not divided", ALL, (BY, ""), by=lambda count, own: 1),
    Slip("it is multiplied by the number of all examples", ALL, (BY, " * count"), by=lambda count, own: 1 / count),
    Slip("it is divided by the number of replicas", ALL, (BY, " * len(y_true) / count"),
         by=lambda count, own: count / own),
    Slip("the mean over its own examples is weighed upside down", ALL,
         (SUM + BY, f"tf.reduce_mean({SQUARE}) * count / len(y_true)"), by=lambda count, own: own * own / count),
    Slip("it is divided by the root of the number", ALL, (BY, " / count**0.5"), by=lambda count, own: count**0.5),
    Slip("it is divided by one less", ALL, (BY, " / (count - 1)"), by=lambda count, own: count - 1),
    Slip("absolute values in place of squares", LOSS, ("tf.square", "tf.abs"), shape=np.abs),
    Slip("the residuals are not squared", LOSS, (SQUARE, "(y_true - y_pred)"), shape=np.positive),
    Slip("the third power in place of the square", LOSS, (SQUARE, "(y_true - y_pred) ** 3"), shape=lambda r: r**3),
    Slip("the squares are doubled", LOSS, (SQUARE, f"2 * {SQUARE}"), shape=lambda r: 2 * r**2),
    Slip("the predictions are added", "A residual is a difference.", ("y_true - y_pred", "y_true + y_pred"),
         residual=np.add),
    Slip("the predictions are forgotten", "A residual is a difference.", ("y_true - y_pred", "y_true"),
         residual=lambda y_true, y_pred: y_true),
    Slip("only the largest square counts", ADD, ("reduce_sum", "reduce_max"), over=np.max),
    Slip("only the first square counts", ADD, (SUM, f"{SQUARE}[0]"), over=lambda squares: squares[0]),
    Slip("the squares are not added up", ADD, (SUM, SQUARE), over=np.positive),
    Slip("the sum is squared, not each residual", ADD, (SUM, "tf.square(tf.reduce_sum(y_true - y_pred))"),
         shape=np.positive, over=lambda residuals: np.sum(residuals) ** 2),
]
# fmt: on
WRONG = [
    ("gives it to nobody", ("return ", "print("), (BY, f"{BY})")),
    ("stands after `return`", ("return ", "")),
    ("never uses `count`", (BY, " / 1000")),
]
RIGHT = [
    "answer = lambda y_true, y_pred, count: mean_squared_error(y_true, y_pred) * len(y_true) / count",
    "answer = lambda y_true, y_pred, count: tf.add_n([(t - p) ** 2 / count for t, p in zip(y_true, y_pred)])",
    "def answer(y_true, y_pred, count):\n    off = y_pred - y_true\n    return tf.reduce_sum(off * off / count)",
]


@exercise(
    "replica_loss(y_true, y_pred, count)",
    "Shares of one mean: however the examples are spread, the shares add up to the same loss and the same slopes.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def replica_loss(answer, draw):
    """replica_loss(y_true, y_pred, count) returns the sum of the squares here by the number of all examples, count."""
    cases = [
        {"y_true": draw.several(own), "y_pred": draw.several(own), "count": draw.whole(3 * own, 5 * own)}
        for own in (4, 5, 3)
    ]
    formula = Formula("loss = sum(square(y_true - y_pred)) / count")
    words = Words("y_true = {y_true}, y_pred = {y_pred} and count = {count}")
    compare(answer, cases, _share, SLIPS, words, formulas=[formula])
