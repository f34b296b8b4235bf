"""Whole pictures: what stands on them, what they are called, and what they say."""

import dataclasses
import inspect
import re

import matplotlib.pyplot as plt
import pytest
import tensorflow as tf
from drawn import labelled, ran

from course_utils import make_line_data, plots
from course_utils.picture import Picture

pytestmark = pytest.mark.filterwarnings("error")

# Each still picture as a function of data, a model and a history, so that all can be put to the same tests, with
# its size in CSS pixels, its title, the names of its axes and its legend.
LOSS = "mean squared error"
SEEN = {
    "line": ((640, 380), "Data and lines", "x", "y", ["data", "true line", "the model's line"]),
    "data alone": ((640, 380), "Data and lines", "x", "y", ["data", "true line"]),
    "residuals": (
        (640, 420), "Residuals: how far off each prediction is", "x", "y", ["residuals", "data", "the model's line"]
    ),
    "squares": ((640, 420), "Residuals and their squares", "x", "y", ["residuals", "data", "the model's line"]),
    "pulls": ((800, 400), "Each point and its residual", "x", "y", ["residuals", "data", "the model's line"]),
    "parameters": ((640, 380), "Parameters over the epochs", "epoch", "value", ["w", "true w", "b", "true b"]),
    "loss curve": ((640, 380), "Loss over the epochs", "epoch", LOSS, ["loss"]),
    "loss curve and floor": ((640, 380), "Loss over the epochs", "epoch", LOSS, ["loss", "best possible line"]),
    "loss against parameters": ((800, 380), "Loss against w", "w", LOSS, ["start", "end"]),
    "surface": ((640, 460), "Loss over w and b: darker is higher", "w", "b", ["best fit"]),
    "surface and path": (
        (640, 460), "Loss over w and b: darker is higher", "w", "b", ["best fit", "path", "start", "end"]
    ),
    "compare": ((640, 380), "Loss of several runs", "epoch", LOSS, ["one run", "the same"]),
}  # fmt: skip
PICTURES = {
    "line": lambda data, model, history: plots.line(data, model),
    "data alone": lambda data, model, history: plots.line(data),
    "residuals": lambda data, model, history: plots.residuals(data, model),
    "squares": lambda data, model, history: plots.residuals(data, model, squares=True),
    "pulls": lambda data, model, history: plots.pulls(data, model),
    "parameters": lambda data, model, history: plots.parameters(history, data),
    "loss curve": lambda data, model, history: plots.loss_curve(history),
    "loss curve and floor": lambda data, model, history: plots.loss_curve(history, data),
    "loss against parameters": lambda data, model, history: plots.loss_against_parameters(history),
    "surface": lambda data, model, history: plots.loss_surface(data),
    "surface and path": lambda data, model, history: plots.loss_surface(data, history),
    "compare": lambda data, model, history: plots.compare({"one run": history, "the same": history}),
}
each_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)


SITUATIONS = {
    "converging": lambda: ran(make_line_data(examples=20)),
    "one example": lambda: ran(make_line_data(examples=1)),
    "the same x everywhere": lambda: ran(
        dataclasses.replace(make_line_data(examples=3), x=tf.constant([2.0, 2.0, 2.0]))
    ),
    "no epochs": lambda: ran(make_line_data(examples=20), epochs=0),
    "one epoch": lambda: ran(make_line_data(examples=20), epochs=1),
    "nothing to learn": lambda: ran(make_line_data(3, 0, noise=0, examples=20), w=3),
    "diverged": lambda: ran(make_line_data(examples=20), rate=5.0, epochs=200),
    "rose": lambda: ran(make_line_data(examples=20), rate=3.0, epochs=8),
}


@pytest.mark.thorough
@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)
@each_picture
def test_every_picture_draws_every_situation_without_a_warning(draw, situation, image):
    drawn = draw(*situation())
    assert isinstance(drawn, Picture)
    image(drawn.png())
    assert not re.search(
        r"\b(nan|inf|None)\b|\.\.|\d{12}| {2}|-0\.00|\b1 (point|epoch|step|example)s\b", drawn.description
    )
    assert drawn.description.endswith(".") and len(drawn.description.split()) > 5
    assert plt.get_fignums() == []


@pytest.mark.thorough
@each_picture
def test_every_picture_draws_measured_data(draw, measured):
    """Their units are their own, and no true line is drawn or told."""
    drawn = draw(*ran(measured, w=50, b=-5781, rate=1e-5))
    assert len(drawn.png()) > 0
    assert "true" not in drawn.description and "None" not in drawn.description
    for ax in drawn.figure.axes:
        assert not [name for name in labelled(ax) if "true" in name]


@each_picture
def test_words_change_with_what_is_drawn(draw):
    one, other = (draw(*ran(make_line_data(w, 1, examples=20), epochs=epochs)) for w, epochs in ((3, 10), (-2, 4)))
    assert one.description != other.description


def test_every_picture_is_among_these():
    made_here = inspect.getmembers(plots, lambda it: inspect.isfunction(it) and it.__module__ == plots.__name__)
    drawn = {name for draw in PICTURES.values() for name in draw.__code__.co_names}
    assert {name for name, _ in made_here if not name.startswith("_")} == drawn - {"plots"}


@pytest.mark.parametrize("kind", PICTURES)
def test_every_picture_has_its_size_title_axes_and_legend(kind):
    size, title, x_name, y_name, entries = SEEN[kind]
    figure = PICTURES[kind](*ran(make_line_data(examples=20))).figure
    assert tuple(figure.get_size_inches() * figure.dpi / 2) == pytest.approx(size)
    ax = figure.axes[0]
    assert (ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()) == (title, x_name, y_name)
    [legend] = [ax.get_legend()] if ax.get_legend() else figure.legends
    assert [text.get_text() for text in legend.texts] == list(labelled(ax)) == entries
