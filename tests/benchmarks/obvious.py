"""The obvious way to show a training under a slider: train eagerly, draw the three views with pyplot."""

import matplotlib.pyplot as plt
import numpy as np

from course_utils import LinearModel, train_step

EPOCHS = 10  # what the playground's slider begins with


def bowl(data):
    """Return w, b and the loss on a grid of 81 × 81; to be computed once, which is kind to the obvious way."""
    ws, bs = np.meshgrid(np.linspace(-1, 7, 81), np.linspace(-2, 6, 81))
    return ws, bs, np.mean((data.y.numpy() - ws[..., None] * data.x.numpy() - bs[..., None]) ** 2, axis=-1)


def draw(data, surface, rate, pixels):
    """Return a pyplot figure of width × height pixels: the line, its path in the bowl, the loss."""
    model, states = LinearModel(), []
    for _ in range(EPOCHS):
        state = float(model.w), float(model.b)
        states.append((*state, float(train_step(model, data.x, data.y, rate))))
    w, b, loss = np.transpose(states)
    x, y = data.x.numpy(), data.y.numpy()
    ends = np.array([x.min(), x.max()])
    size = [side / 200 for side in pixels]
    figure, (line, path, curve) = plt.subplots(1, 3, figsize=size, dpi=200, layout="tight")
    line.plot(x, y, ".", label="data")
    line.plot(ends, 3 * ends + 2, "k--", label="true line")
    line.plot(ends, w[-1] * ends + b[-1], label="after")
    path.contourf(*surface, levels=12, cmap="Blues")
    path.plot(w, b, "o-", label="path")
    curve.semilogy(loss, label="loss")
    for ax, title in zip((line, path, curve), ("The line", "Its path in the bowl", "The loss"), strict=True):
        ax.set_title(title)
        ax.legend()
    return figure
