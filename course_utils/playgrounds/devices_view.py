"""What the playground of devices draws: the gradient of each and the joined one, the path in the bowl, the loss."""

from itertools import pairwise

import numpy as np

from .. import picture
from ..drawing import draw_bowl, legend
from ..picture import label, new_figure, zoom

MOST, STEPS = 4, 20  # devices; steps of a run
ONE = dict(picture.TRUTH)
LOW = 1e-8  # of the largest loss on one device: lower is not shown
MARKS = {0: "o", 2: "s", 3: "D", 4: "*"}  # of the devices, by the colour of a run
JOINED = dict(linewidth=9, marker="None", solid_capstyle="butt")  # the parts lie on it


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
        label(slopes, "The gradients, one after the other", "slope along w", "slope along b")
        draw_bowl(path, bowl, [(one["w"][0], one["b"][0])])
        path.autoscale(False)
        path.plot(one["w"], one["b"], label="one device", **ONE)
        label(path, "Its path in the bowl", "w", "b")
        losses.set_yscale("log")
        above = [loss for loss in one["loss"] if loss > 0] or [1.0]
        low = max(min(bowl.floor / 8, min(above) / 2), LOW * max(above))
        losses.set(xlim=(-0.4, STEPS + 0.6), ylim=(low, max(1e4 * bowl.floor, 2 * max(above))))
        losses.plot(range(STEPS + 1), one["loss"], **ONE)
        label(losses, "The reported loss", "step", "loss")
        losses.grid(visible=False, axis="x")
        look = dict(linestyle="-", linewidth=2.5, markersize=5)
        looks = [picture.RUNS[k] | look | dict(marker=mark) for k, mark in MARKS.items()]
        (self._joined,) = slopes.plot([], [], label="joined", **picture.GRADIENT | JOINED)
        self._own = [slopes.plot([], [], label=f"device {k + 1}", **look)[0] for k, look in enumerate(looks)]
        (self._path,) = path.plot([], [], **picture.PATH)
        (self._loss,) = losses.plot([], [], **picture.LOSS)
        self._now = [ax.plot([], [], **picture.NOW)[0] for ax in self.axes]
        handles = [handle for ax in self.axes for handle in ax.get_legend_handles_labels()[0]]
        legend(self.figure, handles=handles, loc="outside lower center", ncols=9 if zoom() == 1 else 4)
        chain = [(0, 0), *((f"cw{k}", f"cb{k}") for k in range(MOST))]
        pairs = [zip(*ends, strict=True) for ends in ((chain[0], ("gw", "gb")), *pairwise(chain))]
        lines = [{"geometry": "points", "x": list(x), "y": list(y)} for x, y in pairs]
        dots = zip(self._now, (("gw", "gb"), ("w", "b"), ("step", "loss")), strict=True)
        self.where = dict(zip([self._joined, *self._own], lines, strict=True))
        self.where |= {
            self._path: {"geometry": "path", "x": "w", "y": "b"},
            self._loss: {"geometry": "trace", "y": "loss"},
        }
        self.where |= {dot: {"geometry": "dot", "x": x, "y": y} for dot, (x, y) in dots}

    def place(self, row, step):
        """Put a row, as it is at a step, into the figure."""
        chain = [(0, 0), *((row[f"cw{k}"][step], row[f"cb{k}"][step]) for k in range(MOST))]
        joined = (0, 0), (row["gw"][step], row["gb"][step])
        for line, ends in zip([self._joined, *self._own], (joined, *pairwise(chain)), strict=True):
            line.set_data(*zip(*ends, strict=True))
        until = slice(step + 1)
        self._path.set_data(row["w"][until], row["b"][until])
        self._loss.set_data(np.arange(step + 1), row["loss"][until])
        places = (joined[1], (row["w"][step], row["b"][step]), (step, row["loss"][step]))
        for dot, (x, y) in zip(self._now, places, strict=True):
            dot.set_data([x], [y])
