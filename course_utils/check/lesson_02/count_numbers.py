"""How many numbers a model learns."""

import math

import numpy as np
import tensorflow as tf

from ..evidence import Words
from ..exercise import exercise
from ..slips import Slip, compare
from ..values import listed


def _count(
    model, *, of=lambda model: model.trainable_variables, each=lambda variable: variable.numpy().size, over=np.sum
):
    """Return how many numbers a model learns, or what becomes of that by slips."""
    return over([each(variable) for variable in of(model)])


SIZE = "tf.size(variable).numpy()"
EACH = "in model.trainable_variables"
SUM = f"sum({SIZE} for variable {EACH})"
LOOK = "`tf.size(variable)` says how many numbers a Variable holds."
ALL = "Add up those of all trainable Variables."
# fmt: off
SLIPS = [
    Slip("Variables are counted, and not the numbers in them", LOOK, (SUM, "len(model.trainable_variables)"),
         each=lambda v: 1),
    Slip("those that are not trainable are counted, too", "Ask for `model.trainable_variables`.",
         ("model.trainable_variables", "model.variables"), of=lambda m: m.variables),
    Slip("only those that are not trainable are counted", "Ask for `model.trainable_variables`.",
         (EACH, "in model.variables if not variable.trainable"),
         of=lambda m: [v for v in m.variables if not v.trainable]),
    Slip("bytes are counted, four for each number", LOOK, (SIZE, "variable.numpy().nbytes"),
         each=lambda v: v.numpy().nbytes),
    Slip("their values are added up, and not counted", LOOK, (SIZE, "tf.reduce_sum(variable).numpy()"),
         each=lambda v: np.sum(v.numpy())),
    Slip("only the first Variable is counted", ALL, (EACH, f"{EACH}[:1]"),
         of=lambda m: m.trainable_variables[:1]),
    Slip("only the last Variable is counted", ALL, (EACH, f"{EACH}[-1:]"),
         of=lambda m: m.trainable_variables[-1:]),
    Slip("only `w` and `b` are counted, and a model may hold more", ALL,
         (EACH, "in [model.w, model.b]"), of=lambda m: [m.w, m.b]),
    Slip("the sides of each shape are added, and not multiplied", LOOK, (SIZE, "sum(variable.shape)"),
         each=lambda v: sum(v.shape)),
    Slip("the sides of each shape are added, and not multiplied", LOOK, each=lambda v: sum(v.shape) or 1),
    Slip("only the first side of each shape is counted", LOOK, each=lambda v: [*v.shape, 1][0]),
    Slip("only the first side of each shape is counted", LOOK, (SIZE, "variable.shape[0]"), each=lambda v: v.shape[0]),
    Slip("only the last side of each shape is counted", LOOK, (SIZE, "variable.shape[-1]"), each=lambda v: v.shape[-1]),
    Slip("only the longest side of each shape is counted", LOOK, (SIZE, "max([1, *variable.shape])"),
         each=lambda v: max([1, *v.shape])),
    Slip("the dimensions are counted", LOOK, (SIZE, "len(variable.shape)"), each=lambda v: len(v.shape)),
    Slip("they are multiplied with each other", "Add them up.", (SUM, f"np.prod([{SUM[4:-1]}])"), over=np.prod),
    Slip("the largest Variable is counted alone", ALL, ("sum(", "max("), over=np.max),
    Slip("they are not added up", "One number is asked for.", (SUM, f"[{SUM[4:-1]}]"), over=np.asarray),
    Slip("Variables of one size are counted once", ALL, (SUM, f"sum({{{SUM[4:-1]}}})"),
         over=lambda sizes: sum(set(sizes))),
    Slip("the Variables of the module inside are not counted", ALL,
         of=lambda m: [v for v in vars(m).values() if getattr(v, "trainable", False)]),
    Slip("numbers that are 0 are not counted", LOOK, (SIZE, "tf.math.count_nonzero(variable).numpy()"),
         each=lambda v: np.count_nonzero(v.numpy())),
    Slip("one too many", "Begin with 0.", (SUM, f"1 + {SUM}"), then=lambda count: count + 1),
]
# fmt: on
WRONG = [
    ("never uses `model`", (SUM, "2")),
    ("gives it to nobody", (f"return {SUM}", f"print({SUM})")),
    ("stands after `return`", ("return ", "")),
    ("no `count_params`", (SUM, "model.count_params()")),
    ("no `parameters`", (SUM, "sum(variable.numel() for variable in model.parameters())")),
    ("is no function", ("model.trainable_variables", "model.trainable_variables()")),
    ("the first Variable", (SUM, "model.trainable_variables[0].numpy().size")),
    ("has no len()", (SIZE, "len(variable)")),
    ("Shapes of all inputs must match", (SUM, "tf.size(model.trainable_variables)")),
    (
        "only the first Variable",
        (f"return {SUM}", f"for variable in model.trainable_variables:\n        return {SIZE}"),
    ),
]
RIGHT = [
    "answer = lambda model: sum(variable.numpy().size for variable in model.trainable_variables)",
    "answer = lambda model: sum(np.prod(v.shape) for v in model.trainable_variables)",
    "answer = lambda model: tf.add_n([tf.size(v) for v in model.trainable_variables])",
    """
def answer(model):
    total = 0
    for variable in model.trainable_variables:
        total += tf.size(variable)
    return total
""",
]


@exercise(
    "count_numbers(model)",
    "Your line has 2. People call them the parameters of a model; large models have billions.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def count_numbers(answer, draw):
    """count_numbers(model) returns how many numbers the trainable Variables of a tf.Module hold."""
    cases = [{"model": _model(draw, single)} for single in (False, True, True)]
    compare(answer, cases, _count, SLIPS, Words(_described))


class _Model(tf.Module):
    """A model of which only the Variables count."""

    def __call__(self, x):
        return x


def _model(draw, single):
    """Return a model with w and b, a model inside, and two Variables that are not trainable.

    single: whether it has a Variable of one number, too, which has no sides to count.
    """
    sides = draw.whole(3, 4), draw.whole(5, 7), draw.whole(8, 9)
    model, inner = _Model(), tf.Module()
    for owner, name, shape in (
        (model, "w", sides[:2]),
        (model, "b", sides[1:2]),
        (inner, "w", sides[2:]),
        (inner, "b", sides[2:]),
    ):
        setattr(owner, name, tf.Variable(draw.several(math.prod(shape)).reshape(shape)))
    model.b.assign(0 * model.b)  # which counts, too
    if single:
        model.scale = tf.Variable(draw.number(1, 3))
    model.inner, model.steps = inner, tf.Variable([0] * draw.whole(10, 12), trainable=False)
    model.seen = tf.Variable([0] * draw.whole(13, 15), trainable=False)
    return model


def _described(case):
    """Return the shapes of a model in words."""
    shapes = [str(tuple(variable.shape)) for variable in case["model"].trainable_variables]
    return f"a model with trainable Variables of the shapes {listed(shapes)}, and two that are not trainable"
