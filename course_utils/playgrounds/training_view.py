"""What the training playground draws: the line over its data, its path in the bowl, the loss over the epochs."""

import numpy as np

from .. import picture
from ..drawing import draw_bowl, draw_data, ends_of, legend, over_epochs
from ..picture import label, new_figure, zoom
from .scene import axis_of

CURVE = 25  # points of a model that is no line
LONGEST = 200  # epochs
SCALES = (10, 20, 50, 100, LONGEST)  # how many epochs the curve of the loss has room for
KEPT = {"kept": True}


class TrainingView:
    """The figure of a run and of one that is kept.

    data: LineData. bowl: its Bowl. run: a first Run, from the start of all. is_line: whether the model is a line.
    axes: the three. where: {artist: where it is}; epochs_axis: the axis of the epochs; both for the scene.
    """

    def __init__(self, data, bowl, run, is_line):
        self.ends, self._is_line = ends_of(data.x), is_line
        self.grid = np.linspace(*self.ends, CURVE)
        self.figure, self.axes = new_figure(960, round(370 * zoom() ** 0.5), columns=3)
        line, path, loss = self.axes
        start = float(run.history.w[0]), float(run.history.b[0])
        draw_data(line, data)
        line.plot(self.grid, run.curves[0], label="before", **picture.FAINT)
        label(line, "The line" if is_line else "The model's curve", "x", "y")
        self._draw_path_view(path, bowl, run, start)
        self._draw_loss_view(loss, bowl, float(run.history.loss[0]))
        kept = [ax.plot([], [], **picture.FAINT)[0] for ax in self.axes]
        runs = [
            line.plot([], [], label="after", **picture.PREDICTION)[0],
            path.plot([], [], label="path", **picture.PATH | {"linewidth": 1, "markersize": 2.5})[0],
            loss.plot([], [], label="loss", **picture.LOSS)[0],
        ]
        now = [ax.plot([], [], **picture.NOW)[0] for ax in (path, loss)]
        self._runs, self._kept, self._now = runs, kept, now
        curve = {"geometry": "curve", "x": self.grid.tolist(), "y": "curve"}
        straight = {"geometry": "line", "x": self.ends.tolist(), "slope": "w", "intercept": "b"}
        way, trace = {"geometry": "path", "x": "w", "y": "b"}, {"geometry": "trace", "y": "loss"}
        self.where = dict(zip(runs, [straight if is_line else curve, way, trace], strict=True))
        self.where |= {faint: self.where[run] | KEPT for run, faint in zip(runs, kept, strict=True)}
        self.where[now[0]] = {"geometry": "dot", "x": "w", "y": "b"}
        self.where[now[1]] = {"geometry": "dot", "x": "frame", "y": "loss"}
        handles = [handle for ax in self.axes for handle in ax.get_legend_handles_labels()[0]]
        legend(
            self.figure, handles=handles, loc="outside lower center", ncols=9 if zoom() == 1 else 5, columnspacing=1.4
        )
        stops = [self._scale(epochs) for epochs in reversed(SCALES)][::-1]
        self.epochs_axis = stops[0] | {"stops": stops}

    def _draw_path_view(self, ax, bowl, run, start):
        if self._is_line:
            draw_bowl(ax, bowl, [start])
        else:  # the bowl is a line's
            reach = 3 * max(np.ptp(run.history.w), np.ptp(run.history.b), 0.5)
            ax.set(xlim=(start[0] - reach, start[0] + reach), ylim=(start[1] - reach, start[1] + reach))
            ax.set_aspect("equal", adjustable="box", anchor="N")
        ax.autoscale(False)
        ax.plot(*start, label="start", **picture.START)
        label(ax, "Its path in the bowl" if self._is_line else "Its path over w and b", "w", "b")

    def _draw_loss_view(self, ax, bowl, start):
        floor = bowl.floor
        ax.set_yscale("log")
        low = floor / 1.5 if floor > 1e-3 * start else 1e-6 * max(start, 1e-6)
        ax.set_ylim(low if self._is_line else low / 30, 30 * max(start, floor, 1e-6))
        across, floor = [-1, 10 * LONGEST], max(floor, low)
        ax.plot(across, [floor, floor], label="best possible" if self._is_line else "best line", **picture.TRUTH)
        label(ax, "The loss", "epoch", "mean squared error")
        ax.grid(visible=False, axis="x")

    def _scale(self, epochs):
        over_epochs(self.axes[2], epochs)
        return axis_of(self.axes[2].xaxis) | {"most": epochs}

    def inside(self, w, b):
        """Return which points (w, b) the view of the path shows: bools of the shape of w."""
        low, high = np.transpose([self.axes[1].get_xlim(), self.axes[1].get_ylim()])
        points = np.stack([w, b], axis=1)
        return np.all((points >= low) & (points <= high), axis=1)

    def place(self, run, epoch, kept=None):
        """Put a Run, as it is at an epoch, and a kept one into the figure."""
        history = run.history
        self._place(run, self._runs, epoch)
        self._now[0].set_data([history.w[epoch]], [history.b[epoch]])
        self._now[1].set_data([epoch], [history.loss[epoch]])
        if kept:
            self._place(kept, self._kept, last_finite(kept.history))
        for artist in self._kept:
            artist.set_visible(kept is not None)
        last = max(history.epochs, kept.history.epochs if kept else 0)
        over_epochs(self.axes[2], min((end for end in SCALES if end >= last), default=last))

    def _place(self, run, artists, epoch):
        until = slice(epoch + 1)
        artists[0].set_data(self.grid, run.curves[epoch])
        artists[1].set_data(run.history.w[until], run.history.b[until])
        artists[2].set_data(np.arange(epoch + 1), run.history.loss[until])


def last_finite(history):
    """Return the last epoch of a History whose numbers can be drawn."""
    finite = np.isfinite(history.w) & np.isfinite(history.b) & np.isfinite(history.loss)
    return int(np.flatnonzero(finite)[-1])
