"""A picture that also says in words what it shows, and the one style of all pictures."""

import base64
import io
import math

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.text import Text

# Okabe and Ito, "Color Universal Design" (2008): eight colours that colour-blind readers can tell apart.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"

# Never by colour alone: each thing has a shape or a line style of its own.
DATA = dict(color=BLUE, marker="o", markersize=2.5, linestyle="none", alpha=0.45, markeredgewidth=0)
PREDICTION = dict(color=VERMILION, linestyle="-", linewidth=2.5)
TRUTH = dict(color=BLACK, linestyle=(0, (5, 3)), linewidth=1.5)
W = dict(color=GREEN, linestyle="-", linewidth=2)
B = dict(color=PURPLE, linestyle="-.", linewidth=2)
LOSS = dict(color=BLUE, linestyle="-", linewidth=2)
DOTS = dict(marker="o", markersize=4)  # one an epoch, on top of another style
PATH = dict(color=VERMILION, linestyle="-", linewidth=1.5, marker="o", markersize=3.5)
PULL = dict(color=BLUE, linestyle="-", linewidth=1, marker="o", markersize=5)
GRADIENT = dict(color=VERMILION, linestyle="-", linewidth=3, marker="D", markersize=8)
NOW = dict(color=VERMILION, linestyle="none", marker="D", markersize=8, markeredgecolor="white")
START = dict(color=BLACK, linestyle="none", marker="s", markersize=7, markeredgecolor="white")
BEST = dict(color=BLACK, linestyle="none", marker="*", markersize=13, markeredgecolor="white", zorder=4)
FAINT = dict(color="#767676", linestyle=":", linewidth=2)
TEXT = "#222222"
# From the ground of the page, whatever colour that has, to a deep blue.
DEPTHS = LinearSegmentedColormap.from_list("depths", [(0, 0.45, 0.7, 0), (0, 0.45, 0.7, 0.5), (0, 0.25, 0.5, 0.95)])
RUNS = [
    dict(color=BLUE, linestyle="-"),
    dict(color=VERMILION, linestyle="--"),
    dict(color=GREEN, linestyle="-."),
    dict(color=PURPLE, linestyle=":"),
    dict(color=ORANGE, linestyle=(0, (1, 1))),
    dict(color=TEXT, linestyle=(0, (8, 2))),
]

_zoom = 1.0


def present(on=True):
    """Make every picture that is drawn from now on readable from the back row, or, with False, of normal size."""
    global _zoom
    _zoom = 1.5 if on else 1.0


def zoom():
    """Return how much larger than normal the text of pictures is: 1.0, or 1.5 under `present`."""
    return _zoom


def new_figure(width, height, columns=1):
    """Return a Figure of width × height in CSS pixels, at two dots a pixel, and a list of its axes.

    The Figure belongs to nobody else: pyplot does not know it, so nothing leaks and nothing is drawn twice.
    """
    size = (width / 100 / _zoom, height / 100 / _zoom)  # in inches: text has its size in points
    figure = Figure(figsize=size, dpi=200 * _zoom, layout="constrained")
    axes = figure.subplots(1, columns, squeeze=False)[0]
    for ax in axes:
        ax.spines[["top", "right"]].set_visible(False)
        ax.grid(color="#E5E5E5", linewidth=0.8)
        ax.set_axisbelow(True)
        ax.tick_params(colors=TEXT, labelsize=9)
    return figure, list(axes)


def label(ax, title, x, y):
    """Put a title and the names of both axes on ax."""
    ax.set_title(title, fontsize=11, color=TEXT, loc="left")
    ax.set_xlabel(x, fontsize=10, color=TEXT, parse_math=False)
    ax.set_ylabel(y, fontsize=10, color=TEXT, parse_math=False)


def number(value):
    """Return a number in words: two decimals, from 100 on fewer, powers of ten from a million on; no −0, nan or inf."""
    if not math.isfinite(value):
        return "not finite"
    size = abs(value)
    return f"{value:z.{2 if size < 100 else 1 if size < 1000 else 0}f}" if size < 1e6 else f"{value:.3g}"


def counted(count, noun):
    """Return how many there are of a thing: "1 point", "2 points"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def ordinal(count):
    """Return a whole number as a place in a row: 1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def png_output(png, description, width, height):
    """Return the (data, metadata) of a notebook output: the PNG, its size in CSS pixels, its words as alt text."""
    data = {"image/png": base64.b64encode(png).decode("ascii"), "text/plain": description}
    return data, {"image/png": {"width": width, "height": height, "alt": description}}


class Picture:
    """A matplotlib Figure and a description: one or two sentences, computed from what is drawn.

    In a notebook it shows as a PNG with the description as its alt text and as its plain text.
    """

    def __init__(self, figure, description):
        self.figure = figure
        self.description = description

    def __repr__(self):
        return self.description

    def png(self):
        """Return the picture as bytes of a PNG file, which holds the description, too."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", metadata={"Description": self.description})
        for text in self.figure.findobj(Text):
            text._renderer = None  # it would keep the renderer, and with it megabytes of pixels, for measuring
        return buffer.getvalue()

    def save(self, path):
        """Write the picture to a file; its ending says in which format. The description goes with a PNG."""
        metadata = {"Description": self.description} if str(path).lower().endswith(".png") else None
        self.figure.savefig(path, metadata=metadata)

    def _repr_mimebundle_(self, include=None, exclude=None):
        width, height = (round(pixels / 2) for pixels in self.figure.get_size_inches() * self.figure.dpi)
        return png_output(self.png(), self.description, width, height)
