"""Data along a line: made, or measured."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import tensorflow as tf

from .inputs import examples as checked_examples
from .inputs import finite_number, whole_number

LARGEST = 1e18  # of x and y: sums of their squares are finite in float32
PENGUINS = Path(__file__).parent / "real_data" / "penguins.csv"  # where it is from stands beside it


@dataclass(frozen=True, eq=False)
class LineData:
    """Examples along a noisy line.

    x, y: float32 tensors of shape (examples,).
    true_w, true_b: the slope and the intercept that made y; None where nobody knows them.
    noise: standard deviation of what was added to y, in units of y; None where nobody knows it.
    x_name, y_name: what x and y are, with their units, as pictures name their axes.
    """

    x: tf.Tensor
    y: tf.Tensor
    true_w: float | None
    true_b: float | None
    noise: float | None
    x_name: str = "x"
    y_name: str = "y"

    def __repr__(self):
        count = f"LineData: {len(self.x)} example{'' if len(self.x) == 1 else 's'}"
        if self.true_w is None:
            return f"{count} of {self.y_name} against {self.x_name}"
        return f"{count} of y = {self.true_w:g}·x + {self.true_b:g}, noise {self.noise:g}"


def line_data(data):
    """Return the LineData that a plot or a playground was handed, with x and y as float32 tensors.

    data: has x and y, numbers of one shape; a LineData, or a table with columns of these names.
    Raises TypeError where x or y is missing or holds no numbers; ValueError where they differ in shape, are empty, not
    finite, or larger than LARGEST.
    """
    if not (hasattr(data, "x") and hasattr(data, "y")):
        pair = isinstance(data, tuple | list) and len(data) == 2
        hint = ": LineData(x, y, None, None, None) makes one" if pair else ""
        hint = ": first the data, then the model" if hasattr(data, "w") else hint
        raise TypeError(f"data must be a LineData, with x and y, got {type(data).__name__}{hint}")
    x, y = checked_examples(data.x, data.y)
    for name, values in (("x", x), ("y", y)):
        if (largest := float(np.abs(values).max())) > LARGEST:
            raise ValueError(f"{name} must be small enough for squares in float32, got {largest:.3g}")
    return replace(data, x=x, y=y) if isinstance(data, LineData) else LineData(x, y, None, None, None)


def make_line_data(w=3.0, b=2.0, *, examples=1000, noise=1.0, spacing="normal", seed=0):
    """Draw `LineData` along y = w·x + b; the same seed gives the same data.

    Built in lesson 03, 'Data whose truth you know', by hand.
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


def penguins():
    """Return `LineData` of 342 penguins: x is the length of the flipper in mm, y the body mass in g, both float32.

    The two penguins of PENGUINS without these numbers are left out; nobody knows a true line.
    Source: Palmer Station, Antarctica LTER, in "palmerpenguins" of Horst, Hill and Gorman (2020), CC0 1.0.
    """
    with PENGUINS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [(row["flipper_length_mm"], row["body_mass_g"]) for row in rows]
    x, y = np.array([pair for pair in pairs if "NA" not in pair], np.float32).T
    return LineData(tf.constant(x), tf.constant(y), None, None, None, "flipper length (mm)", "body mass (g)")


def standardise(values: tf.Tensor) -> tf.Tensor:
    """Return the values with mean 0 and standard deviation 1.

    Built in lesson 06, 'From ravine to bowl'.
    values: float32, any shape, not all equal. Returns float32 of the same shape, without a unit.
    """
    return (values - tf.reduce_mean(values)) / tf.math.reduce_std(values)
