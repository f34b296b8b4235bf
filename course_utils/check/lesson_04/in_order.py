"""Examples in the order of x, with each y still beside its x."""

import numpy as np
import tensorflow as tf

from ..evidence import Words
from ..exercise import exercise
from ..slips import Slip, compare

ORDER = "order = tf.argsort(x)"
X, Y = "tf.gather(x, order)", "tf.gather(y, order)"
PAIRS = "An example is a pair. Find one order, and put x and y into it."


def _in_order(x, y):
    """Return the order of x; where two are equal, that of their y: either may come first."""
    return np.lexsort((y, x))


def _after_one_round(x, y):
    """Return the order after each two neighbours were compared once, from left to right."""
    order = list(range(len(x)))
    for k in range(len(x) - 1):
        if x[order[k]] > x[order[k + 1]]:
            order[k : k + 2] = order[k + 1], order[k]
    return np.array(order)


def _sorted(x, y, *, by=_in_order, of_x=lambda x, order: x[order], of_y=lambda y, order: y[order],
            pick=lambda x, y: (x, y)):  # fmt: skip
    order = by(x, y)
    return np.array(pick(of_x(x, order), of_y(y, order)))


# fmt: off
SLIPS = [
    Slip("x is in order, and y stayed where it was", PAIRS, (Y, "y"), of_y=lambda y, order: y),
    Slip("x and y are each sorted by themselves", PAIRS, (Y, "tf.sort(y)"), of_y=lambda y, order: np.sort(y)),
    Slip("y is in the order of x, and x stayed where it was", PAIRS, (X, "x"), of_x=lambda x, order: x),
    Slip("they are in the order of y", "Sort by x.", (ORDER, "order = tf.argsort(y)"), by=lambda x, y: np.argsort(y)),
    Slip("they run from the largest x to the smallest", "Smallest first.",
         (ORDER, "order = tf.argsort(x, direction='DESCENDING')"), by=lambda x, y: np.argsort(-x)),
    Slip("y is turned round", PAIRS, (Y, f"{Y}[::-1]"), of_y=lambda y, order: y[order][::-1]),
    Slip("x and y are swapped", "Return x first.", (f"{X}, {Y}", f"{Y}, {X}"), pick=lambda x, y: (y, x)),
    Slip("the order of the order is taken, which is the rank of each", "Sort once.",
         (ORDER, "order = tf.argsort(tf.argsort(x))"), by=lambda x, y: np.argsort(np.argsort(x))),
    Slip("y is put where the ranks of x say, and not in the order of x", PAIRS, (Y, "tf.gather(y, tf.argsort(order))"),
         of_y=lambda y, order: y[np.argsort(order)]),
    Slip("x is sorted, and then put in that order once more", "Sort once.", (X, "tf.gather(tf.sort(x), order)"),
         of_x=lambda x, order: np.sort(x)[order]),
    Slip("each x stands beside the y of its neighbour", PAIRS, (Y, f"tf.roll({Y}, 1, 0)"),
         of_y=lambda y, order: np.roll(y[order], 1)),
    Slip("each x stands beside the y of its neighbour", PAIRS, of_y=lambda y, order: np.roll(y[order], -1)),
    Slip("they are sorted as text, letter by letter", "Sort the numbers themselves.",
         by=lambda x, y: np.array(sorted(range(len(x)), key=lambda k: str(np.float32(x[k]))))),
    Slip("y is turned round, and not put in the order of x", PAIRS, (Y, "y[::-1]"), of_y=lambda y, order: y[::-1]),
    Slip("the smaller number of each pair comes first, and the pairs stay where they were", "Find the order of x.",
         (f"{X}, {Y}", "tf.minimum(x, y), tf.maximum(x, y)"), by=lambda x, y: np.arange(len(x)),
         pick=lambda x, y: (np.minimum(x, y), np.maximum(x, y))),
    Slip("neighbours are swapped in one round, and a number may have to go further",
         "tf.argsort finds the whole order.", by=_after_one_round),
    Slip("nothing is sorted", "Find the order of x.", (ORDER, "order = list(range(len(x)))"),
         by=lambda x, y: np.arange(len(x))),
    Slip("both are turned round, and not sorted", "Find the order of x.", (ORDER, "order = list(range(len(x)))[::-1]"),
         by=lambda x, y: np.arange(len(x))[::-1]),
    Slip("the order itself stands for x", PAIRS, (X, "order"), of_x=lambda x, order: order),
    Slip("the order itself stands for y", PAIRS, (Y, "order"), of_y=lambda y, order: order),
    Slip("they are in the order of the sizes of x", "−2 comes before 1.", (ORDER, "order = tf.argsort(abs(x))"),
         by=lambda x, y: np.argsort(abs(x))),
    Slip("only x is there", "Return both, with a comma.", (f"{X}, {Y}", X), pick=lambda x, y: x),
    Slip("only y is there", "Return both, with a comma.", (f"{X}, {Y}", Y), pick=lambda x, y: y),
    Slip("x stands for y", PAIRS, (Y, X), pick=lambda x, y: (x, x)),
    Slip("the sign of y is lost", PAIRS, (Y, f"abs({Y})"), of_y=lambda y, order: abs(y[order])),
]
# fmt: on
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("gives it to nobody", (f"return {X}, {Y}", f"print({X}, {Y})")),
]
RIGHT = [
    "def answer(x, y):\n    order = np.argsort(x)\n    return x.numpy()[order], y.numpy()[order]",
    "def answer(x, y):\n    pairs = sorted(zip(x.numpy(), y.numpy()))\n    return tuple(zip(*pairs))",
    "def answer(x, y):\n    return tf.sort(x), tf.gather(y, tf.argsort(x))",
]


@exercise(
    "in_order(x, y)",
    "Each target is still beside its own input, so the line can be found.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def in_order(answer, draw):
    """in_order(x, y) returns the examples with the smallest x first, as (x, y)."""

    def attempt(x, y):
        given = answer.numbers(tf.constant(x), tf.constant(y))
        ordered = given.ndim == 2 and len(given) == 2 and np.all(np.diff(given[0]) >= 0)
        return given[:, _in_order(*given)] if ordered else given

    cases = []
    while len(cases) < 3:
        line = draw.line(5 + len(cases))
        case = {"x": draw.several(len(line["x"])), "y": draw.several(len(line["x"]))}
        ranks = np.argsort(np.argsort(case["x"]))
        orders = {tuple(np.argsort(of)) for of in (case["x"], case["y"], abs(case["x"]), ranks.argsort())}
        if len(orders) == 4 and tuple(range(len(case["x"]))) not in orders:
            cases.append(case)
    x, y = draw.several(5), draw.several(5)
    x[3] = x[1]
    also = {"where two x are equal": {"x": x, "y": y}}
    compare(
        answer, cases, _sorted, SLIPS, Words("x = {x} and y = {y}", ("x", "y")), attempt, also=also, sized=("x", "y")
    )
