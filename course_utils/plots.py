"""Every still picture of the course."""

import numpy as np

from . import picture
from .bowl import Bowl
from .data import line_data
from .drawing import (
    FEW_DOTS,
    draw_bowl,
    draw_curve,
    draw_data,
    draw_model,
    draw_numbers,
    draw_path,
    draw_pulls,
    draw_residuals,
    draw_squares,
    ends_of,
    every_example,
    finite,
    in_legend,
    left_out,
    legend,
    over_epochs,
    predictions,
)
from .picture import Picture, counted, label, new_figure, number


def line(data, model=None):
    """Draw the data, the true line where it is known and, where a model is given, its line or curve.

    data: LineData. model: anything callable that predicts one y for each x. Returns a Picture.
    """
    data = line_data(data)
    figure, [ax] = new_figure(640, 380)
    shown, known = draw_data(ax, data), data.true_w is not None
    title = "Data and lines" if known else "Data"
    words = f"{shown[0].upper()}{shown[1:]}{' along a line' if known else ''}"
    if model is not None:
        name, w_and_b = draw_model(ax, model, ends_of(data.x))
        title = "Data and lines" if w_and_b else f"Data and {name}"
        words += f"; {_lies(data, model, name, w_and_b)}."
    elif known:
        words += f"; the true line{_of(data.true_w, data.true_b)} runs through them."
    else:
        words += f", {_reach(data.x_name, data.x)} and {_reach(data.y_name, data.y)}."
    label(ax, title, data.x_name, data.y_name)
    legend(ax)
    return Picture(figure, words)


def _of(w, b):
    return f" (w = {number(w)}, b = {number(b)})"


def _reach(name, values):
    return f"{name} from {number(np.min(values))} to {number(np.max(values))}"


def _lies(data, model, name, w_and_b):
    """Say how the model's line lies against the true one or, where one of them is no known line, among the points."""
    every = every_example(data.x)
    x, y = data.x[::every], data.y[::every].numpy()
    predicted = predictions(model, x)
    named = f"{name}{_of(*w_and_b) if w_and_b else ''}"
    if not np.isfinite(predicted).all():
        return f"{named} can't be drawn: not all that it predicts are finite numbers"
    if w_and_b is None or data.true_w is None:
        above = np.sum(y > predicted)
        return f"{above} of them {'lies' if above == 1 else 'lie'} above {named}"
    return f"{named} {_against_truth(data, *w_and_b)} the true line{_of(data.true_w, data.true_b)}"


def _against_truth(data, w, b):
    """Say how a line lies against the true line. Less apart than 1% of the height of the data is not apart."""
    left, right = ends_of(data.x)
    seen = 0.01 * (float(np.ptp(data.y)) or 1.0)
    if abs(w - data.true_w) * (right - left) < seen:
        above = (w - data.true_w) * (left + right) / 2 + b - data.true_b
        return "lies on" if abs(above) < seen else f"runs {'above' if above > 0 else 'below'}"
    if w * data.true_w < 0:
        return "runs the other way than"
    return f"is {'steeper' if abs(w) > abs(data.true_w) else 'flatter'} than"


def residuals(data, model, squares=False):
    """Draw the way from every example to what the model predicts and, if asked, its square. Returns a Picture.

    data: LineData of few examples. model: anything callable that predicts one y for each x.
    """
    data = line_data(data)
    x, y = (values.numpy().astype(float) for values in (data.x, data.y))
    predicted = predictions(model, data.x)
    figure, [ax] = new_figure(640, 420)
    if squares:
        draw_squares(ax, x, y, predicted)
    name = draw_residuals(ax, x, y, predicted, model)
    title = "Residuals and their squares" if squares else "Residuals: how far off each prediction is"
    label(ax, title, data.x_name, data.y_name)
    legend(ax)
    off = y - predicted
    low, high, area = number(off.min()), number(off.max()), number(np.mean(off**2))
    if len(x) == 1:
        words = f"1 point, joined to {name} by its residual of {low}."
        on_them = f" The square drawn on it has an area of {area}."
    else:
        words = f"{len(x)} points, each joined to {name} by its residual; they run from {low} to {high}."
        on_them = f" The squares drawn on them have a mean area of {area}."
    return Picture(figure, words + on_them * squares)


def pulls(data, model):
    """Draw every example's residual and, beside it, its pull: the slopes of its squared residual along w and b.

    data: LineData of few examples. model: anything callable that predicts w·x + b, or more than that, for each x.
    Returns a Picture.
    """
    data = line_data(data)
    x, y = (values.numpy().astype(float) for values in (data.x, data.y))
    predicted = predictions(model, data.x)
    figure, [points, slopes] = new_figure(800, 400, columns=2)
    name = draw_residuals(points, x, y, predicted, model)
    label(points, "Each point and its residual", data.x_name, data.y_name)
    along_w, along_b = -2 * x * (y - predicted), -2 * (y - predicted)
    gradient = draw_pulls(slopes, along_w, along_b)
    label(slopes, "The pull of each point, and their mean", "slope along w", "slope along b")
    if len(x) <= FEW_DOTS:
        for ax, across, up in ((points, x, y), (slopes, along_w, along_b)):
            draw_numbers(ax, across, up)
    legend(points)
    legend(slopes)
    ends = [f"from {number(values.min())} to {number(values.max())}" for values in (along_w, along_b)]
    words = f"{counted(len(x), 'point')} and {name}; the pulls along w go {ends[0]}, those along b {ends[1]}. "
    return Picture(figure, f"{words}Their mean, the gradient, is {number(gradient[0])} and {number(gradient[1])}.")


