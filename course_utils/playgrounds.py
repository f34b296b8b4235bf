"""The sliders of the course: each playground keeps its controls, a live picture and a summary in words in step.

Only core ipywidgets, in spellings that versions 7.7.1 and 8.1 share.
"""

import contextlib
import html
import math
import threading
import traceback

import ipywidgets as widgets
import numpy as np
import tensorflow as tf

from . import picture
from .bowl import Bowl
from .drawing import draw_bowl, draw_data, ends_of, finite, legend, over_epochs
from .engine import Engine
from .inputs import check_model
from .live import LivePicture
from .loss import mean_squared_error
from .model import LinearModel
from .picture import label, new_figure, png_output, zoom
from .training import History, train, train_step

ROW = {"flex_flow": "row wrap", "align_items": "center"}
WIDE, NARROW = widgets.Layout(width="330px", max_width="100%"), widgets.Layout(width="230px")
# Each as a share of the largest stable learning rate of the data that are shown.
PRESETS = {"too small": 0.05, "about right": 0.5, "zig-zag": 0.95, "blows up": 1.05}
LABELS = {"description_width": "130px"}


class Playground:
    """Controls over a live picture over its summary. `widget` holds them all; a cell that ends in it shows it.

    Where widgets can't run, it leaves the picture of its state, with the summary as alt text.
    Callbacks may come on a thread of their own, so one lock guards each playground.
    """

    def __init__(self, figure, moving, controls, scales=()):
        self._lock = threading.RLock()
        self._quiet = False
        self._size = f"{zoom():.2g}em"
        self._live = LivePicture(figure, moving, scales)
        place = widgets.Layout(grid_area="1 / 1", width="100%", height="auto", margin="0")  # one over the other
        self._still, self._changing = widgets.Image(format="png", layout=place), widgets.HTML(layout=place)
        size = widgets.Layout(width=f"{self._live.width}px", max_width="calc(100% - 4px)", overflow="visible")
        self.summary = ""
        self.widget = widgets.VBox([*controls, widgets.GridBox([self._still, self._changing], layout=size)])

    @property
    def png(self):
        """The picture that is now shown, as bytes of a PNG file."""
        with self._lock:
            return self._live.png()

    def _watch(self, control, action):
        """Call action() when the value of control changes, unless the playground itself is changing it."""

        def changed(_):
            with self._lock:
                if not self._quiet:
                    action()

        control.observe(changed, "value")

    def _set(self, control, **traits):
        """Change traits of a control without answering to the change.

        Not by `hold_sync`: to a new max and value in one message, JupyterLab's slider answers with its old value.
        """
        with self._lock:
            before, self._quiet = self._quiet, True
            try:
                for name, value in traits.items():
                    setattr(control, name, value)
            finally:
                self._quiet = before

    def _pair(self, slider, box):
        """Keep a slider and its number box equal."""
        slider.observe(lambda _: self._set(box, max=slider.max, value=round(slider.value, 6)), ["max", "value"])
        self._watch(box, lambda: setattr(slider, "value", box.value))

    def _show(self, summary):
        self.summary = summary
        self._still.value = self._live.still()
        self._changing.value = (
            f'{self._live.moving()}<div role="status" aria-live="polite" style="line-height:1.4; min-height:5em; '
            f'font-size:{self._size}; max-width:60em">{html.escape(summary)}</div>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        data, metadata = png_output(self.png, self.summary, self._live.width, self._live.height)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        data["application/vnd.jupyter.widget-view+json"] = view
        return data, metadata


def slider(value, low, high, step=0.1, kind=widgets.FloatSlider):
    """Return a slider in the size of the course; its name and its value stand in its box."""
    return kind(value=value, min=low, max=high, step=step, readout=False, layout=WIDE)


def box_of(slider, name, kind=widgets.BoundedFloatText):
    """Return a number box for a slider.

    It takes exact values and is the slider of those whom a slider leaves out: ipywidgets gives its handle no name that
    a screen reader could say, and Notebook 7 keeps the arrow keys for itself.
    """
    limits = dict(min=slider.min, max=slider.max, step=slider.step)
    return kind(value=slider.value, description=name, style=LABELS, layout=NARROW, **limits)


def row(*controls):
    """Return controls side by side, or one under the other where that is too wide."""
    return widgets.HBox(controls, layout=ROW)


class TangentPlayground(Playground):
    """Drag x along a curve and read the slope that the tape finds there.

    function: takes and gives a float32 tensor, element by element. low, high: the ends of x.
    """

    def __init__(self, function, *, low=-3.0, high=3.0, x=1.0):
        self._function = function
        self.x = slider(x, low, high)
        figure, [ax] = new_figure(640, 380)
        points = np.linspace(low, high, 200, dtype=np.float32)
        ax.plot(points, function(tf.constant(points)), label="the curve", **picture.LOSS)
        ax.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())  # the tangent must not move them
        (self._tangent,) = ax.plot([], [], label="its tangent at x", **picture.PREDICTION)
        (self._point,) = ax.plot([], [], **picture.NOW)
        label(ax, "A curve and its tangent", "x", "y")
        legend(ax)
        box = box_of(self.x, "x")
        super().__init__(figure, [self._tangent, self._point], [row(box, self.x)])
        self._watch(self.x, self._redraw)
        self._pair(self.x, box)
        self._redraw()

    def _redraw(self):
        x = tf.constant(self.x.value, tf.float32)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = self._function(x)
        self.slope = float(tape.gradient(y, x))
        ends = np.array([self.x.min, self.x.max])
        self._tangent.set_data(ends, float(y) + self.slope * (ends - self.x.value))
        self._point.set_data([self.x.value], [float(y)])
        way = "flat here" if abs(self.slope) < 0.005 else "rising" if self.slope > 0 else "falling"
        self._show(
            f"At x = {self.x.value:.2f} the curve is at {float(y):.2f} and its slope is {self.slope:.2f}: {way}."
        )


