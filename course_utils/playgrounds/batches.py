"""Let a training step run on batches: how their gradients spread, predicted and measured, and how a run wanders."""

import math

import ipywidgets as widgets

from ..engine import Engine
from ..errors import error_words
from ..inputs import finite_number
from ..model import LinearModel
from ..training import train_step
from .base import Playground, slider
from .batch_rows import (
    FAN,
    GENTLE,
    STEPS,
    BatchStep,
    columns_of,
    kinds,
    measured_noise,
    predicted_noise,
    slopes_of_batches,
    slopes_of_examples,
)
from .batch_view import BatchView
from .rows import pack
from .shown import PIECE
from .table import Table
from .words import fill

TICK, LOW, HIGH = 0.1, -2, 0  # of the learning rate's slider, in powers of ten
ARROW = 0.2  # a way of the fan is so many times a slope
WORDS = (
    "Batches of {size} from {count}, learning rate {rate:.4g}, step {step}: {seen:.4g} examples seen, loss {loss:.4g}; "
    "the best line has {floor:.4g}. Noise of a batch gradient at the start: {predicted:.4g} predicted, {measured:.4g} "
    "measured.{note}{missing}"
)


class BatchPlayground(Playground):
    """Choose how many examples a batch has, and the learning rate; see the fan of its gradients, and a run.

    data: LineData, best standardised. step: as `train_step`; what it does with batches is drawn, right or wrong.
    w, b: the line that runs begin with. An error in the step is told in the summary.
    Raises ValueError for fewer than 8 examples, and for w or b that are not finite numbers.
    """

    def __init__(self, data, step=train_step, *, w=-1.0, b=1.0):
        count = len(data.x)
        if count < 8:
            raise ValueError(f"data must hold at least 8 examples, got {count}")
        self.start = finite_number("w", w), finite_number("b", b)
        self.sizes = [*(size for size in (1, 4, 16, 64) if size < count), count]
        self._engines = [
            Engine(LinearModel(*self.start), data.x, data.y, BatchStep(step, size, count, self.start), data.x[:2])
            for size in self.sizes
        ]
        self._slopes = slopes_of_examples(data.x, data.y, *self.start)
        gradient = self._slopes.mean(axis=0)
        self.predicted = [predicted_noise(self._slopes, size) for size in self.sizes]
        self.measured, self._tips, self.error = self._find_out(gradient)
        self._view = BatchView(self._engines[0].bowl, self.start, self.start - ARROW * gradient)
        self._make_controls()
        scene = {
            "name": "The gradients of some batches in the bowl, a run, and its loss",
            "controls": self._controls(),
            "words": WORDS,
            "missing": " (Nobody is here to compute the rate that you chose: this is the nearest that is known.)",
            "constants": {
                "count": str(count),
                "floor": self._engines[0].bowl.floor,
                "start_w": self.start[0],
                "start_b": self.start[1],
                "note": self._note(),
            },
            "error": self.error,
        }
        scene["rows"] = [] if self.error else [self._plain(self._key(), self._columns(self._key()))]
        sliders = {"size": self.size, "rate": self.learning_rate, "step": self.step}
        rows = [[self.size], [self.learning_rate], [self.step, self.play]]
        super().__init__(self._view.figure, self._view.axes, self._view.where, scene, sliders, rows)
        keys = [(size, rate) for size in range(len(self.sizes)) for rate in self._stops]
        self._table = Table(keys, lambda key: (key, self._columns(key)), self._send, _apart)
        self._sure = None
        for control in (self.size, self.learning_rate):
            self._watch(control, self._train)
        self._watch(self.step, self._redraw)
        self._watch(self.play, lambda: setattr(self.step, "value", self.play.value))
        self._redraw()

    def _find_out(self, gradient):
        """Compile the step for each size. Return the noise measured, the tips of the fan, an error's words or ""."""
        noise, tips = [], []
        for engine in self._engines:
            try:
                engine.compile(engine.run(GENTLE, 10))
                slopes = slopes_of_batches(engine, self.start)
            except Exception as error:  # the learner's code may raise anything
                return noise, tips, error_words(error, engine.step.step)
            noise.append(measured_noise(slopes, gradient))
            tips.append(self.start - ARROW * slopes[:FAN])
        return noise, tips, ""

    def _make_controls(self):
        self._stops = [float(f"{10 ** (LOW + TICK * k):.6g}") for k in range(round((HIGH - LOW) / TICK) + 1)]
        self.size = widgets.ToggleButtons(options=[(str(size), k) for k, size in enumerate(self.sizes)])
        self.size.description, self.size.value = "batch size", min(2, len(self.sizes) - 1)
        self.learning_rate = slider(0.1, LOW, HIGH, TICK, "learning rate", widgets.FloatLogSlider)
        self.step = slider(STEPS, 0, STEPS, 1, "show step", widgets.IntSlider)
        self.play = widgets.Play(value=STEPS, min=0, max=STEPS, interval=150)

    def _controls(self):
        """Return the controls of the scene."""
        size = {"id": "size", "name": "batch size", "role": "row", "options": [str(size) for size in self.sizes]}
        rate = {"id": "rate", "name": "learning rate", "role": "row", "log": True, "text": "{rate:.4g}"}
        step = {"id": "step", "name": "show step", "role": "frame", "text": "{step}", "low": 0, "high": STEPS}
        rate |= {"stops": self._stops, "value": self.learning_rate.value}
        return [size | {"value": self.size.index}, rate, step | {"value": STEPS, "play": True}]

    def _note(self):
        notes = dict.fromkeys(engine.note for engine in self._engines if engine.note)
        return "".join(f" {note}" for note in notes)

    @property
    def _compiled(self):
        return not self.error and all(engine.compiled for engine in self._engines)

    def _key(self):
        return self.size.index, self.learning_rate.value

    def _columns(self, key):
        """Return the columns of a row, (place of the size, rate)."""
        place, rate = key
        history = self._engines[place].sketch(rate, STEPS).history
        return columns_of(history, self.sizes[place], self._tips[place], (self.predicted[place], self.measured[place]))

    def _train(self):
        self._set(self.step, value=STEPS)
        self._redraw()
        if not self.error:
            self._work(self._make_sure(), later=self._compiled)

    def _settle(self):
        for _ in self._make_sure():
            pass

    def _make_sure(self):
        """Compare what is shown with an eager run, in pieces: a generator. Give a compiled step up where it differs."""
        key = self._key()
        if self.error or self._sure == key or not self._compiled:
            return
        engine = self._engines[key[0]]
        for run in engine.pieces(key[1], STEPS, PIECE):
            if key != self._key():
                return
            if run is not None and not engine.sketch(key[1], STEPS).same_as(run):
                engine.give_up("compiled, the step gives other numbers")
                self.screen.send({"forget": True, "constants": {"note": self._note()}})
                self._redraw()
            yield
        self._sure = key

    def _redraw(self):
        if not self.error:
            self._shown = self._columns(self._key())
            self._view.place(self._shown, self.step.value)
        self._show()

    def _words(self):
        if self.error:
            return self.error
        values = {name: column[self.step.value] for name, column in self._shown.items()}
        values |= {"rate": self.learning_rate.value, "step": self.step.value, "missing": ""}
        return fill(WORDS, values | self._scene["constants"] | {"note": self._note()})

    def _hear(self, content):
        super()._hear(content)
        if content.get("draws") and self._compiled:
            self._table.start(self._key)
        elif content.get("gone"):
            self._table.stop()

    def _answer(self, key, epochs):
        key = int(key[0]), float(key[1])
        self.screen.send({"plain": [self._plain(key, self._columns(key))]})

    def _plain(self, key, columns):
        return [list(key), {"columns": columns, "length": STEPS + 1, "ended": True}]

    def _send(self, rows):
        self.screen.send(*self._packed(rows))

    def _packed(self, rows):
        return pack([(list(key), columns) for key, columns in rows], kinds())

    def _packs(self):
        return self._table.all(self._packed) if self._compiled else []


def _apart(key, place):
    """Return how far two keys (place of a size, rate) are apart; another size is farther than any rate."""
    return 10 * abs(key[0] - place[0]) + abs(math.log10(key[1] / place[1]))
