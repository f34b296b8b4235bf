"""What the race playground draws: paths in the bowl of the raw and of the standardised data, and the loss."""

import re

import numpy as np

from .. import picture
from ..drawing import draw_bowl, in_legend, legend, over_epochs
from ..picture import label, new_figure, zoom

LONGEST = 100  # epochs
MARKS = "oDso*D"


class RaceView:
    """data: LineData. bowls, starts: of the raw and of the standardised data. names: of the steps.

    unit: how many units of y one standardised unit is. axes: the three. where: {artist: where it is}, for the scene.
    epochs_axis: the axis of the epochs; None, as it does not change.
    """

    epochs_axis = None

    def __init__(self, data, bowls, starts, names, unit):
        self.figure, self.axes = new_figure(960, round(370 * zoom() ** 0.5), columns=3)
        measure = re.search(r"\((\w+)\)$", data.y_name)
        self.unit = f" {measure[1]}" if measure else ""
        raw, scaled, loss = self.axes
        for ax, bowl, start, title in zip((raw, scaled), bowls, starts, ("Raw", "Standardised"), strict=True):
            draw_bowl(ax, bowl, [start])
            ax.autoscale(False)
            ax.plot(*start, label="start", **picture.START)
            label(ax, f"{title} data", "w", "b")
        start, best = bowls[0].loss(*starts[0]) ** 0.5, max(bowls[0].floor ** 0.5, 1e-6 * unit)
        loss.set_yscale("log")
        loss.set_ylim(best / 1.5, 30 * max(start, best))
        loss.plot([-1, 2 * LONGEST], [best, best], label="best line", **picture.TRUTH)
        over_epochs(loss, LONGEST)
        label(loss, "Their loss", "epoch", f"root of the loss{' (' + measure[1] + ')' if measure else ''}")
        loss.grid(visible=False, axis="x")
        self.where, self._paths, self._ends, self._losses = {}, [], [], []
        for k, name in enumerate(names):
            self._add(k, name)
        handles = {handle.get_label(): handle for ax in self.axes for handle in ax.get_legend_handles_labels()[0]}
        most, longest = 8 if zoom() == 1 else 5, max(map(len, handles))
        columns = min(most, 130 // (longest + 9))
        legend(self.figure, handles=list(handles.values()), loc="outside lower center", ncols=columns)

    def _add(self, k, name):
        """Add what moves for one step: its path and its place in both bowls, its loss."""
        look = picture.RUNS[k]
        now = picture.NOW | dict(color=look["color"], marker=MARKS[k], markersize=7)
        paths, ends = [], []
        for world, ax in enumerate(self.axes[:2]):
            when = {"when": {"data": world}}
            (path,) = ax.plot([], [], linewidth=1.5, **look)
            (end,) = ax.plot([], [], **now)
            self.where[path] = {"geometry": "path", "x": f"w{k}", "y": f"b{k}"} | when
            self.where[end] = {"geometry": "dot", "x": f"w{k}", "y": f"b{k}"} | when
            paths.append(path)
            ends.append(end)
        (loss,) = self.axes[2].plot([], [], label=in_legend(name), linewidth=2, **look)
        (end,) = self.axes[2].plot([], [], **now)
        self.where[loss] = {"geometry": "trace", "y": f"off{k}"}
        self.where[end] = {"geometry": "dot", "x": "frame", "y": f"off{k}"}
        self._paths.append(paths)
        self._ends.append(ends)
        self._losses.append((loss, end))

    def place(self, columns, world, epoch):
        """Put the runs, columns of a row, as they are at an epoch, into the figure."""
        for k, (paths, ends, (loss, end)) in enumerate(zip(self._paths, self._ends, self._losses, strict=True)):
            w, b, off = (np.array(columns[f"{name}{k}"][: epoch + 1]) for name in ("w", "b", "off"))
            for other, (path, dot) in enumerate(zip(paths, ends, strict=True)):
                path.set_data(*(([], []) if other != world else (w, b)))
                dot.set_data(*(([], []) if other != world else (w[-1:], b[-1:])))
            loss.set_data(np.arange(epoch + 1), off)
            end.set_data([epoch], off[-1:])