class LinePlayground(Playground):
    """Move a line over the data by its w and b; with loss=True see its loss, and its place in the bowl, too.

    data: LineData. w, b: where the line starts.
    """

    def __init__(self, data, *, loss=False, w=0.0, b=0.0):
        self.data, self._with_loss = data, loss
        self._bowl = Bowl(data.x, data.y)
        self.w, self.b = slider(w, -2.0, 8.0, 0.05), slider(b, -3.0, 7.0, 0.05)
        figure, axes = new_figure(880 if loss else 640, 380, columns=2 if loss else 1)
        draw_data(axes[0], data)
        axes[0].lines[-1].remove()  # the learner looks for the true line
        self._ends = ends_of(data.x)
        (self._line,) = axes[0].plot([], [], label="your line", **picture.PREDICTION)
        label(axes[0], "Data and your line", "x", "y")
        legend(axes[0])
        moving = [self._line]
        if loss:
            draw_bowl(axes[1], self._bowl, [(8, 2), (3, 7)], mark=False)  # the learner looks for that too
            axes[1].autoscale(False)
            (self._place,) = axes[1].plot([], [], label="your line", **picture.NOW)
            label(axes[1], "Its loss: darker is higher", "w", "b")
            legend(axes[1])
            moving.append(self._place)
        pairs = [(self.w, box_of(self.w, "slope w")), (self.b, box_of(self.b, "intercept b"))]
        super().__init__(figure, moving, [row(box, control) for control, box in pairs])
        for control, box in pairs:
            self._watch(control, self._redraw)
            self._pair(control, box)
        self._redraw()

    @property
    def loss(self):
        """The mean squared error of the line that is shown, as a float."""
        return float(mean_squared_error(self.data.y, self.w.value * self.data.x + self.b.value))

    def _redraw(self):
        w, b = self.w.value, self.b.value
        self._line.set_data(self._ends, w * self._ends + b)
        summary = f"Your line: w = {w:.2f}, b = {b:.2f}."
        if self._with_loss:
            self._place.set_data([w], [b])
            summary += f" Its loss is {self.loss:.3f}; the lowest possible on these data is {self._bowl.floor:.3f}."
        self._show(summary)


