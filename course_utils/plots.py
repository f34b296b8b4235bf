"""Every still picture of the course."""

import numpy as np

from . import picture
from .bowl import Bowl
from .drawing import draw_bowl, draw_data, ends_of, finite, left_out, legend, over_epochs
from .picture import Picture, label, new_figure, number


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
