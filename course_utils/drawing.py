"""The parts of pictures: data and lines, the bowl, legends and axes. `plots` and the playgrounds put them together."""

import numpy as np
import tensorflow as tf
from matplotlib.ticker import MaxNLocator

from . import picture
from .inputs import check_callable, check_history
from .picture import counted, ordinal

MOST_DOTS = 2000  # more dots than this would only paint over each other
FEW_DOTS = 50  # so few can be larger
RAVINE = 0.03  # where b changes the loss as w does only if it goes 1 / 0.03 times as far, or the other way round


def draw_data(ax, data, truth=True):
    """Draw the examples and, if asked and known, the true line; return how many examples are shown, in words."""
    every = every_example(data.x)
    x, y = data.x.numpy()[::every], data.y.numpy()[::every]
    shown = counted(len(x), "point")
    if every > 1:
        shown = f"{len(x)} of {counted(len(data.x), 'point')} (every {ordinal(every)})"
    size = dict(markersize=6, alpha=0.9) if len(x) <= FEW_DOTS else {}
    ax.plot(x, y, label=f"data: {shown}" if every > 1 else "data", **picture.DATA | size)
    ends = ends_of(data.x)
    if truth and data.true_w is not None:
        ax.plot(ends, data.true_w * ends + data.true_b, label="true line", **picture.TRUTH)
    ax.set_xlim(*ends)
    ax.set_ylim(*_limits(data.y.numpy().astype(float)))
    return shown