class TrainingPlayground(Playground):
    """Train with a learning rate and a number of epochs, and see the line, its path in the bowl, and the loss.

    data: LineData. model: starts each run from the values it has now, and keeps them; by default LinearModel().
    step: the function that makes one update, as `train_step` does; the pictures show what it does, right or wrong.
    It is traced where it can be, and else runs eagerly; an error in it is told in the summary.
    Raises TypeError for a model without w and b, ValueError for one whose loss is not finite.
    """

    def __init__(self, data, *, model=None, step=train_step):
        self.data, self._step = data, step
        self._model = LinearModel() if model is None else model
        check_model(self._model)
        self._bowl = Bowl(data.x, data.y)
        self._start = train(self._model, data.x, data.y, learning_rate=1, epochs=0)
        if self._start.diverged:
            w, b = self._start.w[0], self._start.b[0]
            raise ValueError(f"model must start where its loss is finite, got w = {w:g}, b = {b:g}")
        self.history, self._kept, self._error = self._start, None, ""
        self._run, self._note = engine(self._model, data, step)
        self._multiple = self._probe()
        figure, moving = self._draw_background()
        super().__init__(figure, moving, self._make_controls(), scales=[self._views[2].xaxis])
        self._rate = self.learning_rate.value
        self._watch(self.learning_rate, self._rate_slid)
        self._watch(self.rate_box, self._rate_typed)
        self._watch(self.epochs, self._train)
        self._watch(self.epoch, self._redraw)
        self._watch(self.play, lambda: setattr(self.epoch, "value", self.play.value))
        self._watch(self.playing, self._play)
        self.play.observe(lambda change: self._set(self.playing, value=change.new), "playing")
        self._watch(self.keep, self._keep)
        self._watch(self.reduction, self._reduce)
        self._pair(self.epochs, self.epochs_box)
        self._pair(self.epoch, self.epoch_box)
        self._reduce()

    # ---- what is fixed: the controls and the background -------------------------------------------------------

    def _make_controls(self):
        self.learning_rate = slider(0.1, -4, 1, 0.02, widgets.FloatLogSlider)
        self.rate_box = box_of(self.learning_rate, "learning rate")  # `_reduce` sets its limits
        self.epochs = slider(10, 0, 200, 1, widgets.IntSlider)
        self.epochs_box = box_of(self.epochs, "epochs", widgets.BoundedIntText)
        self.epoch = slider(10, 0, 10, 1, widgets.IntSlider)
        self.epoch_box = box_of(self.epoch, "show epoch", widgets.BoundedIntText)
        # Play's own buttons are icons without a name. In version 8 it can be run by a button that has one.
        self.play = widgets.Play(value=0, min=0, max=10, interval=150)
        self.playing = widgets.ToggleButton(description="Play", layout=widgets.Layout(width="100px"))
        runs = "playing" in self.play.trait_names()
        (self.play if runs else self.playing).layout.display = "none"
        self.reduction = widgets.ToggleButtons(
            options=[("loss: mean", "mean"), ("loss: sum", "sum")], style={"button_width": "100px"},
            layout=widgets.Layout(display="" if self._plain else "none"),
        )  # fmt: skip
        self.keep = widgets.ToggleButton(description="Keep this run", tooltip="Draw this run faintly under the next")
        self.limit = widgets.HTML()
        self.presets = [self._button(name, lambda name=name: self._preset(name)) for name in PRESETS]
        steps = [
            self._button("Reset", lambda: self._go(0)),
            self._button("Step back", lambda: self._go(self.epoch.value - 1)),
            self._button("Step", lambda: self._go(self.epoch.value + 1)),
        ]
        return [
            row(self.rate_box, self.learning_rate, self.limit),
            row(self.epochs_box, self.epochs, row(*self.presets)),
            row(self.epoch_box, self.epoch, row(self.play, self.playing, *steps)),
            widgets.HBox([self.keep, self.reduction], layout=ROW | {"padding": "0 0 0 136px"}),
        ]

    def _button(self, description, action):
        button = widgets.Button(description=description, layout=widgets.Layout(width="100px"))

        def clicked(_):
            with self._lock:
                action()

        button.on_click(clicked)
        return button

    def _draw_background(self):
        figure, (line, bowl, loss) = new_figure(960, round(370 * zoom() ** 0.5), columns=3)
        w, b, start = self._start.w[0], self._start.b[0], float(self._start.loss[0])
        draw_data(line, self.data)
        self._ends = ends_of(self.data.x)
        line.plot(self._ends, w * self._ends + b, label="before", **picture.FAINT)
        draw_bowl(bowl, self._bowl, [(w, b)])
        bowl.autoscale(False)
        bowl.plot(w, b, label="start", **picture.START)
        floor = self._bowl.floor
        loss.set_yscale("log")
        low = floor / 1.5 if floor > 1e-3 * start else 1e-6 * max(start, 1e-6)
        loss.set_ylim(low, 30 * max(start, floor, 1e-6))
        loss.axhline(max(floor, low), label="best possible", **picture.TRUTH)
        label(line, "The line", "x", "y")
        label(bowl, "Its path in the bowl", "w", "b")
        label(loss, "The loss", "epoch", "mean squared error")
        self._views = (line, bowl, loss)
        kept = [ax.plot([], [], **picture.FAINT)[0] for ax in self._views]
        run = [
            line.plot([], [], label="after", **picture.PREDICTION)[0],
            bowl.plot([], [], label="path", **picture.PATH)[0],
            loss.plot([], [], label="loss", **picture.LOSS)[0],
        ]
        now = [ax.plot([], [], **picture.NOW)[0] for ax in (bowl, loss)]
        self._kept_lines, self._run_lines, self._now = kept, run, now
        handles = [handle for ax in self._views for handle in ax.get_legend_handles_labels()[0]]
        legend(figure, handles=handles, loc="outside lower center", ncols=9 if zoom() == 1 else 5, columnspacing=1.4)
        loss.grid(visible=False, axis="x")
        over_epochs(loss, 10)
        return figure, [*kept, *run, *now]

    # ---- what the controls do ---------------------------------------------------------------------------------

    @property
    def _plain(self):
        """Whether the step is plain gradient descent on the mean, so that its sum is simply n times as steep."""
        return self._multiple is not None and abs(self._multiple - 1) < 0.01

    @property
    def _gain(self):
        """How many times as far as gradient descent on the mean each step goes."""
        return len(self.data.x) if self._plain and self.reduction.value == "sum" else 1

    @property
    def largest_stable(self):
        """The largest learning rate at which this step holds, a float; None where theory is silent."""
        if self._multiple is None or self._multiple <= 0:
            return None
        return 2 / (self._bowl.steepest * self._multiple * self._gain)

    def _rate_slid(self):
        # A browser rounds what code sets to the slider's ticks and sends that back; no hand did it.
        tick = round(math.log10(self._rate) / self.learning_rate.step) * self.learning_rate.step
        if not math.isclose(self.learning_rate.value, 10**tick):
            self._take_rate(self.learning_rate.value, digits=4)

    def _rate_typed(self):
        self._take_rate(self.rate_box.value)

    def _take_rate(self, value, digits=17):
        if not math.isfinite(value):  # code can set what hands can't: stay where we are
            value = self.history.learning_rate
        self._rate = value
        self._set(self.learning_rate, value=value)
        self._train()  # first, so that the picture does not wait for the box
        self._set(self.rate_box, value=float(f"{value:.{digits}g}"))

    def _reduce(self):
        """Fit the range of learning rates, and the limit that is stated, to the mean or the sum."""
        limit = self.largest_stable
        lowest = math.floor(math.log10(limit or 1)) - 3
        highest = max(1, lowest + 5)
        self._set(self.learning_rate, min=min(lowest, self.learning_rate.min), max=highest)
        self._set(self.learning_rate, min=lowest)
        self._rate = min(max(self._rate, 10.0**lowest), 10.0**highest)
        self._set(self.rate_box, min=10.0**lowest, max=10.0**highest, value=float(f"{self._rate:.4g}"))
        held = f"holds below <b>{limit:.3g}</b>" if limit else "no stable limit is known for this step"
        self.limit.value = f'<span style="padding-left:1em">{held}</span>'
        self._train()

    def _preset(self, name):
        self._take_rate(PRESETS[name] * (self.largest_stable or 2 / self._bowl.steepest), digits=4)

    def _go(self, epoch):
        self.epoch.value = min(max(epoch, 0), self.epoch.max)

    def _play(self):
        if self.playing.value and self.epoch.value == self.epoch.max:
            self._go(0)
        self.play.playing = self.playing.value

    def _keep(self):
        self._kept = self.history if self.keep.value else None
        self._redraw()

    def _probe(self):
        """Return how many times the step of gradient descent this step takes, or None where it does another thing."""
        learning_rate = 0.3 * 2 / self._bowl.steepest
        try:
            history = self._run(learning_rate, 2)
        except Exception:  # the learner's code: `_train` will say what is wrong with it
            return None
        return self._bowl.step_multiple(history.w, history.b, learning_rate) if history.epochs == 2 else None

    def _train(self):
        try:
            history = self._run(self._rate * self._gain, self.epochs.value)
        except Exception as error:  # the learner's code may raise anything
            self._error = error_words(error, self._step)
            self._show(self._error)
            return
        self._error = ""
        self.history = History(history.w, history.b, history.loss, self._rate)
        last = len(finite(self.history)[0]) - 1  # the last that can be shown
        self._set(self.epoch, max=last, value=last)
        self._set(self.play, max=last, value=last)
        self._redraw()

    # ---- what they show ---------------------------------------------------------------------------------------

    def _redraw(self):
        self._set(self.play, value=self.epoch.value)
        now = self._place(self.history, self._run_lines, self.epoch.value)
        for marker, (x, y) in zip(self._now, (now[1:3], (now[0], now[3])), strict=True):
            marker.set_data([x], [y])
        if self._kept is not None:
            self._place(self._kept, self._kept_lines, self._kept.epochs)
        for artist in self._kept_lines:
            artist.set_visible(self._kept is not None)
        last = max(self.history.epochs, self._kept.epochs if self._kept else 0)
        over_epochs(self._views[2], min((end for end in (10, 20, 50, 100, 200) if end >= last), default=last))
        self._show(self._error or self._describe())

    def _place(self, history, lines, until):
        """Draw a run up to one epoch on the three views; return that state as (epoch, w, b, loss)."""
        epoch, w, b, loss = finite(history)
        k = min(until, len(epoch) - 1)
        lines[0].set_data(self._ends, w[k] * self._ends + b[k])
        lines[1].set_data(w[: k + 1], b[: k + 1])
        lines[2].set_data(epoch[: k + 1], loss[: k + 1])
        return epoch[k], w[k], b[k], loss[k]

    def _describe(self):
        history, k = self.history, min(self.epoch.value, len(finite(self.history)[0]) - 1)
        w, b, loss = history.w[k], history.b[k], history.loss[k]
        words = [
            f"Learning rate {history.learning_rate:.4g}, epoch {k} of {history.epochs}: w = {w:.4g}, b = {b:.4g}, "
            f"loss {loss:.4g}; distance to the best fit {self._bowl.distance(w, b):.3g}.",
            f"{history.verdict[0].upper()}{history.verdict[1:]}.",
        ]
        if history.diverged:
            words.append(self._explain())
        if self._gain > 1:
            words.append(f"The sum's gradient is {self._gain} times the mean's, so the rate must be that much smaller.")
        if self._kept is not None:
            kept = self._kept
            words.append(
                f"Kept run, dotted: learning rate {kept.learning_rate:.4g}, {kept.epochs} epochs; {kept.verdict}."
            )
        return " ".join([*words, self._note]).strip()

    def _explain(self):
        """Say with the numbers of this run why it diverged."""
        if self._multiple is None:
            return "This step is not plain gradient descent, so no factor a step is known."
        history, words = self.history, []
        factor = 1 - history.learning_rate * self._gain * self._multiple * self._bowl.steepest
        words.append(f"Along the steepest direction each step multiplies the error by {factor:.3g}.")
        low, high = np.transpose([self._views[1].get_xlim(), self._views[1].get_ylim()])
        points = np.stack([history.w, history.b], axis=1)
        outside = ~np.all((points >= low) & (points <= high), axis=1)
        if outside.any():
            words.append(f"It leaves the picture at epoch {np.argmax(outside)}.")
        if self._multiple < 0:
            words.append("The steps go uphill, with the gradient instead of against it: no learning rate holds.")
        else:
            words.append(f"The largest rate that holds is {self.largest_stable:.3g}.")
        return " ".join(words)


def engine(model, data, step):
    """Return (run, note): a function (learning_rate, epochs) -> History, and what is to be known of it."""
    runs = Engine(model, data.x, data.y, step, ends_of(data.x))
    with contextlib.suppress(Exception):  # the learner's code: the first run shown will say what is wrong with it
        runs.compile(runs.run(0.1, 10))
    return lambda learning_rate, epochs: runs.sketch(learning_rate, epochs).history, runs.note


def error_words(error, function, subject="Your step"):
    """Return what is wrong with the learner's function, and the line of it that raised."""
    function = getattr(function, "python_function", function)  # what tf.function wraps
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    lines = [line for line in traceback.extract_tb(error.__traceback__) if line.filename == file]
    where = f" Line {lines[-1].lineno} of its cell: {lines[-1].line}" if lines else ""
    told = str(error).strip().splitlines() or ["no message"]
    words = told[-1].strip().removeprefix(f"{type(error).__name__}: ") if told[0] == "in user code:" else told[0]
    return f"{subject} raised {type(error).__name__}: {words}.{where}"
