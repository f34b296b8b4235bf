"""Data along a line, and the checks of what a learner hands in."""

import math
import numbers
from dataclasses import dataclass

import numpy as np
import tensorflow as tf


@dataclass(frozen=True, eq=False)
class LineData:
    """Examples along a noisy line.

    x, y: float32 tensors of shape (examples,).
    true_w, true_b: the slope and the intercept that made y.
    noise: standard deviation of what was added to y, in units of y.
    """

    x: tf.Tensor
    y: tf.Tensor
    true_w: float
    true_b: float
    noise: float

    def __repr__(self):
        return f"LineData: {len(self.x)} examples of y = {self.true_w:g}·x + {self.true_b:g}, noise {self.noise:g}"


def make_line_data(w=3.0, b=2.0, *, examples=1000, noise=1.0, spacing="normal", seed=0):
    """Draw `LineData` along y = w·x + b; the same seed gives the same data.

    spacing: "normal" draws x from N(0, 1); "even" spreads x over [-2, 2].
    Raises ValueError or TypeError for w or b that are not finite, examples that are not a whole number of at
    least 1, noise below 0, an unknown spacing, or a seed that is not a whole number of at least 0.
    """
    w, b = finite_number("w", w), finite_number("b", b)
    examples = whole_number("examples", examples, minimum=1)
    noise = finite_number("noise", noise, minimum=0)
    if spacing not in ("normal", "even"):
        raise ValueError(f'spacing must be "normal" or "even", got {spacing!r}')
    generator = np.random.default_rng(whole_number("seed", seed, minimum=0))
    x = generator.normal(size=examples) if spacing == "normal" else np.linspace(-2, 2, examples)
    y = w * x + b + noise * generator.normal(size=examples)
    return LineData(tf.constant(x, tf.float32), tf.constant(y, tf.float32), w, b, noise)


def finite_number(name, value, *, minimum=None, above=None):
    """Return value as a float; raise TypeError or ValueError that names it, the value and what is allowed."""
    allowed = "a finite number"
    allowed += f" of at least {minimum}" if minimum is not None else f" above {above}" if above is not None else ""
    try:
        if isinstance(value, (str, bytes, bool)):
            raise TypeError
        number = float(value)
    except OverflowError:
        number = math.inf  # a whole number of more than 308 digits
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be {allowed}, got {value!r}") from None
    too_small = (minimum is not None and number < minimum) or (above is not None and number <= above)
    if not math.isfinite(number) or too_small:
        raise ValueError(f"{name} must be {allowed}, got {value!r}")
    return number


def whole_number(name, value, *, minimum):
    """Return value as an int; raise TypeError or ValueError that names it, the value and what is allowed."""
    allowed = f"a whole number of at least {minimum}"
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be {allowed}, got {value!r}")
    if not isinstance(value, numbers.Integral) or value < minimum:
        raise ValueError(f"{name} must be {allowed}, got {value!r}")
    return int(value)


def examples(x, y):
    """Return x and y as float32 tensors of one shape; raise ValueError if they differ, are empty or not finite.

    Raises TypeError if they are no numbers at all.
    """
    x, y = _float32("x", x), _float32("y", y)
    if x.shape != y.shape:
        raise ValueError(f"x and y must have the same shape, got {x.shape} and {y.shape}")
    if tf.size(x) == 0:
        raise ValueError(f"x and y must hold at least one example, got shape {x.shape}")
    for name, values in (("x", x), ("y", y)):
        wrong = ~np.isfinite(values.numpy())
        if wrong.any():
            first = values.numpy()[wrong][0]
            raise ValueError(f"{name} must be finite, got {first} in {wrong.sum()} of {wrong.size} places")
    return x, y


def _float32(name, values):
    try:
        return tf.cast(values, tf.float32)
    except (TypeError, ValueError, tf.errors.OpError):
        raise TypeError(f"{name} must be numbers of one shape, got {type(values).__name__}") from None