def every_example(x):
    """Return n, where every n-th example is drawn."""
    return -(-len(x) // MOST_DOTS)


def ends_of(x):
    """Return the two x between which lines are drawn, a little outside the data: a float array of shape (2,)."""
    low, high = float(np.min(x)), float(np.max(x))
    margin = 0.05 * (high - low) or 1.0
    return np.array([low - margin, high + margin])


def _limits(y):
    """Return the lowest and the highest y in view; 0 is in view where it takes no more than a third of the height."""
    low, high = y.min(), y.max()
    with_zero = min(low, 0.0), max(high, 0.0)
    if low == high or with_zero[1] - with_zero[0] <= 1.5 * (high - low):
        low, high = with_zero
    margin = 0.1 * (high - low) or 1.0
    return low - margin, high + margin


def predictions(model, x):
    """Return what a model predicts for x: a float array of the shape of x, (n,).

    Raises TypeError where the model can't be called, ValueError where it gives another number of predictions.
    """
    check_callable(model)
    predicted = model(tf.cast(x, tf.float32))
    if predicted is None:
        raise ValueError("model must predict one y for each x, got None: does a return miss in it?")
    predicted = np.asarray(predicted, float)
    if predicted.size != len(x):
        raise ValueError(f"model must predict one y for each x, got shape {predicted.shape} for {len(x)} x")
    return predicted.reshape(len(x))


def line_of(model, x):
    """Return (w, b), floats, where w·x + b is what the model predicts for x, else None. Not finite is not compared."""
    w, b = getattr(model, "w", None), getattr(model, "b", None)
    if w is None or b is None or np.shape(w) != () or np.shape(b) != ():
        return None
    w, b = float(w), float(b)
    rounding = 1e-5 * abs(b)  # of float32, where w·x takes b away again
    if np.isfinite([w, b]).all() and not np.allclose(predictions(model, x), w * x + b, atol=rounding):
        return None
    return w, b


def draw_model(ax, model, ends):
    """Draw what a model predicts between two x. Return (name, w_and_b) of what is drawn.

    name: "the model's line" or "the model's curve". w_and_b: floats (w, b) of a line, None for a curve.
    """
    x = np.linspace(*ends, 201)
    predicted, w_and_b = predictions(model, x), line_of(model, x)
    name = "the model's line" if w_and_b else "the model's curve"
    low, high = ax.get_ylim()
    if np.isfinite(predicted).all() and (predicted.max() < low or predicted.min() > high):
        ax.set_ylim(min(low, predicted.min()), max(high, predicted.max()))  # else nobody would see it
    ax.plot(x, predicted, label=name, **picture.PREDICTION)
    return name, w_and_b


def draw_squares(ax, x, y, predicted):
    """Draw the square of each residual beside it; as high as wide on the screen, whatever the units of x and y."""
    (left, right), low, high = ends_of(x), np.minimum(y, predicted), np.maximum(y, predicted)
    height = high.max() - low.min()
    alike = len(x) == 1 or not height or not np.isfinite(height) or 0.1 < height / (right - left) < 10
    aspect = 1.0 if alike else (right - left) / height
    ax.set_aspect(aspect, adjustable="datalim")
    for corner, bottom, top in zip(x, low, high, strict=True):
        width = aspect * (top - bottom)
        ax.fill_between([corner, corner + width], bottom, top, color=picture.ORANGE, alpha=0.3, linewidth=0)


def draw_residuals(ax, x, y, predicted, model):
    """Draw examples, what a model predicts, and the way between them; return what the model's drawing is called."""
    ax.vlines(x, y, predicted, color=picture.ORANGE, linewidth=2, label="residuals")
    ax.plot(x, y, label="data", **picture.DATA | dict(markersize=7, alpha=1))
    return draw_model(ax, model, ends_of(x))[0]


def draw_pulls(ax, along_w, along_b):
    """Draw two slopes for each example as a way from 0, and their means, which it returns: floats (w, b)."""
    ways = [np.stack([0 * slopes, slopes, np.nan * slopes], axis=1).ravel() for slopes in (along_w, along_b)]
    mean = np.mean(along_w), np.mean(along_b)
    ax.plot(*ways, label="pulls", **picture.PULL, markevery=slice(1, None, 3))
    ax.plot([0, mean[0]], [0, mean[1]], label="their mean: the gradient", **picture.GRADIENT, markevery=[1])
    return mean


def draw_numbers(ax, x, y):
    """Number points from 1, beside each."""
    for place, at in enumerate(zip(x, y, strict=True), start=1):
        if np.isfinite(at).all():
            ax.annotate(str(place), at, (6, 4), textcoords="offset points", fontsize=9, color=picture.TEXT)


def draw_bowl(ax, bowl, points, mark=True):
    """Draw the loss of (w, b) as contours, wide enough for the given points, and, if asked, mark the best fit.

    points: array-like of shape (n, 2), pairs (w, b). Where the bowl is far steeper along one of the two axes, a ravine,
    each has a scale of its own, on which it is as steep as along the other.
    """
    curvatures = bowl.hessian.diagonal()
    sizes = np.sqrt(curvatures.min() / curvatures) if curvatures.min() else np.ones(2)  # 0 where each x is 0
    ravine = sizes.min() < RAVINE
    sizes = sizes if ravine else np.ones(2)
    reach = 1.3 * max((np.abs(np.asarray(points, float) - bowl.best) / sizes).max(initial=0.0), 0.5)
    corners = zip(bowl.best, reach * sizes, strict=True)
    w, b = (np.linspace(middle - far, middle + far, 241 if ravine else 81) for middle, far in corners)
    loss = bowl.loss(*np.meshgrid(w, b))
    levels = bowl.floor + (loss.max() - bowl.floor) * np.linspace(0, 1, 12) ** (5 if ravine else 2)
    ax.contourf(w, b, loss, levels=levels, cmap=picture.DEPTHS)
    ax.contour(w, b, loss, levels=levels, colors="white", linewidths=0.6)
    if mark:
        ax.plot(*bowl.best, label="best fit", **picture.BEST)
    ax.set_aspect("auto" if ravine else "equal", anchor="N")
    ax.grid(visible=False)


def draw_path(ax, w, b):
    """Draw the path of a run in a bowl that is there; return a sentence where it leaves the picture, else ""."""
    low, high = np.transpose([ax.get_xlim(), ax.get_ylim()])
    points = np.stack([w, b], axis=1)
    inside = np.all((points >= low) & (points <= high), axis=1)
    ax.autoscale(False)
    thin = dict(linewidth=0.7, markersize=2) if len(w) > 30 else {}
    ax.plot(w, b, label="path", **picture.PATH | thin)
    ax.plot(w[0], b[0], label="start", **picture.START)
    if inside[-1]:
        ax.plot(w[-1], b[-1], label="end", **picture.NOW)
    return "" if inside.all() else f" It leaves the picture at epoch {np.argmin(inside)}."


def draw_curve(ax, epoch, values, **style):
    """Draw one value an epoch as a curve; a run of one entry, which is no curve yet, as a dot."""
    ax.plot(epoch, values, **(picture.DOTS if len(epoch) == 1 else {}) | style)


def legend(owner, **options):
    """Add a legend in the style of the course to axes, or to a whole figure; a learner's $ is no formula in it."""
    for text in owner.legend(fontsize=9, framealpha=0.9, labelcolor=picture.TEXT, **options).get_texts():
        text.set_parse_math(False)


def in_legend(name):
    """Return a learner's name as a legend shows it: short, and not hidden for its underscore or for being empty."""
    name = str(name).strip() or "(no name)"
    name = name if len(name) <= 24 else f"{name[:23]}…"
    return f" {name}" if name.startswith("_") else name


def over_epochs(ax, epochs):
    """Let the horizontal axis of ax count epochs: whole numbers only."""
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    last = max(epochs, 1)
    ax.set_xlim(-0.02 * last, 1.03 * last)  # room for a mark at either end


def finite(history):
    """Return the entries of a History that can be drawn, as (epoch, w, b, loss): float arrays of one shape.

    float64, because the margins of an axis around the largest float32 would overflow. Raises TypeError for what is no
    History, ValueError where no entry is finite.
    """
    check_history(history)
    w, b, loss = (np.asarray(values, float) for values in (history.w, history.b, history.loss))
    keep = np.isfinite(w) & np.isfinite(b) & np.isfinite(loss)
    if not keep.any():
        raise ValueError("history must hold at least one entry of finite numbers, got none")
    return np.arange(len(loss))[keep], w[keep], b[keep], loss[keep]


def left_out(history):
    """Return a sentence about entries that are not numbers and so can't be drawn: empty where there are none."""
    missing = len(history.loss) - len(finite(history)[0])
    return f" Entries that are no longer finite numbers are left out: {missing}." if missing else ""
