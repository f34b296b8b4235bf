"""What the tests of pictures share: runs, a model that is no line, and what is asked of the artists."""

import tensorflow as tf
from matplotlib.lines import Line2D

from course_utils import LinearModel, train


def ran(data, *, w=5.0, b=0.0, rate=0.1, epochs=10):
    """Return data, a model trained on them, and its History."""
    model = LinearModel(w, b)
    return data, model, train(model, data.x, data.y, learning_rate=rate, epochs=epochs)


class Parabola(LinearModel):
    """A model with w, b and a that is no line."""

    def __init__(self, a):
        super().__init__(3, 2)
        self.a = tf.Variable(a)

    def __call__(self, x):
        return super().__call__(x) + self.a * x * x


def labelled(ax):
    """Return what is drawn on ax by its label."""
    handles, labels = ax.get_legend_handles_labels()
    return dict(zip(labels, handles, strict=True))


def assert_style(line, style):
    """Hold that a line looks as a style of `picture` says."""
    expected = Line2D([], [], **style)
    for name in ("color", "linestyle", "linewidth", "marker", "markersize", "markeredgecolor", "alpha", "zorder"):
        assert getattr(line, f"get_{name}")() == getattr(expected, f"get_{name}")(), name
