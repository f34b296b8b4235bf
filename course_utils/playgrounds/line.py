"""Move a line over the data by its w and b; with its loss, if asked, and its place in the bowl."""

import math

import numpy as np

from .. import picture
from ..bowl import Bowl
from ..data import line_data
from ..drawing import draw_bowl, draw_data, ends_of, legend
from ..inputs import finite_number
from ..loss import mean_squared_error
from ..picture import label, new_figure
from .base import Playground, slider

WORDS = "Your line: w = {w:.2f}, b = {b:.2f}."
LOSS = " Its loss is {bowl:.3f}; the lowest possible on these data is {floor:.3f}."


class LinePlayground(Playground):
    """Move a line over the data by its w and b; with loss=True see its loss, and its place in the bowl, too.

    data: LineData. w, b: where the line starts, floats. The sliders reach well beyond the line that fits best.
    Raises TypeError for no LineData, and ValueError or TypeError for w or b that are not finite numbers.
    """

    def __init__(self, data, *, loss=False, w=0.0, b=0.0):
        data = line_data(data)
        self.data, self._bowl = data, Bowl(data.x, data.y)
        starts = finite_number("w", w), finite_number("b", b)
        (low_w, high_w, step_w), (low_b, high_b, step_b) = map(_reach, self._bowl.best, starts)
        self.w = slider(starts[0], low_w, high_w, step_w, "slope w")
        self.b = slider(starts[1], low_b, high_b, step_b, "intercept b")
        figure, axes = new_figure(880 if loss else 640, 380, columns=2 if loss else 1)
        draw_data(axes[0], data, truth=False)  # the learner looks for it
        self._ends = ends_of(data.x)
        (self._line,) = axes[0].plot([], [], label="your line", **picture.PREDICTION)
        label(axes[0], "Data and your line", "x", "y")
        where = {self._line: {"geometry": "line", "x": self._ends.tolist(), "slope": "w", "intercept": "b"}}
        self._place = None
        if loss:
            draw_bowl(axes[1], self._bowl, [(high_w, self._bowl.best[1]), (self._bowl.best[0], high_b)], mark=False)
            axes[1].autoscale(False)
            (self._place,) = axes[1].plot([], [], **picture.NOW)
            label(axes[1], "Its loss: bluer is higher", "w", "b")
            where[self._place] = {"geometry": "dot", "x": "w", "y": "b"}
        legend(axes[0])
        hessian = self._bowl.hessian[np.triu_indices(2)].tolist()
        scene = {
            "name": "Data and your line",
            "controls": [_control(one, name) for one, name in ((self.w, "w"), (self.b, "b"))],
            "words": WORDS + LOSS * loss,
            "constants": {"floor": self._bowl.floor},
            "bowl": {"best": self._bowl.best.tolist(), "hessian": hessian, "floor": self._bowl.floor},
        }
        super().__init__(figure, axes, where, scene, {"w": self.w, "b": self.b}, [[self.w], [self.b]])
        for control in (self.w, self.b):
            self._watch(control, self._redraw)
        self._redraw()

    @property
    def loss(self):
        """The mean squared error of the line that is shown, as a float."""
        return float(mean_squared_error(self.data.y, self.w.value * self.data.x + self.b.value))

    def _values(self):
        w, b = self.w.value, self.b.value
        return {"w": w, "b": b, "bowl": float(self._bowl.loss(w, b)), "floor": self._bowl.floor}

    def _redraw(self):
        w, b = self.w.value, self.b.value
        self._line.set_data(self._ends, w * self._ends + b)
        if self._place:
            self._place.set_data([w], [b])
        self._show()


def _reach(best, start):
    """Return the ends and the step of a slider, round numbers: well beyond the best value and the start."""
    far = max(5.0, 1.5 * abs(best), 1.2 * abs(start - best))
    unit = 10.0 ** math.floor(math.log10(far))
    return math.floor((best - far) / unit) * unit, math.ceil((best + far) / unit) * unit, unit / 20


def _control(slider, name):
    """Return the control of the browser for a plain slider."""
    stops = np.arange(slider.min, slider.max + slider.step / 2, slider.step).round(6).tolist()
    return {"id": name, "name": slider.description, "stops": stops, "text": f"{{{name}:.2f}}", "value": slider.value}
