"""The parts of pictures: data and lines, the bowl, legends and axes. `plots` and the playgrounds put them together."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from . import picture

MOST_DOTS = 2000  # more dots than this would only paint over each other


def draw_data(ax, data):
    """Draw the examples and the true line; return how many examples are shown, in words."""
    x, y = data.x.numpy(), data.y.numpy()
    every = -(-len(x) // MOST_DOTS)
    shown = f"{len(x)} points"
    if every > 1:
        shown = f"{len(x[::every])} of {len(x)} points (every {every}th)"
    ax.plot(x[::every], y[::every], label=f"data: {shown}" if every > 1 else "data", **picture.DATA)
    ends = ends_of(x)
    ax.plot(ends, data.true_w * ends + data.true_b, label="true line", **picture.TRUTH)
    ax.set_xlim(*ends)
    low, high = min(y.min(), 0), max(y.max(), 0)
    ax.set_ylim(low - 0.1 * (high - low + 1), high + 0.1 * (high - low + 1))
    return shown


def ends_of(x):
    """Return the two x between which lines are drawn, a little outside the data: a float array of shape (2,)."""
    low, high = float(np.min(x)), float(np.max(x))
    margin = 0.05 * (high - low) or 1.0
    return np.array([low - margin, high + margin])


def draw_bowl(ax, bowl, points, mark=True):
    """Draw the loss of (w, b) as contours, wide enough for the given points, and, if asked, mark the best fit.

    points: array-like of shape (n, 2), pairs (w, b).
    """
    reach = 1.3 * max(np.abs(np.asarray(points, float) - bowl.best).max(initial=0.0), 0.5)
    w, b = (np.linspace(middle - reach, middle + reach, 81) for middle in bowl.best)
    loss = bowl.loss(*np.meshgrid(w, b))
    levels = bowl.floor + (loss.max() - bowl.floor) * np.linspace(0, 1, 12) ** 2
    ax.contourf(w, b, loss, levels=levels, cmap="Blues")
    ax.contour(w, b, loss, levels=levels, colors="white", linewidths=0.6)
    if mark:
        ax.plot(*bowl.best, label="best fit", **picture.BEST)
    ax.set_aspect("equal", adjustable="box", anchor="N")
    ax.grid(visible=False)


def legend(owner, **options):
    """Add a legend in the style of the course to axes, or to a whole figure."""
    owner.legend(fontsize=9, framealpha=0.9, labelcolor=picture.TEXT, **options)


def over_epochs(ax, epochs):
    """Let the horizontal axis of ax count epochs: whole numbers only."""
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.set_xlim(0, 1.03 * max(epochs, 1))  # room for a mark at the end


def finite(history):
    """Return the entries of a History that can be drawn, as (epoch, w, b, loss): float arrays of one shape.

    float64, because the margins of an axis around the largest float32 would overflow.
    """
    w, b, loss = (np.asarray(values, float) for values in (history.w, history.b, history.loss))
    keep = np.isfinite(w) & np.isfinite(b) & np.isfinite(loss)
    if not keep.any():
        raise ValueError("history must hold at least one entry of finite numbers, got none")
    return np.arange(len(loss))[keep], w[keep], b[keep], loss[keep]


def left_out(history):
    """Return a sentence about entries that are not numbers and so can't be drawn: empty where there are none."""
    missing = len(history.loss) - len(finite(history)[0])
    return f" Entries that are no longer finite numbers are left out: {missing}." if missing else ""
