"""What the playground of batches draws: the fan of their gradients and a run in the bowl, and the loss."""

import numpy as np

from .. import picture
from ..drawing import draw_bowl, legend
from ..picture import label, new_figure, zoom
from .batch_rows import FAN, STEPS

LOW = 1e-8  # of the loss at the start: lower is shown as this


class BatchView:
    """bowl: a Bowl. start: (w, b). gradient_tip: where the way of all examples together ends, (w, b).

    axes: both. where: {artist: where it is}, for the scene.
    """

    def __init__(self, bowl, start, gradient_tip):
        self.figure, self.axes = new_figure(820, round(380 * zoom() ** 0.5), columns=2)
        ax, loss = self.axes
        self._start = np.array(start)
        far = bowl.best + (self._start - bowl.best) * 1.25
        draw_bowl(ax, bowl, [far])
        ax.autoscale(False)
        ax.plot(*start, label="start", **picture.START)
        (self._fan,) = ax.plot([], [], label=f"{FAN} batches", **picture.PULL | dict(markersize=3.5))
        look = picture.GRADIENT | dict(marker="None", label="all examples")
        (gradient,) = ax.plot(*np.transpose([start, gradient_tip]), **look)
        (self._path,) = ax.plot([], [], label="path", linewidth=1.2, color=picture.BLACK)
        (self._now,) = ax.plot([], [], **picture.NOW)
        label(ax, "Where batches lead, and a run", "w", "b")
        top = float(bowl.loss(*start))
        loss.set_yscale("log")
        best = max(bowl.floor, LOW * top)
        loss.set_ylim(best / 1.3, 6 * max(top, best))
        loss.set_xlim(0, 1.03 * STEPS)
        loss.plot([0, 2 * STEPS], [best] * 2, label="best line", **picture.TRUTH)
        (self._trace,) = loss.plot([], [], **picture.LOSS)
        (self._end,) = loss.plot([], [], **picture.NOW)
        label(loss, "Loss of all examples", "step", "mean squared error")
        corners = [(f"tip_w{k}", f"tip_b{k}") for k in range(FAN)]
        ways = [pair for corner in corners for pair in (("start_w", "start_b"), corner)]
        self.where = {
            self._fan: {"geometry": "points", "x": [w for w, _ in ways], "y": [b for _, b in ways]},
            gradient: {"geometry": "points", "x": ["start_w", "all_w"], "y": ["start_b", "all_b"]},  # over the fan
            self._path: {"geometry": "path", "x": "w", "y": "b"},
            self._now: {"geometry": "dot", "x": "w", "y": "b"},
            self._trace: {"geometry": "trace", "y": "loss"},
            self._end: {"geometry": "dot", "x": "frame", "y": "loss"},
        }
        handles = {handle.get_label(): handle for one in self.axes for handle in one.get_legend_handles_labels()[0]}
        legend(self.figure, handles=list(handles.values()), loc="outside lower center", ncols=6 if zoom() == 1 else 3)

    def place(self, columns, step):
        """Put a run, columns of a row, as it is at a step, into the figure."""
        tips = [[columns[f"tip_{name}{k}"][0] for name in "wb"] for k in range(FAN)]
        self._fan.set_data(*np.transpose([corner for tip in tips for corner in (self._start, tip)]))
        w, b, loss = (np.array(columns[name][: step + 1]) for name in ("w", "b", "loss"))
        self._path.set_data(w, b)
        self._now.set_data(w[-1:], b[-1:])
        self._trace.set_data(np.arange(step + 1), loss)
        self._end.set_data([step], loss[-1:])
