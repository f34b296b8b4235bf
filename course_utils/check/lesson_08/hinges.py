"""Hinges that add up."""

import math

import numpy as np
import tensorflow as tf

from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare
from ..tapes import slopes_reach


def _relu(z):
    return np.maximum(z, 0)


def _sum(
    x,
    w,
    b,
    a,
    c,
    *,
    times=np.multiply,
    inside=lambda b: b,
    bend=_relu,
    weigh=np.multiply,
    over=lambda parts: parts.sum(axis=1),
    add=lambda c: c,
    after=lambda height, b: height,
    last=lambda height: height,
    each=False,
    lifted=False,
):
    """Return the sum of a·relu(w·x + b) over all hinges, and c, at each x, or what slips make of it."""
    parts = weigh(a, after(bend(times(w, x[:, None]) + inside(b) + c * lifted), b))
    return last(over(parts) + add(c) * (len(w) if each else 1))


def _by_formula(lines, case):
    """Return the heights that these lines compute, of tables with a row for each x."""
    return FORMULA.once(lines, case | {"column": case["x"][:, None], "relu": _relu, "over": lambda t: t.sum(axis=1)})


FORMULA = Formula("z = w * column + b", "h = relu(z)", "y = over(a * h) + c", names=("column", "z"), run=_by_formula)
LINE = "w * x[:, None] + b"
RELU, SUM = f"tf.nn.relu({LINE})", f"tf.reduce_sum(a * tf.nn.relu({LINE}), axis=1)"
EACH = "Each line is bent by itself: relu(w·x + b). Then they are weighed by a, and added."
NONE = "Without a bend, a sum of lines is a line."
# fmt: off
SLIPS = [
    Slip("`relu` is missing", NONE, (RELU, f"({LINE})"), bend=np.positive),
    Slip("the bend comes after the sum", EACH, (SUM, f"tf.nn.relu(tf.reduce_sum(a * ({LINE}), axis=1))"),
         bend=np.positive, over=lambda parts: _relu(parts.sum(axis=1))),
    Slip("the whole sum is cut off at 0", EACH, (f"{SUM} + c", f"tf.nn.relu({SUM} + c)"), last=_relu),
    Slip("the weights a are inside `relu`", EACH, (f"a * {RELU}", f"tf.nn.relu(a * ({LINE}))"), bend=np.positive,
         weigh=lambda a, z: _relu(a * z)),
    Slip("the weights a are forgotten", EACH, ("a * tf", "tf"), weigh=lambda a, z: z),
    Slip("the weights a are added", EACH, ("a * tf", "a + tf"), weigh=np.add),
    Slip("each hinge is weighed by all weights together", "Each has a weight of its own in a: weigh first, then add.",
         (SUM, f"tf.reduce_sum(a) * tf.reduce_sum({RELU}, axis=1)"), weigh=lambda a, z: a.sum() * z),
    Slip("c is forgotten", "c lifts the whole sum.", (" + c", ""), add=lambda c: 0),
    Slip("c is subtracted", "c lifts the whole sum.", (" + c", " - c"), add=np.negative),
    Slip("c is added for each hinge", "c lifts the whole sum, once.",
         (f"{SUM} + c", f"tf.reduce_sum(a * {RELU} + c, axis=1)"),
         each=True),
    Slip("only the first hinge is there", EACH, over=lambda parts: parts[:, 0]),
    Slip("only the last hinge is there", EACH, over=lambda parts: parts[:, -1]),
    *(
        Slip(f"it is bent by {name}, and not by `relu`", "relu(z) is z above 0, and 0 below it.",
             (RELU, code.format(LINE)), bend=bend)
        for name, code, bend in (
            ("relu, and cut off at 1", "tf.clip_by_value({}, 0.0, 1.0)", lambda z: np.clip(z, 0, 1)),
            ("relu6", "tf.nn.relu6({})", lambda z: np.clip(z, 0, 6)),
            ("gelu", "tf.nn.gelu({})", lambda z: z * (1 + np.vectorize(math.erf)(z / 2**0.5)) / 2),
            ("elu", "tf.nn.elu({})", lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0)))),
            ("silu", "tf.nn.silu({})", lambda z: z / (1 + np.exp(-z))),
            ("sigmoid", "tf.nn.sigmoid({})", lambda z: 1 / (1 + np.exp(-z))),
            ("tanh", "tf.tanh({})", np.tanh),
            ("softplus", "tf.nn.softplus({})", lambda z: np.log1p(np.exp(z))),
            ("abs", "abs({})", np.abs),
            ("a step from 0 to 1", "tf.cast({} > 0, tf.float32)", lambda z: 1.0 * (z > 0)),
            ("leaky_relu", "tf.nn.leaky_relu({})", lambda z: np.where(z > 0, z, 0.2 * z)),
        )
    ),
    *(Slip("below 0, a part of each line is left", NONE, bend=lambda z, k=k: np.where(z > 0, z, k * z))
      for k in (0.01, 0.1, 0.3)),
    Slip("`relu` is around x alone", EACH, (RELU, "(w * tf.nn.relu(x[:, None]) + b)"), bend=np.positive,
         times=lambda w, x: w * _relu(x)),
    Slip("c is inside `relu`, in each hinge", "c lifts the whole sum, once.",
         (f"{SUM} + c", f"tf.reduce_sum(a * tf.nn.relu({LINE} + c), axis=1)"), add=lambda c: 0, lifted=True),
    Slip("b is forgotten", EACH, (LINE, "w * x[:, None]"), inside=np.zeros_like),
    Slip("b is subtracted", EACH, (LINE, "w * x[:, None] - b"), inside=np.negative),
    Slip("b is added outside of `relu`", EACH, (RELU, "(tf.nn.relu(w * x[:, None]) + b)"), inside=np.zeros_like,
         after=np.add),
    Slip("w and x are added", EACH, ("w * x", "w + x"), times=np.add),
    Slip("the hinges are multiplied, and not added up", EACH, ("reduce_sum", "reduce_prod"),
         over=lambda parts: parts.prod(axis=1)),
    Slip("the mean of the hinges is taken, not their sum", EACH, ("reduce_sum", "reduce_mean"),
         over=lambda parts: parts.mean(axis=1)),
    Slip("only the highest hinge counts", EACH, ("reduce_sum", "reduce_max"), over=lambda parts: parts.max(axis=1)),
    Slip("the examples are added up, too", "One number for each x: `axis=1` adds the hinges only.", (", axis=1", ""),
         over=np.sum),
    Slip("the examples are added up, not the hinges", "x runs down, the hinges across: `axis=1`.",
         ("axis=1", "axis=0"), over=lambda parts: parts.sum(axis=0)),
    Slip("the lines are folded up, not cut off", "relu(z) is 0 below 0.", ("tf.nn.relu", "tf.abs"), bend=np.abs),
    Slip("the hinges bend the other way", "relu(z) is z above 0.", (RELU, f"tf.minimum({LINE}, 0.0)"),
         bend=lambda z: np.minimum(z, 0)),
]
# fmt: on
WRONG = [
    ("no slope reaches w and b", (RELU, f"np.maximum({LINE}, 0)")),
    ("stands after `return`", ("return ", "")),
    ("gives it to nobody", ("return ", "print("), ("+ c", "+ c)")),
]
RIGHT = [
    "answer = lambda x, w, b, a, c: tf.linalg.matvec(tf.nn.relu(tf.tensordot(x, w, 0) + b), a) + c",
    "answer = lambda x, w, b, a, c: c + sum(a[k] * tf.maximum(w[k] * x + b[k], 0.0) for k in range(len(w)))",
    """
def answer(x, w, b, a, c):
    height = c * tf.ones_like(x)
    for w_k, b_k, a_k in zip(w, b, a):
        height += a_k * tf.nn.relu(w_k * x + b_k)
    return height
""",
]


@exercise(
    "hinges(x, w, b, a, c)",
    "Each bends alone, then all add up. With enough of them the sum follows any curve.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def hinges(answer, draw):
    """hinges(x, w, b, a, c) returns the sum of a·relu(w·x + b), and c, at each x: w, b, a of shape (units,)."""
    cases = [
        {"x": draw.several(examples), "w": draw.several(units), "b": draw.several(units), "a": draw.several(units)}
        | {"c": draw.signed(0.4, 1.6)}
        for examples, units in ((6, 3), (5, 4), (7, 2))
    ]
    compare(answer, cases, _sum, SLIPS, Words(_given), formulas=[FORMULA])
    given = {name: tf.constant(value) for name, value in cases[0].items()}
    tape = tf.GradientTape(persistent=True)
    heights = answer(*given.values(), tape=tape)
    slopes_reach(heights, tape, {name: given[name] for name in "wba"})


def _given(case):
    return f"{len(case['w'])} hinges and {len(case['x'])} examples"
