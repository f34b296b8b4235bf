"""From the axes of a Matplotlib figure to what the browser draws: `screen.js` says what a scene holds.

What is many dots or coloured areas goes as a small picture with a transparent ground; lines, marks and words go as
numbers, so that they are crisp at any size, and of the page's own colour in a dark theme.
"""

import contextlib
import io
import math

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from PIL import Image

from .. import picture

FEW = 300  # points of a line that are sent as numbers
PIXELS = 100 / 72  # of CSS, in a point
PLOTS = {1: (584, 300), 2: (424, 300), 3: (264, 234)}  # the inside of a view, by how many there are, in CSS pixels
EDGES = (56, 66)  # what stands around it: names and numbers


def view_of(ax, moving, plot):
    """Return the view of axes: a dict for `screen.js`. moving: {artist: where it is}; plot: the size of its inside."""
    lines = [line for line in ax.lines if line in moving or not _is_picture(line)]
    return {
        "title": ax.get_title(loc="left"),
        "size": [inside + edge for inside, edge in zip(plot, EDGES, strict=True)],
        "square": ax.get_aspect() == 1,
        "x": axis_of(ax.xaxis),
        "y": axis_of(ax.yaxis),
        "items": [_look(line) | (moving.get(line) or _points(line)) for line in lines],
    }


def axis_of(axis):
    """Return the ends, the ticks, and the name of an axis."""
    low, high = map(float, axis.get_view_interval())
    ticks = [float(place) for place in axis.get_majorticklocs() if low <= place <= high]
    look = {"log": axis.get_scale() == "log", "grid": any(line.get_visible() for line in axis.get_gridlines())}
    named = [[tick, _number(tick)] for tick in ticks]
    return look | {"low": low, "high": high, "name": axis.label.get_text(), "ticks": named}


def _number(value):
    """Return a tick's number, with the typographic minus."""
    text = f"{value:.6g}" if value == 0 or 1e-3 <= abs(value) < 1e5 else f"1e{round(math.log10(abs(value)))}"
    return text.replace("-", "−")


def pictures_of(figure, axes, moving):
    """Return what is a picture in each of some axes, as PNG files with a transparent ground; None where nothing is."""
    hidden = [artist for ax in axes for artist in ax.get_children() if artist in moving or not _is_picture(artist)]
    hidden += [figure.patch, *figure.legends]
    with _restored(figure, axes, hidden):
        for artist in hidden:
            artist.set_visible(False)
        width, height = PLOTS[len(axes)]
        figure.set_size_inches(len(axes) * width / 100, height / 100)
        for number, ax in enumerate(axes):
            across = height if ax.get_aspect() == 1 else width  # a bowl is as wide as high
            ax.set_aspect("auto")
            ax.set_position([number / len(axes), 0, across / width / len(axes), 1])
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        whole = Image.fromarray(np.array(canvas.buffer_rgba()))
        cuts = [ax.get_window_extent().extents.round().astype(int) for ax in axes]
    wanted = [any(artist not in hidden for artist in ax.get_children()) for ax in axes]
    return [_png(whole.crop(cut)) if want else None for cut, want in zip(map(tuple, cuts), wanted, strict=True)]


@contextlib.contextmanager
def _restored(figure, axes, artists):
    """Give a figure back as it was."""
    size, canvas, shown = figure.get_size_inches(), figure.canvas, [artist.get_visible() for artist in artists]
    places = [(ax.get_position(original=True), ax.get_aspect()) for ax in axes]
    try:
        yield
    finally:
        figure.set_canvas(canvas)
        figure.set_size_inches(size)
        for artist, visible in zip(artists, shown, strict=True):
            artist.set_visible(visible)
        for ax, (place, aspect) in zip(axes, places, strict=True):
            ax.set_position(place)
            ax.set_aspect(aspect)
            ax.apply_aspect()  # what is drawn next may be one artist only


def _png(image):
    """Return an image as bytes of a PNG file of 256 colours."""
    buffer = io.BytesIO()
    image.quantize(256, method=Image.Quantize.FASTOCTREE).save(buffer, "png", optimize=True)
    return buffer.getvalue()


def _is_picture(artist):
    """Return whether an artist is many dots or a coloured area."""
    if hasattr(artist, "get_xdata"):
        return len(artist.get_xdata()) > FEW
    return hasattr(artist, "get_paths")  # a collection


def _points(line):
    x, y = (np.asarray(values, float).tolist() for values in line.get_data())
    return {"geometry": "points", "x": x, "y": y}


def _look(line):
    """Return how a Line2D looks, in attributes of SVG."""
    look = {"label": "" if line.get_label().startswith("_") else line.get_label()}
    color, opacity = _color(line.get_color()), line.get_alpha() or 1
    if line.get_linestyle() != "None":
        width = line.get_linewidth() * PIXELS
        dashes = line._unscaled_dash_pattern[1] or []  # Matplotlib has no public name for what `linestyle` became
        look["line"] = {"fill": "none", "stroke": color, "stroke-width": round(width, 2), "stroke-linejoin": "round"}
        if dashes:
            look["line"]["stroke-dasharray"] = " ".join(f"{dash * width:.1f}" for dash in dashes)
    if line.get_marker() not in ("None", "", None):
        look |= {"marker": line.get_marker(), "size": round(line.get_markersize() * PIXELS / 2, 2)}
        look["marks"] = {"fill": color, "fill-opacity": opacity}
        if line.get_markeredgecolor() == "white":
            look["marks"]["class"] = "edged"
    return look


def _color(color):
    """Return a colour for a page; what is black on paper has the page's own colour."""
    return "currentColor" if to_hex(color) in (picture.BLACK, picture.TEXT) else to_hex(color)


MARKS = {"o": "●", "D": "◆", "s": "■", "*": "★"}


def legend_of(views):
    """Return the names of what is drawn, each with a sample, as HTML."""
    entries = []
    for item in (item for view in views for item in view["items"] if item["label"]):
        sample = ""
        if "line" in item:
            style = " ".join(f'{name}="{value}"' for name, value in item["line"].items())
            sample += f'<path {style} d="M1 6h26"/>'
        if "marks" in item:
            color, mark = item["marks"]["fill"], MARKS[item["marker"]]
            sample += f'<text x="14" y="10" text-anchor="middle" fill="{color}">{mark}</text>'
        entries.append(f'<span><svg viewBox="0 0 28 12" width="28" height="12">{sample}</svg>{item["label"]}</span>')
    return "".join(dict.fromkeys(entries))