def parameters(history, data=None):
    """Draw w and b over the epochs, with the true values, where they are known, as dashes. Returns a Picture."""
    epoch, w, b, _ = finite(history)
    true_w, true_b = (None, None) if data is None else (line_data(data).true_w, line_data(data).true_b)
    figure, [ax] = new_figure(640, 380)
    words = []
    for name, values, true, style in (("w", w, true_w, picture.W), ("b", b, true_b, picture.B)):
        draw_curve(ax, epoch, values, label=name, **style)
        words.append(f"from {number(values[0])} to {number(values[-1])}")
        if true is not None:
            ax.axhline(true, label=f"true {name}", **picture.TRUTH | dict(color=style["color"]))
            words[-1] += f" (true {number(true)})"
    over_epochs(ax, history.epochs)
    label(ax, "Parameters over the epochs", "epoch", "value")
    legend(figure, loc="outside right upper")
    told = f"Over {counted(history.epochs, 'epoch')} w goes {words[0]} and b {words[1]}."
    return Picture(figure, told + left_out(history))


def loss_curve(history, data=None):
    """Draw the loss over the epochs and, where data are given, the loss of the best fit. Returns a Picture."""
    epoch, _, _, loss = finite(history)
    data = None if data is None else line_data(data)
    figure, [ax] = new_figure(640, 380)
    draw_curve(ax, epoch, loss, label="loss", **picture.LOSS | (picture.DOTS if len(epoch) <= 60 else {}))
    words = f"The loss goes from {loss[0]:.4g} to {loss[-1]:.4g} in {counted(history.epochs, 'epoch')}."
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
        ax.plot(values, loss, **style | picture.DOTS)
        ax.plot(values[0], loss[0], label="start", **picture.START)
        ax.plot(values[-1], loss[-1], label="end", **picture.NOW)
        label(ax, f"Loss against {name}", name, "mean squared error")
        legend(ax)
    way = f"{'falls' if loss[-1] < loss[0] else 'rises'} from {loss[0]:.4g} to {loss[-1]:.4g}"
    words = f"The loss {way if loss[-1] != loss[0] else f'stays at {loss[0]:.4g}'}"
    words += f" while w moves from {number(w[0])} to {number(w[-1])} and b from {number(b[0])} to {number(b[-1])}."
    return Picture(figure, words + left_out(history))


def loss_surface(data, history=None):
    """Draw the loss of every (w, b) as contours, with the path of a run where one is given. Returns a Picture.

    Where all x are equal it is a valley, and the line of its floor is drawn in place of a lowest point.
    """
    data = line_data(data)
    figure, [ax] = new_figure(640, 460)
    bowl = Bowl(data.x, data.y)
    form, lowest, where = ("valley", "floor", "on a line through") if bowl.is_valley else ("bowl", "lowest point", "at")
    words = f"The loss as a {form} over w and b, seen from above; its {lowest} is {bowl.floor:.4g} {where} "
    words += f"w = {number(bowl.best[0])}, b = {number(bowl.best[1])}."
    if history is None:
        draw_bowl(ax, bowl, [(bowl.best[0] + 3, bowl.best[1])], mark=not bowl.is_valley)
    else:
        _, w, b, _ = finite(history)
        far = np.stack([w, b], axis=1)[: 1 if history.diverged else None]
        draw_bowl(ax, bowl, far, mark=not bowl.is_valley)
        words += f" The path leads from ({number(w[0])}, {number(b[0])}) to ({number(w[-1])}, {number(b[-1])}) in "
        words += f"{counted(history.epochs, 'step')}.{draw_path(ax, w, b)}{left_out(history)}"
    if bowl.is_valley:
        ax.axline(bowl.best, bowl.best + bowl.directions[:, 0], label="best fits", **picture.TRUTH)
    label(ax, "Loss over w and b: darker is higher", "w", "b")
    legend(ax, loc="upper left", bbox_to_anchor=(1.02, 1))  # beside the bowl, not on it
    return Picture(figure, words)


def compare(histories):
    """Draw the loss curves of several runs in one picture. Returns a Picture.

    histories: a list of History, named by their learning rates, or a dict of name to History.
    Raises ValueError where it is empty.
    """
    runs = histories if isinstance(histories, dict) else _by_rate(histories)
    if not runs:
        raise ValueError("histories must hold at least one History, got none")
    figure, [ax] = new_figure(640, 380)
    words = []
    for place, (name, history) in enumerate(runs.items()):
        epoch, _, _, loss = finite(history)
        draw_curve(ax, epoch, loss, label=in_legend(name), linewidth=2, **picture.RUNS[place % len(picture.RUNS)])
        words.append(f"{name} goes from {loss[0]:.4g} to {loss[-1]:.4g} in {counted(history.epochs, 'epoch')}")
        if left_out(history):
            words[-1] += f" ({left_out(history).strip(' .').lower()})"
    over_epochs(ax, max(history.epochs for history in runs.values()))
    ax.set_yscale("log")
    label(ax, "Loss of several runs", "epoch", "mean squared error")
    if len(runs) > 3:
        legend(figure, loc="outside right upper")
    else:
        legend(ax)
    return Picture(figure, f"Loss curves: {'; '.join(words)}.")


def _by_rate(histories):
    """Name runs by their learning rates, and those of one rate by their places in the list, too."""
    rates = [f"learning rate {history.learning_rate:.3g}" for history in histories]
    names = [f"{rate}, run {k}" if rates.count(rate) > 1 else rate for k, rate in enumerate(rates, start=1)]
    return dict(zip(names, histories, strict=True))
