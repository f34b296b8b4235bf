"""Every still picture of the course. The draw_… functions serve the live pictures of `playgrounds` too."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from . import picture
from .bowl import Bowl
from .picture import Picture, label, new_figure, number

MOST_DOTS = 2000  # more dots than this would only paint over each other


# ---- parts of pictures ----------------------------------------------------------------------------------------


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


# ---- whole pictures -------------------------------------------------------------------------------------------


def line(data, model=None):
    """Draw the data, the true line and, where given, the model's line. Returns a Picture.

    data: LineData. model: anything callable with scalar w and b.
    """
    figure, [ax] = new_figure(640, 380)
    shown = draw_data(ax, data)
    words = f"{shown[0].upper()}{shown[1:]} along a line; "
    if model is None:
        words += f"the true line (w = {number(data.true_w)}, b = {number(data.true_b)}) runs through them."
    else:
        w, b = float(model.w.numpy()), float(model.b.numpy())
        ends = ends_of(data.x)
        ax.plot(ends, w * ends + b, label="the model's line", **picture.PREDICTION)
        steeper, sign = abs(w) - abs(data.true_w), w * data.true_w
        if sign < 0:
            compared = "runs the other way than"
        elif abs(steeper) < 0.05:
            above = b - data.true_b
            compared = "lies on" if abs(above) < 0.05 else f"runs {'above' if above > 0 else 'below'}"
        else:
            compared = "is steeper than" if steeper > 0 else "is flatter than"
        words += f"the model's line (w = {number(w)}, b = {number(b)}) {compared} the true line "
        words += f"(w = {number(data.true_w)}, b = {number(data.true_b)})."
    label(ax, "Data and lines", "x", "y")
    legend(ax)
    return Picture(figure, words)


def residuals(data, model, squares=False):
    """Draw the way from every example to the model's line and, if asked, its square. Returns a Picture.

    data: LineData of few examples. model: anything callable with scalar w and b.
    """
    x, y, predicted = (values.numpy().astype(float) for values in (data.x, data.y, model(data.x)))
    figure, [ax] = new_figure(640, 420)
    if squares:
        ax.set_aspect("equal", adjustable="datalim")
        for left, low, high in zip(x, y, predicted, strict=True):
            side = abs(high - low)
            ax.fill_between(
                [left, left + side], min(low, high), max(low, high), color=picture.ORANGE, alpha=0.3, linewidth=0
            )
    ax.vlines(x, y, predicted, color=picture.ORANGE, linewidth=2, label="residuals")
    ax.plot(x, y, label="data", **picture.DATA | dict(markersize=7, alpha=1))
    ends = ends_of(x)
    ax.plot(
        ends, float(model.w.numpy()) * ends + float(model.b.numpy()), label="the model's line", **picture.PREDICTION
    )
    label(ax, "Residuals and their squares" if squares else "Residuals: how far off each prediction is", "x", "y")
    legend(ax)
    off = y - predicted
    words = f"{len(x)} points, each joined to the model's line by its residual; they run from {number(off.min())} to "
    words += f"{number(off.max())}."
    if squares:
        words += f" The squares drawn on them have a mean area of {number(np.mean(off**2))}."
    return Picture(figure, words)


def parameters(history, data):
    """Draw w and b over the epochs, with the true values as dashes. Returns a Picture."""
    figure, [ax] = new_figure(640, 380)
    epoch, w, b, _ = finite(history)
    for name, values, true, style in (("w", w, data.true_w, picture.W), ("b", b, data.true_b, picture.B)):
        ax.plot(epoch, values, label=name, **style)
        ax.axhline(true, label=f"true {name}", **picture.TRUTH | dict(color=style["color"]))
    over_epochs(ax, history.epochs)
    label(ax, "Parameters over the epochs", "epoch", "value")
    legend(ax)
    words = f"Over {history.epochs} epochs w goes from {number(w[0])} to {number(w[-1])} (true {number(data.true_w)}) "
    words += f"and b from {number(b[0])} to {number(b[-1])} (true {number(data.true_b)})."
    return Picture(figure, words + left_out(history))


def loss_curve(history, data=None):
    """Draw the loss over the epochs and, where data are given, the loss of the best fit. Returns a Picture."""
    figure, [ax] = new_figure(640, 380)
    epoch, _, _, loss = finite(history)
    ax.plot(epoch, loss, marker="o" if len(epoch) <= 60 else None, markersize=4, label="loss", **picture.LOSS)
    words = f"The loss goes from {loss[0]:.4g} to {loss[-1]:.4g} in {history.epochs} epochs."
    if data is not None:
        floor = Bowl(data.x, data.y).floor
        ax.axhline(floor, label="best possible line", **picture.TRUTH)
        words += f" The best possible line has {floor:.4g}."
    over_epochs(ax, history.epochs)
    label(ax, "Loss over the epochs", "epoch", "mean squared error")
    if loss.max() > 1000 * max(loss.min(), 1e-30):
        ax.set_yscale("log")
    legend(ax)
    return Picture(figure, words + left_out(history))


def loss_against_parameters(history):
    """Draw the loss against w and against b, one dot an epoch. Returns a Picture."""
    figure, axes = new_figure(800, 380, columns=2)
    _, w, b, loss = finite(history)
    for ax, name, values, style in zip(axes, "wb", (w, b), (picture.W, picture.B), strict=True):
        ax.plot(values, loss, marker="o", markersize=4, **style)
        ax.plot(values[0], loss[0], label="start", **picture.START)
        ax.plot(values[-1], loss[-1], label="end", **picture.NOW)
        label(ax, f"Loss against {name}", name, "mean squared error")
        legend(ax)
    way = "falls" if loss[-1] <= loss[0] else "rises"
    words = f"The loss {way} from {loss[0]:.4g} to {loss[-1]:.4g}"
    words += f" while w moves from {number(w[0])} to {number(w[-1])} and b from {number(b[0])} to {number(b[-1])}."
    return Picture(figure, words + left_out(history))


def loss_surface(data, history=None):
    """Draw the loss of every (w, b) as contours, with the path of a run where one is given. Returns a Picture."""
    figure, [ax] = new_figure(560, 460)
    bowl = Bowl(data.x, data.y)
    words = f"The loss as a bowl over w and b, seen from above; its lowest point is {bowl.floor:.4g} at "
    words += f"w = {bowl.best[0]:.2f}, b = {bowl.best[1]:.2f}."
    if history is None:
        draw_bowl(ax, bowl, [(bowl.best[0] + 3, bowl.best[1])])
    else:
        _, w, b, _ = finite(history)
        draw_bowl(ax, bowl, np.stack([w, b], axis=1)[:1] if history.diverged else np.stack([w, b], axis=1))
        ax.autoscale(False)
        ax.plot(w, b, label="path", **picture.PATH)
        ax.plot(w[0], b[0], label="start", **picture.START)
        ax.plot(w[-1], b[-1], label="end", **picture.NOW)
        words += f" The path leads from ({number(w[0])}, {number(b[0])}) to ({number(w[-1])}, {number(b[-1])}) in "
        words += f"{history.epochs} steps.{left_out(history)}"
    label(ax, "Loss over w and b: darker is higher", "w", "b")
    legend(ax)
    return Picture(figure, words)


def compare(histories):
    """Draw the loss curves of several runs in one picture. Returns a Picture.

    histories: a list of History, named by their learning rates, or a dict of name to History.
    Raises ValueError where it is empty.
    """
    if not isinstance(histories, dict):
        histories = {f"learning rate {history.learning_rate:.3g}": history for history in histories}
    if not histories:
        raise ValueError("histories must hold at least one History, got none")
    figure, [ax] = new_figure(640, 380)
    styles = [
        (picture.BLUE, "-"),
        (picture.VERMILION, "--"),
        (picture.GREEN, "-."),
        (picture.PURPLE, ":"),
        (picture.ORANGE, (0, (1, 1))),
        (picture.TEXT, (0, (8, 2))),
    ]
    words = []
    for place, (name, history) in enumerate(histories.items()):
        color, linestyle = styles[place % len(styles)]
        epoch, _, _, loss = finite(history)
        ax.plot(epoch, loss, label=name, color=color, linestyle=linestyle, linewidth=2)
        words.append(f"{name} goes from {loss[0]:.4g} to {loss[-1]:.4g} in {history.epochs} epochs")
        if left_out(history):
            words[-1] += f" ({left_out(history).strip(' .').lower()})"
    over_epochs(ax, max(history.epochs for history in histories.values()))
    ax.set_yscale("log")
    label(ax, "Loss of several runs", "epoch", "mean squared error")
    legend(ax)
    return Picture(figure, f"Loss curves: {'; '.join(words)}.")
