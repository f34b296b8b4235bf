"""Drag x along a curve, and see the slope that the tape finds there."""

import math

import numpy as np
import tensorflow as tf

from .. import picture
from ..drawing import legend
from ..inputs import finite_number
from ..picture import label, new_figure
from .base import Playground, slider
from .words import fill

STOPS = 121  # of the slider
WAYS = "At x = {x:.2f} the curve is at {y:.2f} and its slope is {slope:.2f}: {way}."
NO_SLOPE = "At x = {x:.2f} the curve is at {y:.2f}; it has no slope there: {way}."
NO_VALUE = "At x = {x:.2f} the function has no value: {way}."


class TangentPlayground(Playground):
    """Drag x along a curve and read the slope that the tape finds there.

    function: takes and gives a float32 tensor, element by element. low, high: the ends of x. x: where it begins.
    Raises ValueError or TypeError for ends that are not finite numbers, low below high, TypeError for what is no
    function or gives no numbers, and whatever function raises.
    """

    def __init__(self, function, *, low=-3.0, high=3.0, x=1.0):
        if not callable(function):
            raise TypeError(f"function must be a function of x, got {function!r}")
        low, high = finite_number("low", low), finite_number("high", high, above=low)
        self._function = function
        self.x = slider(min(max(finite_number("x", x), low), high), low, high, (high - low) / (STOPS - 1), "x")
        figure, [ax] = new_figure(640, 380)
        points = np.linspace(low, high, 600, dtype=np.float32)
        heights = _heights(function(tf.constant(points)), points.shape)
        ax.plot(points[::2], np.where(np.isfinite(heights), heights, np.nan)[::2], label="the curve", **picture.LOSS)
        ax.set(xlim=(low, high), ylim=_ends(heights))  # the tangent must not move them
        (self._tangent,) = ax.plot([], [], label="its tangent at x", **picture.PREDICTION)
        (self._point,) = ax.plot([], [], **picture.NOW)
        label(ax, "A curve and its tangent", "x", "y")
        legend(ax)
        stops = np.linspace(low, high, STOPS).round(6).tolist()
        control = {"id": "x", "name": "x", "role": "row", "stops": stops, "text": "{x:.2f}", "value": self.x.value}
        where = {
            self._tangent: {"geometry": "line", "x": [low, high], "slope": "slope", "intercept": "intercept"},
            self._point: {"geometry": "dot", "x": "x", "y": "y"},
        }
        scene = {
            "name": "A curve and its tangent",
            "controls": [control],
            "rows": [self._row(stop) for stop in stops],
            "words": "{words}",
        }
        super().__init__(figure, [ax], where, scene, {"x": self.x}, [[self.x]])
        self._watch(self.x, self._redraw)
        self._redraw()

    def _row(self, place):
        """Return the key and the row of a place, for the browser."""
        columns = {name: [value] for name, value in self._at(place).items()}
        return [[place], {"columns": columns, "length": 1, "ended": True}]

    def _at(self, place):
        """Return the state at a place, in numbers and words."""
        x = tf.Variable(place, dtype=tf.float32)
        with tf.GradientTape() as tape:
            y = self._function(x)
        slope = tape.gradient(y, x) if tf.is_tensor(y) else None
        y, slope = float(y), math.nan if slope is None else float(slope)
        state = {"x": place, "y": y, "slope": slope, "intercept": y - slope * place}
        if not math.isfinite(y):
            template, state["way"] = NO_VALUE, f"TensorFlow gives {y}"
        elif not math.isfinite(slope):
            template, state["way"] = NO_SLOPE, "the tape gives None" if math.isnan(slope) else f"the tape gives {slope}"
        else:
            flat = abs(slope) < 0.005
            template, state["way"] = WAYS, "flat here" if flat else "rising" if slope > 0 else "falling"
        return state | {"words": fill(template, state)}

    @property
    def slope(self):
        """The slope at x, a float; nan where the tape finds none."""
        return self._values()["slope"]

    def _values(self):
        return self._at(self.x.value)

    def _answer(self, key, epochs):
        self.screen.send({"plain": [self._row(float(key[0]))]})

    def _redraw(self):
        state, ends = self._values(), np.array([self.x.min, self.x.max])
        heights = state["slope"] * ends + state["intercept"]
        self._tangent.set_data(ends, np.where(np.isfinite(heights), heights, np.nan))
        self._point.set_data([state["x"]], [state["y"]])
        self._show()


def _heights(given, shape):
    """Return what a function gave as a float array of a shape; raise TypeError where it is none."""
    try:
        if given is None:  # which NumPy takes for nan
            raise TypeError
        return np.broadcast_to(np.asarray(given, float), shape)
    except (TypeError, ValueError):
        raise TypeError(f"function must give a number for each x, got {given!r:.60}") from None


def _ends(heights):
    """Return the ends of the y axis for a curve: without its few most extreme heights, of a pole, say."""
    finite = heights[np.isfinite(heights)]
    if not finite.size:
        return -1.0, 1.0
    inner = np.ptp(np.quantile(finite, [0.1, 0.9]))
    far = 0.02 if np.ptp(finite) > 20 * inner else 0
    low, high = np.quantile(finite, [far, 1 - far])
    margin = 0.06 * (high - low) or 1.0
    return low - margin, high + margin
