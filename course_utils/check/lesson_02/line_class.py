"""The line as a tf.Module."""

import tensorflow as tf

from ..classes import LINE, computes_a_line, methods_are_spelt
from ..exercise import exercise
from ..result import Mistake
from ..values import close, described, listed, short

W, B = "tf.Variable(w)", "tf.Variable(b)"
WRONG = [
    ("not a class", "class Line: pass\nanswer = Line()"),
    ("not a tf.Module", ("(tf.Module)", "")),
    ("w is a plain number", (W, "w"), (B, "b")),
    ("1 trainable Variable instead of 2: b is a tensor", (B, "tf.constant(b)")),
    ("b is not trainable", (B, "tf.Variable(b, trainable=False)")),
    ("keeps nothing", ("self.w = ", "w = "), ("self.b = ", "b = ")),
    ("did you mean `self.w`", ("return self.w * x + self.b", "return w * x + b")),
    ("`self` is missing", ("def __init__(self, w, b)", "def __init__(w, b)")),
    ("no method `__call__`, and `call`", ("__call__", "call")),
    ("no method `__init__`, and `_init_`", ("def __init__", "def _init_")),
    ("no method `__init__`, and `__int__`", ("def __init__", "def __int__")),
    ("it returns None", ("return ", "")),
    ("it takes nothing", ("(self, w, b)", "(self)"), ("(w)", "(5.0)"), ("(b)", "(0.0)")),
    ("does not keep what it is given", ("(w)", "(5.0)"), ("(b)", "(0.0)")),
    ("has the shape (1,)", (W, "tf.Variable([w])")),
    ("holds whole numbers", (W, "tf.Variable(int(w))")),
    ("holds string", (W, "tf.Variable(str(w))")),
    ("no slope reaches w and b", ("return self.w * x + self.b", "return self.w.numpy() * x + self.b.numpy()")),
    ("no slope reaches w,", ("return self.w", "return float(self.w)")),
    ("no slope reaches w,", ("return self.w", "return tf.Variable(self.w)")),
    ("3 trainable Variables", ("self.w =", "self.c = tf.Variable(1.0)\n        self.w =")),
    ("w and b are swapped", ("(self, w, b)", "(self, b, w)")),
    ("super().__init__()` is missing", ("super().__init__()", "pass")),
    ("w and b are one and the same", ("tf.Variable(b)", "self.w")),
    ("w is a class and not made yet", (W, "tf.Variable")),
]


@exercise(
    "class MyLine(w, b)",
    "A model class with Variables that TensorFlow can find. That is all that training needs.",
    slips=LINE,
    wrong=WRONG,
)
def line_class(answer, draw):
    """A tf.Module class MyLine(w, b) that computes w·x + b from two Variables, whatever they are called."""
    methods_are_spelt(answer.value, "__init__", "__call__")
    if not issubclass(answer.value, tf.Module):
        raise Mistake("not a tf.Module. Write `class MyLine(tf.Module):`, then TensorFlow can list its Variables.")
    w, b = draw.signed(2, 4), draw.signed(0.4, 1.6)
    model = answer(w, b)
    if getattr(model, "name", None) is None:  # tf.Module sets it
        raise Mistake("`super().__init__()` is missing, the first line of `__init__`: it makes the tf.Module itself.")
    variables = answer.run(lambda: list(model.trainable_variables))
    if len(variables) != 2:
        plural = "s" * (len(variables) != 1)
        raise Mistake(f"it has {len(variables)} trainable Variable{plural} instead of 2{_why_not_two(model)}.")
    for variable in variables:
        if variable.shape != ():
            raise Mistake(f"a Variable has the shape {variable.shape}, not one number. Write `{W}`, without [ ].")
        if not variable.dtype.is_floating:
            kind = "whole numbers" if variable.dtype.is_integer else variable.dtype.name
            raise Mistake(f"a Variable holds {kind}, which has no slope. Keep the float that it is given.")
    computes_a_line(answer, model, *_holding(variables, w, b), draw)


def _holding(variables, w, b):
    """Return the Variable that holds w and the one that holds b; raise Mistake where there is none."""
    held = [[one for one in variables if close(one.numpy(), value)] for value in (w, b)]
    if not all(held):
        now = listed(short(float(one)) for one in variables)
        raise Mistake(f"it does not keep what it is given: made with ({w:g}, {b:g}), its Variables hold {now}.")
    return held[0][0], held[1][0]


def _why_not_two(model):
    """Return what the attributes of a model are, where they are no trainable Variables."""
    own = {name: value for name, value in vars(model).items() if not name.startswith("_")}
    if not own:
        return ". It keeps nothing: write `self.w = tf.Variable(w)`, with `self.`, in `__init__`"
    if "w" in own and own["w"] is own.get("b"):
        return ": w and b are one and the same"
    others = [
        f"{name} is {'not trainable' if hasattr(value, 'assign') else described(value)}"
        if not isinstance(value, type)
        else f"{name} is a class and not made yet: brackets behind its name make one"
        for name, value in own.items()
        if isinstance(value, type) or not getattr(value, "trainable", False)
    ]
    return f": {listed(others)}" if others else ""
