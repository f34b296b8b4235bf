"""Two hinges that add up, moved by hand until they fit the data."""

import numpy as np

from .. import picture
from ..data import line_data
from ..drawing import draw_data, ends_of, legend
from ..picture import label, new_figure
from .base import Playground, slider

WORDS = (
    "Hinge 1 is relu({w1:.1f}·x + {b1:.1f}), hinge 2 is relu({w2:.1f}·x + {b2:.1f}); with c = {c:.1f}, "
    "the loss of their sum is {misfit:.3f}."
)
STARTS = {"w1": 1.0, "b1": 0.0, "w2": 0.0, "b2": 0.0, "c": 0.0}
REACH, STEP = 3.0, 0.1
HINGES = [dict(picture.W, linewidth=1.5), dict(picture.B, linewidth=1.5)]


class HingesByHandPlayground(Playground):
    """Move two hinges, relu(w·x + b) each, and c, until their sum fits the data.

    data: LineData; TypeError is raised for anything else. w1, b1, w2, b2, c: the sliders.
    """

    def __init__(self, data):
        data = line_data(data)
        self.data = data
        self._x, self._y = np.asarray(data.x, float), np.asarray(data.y, float)
        self._sliders = {name: slider(start, -REACH, REACH, STEP, name) for name, start in STARTS.items()}
        self.w1, self.b1, self.w2, self.b2, self.c = self._sliders.values()
        figure, [ax] = new_figure(640, 380)
        draw_data(ax, data)
        ax.autoscale(False)
        self._ends = ends_of(data.x)
        self._grid = np.linspace(*self._ends, 301)
        parts = {"w": ["w1", "w2"], "b": ["b1", "b2"], "a": [1, 1]}
        item = {"geometry": "hinges", "x": self._ends.tolist()} | parts
        self._hinges = [ax.plot([], [], label=f"hinge {k + 1}", **look)[0] for k, look in enumerate(HINGES)]
        (self._sum,) = ax.plot([], [], label="their sum, and c", **picture.PREDICTION)
        label(ax, "Two hinges and their sum", data.x_name, data.y_name)
        legend(ax)
        where = {hinge: item | {"only": k} for k, hinge in enumerate(self._hinges)} | {self._sum: item | {"c": "c"}}
        scene = {
            "name": "Two hinges and their sum, over the data",
            "controls": [self._control(name) for name in STARTS],
            "words": WORDS,
            "model": parts | {"c": "c"},
            "data": {"x": self._x.tolist(), "y": self._y.tolist()},
        }
        rows = [[self.w1, self.b1], [self.w2, self.b2], [self.c]]
        super().__init__(figure, [ax], where, scene, self._sliders, rows)
        for control in self._sliders.values():
            self._watch(control, self._redraw)
        self._redraw()

    def _control(self, name):
        stops = np.arange(-REACH, REACH + STEP / 2, STEP).round(6).tolist()
        return {"id": name, "name": name, "stops": stops, "text": f"{{{name}:.1f}}", "value": STARTS[name]}

    def _heights(self, x):
        """Return the heights of both hinges at x, shape (2, n)."""
        lines = ((self.w1.value, self.b1.value), (self.w2.value, self.b2.value))
        return np.array([np.maximum(w * x + b, 0) for w, b in lines])

    @property
    def loss(self):
        """The mean squared error of the sum that is shown, a float."""
        return float(np.mean((self._y - self._heights(self._x).sum(axis=0) - self.c.value) ** 2))

    def _values(self):
        return {name: one.value for name, one in self._sliders.items()} | {"misfit": self.loss}

    def _redraw(self):
        heights = self._heights(self._grid)
        for hinge, height in zip(self._hinges, heights, strict=True):
            hinge.set_data(self._grid, height)
        self._sum.set_data(self._grid, heights.sum(axis=0) + self.c.value)
        self._show()
