"""Train with a learning rate and a number of epochs, and see the line, its path in the bowl, and the loss."""

import math

import numpy as np

from ..bowl import Bowl
from ..data import line_data
from ..drawing import ends_of
from ..engine import Engine
from ..inputs import check_model
from ..model import LinearModel
from ..training import train_step
from .base import Playground
from .shown import Shown
from .table import Table
from .training_controls import PRESETS, TrainingControls
from .training_rows import packed, plain, row_of
from .training_view import CURVE, LONGEST, TrainingView, last_finite
from .training_words import KEPT, WORDS, Story, values_at
from .words import fill


class TrainingPlayground(Playground):
    """Train with a learning rate and a number of epochs, and see the line, its path in the bowl, and the loss.

    data: LineData. model: starts each run from the values it has now, and keeps them; by default LinearModel().
    step: the function that makes one update, as `train_step` does; the pictures show what it does, right or wrong.
    presets: buttons, {name: share of the largest rate that holds}; none where no such rate is known.
    Whatever state it keeps, each run begins from what that was when the playground was made. An error in it is told in
    the summary. Raises TypeError for no LineData or a model without w and b, ValueError for a loss that is not finite.
    """

    def __init__(self, data, *, model=None, step=train_step, presets=PRESETS):
        data = line_data(data)
        model = LinearModel() if model is None else model
        check_model(model)
        self.data, self._bowl = data, Bowl(data.x, data.y)
        self._engine = Engine(model, data.x, data.y, step, np.linspace(*ends_of(data.x), CURVE))
        self._shown, self._kept = Shown(self._engine, 0.1, 10, self._forget), None
        start = self._shown.run.history
        if not np.isfinite(start.loss[0]):
            raise ValueError(f"model must start where its loss is finite, got w = {start.w[0]:g}, b = {start.b[0]:g}")
        self._shown.settle()
        self._find_out()
        self._view = TrainingView(data, self._bowl, self._shown.run, self._is_line)
        self._story = Story(self._view, self.largest_stable, self._multiple, self._bowl.steepest)
        controls = TrainingControls(self.largest_stable, presets, 0.1, 10, self._shown.epoch or 0)
        self.learning_rate, self.epochs, self.epoch = controls.learning_rate, controls.epochs, controls.epoch
        self.play, self.keep, self._controls = controls.play, controls.keep, controls
        view = self._view
        plain_ones = controls.named(), controls.rows
        super().__init__(view.figure, view.axes, view.where, self._scene_of(), *plain_ones, view.epochs_axis)
        self._table = Table([*controls.presets.values(), *controls.stops], self._row, self._send)
        self._watch(self.learning_rate, self._rate_slid)
        self._watch(self.epochs, self._train)
        self._watch(self.epoch, self._walk)
        self._watch(self.play, lambda: setattr(self.epoch, "value", self.play.value))
        self._watch(self.keep, self._keep)
        for name, button in controls.buttons.items():
            button.on_click(lambda _, rate=controls.presets[name]: self._take_rate(rate))
        self._redraw()

    def _find_out(self):
        """Compile the step, if its first run worked, and find out what it does."""
        run, self._multiple = self._shown.run, None
        if not self._shown.error:
            self._engine.compile(run)
        self._is_line = self._engine.is_line(run)
        if self._is_line:
            self._multiple = self._bowl.step_multiple(run.history.w, run.history.b, run.history.learning_rate)

    @property
    def largest_stable(self):
        """The largest learning rate at which this step holds, a float; None where theory is silent."""
        if self._multiple is None or self._multiple <= 0:
            return None
        return 2 / (self._bowl.steepest * self._multiple)

    @property
    def history(self):
        """The History of the run that is shown: what `train` gives."""
        with self._lock:
            self._settle()
            return self._shown.run.history

    # ---- what the controls do ---------------------------------------------------------------------------------

    def _rate_slid(self):
        if self._drawn or not self._controls.is_rounded(self._shown.rate):
            self._take_rate(self.learning_rate.value)

    def _take_rate(self, rate):
        with self._lock:
            if not math.isfinite(rate):  # code can set what hands can't: stay where we are
                rate = self._shown.rate
            self._set(self.learning_rate, value=rate)
            self._go(rate, self.epochs.value)

    def _train(self):
        self._go(self._shown.rate, self.epochs.value)

    def _go(self, rate, epochs):
        if not self._shown.take(rate, epochs) and not self._shown.sure:
            return  # the work on that goes on
        if self._shown.epoch is not None:  # there is a sketch
            self._redraw()
        self._work(self._settle_and_redraw(), later=self._engine.compiled)

    def _settle(self):
        self._shown.settle()

    def _walk(self):
        self._settle()
        self._shown.show(self.epoch.value)
        self._redraw()

    def _keep(self):
        self._settle()
        self._kept = self._shown.run if self.keep.value else None
        self._redraw()

    def _redraw(self):
        if not self._drawn:  # the browser has controls of its own
            last = last_finite(self._shown.run.history)
            self._set(self.epoch, max=last, value=self._shown.epoch or 0)
            self._set(self.play, max=last, value=self._shown.epoch or 0)
        self._view.place(self._shown.run, self._shown.epoch or 0, self._kept)
        self._show()

    def _words(self):
        if self._shown.error:
            return self._shown.error
        kept = fill(KEPT, values_at(self._kept, self._story, last_finite(self._kept.history))) if self._kept else ""
        more = {"kept": f" {kept}" if kept else "", "note": self._note(), "missing": ""}
        return fill(WORDS, values_at(self._shown.run, self._story, self._shown.epoch) | more)

    def _note(self):
        return f" {self._engine.note}" if self._engine.note else ""

    # ---- what the browser is told -----------------------------------------------------------------------------

    def _scene_of(self):
        return {
            "name": "A line in training, its path in the bowl, and its loss",
            "controls": self._controls.for_browser(),
            "rows": [plain(0.1, row_of(self._shown.run, self._story, self._is_line), 10)],
            "words": WORDS,
            "kept": KEPT,
            "finite": "loss",
            "constants": {"note": self._note()},
            "error": self._shown.error,
        }

    def _hear(self, content):
        super()._hear(content)
        if content.get("draws"):
            self._set(self.epoch, max=LONGEST)
            if self._engine.compiled:
                self._table.start(lambda: self._shown.rate)
        elif content.get("gone"):
            self._table.stop()
        elif content.get("rests"):
            with self._lock:  # a new run shows its end here, and may have been left for another epoch there
                self._shown.show(self.epoch.value)
                self._redraw()

    def _answer(self, key, epochs):
        rate = float(key[0])
        row = self._row(rate)
        if row:
            self._send([row])
        else:
            self._go(rate, min(int(epochs), LONGEST))

    def _row(self, rate):
        run = self._engine.compiled_run(rate, LONGEST)
        return run and (rate, row_of(run, self._story, self._is_line))

    def _send(self, rows):
        if self._engine.compiled:
            self.screen.send(*packed(rows, self._is_line))

    def _settle_and_redraw(self):
        """Be sure of the run, in pieces: a generator. Tell the browser where the sketch was not the last word."""
        compiled, sketch = self._engine.compiled, self._shown.run
        yield from self._shown.pieces()
        self._redraw()
        run = self._shown.run
        if self._shown.error:
            self.screen.send({"error": self._shown.error, "at": [self._shown.rate]})
        elif not (compiled and np.array_equal(sketch.history.loss, run.history.loss, equal_nan=True)):
            row = row_of(run, self._story, self._is_line)
            self.screen.send({"plain": [plain(run.history.learning_rate, row, self._shown.epochs)]})

    def _forget(self):
        """Let the browser forget what the compiled step gave."""
        self._renew_note(forget=True)

    def _packs(self):
        every = 1 if self._is_line else 4  # a curve is 25 numbers in each epoch
        return self._table.all(lambda rows: packed(rows, self._is_line), every) if self._engine.compiled else []
