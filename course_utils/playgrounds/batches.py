"""Let a training step run on batches: how their gradients spread, predicted and measured, and how a run wanders."""

import math

import ipywidgets as widgets

from ..data import line_data
from ..engine import Engine
from ..errors import error_words
from ..inputs import finite_number
from ..model import LinearModel
from ..training import train_step
from .base import slider
from .batch_rows import (
    FAN,
    STEPS,
    BatchStep,
    columns_of,
    gentle_rate,
    kinds,
    measured_noise,
    predicted_noise,
    slopes_of_batches,
    slopes_of_examples,
)
from .batch_view import BatchView
from .by_rate import PlaygroundByRate
from .words import fill

LOW, HIGH = -2, 0  # ends of the learning rate's slider, in powers of ten
ARROW = 0.2  # a way of the fan is so many times a slope
WORDS = (
    "Batches of {size} from {count}, learning rate {rate:.4g}, step {step}: {seen:.4g} examples seen, loss {loss:.4g}; "
    "the best line has {floor:.4g}.{ended} Noise of a batch gradient at the start: {predicted} predicted, {measured} "
    "measured.{note}{missing}"
)


class BatchPlayground(PlaygroundByRate):
    """Choose how many examples a batch has, and the learning rate; see the fan of its gradients, and a run.

    data: LineData, best standardised. step: as `train_step`; what it does with batches is drawn, right or wrong.
    w, b: the line that runs begin with. An error in the step is told in the summary.
    Raises TypeError for no LineData, ValueError for fewer than 8 examples, and for w or b that are not finite numbers.
    """

    def __init__(self, data, step=train_step, *, w=-1.0, b=1.0):
        data = line_data(data)
        count = len(data.x)
        if count < 8:
            raise ValueError(f"data must hold at least 8 examples, got {count}")
        self.start = finite_number("w", w), finite_number("b", b)
        self._longest, self._kinds, self._subjects = STEPS, kinds(), ["Your step"]
        self.sizes = [*(size for size in (1, 4, 16, 64) if size < count), count]
        self._engines = [
            [Engine(LinearModel(*self.start), data.x, data.y, BatchStep(step, size, count, self.start), data.x[:2])]
            for size in self.sizes
        ]
        self._bowl = self._engines[0][0].bowl
        self._slopes = slopes_of_examples(data.x, data.y, *self.start)
        gradient = self._slopes.mean(axis=0)
        self.predicted = [predicted_noise(self._slopes, size) for size in self.sizes]
        self._measured, self._tips, self._broken, self._gradient = {}, {}, {}, gradient
        tip = self.start - ARROW * gradient
        self._view = BatchView(self._bowl, self.start, tip)
        self._make_controls()
        first, self.error = self._find(self._key())
        scene = {
            "name": "The gradients of some batches in the bowl, a run, and its loss",
            "controls": self._controls(),
            "words": WORDS,
            "constants": {
                "count": str(count),
                "floor": self._bowl.floor,
                "start_w": self.start[0],
                "start_b": self.start[1],
                "all_w": float(tip[0]),
                "all_b": float(tip[1]),
                "note": self._note(),
            },
            "rows": [self._plain(self._key(), first)] if first else [],
            "error": self.error,
        }
        sliders = {"size": self.size, "rate": self.learning_rate, "step": self.step}
        rows = [[self.size], [self.learning_rate], [self.step, self.play]]
        super().__init__(self._view.figure, self._view.axes, self._view.where, scene, sliders, rows)
        self._begin()

    def _find_out(self, place):
        """Compile the step for a size, if nobody has, and measure the noise of its gradients."""
        if place in self._measured:
            return
        [engine] = self._engines[place]
        self._measured[place] = math.nan
        try:
            engine.compile(engine.run(gentle_rate(engine), 10))
            slopes = slopes_of_batches(engine, self.start)
        except Exception as error:  # the learner's code may raise anything, and for some sizes only
            self._broken[place] = error_words(error, engine.step.__wrapped__)
        else:
            self._measured[place] = measured_noise(slopes, self._gradient)
            self._tips[place] = self.start - ARROW * slopes[:FAN]

    def _find_out_all(self):
        """Do so for each size, the nearest first, in pieces: a generator."""
        for place in sorted(range(len(self.sizes)), key=lambda place: abs(place - self.size.index)):
            self._find_out(place)
            yield

    @property
    def measured(self):
        """The noise of the step's gradients for each of `sizes`, as measured: a list of floats, nan after an error."""
        for _ in self._find_out_all():
            pass
        return [self._measured[place] for place in range(len(self.sizes))]

    def _find(self, key):
        self._find_out(key[0])
        return super()._find(key)

    def _prepared(self):
        for _ in self._find_out_all():
            self._renew_note()
            yield

    def _make_controls(self):
        self._make_rate(0.1, LOW, HIGH)
        self.size = self.choice = widgets.ToggleButtons(options=[(str(size), k) for k, size in enumerate(self.sizes)])
        self.size.description, self.size.value = "batch size", min(2, len(self.sizes) - 1)
        self.step = self.frame = slider(STEPS, 0, STEPS, 1, "show step", widgets.IntSlider)

    def _controls(self):
        """Return the controls of the scene. The few sizes are radio buttons: all in sight, one key apart."""
        size = {"id": "size", "name": "batch size", "role": "row", "options": [str(size) for size in self.sizes]}
        step = {"id": "step", "name": "show step", "role": "frame", "text": "{step}", "low": 0, "high": STEPS}
        return [size | {"value": self.size.index}, self._rate_control(), step | {"value": STEPS, "play": True}]

    def _columns(self, key, runs):
        """Return the columns of a row, (place of the size, rate)."""
        (run,), (place, _) = runs, key
        noise = self.predicted[place], self._measured[place]
        return columns_of(run.history, self.sizes[place], self._tips[place], noise)

    def _place(self):
        self._view.place(self._shown, self.step.value)

    def _words(self):
        if self.error:
            return self.error
        values = {name: column[self.step.value] for name, column in self._shown.items()}
        values |= {"rate": self.learning_rate.value, "step": self.step.value, "missing": ""}
        return fill(WORDS, values | self._scene["constants"] | {"note": self._note()})
