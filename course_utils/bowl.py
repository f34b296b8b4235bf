"""What is known in closed form about the loss of a line.

The mean squared error of w·x + b is a quadratic function of p = (w, b): a bowl. With the best fit p*, its loss
L* and the curvature H, L(p) = L* + ½·(p − p*)ᵀ·H·(p − p*), and a step of gradient descent multiplies the error
p − p* by (I − rate·H): along each direction of the bowl, an eigenvector of H with the eigenvalue λ, by the factor
1 − rate·λ (Goodfellow, Bengio and Courville, "Deep Learning", 2016, sections 4.3.1 and 8.2.1).
"""

import numpy as np

from .inputs import examples


def best_fit(x, y):
    """Return (w, b, loss), floats, of the line of least squares. Where x takes one value only, the shortest (w, b).

    x, y: numbers of one shape. Raises ValueError if they differ in shape, are empty or not finite, TypeError if
    they are no numbers.
    """
    x, y = (values.numpy().astype(float).ravel() for values in examples(x, y))
    x_mean, y_mean = x.mean(), y.mean()
    if np.ptp(x):
        w = np.sum((x - x_mean) * (y - y_mean)) / np.sum((x - x_mean) ** 2)  # exact, however far x is from 0
    else:
        w = x[0] * y_mean / (x[0] ** 2 + 1)  # the shortest (w, b) with w·x + b = the mean of y
    return float(w), float(y_mean - w * x_mean), float(np.mean((y - y_mean - w * (x - x_mean)) ** 2))


def curvature(x):
    """Return the second derivatives of the loss by (w, b): a float array H of shape (2, 2), the same everywhere."""
    x = np.asarray(examples(x, x)[0], float)
    return 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])


def largest_stable_learning_rate(x):
    """Return 2/λmax, λmax the larger eigenvalue of the curvature: gradient descent shrinks every error below it."""
    return float(2 / np.linalg.eigvalsh(curvature(x))[-1])


class Bowl:
    """The bowl of one data set.

    best: (w, b) of the best fit, shape (2,). floor: its loss. hessian: the curvature H, shape (2, 2).
    curvatures: the eigenvalues of H, the flattest first, shape (2,). directions: their unit vectors, as columns.
    steepest: the larger eigenvalue, λmax. All floats.
    """

    def __init__(self, x, y):
        w, b, self.floor = best_fit(x, y)
        self.best = np.array([w, b])
        self.hessian = curvature(x)
        self.curvatures, self.directions = np.linalg.eigh(self.hessian)
        self.steepest = float(self.curvatures[-1])

    @property
    def is_valley(self):
        """Whether x takes one value only, so that all (w, b) on a line fit best: along the flattest direction."""
        return bool(self.curvatures[0] <= 1e-10 * self.steepest)

    def loss(self, w, b):
        """Return the mean squared error at w and b: floats or arrays of one shape."""
        dw, db = np.asarray(w, float) - self.best[0], np.asarray(b, float) - self.best[1]
        (hww, hwb), (_, hbb) = self.hessian
        return self.floor + (hww * dw * dw + 2 * hwb * dw * db + hbb * db * db) / 2

    def errors(self, w, b):
        """Return how far (w, b) is from the best fit along each direction, the flattest first.

        w, b: arrays of shape (n,). Returns floats of shape (n, 2). Where one x leaves a whole valley of best fits,
        there is no error along it.
        """
        errors = (np.stack([w, b], axis=-1).astype(float) - self.best) @ self.directions
        return errors * (self.curvatures > 1e-10 * self.steepest)

    def distance(self, w, b):
        """Return how far (w, b) is from the best fit, in units of the parameters."""
        return float(np.hypot(w - self.best[0], b - self.best[1]))

    def holds_for(self, w, b, loss):
        """Return whether the losses of a run, measured at w and b, are those of this bowl: for each epoch, up to there.

        w, b, loss: arrays of shape (n,), finite or not. Returns bools of shape (n,).
        """
        with np.errstate(over="ignore", invalid="ignore"):
            off = np.abs(self.loss(w, b) - np.asarray(loss, float))
            right = (off <= 0.02 * np.abs(loss) + 1e-4 * (1 + self.floor)) | ~np.isfinite(off)
        return np.logical_and.accumulate(right)

    def step_multiples(self, w, b, learning_rate):
        """Return m where every move of a run is m times the step of gradient descent: for each epoch, up to there.

        w, b: arrays of shape (epochs + 1,). Returns floats of the same shape, nan where there is no such m, or no move
        that can be told from rounding. m is 1 for gradient descent, −1 for a wrong sign, n for a sum of n losses.
        """
        points = np.stack([w, b], axis=1).astype(float)
        multiples = np.full(len(points), np.nan)
        points = points[np.logical_and.accumulate(np.all(np.abs(points) < 1e18, axis=1))]  # beyond, losses overflow
        if len(points) < 2:
            return multiples
        moves, steps = np.diff(points, axis=0), -learning_rate * (points[:-1] - self.best) @ self.hessian
        rounding = 3e-6 * (1 + np.sqrt(self.floor) + np.abs(points[:-1]).max(axis=1))
        lengths = np.linalg.norm(moves, axis=1)
        first = int(np.argmax(lengths > 500 * rounding))  # the first that is long enough to measure m
        size = steps[first] @ steps[first]
        if lengths[first] <= 500 * rounding[first] or not size:
            return multiples
        multiple = moves[first] @ steps[first] / size
        off = np.linalg.norm(moves - multiple * steps, axis=1)
        straight = np.logical_and.accumulate(off <= 3e-3 * lengths + rounding)
        multiples[1 : len(points)] = np.where(straight, multiple, np.nan)
        multiples[len(points) :] = multiples[len(points) - 1]
        multiples[: first + 1] = np.nan
        return multiples

    def step_multiple(self, w, b, learning_rate):
        """Return the last of `step_multiples`, of the whole run: a float, or None."""
        multiple = self.step_multiples(w, b, learning_rate)[-1]
        return float(multiple) if np.isfinite(multiple) else None
