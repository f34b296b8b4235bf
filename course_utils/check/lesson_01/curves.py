"""Curves to differentiate: each knows its own slope, in closed form, and says what it is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf


@dataclass(frozen=True, repr=False)
class Curve:
    """A function of one number, with its slope and the slope of its slope. Works on floats, tensors and Variables.

    What a learner's code is handed is `value`, a plain function that knows no slope.
    """

    words: str
    value: Callable
    slope: Callable
    bend: Callable

    def __call__(self, x):
        return self.value(x)

    def __repr__(self):
        return self.words


def parabola(a, c):
    """Return the curve a·(x − c)²."""
    words = f"{a:g}·(x {'−' if c > 0 else '+'} {abs(c):g})²"
    return Curve(words, lambda x: a * (x - c) ** 2, lambda x: 2 * a * (x - c), lambda x: 2 * a)


def cubic(a, c):
    """Return the curve a·x³ + c·x."""
    words = f"{a:g}·x³ {'+' if c > 0 else '−'} {abs(c):g}·x"
    return Curve(words, lambda x: a * x**3 + c * x, lambda x: 3 * a * x**2 + c, lambda x: 6 * a * x)


def wave(a):
    """Return the curve sin(a·x)."""
    return Curve(
        f"sin({a:g}·x)", lambda x: tf.sin(a * x), lambda x: a * np.cos(a * x), lambda x: -a * a * np.sin(a * x)
    )


def valley(a, c):
    """Return the curve a·√(1 + (x − c)²): its slope is never larger than a, so no walk on it flies off."""
    words = f"{a:g}·√(1 + (x {'−' if c > 0 else '+'} {abs(c):g})²)"
    root = lambda x: (1 + (x - c) ** 2) ** 0.5  # noqa: E731
    return Curve(words, lambda x: a * root(x), lambda x: a * (x - c) / root(x), lambda x: a / root(x) ** 3)
