"""Inputs for a learner's code, drawn anew at each check, so that no constant is right by luck."""

import numpy as np


class Draw:
    """Numbers that are no special case: not whole, not alike, of few digits. seed: to draw the same ones again."""

    def __init__(self, seed=None):
        self._generator = np.random.default_rng(seed)

    def number(self, low, high):
        """Return a float between low and high, with two decimals of which the last is not 0 or 5."""
        return float(self._generator.choice(_grid(low, high)))

    def signed(self, low, high):
        """Return a number between low and high, or between −high and −low."""
        return float(self._generator.choice([-1, 1])) * self.number(low, high)

    def whole(self, low, high):
        """Return a whole number from low to high."""
        return int(self._generator.integers(low, high + 1))

    def several(self, count, low=0.3, high=4.0):
        """Return a float32 array of shape (count,), different ones as far as there are; half of them below 0."""
        grid = _grid(low, high)
        sizes = self._generator.choice(grid, count, replace=count > len(grid))
        signs = np.resize(self._generator.permutation([-1, 1]), count)
        return (sizes * signs).astype(np.float32)

    def line(self, count):
        """Return a line and points that it misses on both sides: a dict of x, y, w, b.

        x, y: float32 arrays of shape (count,), x not centred at 0. w, b: floats; y lies along another line.
        """
        x = self.several(count, 0.2, 2.0)
        while abs(np.mean(x)) < 0.25:
            x += np.float32(self.number(0.3, 0.6))
        y = self.number(1.5, 3.5) * x + self.signed(1.0, 3.0) + self.several(count, 0.1, 1.0)
        w, b = self.signed(1, 5), self.signed(0.5, 4)
        while not np.min(y - w * x - b) < -0.1 < 0.1 < np.max(y - w * x - b):
            w, b = self.signed(1, 5), self.signed(0.5, 4)
        return {"x": x, "y": y, "w": w, "b": b}


def _grid(low, high):
    """Return the numbers from low to high with two decimals of which the last is not 0 or 5."""
    hundredths = np.arange(round(100 * low), round(100 * high) + 1)
    return hundredths[hundredths % 5 > 0] / 100
