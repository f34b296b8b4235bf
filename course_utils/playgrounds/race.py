"""Let training steps race from one line, on raw and on standardised data: in the ravine, in the bowl, by their loss."""

import contextlib
import math

import ipywidgets as widgets
import numpy as np

from ..data import LineData, line_data, standardise
from ..engine import Engine
from ..inputs import finite_number
from ..model import LinearModel
from .base import slider
from .by_rate import PlaygroundByRate
from .race_rows import columns_of, kinds_of, limit_of
from .race_view import LONGEST, RaceView
from .words import fill

LOW, HIGH = -6, 2  # ends of the learning rate's slider, in powers of ten
WORLDS = ("Raw", "Standardised")


class RacePlayground(PlaygroundByRate):
    """Let training steps race from one line: on the data as they are, or standardised. The limit of each is marked.

    data: LineData. steps: {name: step}, each as `train_step`, up to six; what they do is drawn, right or wrong.
    w, b: the line they start from, in the units of the data.
    Whatever state a step keeps, each run begins from what that was when the playground was made. An error in one is
    told in the summary. Raises TypeError for no LineData and for steps that are no dict by name, ValueError for none or
    more than six, an empty name, and data that are all equal; and either for w or b that are not finite numbers.
    """

    def __init__(self, data, steps, *, w=0.0, b=0.0):
        data = line_data(data)
        if not isinstance(steps, dict) or not all(isinstance(name, str) for name in steps):
            raise TypeError(f"steps must be a dict, {{name: step}}, got {steps!r}")
        if not all(name.strip() for name in steps):
            raise ValueError(f"each step must have a name, got {list(steps)}")
        if not 0 < len(steps) <= 6:
            raise ValueError(f"steps must be one to six, by name, got {len(steps)}")
        self.data, self._names = data, list(steps)
        self._longest, self._kinds, self._broken = LONGEST, kinds_of(len(steps)), {}
        self._subjects = [f"Your step `{name}`" for name in steps]
        start = finite_number("w", w), finite_number("b", b)
        for name, values in (("x", data.x), ("y", data.y)):
            if not np.ptp(values):
                raise ValueError(f"{name} can't be standardised, it is {float(values[0]):g} everywhere")
        scaled = LineData(standardise(data.x), standardise(data.y), None, None, None, data.x_name, data.y_name)
        (x_mean, x_std), (y_mean, self._unit) = (
            (np.mean(values), np.std(values)) for values in (np.asarray(data.x, float), np.asarray(data.y, float))
        )
        starts = start, (start[0] * x_std / self._unit, (start[1] + start[0] * x_mean - y_mean) / self._unit)
        self._engines = [
            [Engine(LinearModel(*place), world.x, world.y, step, world.x[:2]) for step in steps.values()]
            for world, place in zip((data, scaled), starts, strict=True)
        ]
        self._limits = [[None] * len(steps) for _ in WORLDS]
        self._find_out()
        self._view = RaceView(data, [engines[0].bowl for engines in self._engines], starts, self._names, self._unit)
        self._make_controls()
        first, self.error = self._find(self._key())
        names = {f"name{k}": name for k, name in enumerate(self._names)}
        scene = {
            "name": "Steps that race: in the ravine of the raw data, in the bowl of the standardised, and their loss",
            "controls": self._controls(),
            "rows": [self._plain(self._key(), first)] if first else [],
            "words": self._template(),
            "finite": "off0",
            "constants": names | {"best": math.sqrt(self._engines[0][0].bowl.floor), "note": self._note()},
            "error": self.error,
        }
        sliders = {"data": self.choice, "rate": self.learning_rate, "epochs": self.epochs, "epoch": self.epoch}
        rows = [[self.choice], [self.learning_rate], [self.epochs], [self.epoch, self.play]]
        view = self._view
        super().__init__(view.figure, view.axes, view.where, scene, sliders, rows, view.epochs_axis)
        self._begin(self.epochs)

    # ---- what the steps do --------------------------------------------------------------------------------------

    def _find_out(self):
        """Compile each step where that gives the same, and measure its limit."""
        for world, engines in enumerate(self._engines):
            for place, engine in enumerate(engines):
                plain = 2 / engine.bowl.steepest
                with contextlib.suppress(Exception):  # whatever the learner's code raises is told when it is drawn
                    engine.compile(engine.run(0.5 * plain, 10))
                    if engine.repeats:
                        self._limits[world][place] = limit_of(engine, plain, 10.0**HIGH)

    @property
    def limits(self):
        """The largest learning rates that hold, as measured: {"Raw": {name: a float, or None if none was found}}.

        None, too, for a step of which no two runs are the same.
        """
        worlds = zip(WORLDS, self._limits, strict=True)
        return {where: dict(zip(self._names, found, strict=True)) for where, found in worlds}

    def _columns(self, key, runs):
        """Return the columns of a row, (world, rate): a dict of name to a list, an entry an epoch."""
        return columns_of(WORLDS[key[0]], [run.history for run in runs], self._unit if key[0] else 1.0)

    # ---- the controls -------------------------------------------------------------------------------------------

    def _make_controls(self):
        self._make_rate(1e-5, LOW, HIGH)
        self.choice = widgets.ToggleButtons(options=[(where.lower(), k) for k, where in enumerate(WORLDS)])
        self.choice.description = "data"
        self.epochs = slider(LONGEST, 0, LONGEST, 1, "epochs", widgets.IntSlider)
        self.epoch = self.frame = slider(LONGEST, 0, LONGEST, 1, "show epoch", widgets.IntSlider)

    def _controls(self):
        """Return the controls of the scene."""
        data = {"id": "data", "name": "data", "role": "row", "options": [where.lower() for where in WORLDS], "value": 0}
        rate = self._rate_control() | {"marks": self._marks()}
        epochs = {"id": "epochs", "name": "epochs", "role": "count", "text": "{epochs}", "low": 0, "high": LONGEST}
        epoch = {"id": "epoch", "name": "show epoch", "role": "frame", "text": "{epoch}", "low": 0, "high": LONGEST}
        return [data, rate, epochs | {"value": LONGEST}, epoch | {"value": LONGEST, "play": True}]

    def _marks(self):
        marks = []
        for world, limits in enumerate(self._limits):
            known = [(name, limit) for name, limit in zip(self._names, limits, strict=True) if limit]
            for name, limit in known[:2]:  # more would stand on each other
                share = (math.log10(limit) - LOW) / (HIGH - LOW)
                marks.append({"share": share, "text": f"{name} {limit:.3g}", "when": {"data": world}})
        return marks

    def _template(self):
        unit = self._view.unit
        runs = "".join(f" {{name{k}}}: {{off{k}:.4g}}{unit} off, {{told{k}}}." for k in range(len(self._names)))
        words = "{where} data, learning rate {rate:.4g}, epoch {epoch} of {made}." + runs
        return words + f" The best line: {{best:.4g}}{unit} off." + "{note}{missing}"

    # ---- what is shown ------------------------------------------------------------------------------------------

    def _epochs(self):
        return self.epochs.value

    def _redraw(self):
        made = self.epochs.value
        if not self._drawn:  # the browser has controls of its own
            epoch = min(self.epoch.value, made)
            self._set(self.epoch, max=max(made, 1), value=epoch)
            self._set(self.play, max=max(made, 1), value=epoch)
        super()._redraw()

    def _place(self):
        self._view.place(self._shown, self.choice.index, min(self.epoch.value, self.epochs.value))

    def _words(self):
        if self.error:
            return self.error
        (_, rate), made = self._key(), self.epochs.value
        epoch, shown = min(self.epoch.value, made), self._shown
        values = {"rate": rate, "epoch": epoch, "made": made, "missing": ""} | self._scene["constants"]
        values |= {name: column[made if isinstance(column[0], str) else epoch] for name, column in shown.items()}
        return fill(self._scene["words"], values | {"note": self._note()})
