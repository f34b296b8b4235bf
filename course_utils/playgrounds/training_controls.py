"""The controls of the training playground: plain sliders, and the same for the browser."""

import math

import ipywidgets as widgets

from .base import slider
from .training_view import LONGEST

# Each as a share of the largest stable learning rate of the data that are shown.
PRESETS = {"too small": 0.05, "about right": 0.5, "zig-zag": 0.95, "blows up": 1.05}
TICK = 0.02  # of the learning rate's slider, in powers of ten


class TrainingControls:
    """limit: the largest learning rate that holds, or None: then nobody knows where presets would be.
    presets: {name: share of that rate}. rate, epochs, epoch: where the sliders stand.

    learning_rate, epochs, epoch, play, keep: the plain widgets. rows: these, as they stand.
    stops: the learning rates of the slider's ticks; presets: {name: learning rate}; buttons: {name: button}.
    """

    def __init__(self, limit, presets, rate, epochs, epoch):
        self._limit = limit
        low = math.floor(math.log10(limit or 1)) - 3
        high = max(1, low + 5)
        self.stops = [float(f"{10 ** (low + TICK * tick):.6g}") for tick in range(round((high - low) / TICK) + 1)]
        self.presets = {name: float(f"{share * limit:.4g}") for name, share in presets.items() if limit}
        self.learning_rate = slider(rate, low, high, TICK, "learning rate", widgets.FloatLogSlider)
        self.epochs = slider(epochs, 0, LONGEST, 1, "epochs", widgets.IntSlider)
        self.epoch = slider(epoch, 0, epoch, 1, "show epoch", widgets.IntSlider)
        self.play = widgets.Play(value=epoch, min=0, max=epoch, interval=150)
        self.keep = widgets.ToggleButton(description="Keep this run", tooltip="Draw this run faintly under the next")
        words = f"holds below <b>{limit:.3g}</b>" if limit else "no stable limit is known for this step"
        self.buttons = {name: widgets.Button(description=name, layout={"width": "100px"}) for name in self.presets}
        self.rows = [
            [self.learning_rate, widgets.HTML(words)],
            [self.epochs, *self.buttons.values()],
            [self.epoch, self.play, self.keep],
        ]

    def named(self):
        """Return the sliders by the names that the browser has for them."""
        return {"rate": self.learning_rate, "epochs": self.epochs, "epoch": self.epoch}

    def for_browser(self):
        """Return the controls of the scene."""
        rate = {"id": "rate", "name": "learning rate", "role": "row", "log": True, "text": "{rate:.4g}"}
        rate |= {"stops": self.stops, "value": self.learning_rate.value, "presets": list(self.presets.items())}
        if self._limit:
            low, high = self.learning_rate.min, self.learning_rate.max
            share = (math.log10(self._limit) - low) / (high - low)
            rate["marks"] = [{"share": share, "text": f"holds below {self._limit:.3g}"}]
        epochs = {"id": "epochs", "name": "epochs", "role": "count", "text": "{epochs}", "low": 0, "high": LONGEST}
        last = self.epoch.value
        epoch = {"id": "epoch", "name": "show epoch", "role": "frame", "text": "{epoch}", "low": 0, "high": last}
        return [rate, epochs | {"value": self.epochs.value, "keep": True}, epoch | {"value": last, "play": True}]

    def is_rounded(self, rate):
        """Return whether the slider stands where a browser has rounded a rate that code has set: no hand did it."""
        return math.isclose(self.learning_rate.value, 10 ** (round(math.log10(rate) / TICK) * TICK))
