"""The best model of a training, where it has a third Variable beside w and b."""

import numpy as np
import tensorflow as tf

from ...data import LineData
from ...model import LinearModel
from ..result import Mistake
from ..values import close


class _Curve(LinearModel):
    """A line and a curve, c·x² + w·x + b: a model with one more Variable."""

    def __init__(self, w, b, c):
        super().__init__(w, b)
        self.c = tf.Variable(c)

    def __call__(self, x):
        return self.c * x * x + super().__call__(x)


def any_variables(answer, case, bend):
    """Raise Mistake unless all Variables of a model are kept. Its step may move all, or w and b, as in lesson 4.

    case: a start and the examples. bend: what c begins with.
    """
    epochs = 12
    (x, y), (there, _) = case["training"], case["validation"]
    start = [case["w"], case["b"], bend]
    other = (_powers(there) @ _states(start, x, y, epochs)[4] + 0.01).astype(
        np.float32
    )  # so state 4 is the best, or near
    model = _Curve(*start)
    data = [LineData(*map(tf.constant, pair), None, None, None) for pair in ((x, y), (there, other))]
    loss = answer.as_numbers(answer(model, *data, epochs))
    got = np.array([model.w.numpy(), model.b.numpy(), model.c.numpy(), loss], float)
    right = [_best_curve(_states(start, x, y, epochs, moved), there, other) for moved in ((1, 1, 1), (1, 1, 0))]
    if any(close(got, one) for one in right):
        return
    if close(got[[0, 1, 3]], right[0][[0, 1, 3]]):
        raise Mistake(
            "it is right for a line, but only w and b are kept and put back. A model may hold more: loop over "
            "model.trainable_variables."
        )
    raise Mistake("it is right for a line, but not for a model that has a third Variable, c.")


def _powers(x):
    return np.stack([x, x**0, x * x], axis=1)


def _states(start, x, y, epochs, moved=(1, 1, 1)):
    """Return w, b and c of a curve after each epoch. moved: which of them learn."""
    states = [np.array(start)]
    for _ in range(epochs):
        r = y - _powers(x) @ states[-1]
        states.append(states[-1] + 0.1 * 2 * np.mean(_powers(x) * r[:, None], axis=0) * moved)
    return np.array(states[1:])


def _best_curve(states, there, other):
    """Return [w, b, c, the lowest loss] of the best state."""
    losses = [np.mean((other - _powers(there) @ state) ** 2) for state in states]
    return np.array([*states[np.argmin(losses)], min(losses)])
