"""Train a sum of hinges: choose how many they are, and the noise of the data, and walk through the epochs."""

import ipywidgets as widgets
import numpy as np

from ..data import line_data
from ..drawing import ends_of
from ..errors import error_words
from ..inputs import finite_number
from .base import Playground, slider
from .hinge_rows import CURVE, EPOCHS, EVERY, LONGEST, HingeRuns, kinds_of
from .hinge_view import HingeView
from .rows import pack
from .table import Table
from .words import fill

UNITS = list(range(1, 9))
NOISES = [0.0, 0.1, 0.2, 0.3, 0.4]
START = 2, 0.2  # hinges, noise
TRAINING, VALIDATION = dict(examples=20, seed=0), dict(examples=200, seed=1)
WORDS = (
    "{units} hinges, noise {noise:.1f}, epoch {epochs}: loss {train:.4g} on 20 training points, {valid:.4g} on 200 new "
    "ones. That was lowest at epoch {when:.4g}: {lowest:.4g}.{ended}{note}{missing}"
)


class HingePlayground(Playground):
    """Choose how many hinges there are, and the noise of the data; see the model, every hinge, and both losses.

    make_model: a function of a number of units that returns a model with the Variables w, b, a of shape (units,) and a
    scalar c. make_data: a function (noise=…, examples=…, seed=…) that returns LineData, with the same x for each noise.
    step: makes one update, as `train_step` does, of all Variables; the pictures show what it does, right or wrong.
    An error in it is told in the summary. Hinges that do not add up to what the model says are not drawn. Raises
    TypeError for a model without these Variables, ValueError for data that are not such.
    """

    def __init__(self, make_model, make_data, step, *, learning_rate=0.1):
        self.learning_rate = finite_number("learning_rate", learning_rate, above=0)
        data = [_data_of(make_data, **which) for which in (TRAINING, VALIDATION)]
        if np.isin(data[0][0].x, data[1][0].x).all():
            raise ValueError("make_data must make other examples for another seed: to validate, they must be new")
        self._parts = *data, step, self.learning_rate, np.linspace(*ends_of(data[1][0].x), CURVE)
        if all(hasattr(make_model, name) for name in "wbac"):
            raise TypeError(f"make_model must be the class, or a function of units, got a {type(make_model).__name__}")
        self._models = {units: _checked(make_model(units)) for units in UNITS}
        self._runs = {}
        first, self.error = self._find(START)
        heights = np.concatenate([each.y for each in data[0]])
        reach = 0.15 * float(np.ptp(heights))
        ends = heights.min() - reach, heights.max() + reach
        size = 10.0 ** np.floor(np.log10(np.mean(heights**2) or 1.0))
        span = 3e-3 * size, max(20 * size, 4 * first["train"][0] if first else 0)
        self._view = HingeView(data[1][0], data[0][0].x, UNITS[-1], ends, span)
        self._kinds = kinds_of(UNITS[-1], len(data[0][0].x))
        self.units = slider(START[0], 1, UNITS[-1], 1, "units", widgets.IntSlider)
        self.noise = slider(START[1], NOISES[0], NOISES[-1], 0.1, "noise")
        self.epochs = slider(LONGEST, 0, LONGEST, EVERY, "epochs", widgets.IntSlider)
        view = self._view
        scene = {
            "name": "A model of hinges over its training data, each of its hinges, and both losses",
            "controls": self._controls(),
            "rows": [],
            "words": WORDS,
            "constants": {"note": self._note()},
            "error": self.error,
        }
        sliders = {"units": self.units, "noise": self.noise, "epochs": self.epochs}
        super().__init__(view.figure, view.axes, view.where, scene, sliders, [[one] for one in sliders.values()])
        self._tables = {}
        for control in sliders.values():
            self._watch(control, self._redraw)
        self._redraw()

    def _controls(self):
        units = {"id": "units", "name": "units", "role": "row", "stops": UNITS, "text": "{units}"}
        noise = {"id": "noise", "name": "noise", "role": "row", "stops": NOISES, "text": "{noise:.1f}"}
        epochs = {"id": "epochs", "name": "epochs", "role": "frame", "stops": EPOCHS, "text": "{epochs}"}
        rows = [units | {"value": START[0], "snap": True}, noise | {"value": START[1], "snap": True}]
        return [*rows, epochs | {"value": LONGEST}]

    def _runs_of(self, units):
        """Return the HingeRuns of so many hinges, made where they are not there yet. Raises what the step raises."""
        if units not in self._runs:
            self._runs[units] = HingeRuns(self._models[units], *self._parts)
        return self._runs[units]

    def _note(self):
        notes = dict.fromkeys(runs.engine.note for runs in self._runs.values() if runs.engine.note)
        if not all(runs.of_hinges for runs in self._runs.values()):
            notes["(Its hinges are not drawn: a · relu(w·x + b), added up with c, is not what the model says.)"] = None
        return "".join(f" {note}" for note in notes)

    def _key(self):
        return self.units.value, min(NOISES, key=lambda noise: abs(noise - self.noise.value))

    def _find(self, key):
        """Return (columns of the row of (units, noise), ""), or after an error in the step (None, its words)."""
        noise = NOISES.index(key[1])
        try:
            runs = self._runs_of(key[0])
            return runs.columns(runs.engine.sketch(noise, LONGEST), noise, UNITS[-1]), ""
        except Exception as error:  # the learner's code may raise anything
            return None, error_words(error, self._parts[2])

    def _row(self, key):
        """Return (key, columns) where the step is compiled, or None."""
        runs, noise = self._runs_of(key[0]), NOISES.index(key[1])
        run = runs.engine.compiled_run(noise, LONGEST)
        return run and (key, runs.columns(run, noise, UNITS[-1]))

    def _entry(self):
        return round(self.epochs.value / EVERY)

    def _redraw(self):
        self._shown, self.error = self._find(self._key())
        if self._shown:
            self._view.place(self._shown, self._entry())
        self._show()

    def _words(self):
        if self.error:
            return self.error
        (units, noise), entry = self._key(), self._entry()
        values = {name: self._shown[name][entry] for name in ("train", "valid", "lowest", "when", "ended")}
        values |= {"units": units, "noise": noise, "epochs": EPOCHS[entry], "note": self._note(), "missing": ""}
        return fill(WORDS, values)

    def _hear(self, content):
        super()._hear(content)
        if content.get("draws"):
            self._work(self._fill_tables(), later=True)
        elif content.get("gone"):
            for table in self._tables.values():
                table.stop()

    def _fill_tables(self):
        """Make the runs of each number of hinges where cells run, in pieces: a generator; then rows, on threads."""
        for units in sorted(UNITS, key=lambda units: abs(units - self.units.value)):
            table = self._table_of(units)
            self._renew_note()
            if table:
                table.start(self._key)
            yield

    def _table_of(self, units):
        """Return the Table of so many hinges; None where their step is not compiled, or raises an error."""
        try:
            compiled = self._runs_of(units).engine.compiled
        except Exception:  # it is told where it is shown
            compiled = False
        keys = [(units, noise) for noise in NOISES]
        return self._tables.setdefault(units, Table(keys, self._row, self._send, _apart)) if compiled else None

    def _answer(self, key, epochs):
        key = int(key[0]), min(NOISES, key=lambda noise: abs(noise - key[1]))
        columns, error = self._find(key)
        self._renew_note()
        if columns:
            self._send([(key, columns)])
        else:
            self.screen.send({"error": error, "at": list(key)})

    def _send(self, rows):
        self.screen.send(*self._packed(rows))

    def _packed(self, rows):
        return pack([(list(key), values) for key, values in rows], self._kinds)

    def _packs(self):
        tables = filter(None, [self._table_of(units) for units in UNITS])
        return [part for table in tables for part in table.all(self._packed)]


def _data_of(make_data, examples, seed):
    """Return the LineData of each noise; raise ValueError where they are not so many, or x changes with the noise."""
    data = [line_data(make_data(noise=noise, examples=examples, seed=seed)) for noise in NOISES]
    for each in data:
        if each.x.shape != (examples,):
            raise ValueError(f"make_data must make {examples} examples when asked for them, got shape {each.x.shape}")
        if not np.array_equal(each.x, data[0].x):
            raise ValueError("make_data must make the same x for each noise, seed by seed")
    return data


def _checked(model):
    """Return a model; raise TypeError unless it has the Variables of hinges."""
    missing = [name for name in "wbac" if not hasattr(getattr(model, name, None), "assign_sub")]
    if missing or not callable(model):
        lacks = ", ".join(missing) or "__call__"
        raise TypeError(
            f"make_model must make models with Variables w, b, a and c, got {type(model).__name__} without {lacks}"
        )
    return model


def _apart(key, place):
    """Return how far two keys (units, noise) are apart, in noise."""
    return abs(key[1] - place[1])
