"""What the playground of trained hinges draws: the model over its training data, each of its hinges, both losses."""

import numpy as np

from .. import picture
from ..drawing import ends_of, legend
from ..picture import label, new_figure, zoom
from .hinge_rows import CURVE, EPOCHS, LONGEST

VALIDATION = dict(color=picture.PURPLE, linestyle="--", linewidth=2)
TRAINING = dict(picture.LOSS)
POINTS = picture.DATA | dict(markersize=6, alpha=0.9)


class HingeView:
    """truth: LineData without noise. x: of the training data. ends: the least and the largest y that may be drawn.

    most: how many hinges there may be. span: the least and the largest loss to be drawn. axes: the three.
    where: {artist: where it is}, for the scene.
    """

    def __init__(self, truth, x, most, ends, span):
        self.x, order = np.asarray(x, float), np.argsort(truth.x)
        self.grid = np.linspace(*ends_of(truth.x), CURVE)
        self.figure, self.axes = new_figure(960, round(370 * zoom() ** 0.5), columns=3)
        model, parts, losses = self.axes
        model.plot(truth.x.numpy()[order], truth.y.numpy()[order], label="without noise", **picture.TRUTH)
        (self._data,) = model.plot([], [], label="training data", **POINTS)
        (self._curve,) = model.plot([], [], label="the model", **picture.PREDICTION)
        model.set(xlim=self.grid[[0, -1]], ylim=ends)
        label(model, "The model", truth.x_name, truth.y_name)
        looks = [picture.RUNS[k % len(picture.RUNS)] | dict(linewidth=1.5) for k in range(most)]
        self._hinges = [parts.plot([], [], **look)[0] for look in looks]
        parts.set(xlim=self.grid[[0, -1]], ylim=(-ends[1], ends[1]))
        label(parts, "Each of its hinges", truth.x_name, "a · relu(w·x + b)")
        losses.set_yscale("log")
        losses.set(xlim=(-0.02 * LONGEST, 1.03 * LONGEST), ylim=span)
        (self._train,) = losses.plot([], [], label="training loss", **TRAINING)
        (self._valid,) = losses.plot([], [], label="validation loss", **VALIDATION)
        self._now = [losses.plot([], [], **picture.NOW)[0] for _ in range(2)]
        label(losses, "Both losses", "epoch", "mean squared error")
        losses.grid(visible=False, axis="x")
        handles = [handle for ax in self.axes for handle in ax.get_legend_handles_labels()[0]]
        legend(self.figure, handles=handles, loc="outside lower center", ncols=6 if zoom() == 1 else 3)
        across = self.grid[[0, -1]].tolist()
        hinge = {"geometry": "hinges", "x": across, "w": "w", "b": "b", "a": "a"}
        self.where = {
            self._data: {"geometry": "curve", "x": self.x.tolist(), "y": "data"},
            self._curve: {"geometry": "curve", "x": self.grid.tolist(), "y": "curve"},
            self._train: {"geometry": "trace", "x": EPOCHS, "y": "train"},
            self._valid: {"geometry": "trace", "x": EPOCHS, "y": "valid"},
        }
        self.where |= {artist: hinge | {"only": k} for k, artist in enumerate(self._hinges)}
        self.where |= {
            dot: {"geometry": "dot", "x": "epochs", "y": y}
            for dot, y in zip(self._now, ("train", "valid"), strict=True)
        }

    def place(self, columns, entry):
        """Put a row, as it is at an entry, into the figure."""
        self._data.set_data(self.x, columns["data"][entry])
        self._curve.set_data(self.grid, columns["curve"][entry])
        fine = np.linspace(*self.grid[[0, -1]], 201)
        for k, hinge in enumerate(self._hinges):
            w, b, a = (columns[name][entry][k] for name in "wba")
            hinge.set_data(fine, a * np.maximum(w * fine + b, 0))
        for line, dot, name in zip((self._train, self._valid), self._now, ("train", "valid"), strict=True):
            line.set_data(EPOCHS[: entry + 1], columns[name][: entry + 1])
            dot.set_data([EPOCHS[entry]], [columns[name][entry]])
