"""What the playground of devices draws: the gradient of each and the joined one, the path in the bowl, the loss."""

import numpy as np

from .. import picture
from ..drawing import draw_bowl, legend
from ..picture import label, new_figure, zoom

MOST, STEPS = 4, 20  # devices; steps of a run
ONE = dict(picture.TRUTH)


class DevicesView:
    """data: LineData. bowl: its Bowl. one: the columns of the run on one device, or None after an error.

    axes: the three. where: {artist: where it is}, for the scene.
    """

    def __init__(self, data, bowl, one):
        one = one or {name: [1.0] * (STEPS + 1) for name in ("w", "b", "loss", "gw", "gb")}
        self.figure, self.axes = new_figure(960, round(370 * zoom() ** 0.5), columns=3)
        slopes, path, losses = self.axes
        reach = 4.6 * max(np.hypot(one["gw"], one["gb"]))
        slopes.set(xlim=(-0.35 * reach, reach), ylim=(-reach, 0.35 * reach))
        label(slopes, "The gradients, from 0", "slope along w", "slope along b")
        draw_bowl(path, bowl, [(one["w"][0], one["b"][0])])
        path.autoscale(False)
        path.plot(one["w"], one["b"], label="one device", **ONE)
        label(path, "Its path in the bowl", "w", "b")
        losses.set_yscale("log")
        losses.set(xlim=(-0.4, STEPS + 0.6), ylim=(bowl.floor / 8, 1e4 * bowl.floor))
        losses.plot(range(STEPS + 1), one["loss"], **ONE)
        label(losses, "The reported loss", "step", "loss")
        losses.grid(visible=False, axis="x")
        looks = [picture.RUNS[k] | dict(linewidth=2) for k in (0, 2, 3, 4)]
        self._own = [slopes.plot([], [], label=f"device {k + 1}", **look)[0] for k, look in enumerate(looks)]
        (self._joined,) = slopes.plot([], [], label="joined", **picture.GRADIENT | dict(marker="None"))
        (self._path,) = path.plot([], [], **picture.PATH)
        (self._loss,) = losses.plot([], [], **picture.LOSS)
        self._now = [ax.plot([], [], **picture.NOW)[0] for ax in self.axes]
        handles = [handle for ax in self.axes for handle in ax.get_legend_handles_labels()[0]]
        legend(self.figure, handles=handles, loc="outside lower center", ncols=9 if zoom() == 1 else 4)
        lines = {"geometry": "points", "x": [0, "gw"], "y": [0, "gb"]}
        own = {artist: lines | {"x": [0, f"dw{k}"], "y": [0, f"db{k}"]} for k, artist in enumerate(self._own)}
        dots = zip(self._now, (("gw", "gb"), ("w", "b"), ("step", "loss")), strict=True)
        self.where = own | {
            self._joined: lines,
            self._path: {"geometry": "path", "x": "w", "y": "b"},
            self._loss: {"geometry": "trace", "y": "loss"},
        }
        self.where |= {dot: {"geometry": "dot", "x": x, "y": y} for dot, (x, y) in dots}

    def place(self, row, step):
        """Put a row, as it is at a step, into the figure."""
        ends = [(row[f"dw{k}"][step], row[f"db{k}"][step]) for k in range(MOST)]
        ends += [(row["gw"][step], row["gb"][step])]
        for line, (w, b) in zip([*self._own, self._joined], ends, strict=True):
            line.set_data([0, w], [0, b])
        until = slice(step + 1)
        self._path.set_data(row["w"][until], row["b"][until])
        self._loss.set_data(np.arange(step + 1), row["loss"][until])
        places = (ends[-1], (row["w"][step], row["b"][step]), (step, row["loss"][step]))
        for dot, (x, y) in zip(self._now, places, strict=True):
            dot.set_data([x], [y])
