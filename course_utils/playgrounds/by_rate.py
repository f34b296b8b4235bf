"""What playgrounds share whose runs belong to a choice and a learning rate: the runs, their table, and their words."""

import inspect
import math

import ipywidgets as widgets

from ..errors import error_words
from .base import Playground, slider
from .rows import pack
from .shown import PIECE
from .table import Table

TICK = 0.1  # of the learning rate's slider, in powers of ten


class PlaygroundByRate(Playground):
    """Shows runs of one step, or of several: a row is their runs at a key, (place of the choice, learning rate).

    A subclass has `_engines`, for each place of the choice a list; `_subjects`, what its steps are called in words;
    `_broken`, {place: why no run can be made there}; `_longest`, the epochs of a row; `_kinds`, what `pack` wants to
    know of its columns; `choice`, `frame`, the slider that walks through a run, and what `_make_rate` makes; and the
    functions `_columns(key, runs)` and `_place()`, which puts the row `_shown` into its figure.
    """

    def _make_rate(self, value, low, high):
        """Make the slider of the learning rate from 10^low to 10^high, and what plays the runs."""
        self._stops = [float(f"{10 ** (low + TICK * k):.6g}") for k in range(round((high - low) / TICK) + 1)]
        self.learning_rate = slider(value, low, high, TICK, "learning rate", widgets.FloatLogSlider)
        self.play = widgets.Play(value=self._longest, min=0, max=self._longest, interval=150)

    def _rate_control(self):
        rate = {"id": "rate", "name": "learning rate", "role": "row", "log": True, "text": "{rate:.4g}"}
        return rate | {"stops": self._stops, "value": self.learning_rate.value}

    def _begin(self, *others):
        """Train when the choice, the rate or other sliders move; prepare the table; draw."""
        keys = [(place, rate) for place in range(len(self._engines)) for rate in self._stops]
        self._table = Table(keys, self._row, self._send, _apart)
        self._sure = None
        for control in (self.choice, self.learning_rate, *others):
            self._watch(control, self._train)
        self._watch(self.frame, self._redraw)
        self._watch(self.play, lambda: setattr(self.frame, "value", self.play.value))
        self._redraw()

    def _key(self):
        return self.choice.index, self.learning_rate.value

    def _epochs(self):
        return self._longest

    # ---- the runs -----------------------------------------------------------------------------------------------

    def _find(self, key):
        """Return (columns of a row, ""), or after an error in a step (None, its words)."""
        runs, words = [], self._broken.get(key[0], "")
        for engine, subject in () if words else zip(self._engines[key[0]], self._subjects, strict=True):
            try:
                runs.append(engine.sketch(key[1], self._longest))
            except Exception as error:  # the learner's code may raise anything
                words = words or error_words(error, inspect.unwrap(engine.step), subject)
        return (None, words) if words else (self._columns(key, runs), "")

    def _row(self, key):
        """Return (key, columns) where all that is to run there is compiled, or None."""
        runs = [engine.compiled_run(key[1], self._longest) for engine in self._engines[key[0]]]
        return None if any(run is None for run in runs) else (key, self._columns(key, runs))

    def _redraw(self):
        self._shown, self.error = self._find(self._key())
        if self._shown:
            self._place()
        self._show()

    def _note(self):
        notes = dict.fromkeys(engine.note for engines in self._engines for engine in engines if engine.note)
        return "".join(f" {note}" for note in notes)

    def _train(self):
        self._set(self.frame, value=self._epochs())
        self._redraw()
        self._work(self._go_ahead(), later=True)

    def _go_ahead(self):
        """Do what makes the sliders quick and sure, in pieces: a generator."""
        yield from self._make_sure()
        if self._drawn:
            yield from self._prepared()
            self._table.start(self._key)

    def _prepared(self):
        """Compile what is not compiled yet, in pieces: a generator."""
        return iter(())

    def _settle(self):
        for _ in self._make_sure():
            pass

    def _make_sure(self):
        """Compare what is shown with eager runs, in pieces: a generator. Give compiled steps up where they differ."""
        place = (at, rate), epochs = self._key(), self._epochs()
        if self.error or self._sure == place:
            return
        for engine in [engine for engine in self._engines[at] if engine.compiled]:
            try:
                for run in engine.pieces(rate, epochs, PIECE):
                    if place != (self._key(), self._epochs()):
                        return
                    if run is not None and not engine.agrees(run):
                        self._give_up(engine)
                    yield
            except Exception:  # the learner's code may raise anything, where compiled it did not
                self._give_up(engine)
        self._sure = place

    def _give_up(self, engine):
        engine.give_up("compiled, the step gives other numbers")
        self._renew_note(forget=True)
        self._redraw()

    # ---- what the browser is told -------------------------------------------------------------------------------

    def _hear(self, content):
        super()._hear(content)
        if content.get("draws"):
            self._work(self._go_ahead())
        elif content.get("gone"):
            self._table.stop()

    def _answer(self, key, epochs):
        key = int(key[0]), float(key[1])
        columns, error = self._find(key)
        self._renew_note()
        self.screen.send({"error": error, "at": list(key)} if error else {"plain": [self._plain(key, columns)]})

    def _plain(self, key, columns):
        return [list(key), {"columns": columns, "length": self._longest + 1, "ended": True}]

    def _send(self, rows):
        self.screen.send(*self._packed(rows))

    def _packed(self, rows):
        return pack([(list(key), columns) for key, columns in rows], self._kinds)

    def _packs(self):
        for _ in self._prepared():
            pass
        return self._table.all(self._packed)


def _apart(key, place):
    """Return how far two keys are apart: a neighbour of the choice is farther than any rate."""
    return 1e3 * abs(key[0] - place[0]) + abs(math.log(key[1] / place[1]))
