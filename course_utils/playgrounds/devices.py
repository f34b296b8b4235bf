"""Share the examples among devices, join their gradients by a sum or a mean, and see what the step becomes."""

import ipywidgets as widgets
import numpy as np
import tensorflow as tf

from ..bowl import Bowl
from ..data import line_data
from ..errors import error_words
from ..inputs import called, finite_number
from ..model import LinearModel
from .base import Playground, slider
from .devices_view import MOST, STEPS, DevicesView
from .words import fill

DIVIDED = ("the number of all examples", "the number of its own examples")
JOINED = ("sum", "mean")
KEYS = [(devices, divided, joined) for devices in range(MOST, 0, -1) for divided in (0, 1) for joined in (0, 1)]
WORDS = (
    "Devices: {devices}. Each divides by {by}; joined by the {how}. Step {step}: w = {w:.4g}, b = {b:.4g}, reported "
    "loss {loss:.4g}. The joined gradient is {times:.4g} times that of all examples."
)


class DevicesPlayground(Playground):
    """Choose how many devices share the examples, what each divides by, and how their gradients are joined.

    data: LineData. replica_step: a function (model, x, y, count) that returns what one device finds on its examples,
    its loss and [its slope along w, along b], where sums are divided by count; the pictures show what it does, right or
    wrong. The parts run on the logical CPUs that there are, in turns. An error in it is told in the summary.
    Raises TypeError for no LineData, ValueError for fewer examples than devices, and either for a learning rate that is
    not a finite number above 0.
    """

    def __init__(self, data, replica_step, *, learning_rate=0.3):
        data = line_data(data)
        if len(data.x) < MOST:
            raise ValueError(f"data must hold at least {MOST} examples, got {len(data.x)}")
        self._rate, self._step = finite_number("learning_rate", learning_rate, above=0), replica_step
        self.data, self._bowl, self._found = data, Bowl(data.x, data.y), {}
        self.devices = slider(MOST, 1, MOST, 1, "devices", widgets.IntSlider)
        self.divided = _choice("divided by", ["all examples", "its own examples"])
        self.joined = _choice("joined by", JOINED)
        self.step = slider(0, 0, STEPS, 1, "step", widgets.IntSlider)
        self._view = DevicesView(data, self._bowl, self._find((1, 0, 0))[0])
        sliders = {"devices": self.devices, "divided": self.divided, "joined": self.joined, "step": self.step}
        scene = {
            "name": "The gradients of all devices, the path in the bowl, and the reported loss",
            "controls": self._controls(),
            "rows": self._plain_rows([KEYS[0], (1, 0, 0)]),
            "words": WORDS,
            "error": self._find(self._key())[1],
        }
        view = self._view
        super().__init__(view.figure, view.axes, view.where, scene, sliders, [[one] for one in sliders.values()])
        for control in sliders.values():
            self._watch(control, self._redraw)
        self._redraw()

    def _controls(self):
        devices = {"id": "devices", "name": "devices", "role": "row", "stops": list(range(1, MOST + 1))}
        step = {"id": "step", "name": "step", "role": "frame", "stops": list(range(STEPS + 1)), "text": "{step}"}
        choices = [
            {"id": name, "name": control.description, "role": "row", "options": [text for text, _ in control.options]}
            for name, control in (("divided", self.divided), ("joined", self.joined))
        ]
        return [
            devices | {"text": "{devices}", "value": MOST, "snap": True},
            *(one | {"value": 0} for one in choices),
            step | {"value": 0},
        ]

    # ---- what the devices do ------------------------------------------------------------------------------------

    def _find(self, key):
        """Return (columns of the row of (devices, divided, joined), ""), or after an error (None, its words).

        It is made when it is first wanted.
        """
        if key not in self._found:
            try:
                self._found[key] = self._columns(*key), ""
            except Exception as error:  # the learner's code may raise anything
                self._found[key] = None, error_words(error, self._step)
        return self._found[key]

    @np.errstate(over="ignore", invalid="ignore")  # a run may blow up
    def _columns(self, devices, divided, joined):
        """Make the columns of a row: a dict of name to a list, an entry for each step. A run that ended stays."""
        model, count = LinearModel(), len(self.data.x)
        parts = list(zip(np.array_split(self.data.x, devices), np.array_split(self.data.y, devices), strict=True))
        entries = []
        for _ in range(STEPS + 1):
            found = [self._on_device(k, model, x, y, len(x) if divided else count) for k, (x, y) in enumerate(parts)]
            loss, *gradient = (np.mean if joined else np.sum)(found, axis=0)
            whole = np.linalg.norm(self._gradient(float(model.w), float(model.b)))
            entry = {"w": float(model.w), "b": float(model.b), "loss": loss, "gw": gradient[0], "gb": gradient[1]}
            entry |= {"times": np.linalg.norm(gradient) / whole if whole else 1.0}
            for k, end in enumerate(np.cumsum(found, axis=0)[np.minimum(range(MOST), devices - 1), 1:]):
                entry[f"cw{k}"], entry[f"cb{k}"] = end  # where the gradients end, each put behind the one before
            if not np.isfinite(list(entry.values())).all():
                break
            entries.append(entry)
            model.w.assign_sub(self._rate * gradient[0])
            model.b.assign_sub(self._rate * gradient[1])
        if not entries:
            raise ValueError("replica_step must return finite numbers")
        entries += [entries[-1]] * (STEPS + 1 - len(entries))
        columns = {name: [float(entry[name]) for entry in entries] for name in entries[0]}
        return columns | {"by": [DIVIDED[divided]], "how": [JOINED[joined]]}

    def _gradient(self, w, b):
        """Return the slopes along w and b of the mean squared error of all examples."""
        x, y = np.asarray(self.data.x, float), np.asarray(self.data.y, float)
        residual = y - w * x - b
        return -2 * np.mean(x * residual), -2 * np.mean(residual)

    def _on_device(self, number, model, x, y, count):
        """Return [loss, slope along w, slope along b] of the learner's function, run on a device."""
        devices = tf.config.list_logical_devices("CPU")
        before = model.w.numpy(), model.b.numpy()
        with tf.device(devices[number % len(devices)].name):
            found = called(self._step, model, tf.constant(x), tf.constant(y), float(count))
        if before != (model.w.numpy(), model.b.numpy()):
            raise ValueError("replica_step must leave w and b to the joined gradient, and it moved them")
        return _three_numbers(found)

    # ---- what is shown ------------------------------------------------------------------------------------------

    def _key(self):
        return self.devices.value, self.divided.index, self.joined.index

    def _redraw(self):
        row, _ = self._find(self._key())
        if row:
            self._view.place(row, self.step.value)
        self._show()

    def _words(self):
        (row, error), step = self._find(self._key()), self.step.value
        if error:
            return error
        values = {name: column[0 if isinstance(column[0], str) else step] for name, column in row.items()}
        return fill(WORDS, values | {"devices": self.devices.value, "step": step})

    def _hear(self, content):
        super()._hear(content)
        if content.get("draws"):
            self._work(self._fill(), later=True)

    def _fill(self):
        """Make and send the rows where cells run, in pieces: a generator."""
        for key in KEYS:
            self._answer(key, STEPS)
            yield

    def _answer(self, key, epochs):
        key = tuple(map(int, key))
        _, error = self._find(key)
        self.screen.send({"error": error, "at": list(key)} if error else {"plain": self._plain_rows([key])})

    def _plain_rows(self, keys):
        found = {key: self._find(key)[0] for key in keys}
        return [[list(key), {"columns": row, "length": STEPS + 1, "ended": True}] for key, row in found.items() if row]

    def saved(self):
        """Return what `start` in screen.js needs to draw the playground where no kernel runs, as a dict for JSON."""
        saved = super().saved()
        return saved | {"scene": saved["scene"] | {"rows": self._plain_rows(KEYS)}}


def _three_numbers(found):
    """Return [loss, slope along w, slope along b], floats, of what a learner's function returned."""
    try:
        loss, (along_w, along_b) = found
        return np.array([_number(one) for one in (loss, along_w, along_b)])
    except (TypeError, ValueError):
        wanted = "replica_step must return a loss and [its slope along w, its slope along b]"
        raise TypeError(f"{wanted}, got {_kind_of(found)}") from None


def _number(found):
    if isinstance(found, str) or np.shape(found) != ():
        raise TypeError
    return float(found)


def _kind_of(found, within=True):
    """Return what a thing is, and what it is made of, in words."""
    if within and isinstance(found, tuple | list):
        parts = ", ".join(_kind_of(part, False) for part in found)
        return f"[{parts}]" if isinstance(found, list) else f"({parts})"
    if tf.is_tensor(found):
        return f"a tensor of shape {found.shape}" if found.shape.rank else "a number"
    return "None" if found is None else "a number" if isinstance(found, float | int) else f"a {type(found).__name__}"


def _choice(name, options):
    choice = widgets.ToggleButtons(options=[(option, k) for k, option in enumerate(options)])
    choice.description = name
    return choice
