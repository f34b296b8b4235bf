"""What is known in closed form about the loss of a line.

The mean squared error of w·x + b is a quadratic function of p = (w, b): a bowl. With the best fit p*, its loss
L* and the curvature H, L(p) = L* + ½·(p − p*)ᵀ·H·(p − p*), and a step of gradient descent multiplies the error
p − p* by (I − rate·H) (Goodfellow, Bengio and Courville, "Deep Learning", 2016, sections 4.3.1 and 8.2.1).
"""

import numpy as np

from .inputs import examples


def best_fit(x, y):
    """Return (w, b, loss), floats, of the line of least squares. Where x takes one value only, the shortest (w, b).

    x, y: numbers of one shape. Raises ValueError if they differ in shape, are empty or not finite.
    """
    x, y = (values.numpy().astype(float).ravel() for values in examples(x, y))
    columns = np.stack([x, np.ones_like(x)], axis=1)
    w, b = np.linalg.lstsq(columns, y, rcond=None)[0]
    return float(w), float(b), float(np.mean((y - w * x - b) ** 2))


def curvature(x):
    """Return the second derivatives of the loss by (w, b): a float array H of shape (2, 2), the same everywhere."""
    x = np.asarray(examples(x, x)[0], float)
    return 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])


def largest_stable_learning_rate(x):
    """Return 2/λmax, λmax the larger eigenvalue of the curvature: gradient descent shrinks every error below it."""
    return float(2 / np.linalg.eigvalsh(curvature(x))[-1])


class Bowl:
    """The bowl of one data set: `best` is (w, b) of the best fit, `floor` its loss, `hessian` the curvature."""

    def __init__(self, x, y):
        w, b, self.floor = best_fit(x, y)
        self.best = np.array([w, b])
        self.hessian = curvature(x)
        self.steepest = float(np.linalg.eigvalsh(self.hessian)[-1])

    def loss(self, w, b):
        """Return the mean squared error at w and b: floats or arrays of one shape."""
        dw, db = np.asarray(w, float) - self.best[0], np.asarray(b, float) - self.best[1]
        (hww, hwb), (_, hbb) = self.hessian
        return self.floor + (hww * dw * dw + 2 * hwb * dw * db + hbb * db * db) / 2

    def distance(self, w, b):
        """Return how far (w, b) is from the best fit, in units of the parameters."""
        return float(np.hypot(w - self.best[0], b - self.best[1]))

    def step_multiple(self, w, b, learning_rate):
        """Return m where the first two moves of a run are m times the step of gradient descent, else None.

        w, b: arrays of shape (3,). It is 1 for gradient descent, −1 for a wrong sign, n for a sum of n losses.
        """
        points = np.stack([w, b], axis=1).astype(float)
        moves, steps = np.diff(points, axis=0), -learning_rate * (points[:-1] - self.best) @ self.hessian
        lengths = np.sum(steps**2, axis=1)
        if not np.all(np.isfinite(moves)) or not np.all(lengths > 1e-9):
            return None
        first, second = np.sum(moves * steps, axis=1) / lengths
        straight = np.allclose(moves, first * steps, rtol=1e-3, atol=1e-3 * np.sqrt(lengths[0]) * abs(first))
        return float(first) if straight and abs(second / first - 1) < 1e-3 else None
