"""What all playgrounds share: the screen in the browser, what stands in for it, and the words under both."""

import asyncio
import base64
import contextlib
import html
import os
import threading

import ipywidgets as widgets

from ..picture import png_output, zoom
from .frames import Frames
from .markup import with_markup
from .scene import PLOTS, legend_of, pictures_of, view_of
from .screen import Screen
from .words import fill

ROW = {"flex_flow": "row wrap", "align_items": "center"}
REST = 0.15  # seconds that plain sliders rest before a run is made sure of
PATIENCE = 20  # seconds that a front end may take to load the screen's code
PAUSE = 0.005  # seconds between two pieces of work, for whoever else wants to work
MISSING = " (Nobody has computed what you chose: this is the nearest that is known.)"
PLACE = widgets.Layout(width="330px", max_width="100%")


class Playground:
    """Controls, pictures and words. `widget` holds them all; a cell that ends in it shows it.

    The browser draws, see `screen.js`, and asks for what it lacks. Until it has said that it draws, and where no front
    end loads its code, the kernel draws frames under plain sliders. Where nothing runs, the picture of the state is
    left, with the summary as its alt text.
    """

    def __init__(self, figure, axes, moving, scene, sliders, rows, last_axis=None):
        """figure, axes: what is drawn. moving: {artist: where it is}, as `points` in screen.js reads it.
        scene: `controls`, `words` and so on. sliders: plain sliders by the names of these controls; rows: all plain
        widgets as they stand. last_axis: the horizontal axis of the last view, where its ends change now and then.
        """
        self._lock, self._quiet, self._drawn = threading.RLock(), False, False
        self._frames = Frames(figure, list(moving), [axes[-1].xaxis] if last_axis else [])
        views, pictures = [view_of(ax, moving, PLOTS[len(axes)]) for ax in axes], pictures_of(figure, axes, moving)
        for number, png in enumerate(pictures):
            views[number] |= {"still": number} if png else {}
        views[-1] |= {"x": last_axis} if last_axis else {}
        self._scene = {
            "zoom": zoom(),
            "missing": MISSING,
            "kept": "",
            "legend": legend_of(views),
            "views": views,
        } | scene
        pictures = [png or b"" for png in pictures]
        self.screen = Screen(scene=self._scene_for(exact=True), stills=pictures, sliders=sliders)
        self.screen.on_msg(lambda _, content, buffers: self._hear(content))
        self._image = widgets.Image(format="png", layout=widgets.Layout(max_width=f"{self._frames.width}px"))
        self._status = widgets.HTML()
        plain = widgets.VBox([*(widgets.HBox(row, layout=ROW) for row in rows), self._image, self._status])
        self._offer = widgets.VBox()  # a front end that can't load one of several parts shows none of them
        self.widget = widgets.VBox([self._offer, plain])
        with contextlib.suppress(RuntimeError):  # outside notebooks no loop runs
            self._loop = asyncio.get_running_loop()

    _loop = _pieces = None

    @property
    def png(self):
        """The picture that is now shown, as bytes of a PNG file."""
        with self._lock:
            self._settle()
            return self._frames.png()

    @property
    def summary(self):
        """The words that are now shown, a str: what the browser writes, too."""
        with self._lock:
            self._settle()
            return self._words()

    def _words(self):
        return fill(self._scene["words"], self._values())

    def _settle(self):
        """Be sure of what is shown; a playground that trains does more."""

    def _offer_screen(self, change):
        """Let a front end that loads only what it shows load the screen, now that it shows the plain widgets."""
        if change["new"] and len(self.widget.children) > 1:
            self._offer.children = (self.screen,)
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._loop.call_later, PATIENCE, self._take_back)

    def _take_back(self):
        """Where the screen can't be loaded, be again a widget that can be shown."""
        if len(self.widget.children) > 1:
            self._offer.children = ()

    def _hear(self, content):
        """Answer what the browser says: that it can draw, that it does, or which row it lacks."""
        if content.get("loads"):
            self.widget.children = (self._offer if self._offer.children else self.screen,)
        elif content.get("draws"):
            self._drawn = True
        elif "row" in content:
            with self._lock:
                self._answer(content["row"], content["epochs"])

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

    def _show(self):
        """Draw a frame, unless the browser draws."""
        if not self._drawn:
            self._image.value = self._frames.png()
            words = html.escape(self._words())
            self._status.value = f'<div role="status" style="line-height:1.4; max-width:60em">{words}</div>'

    def _renew_note(self, **more):
        """Tell the browser more, and what is to be known of the runs, if that has changed. A subclass has `_note()`."""
        constants = {"note": self._note()}
        if more or constants["note"] != self._scene["constants"]["note"]:
            self._scene["constants"] |= constants
            self.screen.send(more | {"constants": constants})

    def _work(self, pieces, later=False):
        """Run a generator where cells run, a piece at a time between them; of several only the last goes on.

        Where nothing else runs cells, it is run at once, unless it may come later, when somebody looks.
        """
        self._pieces = pieces
        if self._loop is None:
            for _ in () if later else pieces:
                pass
        else:
            self._loop.call_soon_threadsafe(self._loop.call_later, 0 if self._drawn else REST, self._go_on, pieces)

    def _go_on(self, pieces):
        with self._lock:
            if self._pieces is pieces:
                with contextlib.suppress(StopIteration):
                    next(pieces)
                    self._loop.call_later(PAUSE, self._go_on, pieces)

    def _scene_for(self, exact):
        return self._scene | {"controls": [with_markup(control, exact) for control in self._scene["controls"]]}

    def saved(self):
        """Return what `start` in screen.js needs to draw the playground where no kernel runs, as a dict for JSON."""
        pictures = [base64.b64encode(png).decode("ascii") for png in self.screen.stills]
        return {"scene": self._scene_for(exact=False), "stills": pictures, "packs": self._packs()}

    def _packs(self):
        return []

    def _repr_mimebundle_(self, include=None, exclude=None):
        data, metadata = png_output(self.png, self.summary, self._frames.width, self._frames.height)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        data["application/vnd.jupyter.widget-view+json"] = view
        _, leave = self.screen._repr_mimebundle_()  # what Colab wants to be told before it loads a module, or nothing
        if leave and self.widget._view_count is None:
            self.widget._view_count = 0  # the front end counts now, and says when it shows the widget
            self.widget.observe(self._offer_screen, "_view_count")
        metadata |= leave
        if os.environ.get("COURSE_SAVE_SCREENS"):  # whoever makes pages of the lessons asks for it
            data["application/vnd.course.screen+json"] = self.saved()
        return data, metadata


def slider(value, low, high, step, name, kind=widgets.FloatSlider):
    """Return a plain slider."""
    style = {"description_width": "100px"}
    return kind(value=value, min=low, max=high, step=step, description=name, layout=PLACE, style=style)
