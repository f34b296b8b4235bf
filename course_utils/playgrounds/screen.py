"""The widget that draws a playground in the browser, by `screen.js`, and hears what the browser asks for."""

from pathlib import Path

import anywidget
import traitlets
from ipywidgets import widget_serialization

HERE = Path(__file__).parent


class Screen(anywidget.AnyWidget):
    """scene: what is drawn, as `screen.js` describes it. stills: bytes of PNG files. sliders: widgets by name."""

    _esm = (HERE / "screen.js").read_text(encoding="utf-8")
    _css = (HERE / "screen.css").read_text(encoding="utf-8")
    scene = traitlets.Dict().tag(sync=True)
    stills = traitlets.List(traitlets.Bytes()).tag(sync=True)
    sliders = traitlets.Dict().tag(sync=True, **widget_serialization)
