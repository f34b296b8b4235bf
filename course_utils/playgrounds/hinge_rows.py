"""Training runs of models made of hinges as rows for the browser: every EVERY epochs all that is drawn."""

import numpy as np
import tensorflow as tf

from ..engine import Engine

LONGEST, EVERY = 1000, 25  # epochs of a run, and from one that is drawn to the next
EPOCHS = list(range(0, LONGEST + 1, EVERY))
SURE = 40  # epochs in which a compiled run is compared with an eager one
CURVE = 41  # points of the curve of a model
FAR = -1e9  # the height of a hinge that is not there


class Recorded(tf.Module):
    """A model as an Engine wants it: with a scalar w and b, which nobody moves; at `grid` it says all that is drawn.

    model: has the Variables w, b, a of shape (units,) and a scalar c. x: float32, where its predictions are wanted.
    grid: the very tensor that the Engine gets; its values do not matter.
    """

    def __init__(self, model, x, grid):
        super().__init__()
        self.model, self.at, self.grid = model, x, grid
        self.w, self.b = tf.Variable(0.0), tf.Variable(0.0)

    def __call__(self, x):
        if x is not self.grid:
            return self.model(x)
        parts = [self.model.w, self.model.b, self.model.a, self.model.c, self.model(self.at)]
        told = tf.concat([tf.reshape(part, [-1]) for part in parts], axis=0)
        if told.shape != self.grid.shape:
            raise ValueError("w, b and a must stay as long as they were, and the model must say one number for each x")
        return told


class Step:
    """A learner's step on y of some noise: what an Engine hands on as its learning rate is the place of that noise."""

    def __init__(self, step, noisy, rate):
        self.__wrapped__, self.noisy, self.rate = step, noisy, rate

    def __call__(self, recorded, x, y, noise):
        return self.__wrapped__(recorded.model, x, tf.gather(self.noisy, tf.cast(noise, tf.int32)), self.rate)


class HingeRuns:
    """Runs of one model on training data of several noises.

    model: starts each run from what its Variables hold now. training, validation: lists of LineData, one a noise, each
    with the same x. step, rate: a learner's step, and the learning rate that it is given. grid: x of the curve.
    of_hinges: whether its predictions are a · relu(w·x + b), added up, and c.
    """

    def __init__(self, model, training, validation, step, rate, grid):
        self.units = int(model.w.shape[0])
        self._training = [np.asarray(data.y, float) for data in training]
        self._validation = [np.asarray(data.y, float) for data in validation]
        self._sizes = np.cumsum([self.units] * 3 + [1, len(training[0].x), len(validation[0].x), len(grid)])
        at = tf.concat([training[0].x, validation[0].x, tf.constant(grid, tf.float32)], axis=0)
        spots, noisy = tf.zeros(int(self._sizes[-1])), tf.stack([data.y for data in training])
        recorded = Recorded(model, at, spots)
        self.engine = Engine(recorded, training[0].x, training[0].y, Step(step, noisy, rate), spots)
        run = self.engine.run(0, SURE)
        self.engine.compile(run)
        self.of_hinges = self._adds_up(run, np.asarray(at, float))

    def _adds_up(self, run, x):
        w, b, a, c, *said = self._parts(run.curves.astype(float)[np.isfinite(run.curves).all(axis=1)])
        ours = np.sum(a[:, None] * np.maximum(w[:, None] * x[:, None] + b[:, None], 0), axis=-1) + c
        return np.allclose(
            np.concatenate(said, axis=1), ours, rtol=1e-3, atol=1e-3 * max(1.0, np.abs(ours).max(initial=0))
        )

    def _parts(self, states):
        """Return w, b, a, c, and what the model says of the training data, the others, and the grid, a row a state."""
        return np.split(states, self._sizes[:-1], axis=1)

    def columns(self, run, noise, most):
        """Return the columns of a row: a dict of name to a list, an entry for each of EPOCHS. A run that ended stays.

        run: a Run of `engine`. noise: its place. most: for so many hinges there is room; those that are not there lie
        far below all pictures.
        """
        states = run.curves.astype(float)
        last = np.flatnonzero(np.isfinite(states).all(axis=1))[-1]
        w, b, a, _, trained, validated, curve = self._parts(states[np.minimum(EPOCHS, last)])
        if not self.of_hinges:
            w, b, a = 0 * w, 0 * b + 1, 0 * a + FAR
        pairs = (trained, self._training[noise]), (validated, self._validation[noise])
        train, valid = (np.mean((predicted - y) ** 2, axis=1) for predicted, y in pairs)
        best, every = int(np.argmin(valid)), np.ones(len(EPOCHS))
        room = [(0, 0), (0, most - self.units)]
        padded = zip(("w", "b", "a"), (w, b, a), (0, 1, FAR), strict=True)
        shown = {name: np.pad(part, room, constant_values=fill) for name, part, fill in padded}
        shown |= {"curve": curve, "data": every[:, None] * self._training[noise]}
        shown |= {"train": train, "valid": valid, "lowest": valid[best] * every, "when": EPOCHS[best] * every}
        ended = f" The run ends after epoch {last}: the next loss is no finite number." if last < LONGEST else ""
        return {"ended": [ended] * len(EPOCHS)} | {name: part.tolist() for name, part in shown.items()}


def kinds_of(most, examples):
    """Return what `pack` wants to know of these columns."""
    wide = {"w": most, "b": most, "a": most, "curve": CURVE, "data": examples}
    single = ("train", "valid", "lowest", "when")
    numbers = [[name, "number", width] for name, width in wide.items()] + [[name, "number"] for name in single]
    return [["ended", "text"], *numbers]
