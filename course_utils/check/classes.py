"""What the classes of a line must do, made with tf.Module or with Keras: be called, compute, and learn."""

import difflib

import numpy as np
import tensorflow as tf

from .formulas import Formula
from .reading import of_a_library
from .result import Mistake
from .slips import Slip, compare
from .tapes import slopes_reach

# fmt: off
F = "f(x) = w·x + b."
EACH = "There is one prediction for each x."
LINE = [
    Slip("b is forgotten", F, (" + self.b", ""), height=lambda b: 0 * b),
    Slip("b is subtracted", F, (" + self.b", " - self.b"), height=np.negative),
    Slip("w is forgotten", F, ("self.w * x", "x"), product=lambda w, x: x),
    Slip("w and x are added", "w multiplies x.", ("self.w * x", "self.w + x"), product=np.add),
    Slip("x is divided by w", "w multiplies x.", ("self.w * x", "x / self.w"), product=lambda w, x: x / w),
    Slip("w is divided by x", "w multiplies x.", ("self.w * x", "self.w / x"), product=np.divide),
    Slip("x is squared", F, ("self.w * x", "self.w * x**2"), product=lambda w, x: w * x * x),
    Slip("w has the wrong sign", F, ("return self", "return -self"), product=lambda w, x: -w * x),
    Slip("w and b are swapped", "w multiplies x, b is added.", ("self.w * x + self.b", "self.b * x + self.w"),
         order=lambda w, b: (b, w)),
    Slip("b is added too early", "Multiply first, then add b.", ("x + self.b", "(x + self.b)"), early=True),
    Slip("the predictions are summed up", EACH, ("self.w * x + self.b", "tf.reduce_sum(self.w * x + self.b)"),
         then=np.sum),
    Slip("the predictions are averaged", EACH, ("self.w * x + self.b", "tf.reduce_mean(self.w * x + self.b)"),
         then=np.mean),
]
# fmt: on


FORMULA = Formula("y = w * x + b")


def line(w, b, x, *, product=np.multiply, height=np.positive, order=lambda w, b: (w, b), early=False):
    """Return w·x + b, or what becomes of it by slips."""
    w, b = order(w, b)
    return product(w, x + height(b)) if early else product(w, x) + height(b)


def methods_are_spelt(cls, *wanted):
    """Raise Mistake where a class lacks a method that it needs. Nearly the right name is told as that."""
    for meant in wanted:
        if any(meant in vars(base) for base in cls.__mro__ if not of_a_library(base)):
            continue
        bare = {name: name.strip("_") for name in vars(cls) if callable(vars(cls)[name])}
        near = [name for name in bare if difflib.SequenceMatcher(None, bare[name], meant.strip("_")).ratio() > 0.8]
        called = f", and `{near[0]}` is another name" if near else ""
        dashes = ". There are two underscores on each side" if meant.startswith("__") else ""
        raise Mistake(f"the class has no method `{meant}`{called}{dashes}.")


def computes_a_line(answer, model, w, b, draw):
    """Raise Mistake unless a model computes w·x + b from its two Variables, whatever they hold, and both can learn.

    w, b: the Variables; both get new values.
    """

    def attempt(x, **values):
        w.assign(values["w"])
        b.assign(values["b"])
        return answer.as_numbers(answer.run(model, tf.constant(x)), "called with x, it returns")

    xs = draw.several(3), draw.several(4)[:, None], np.float32(draw.signed(1, 4))
    cases = [{"w": draw.signed(2, 4), "b": draw.signed(0.4, 1.6), "x": np.asarray(x)} for x in xs]
    compare(answer, cases, line, LINE, "w = {w}, b = {b} and x = {x}", attempt, formulas=[FORMULA], sized=("w", "b"))
    tape = tf.GradientTape(persistent=True)
    y = answer.run(model, tf.constant(xs[0]), tape=tape)
    slopes_reach(y, tape, {"w": w, "b": b})
