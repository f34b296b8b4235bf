"""Whole pictures: what stands on them, what they are called, and what they say."""

import dataclasses
import inspect
import re

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
import tensorflow as tf
from drawn import labelled, ran

from course_utils import LinearModel, LineData, make_line_data, plots
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


class Column:
    """As a pandas column: numbers of float64, and not from 0 on."""

    def __init__(self, values):
        self.values = np.asarray(values, float)

    def __array__(self, dtype=None, copy=None):
        return self.values

    def __getitem__(self, label):
        raise KeyError(label)


MODEL, DATA = LinearModel(), make_line_data(examples=9)
WRONG = [
    (lambda: plots.line(MODEL, DATA), TypeError, "got LinearModel: first the data, then the model"),
    (lambda: plots.line((DATA.x, DATA.y)), TypeError, "got tuple: LineData(x, y, None, None, None) makes one"),
    (lambda: plots.line(DATA, LinearModel), TypeError, "got the class LinearModel: LinearModel() makes a model"),
    (lambda: plots.line(DATA, MODEL(DATA.x)), TypeError, "model must be callable, as model(x), got EagerTensor"),
    (lambda: plots.residuals(DATA, None), TypeError, "model must be callable, as model(x), got NoneType"),
    (lambda: plots.pulls(DATA, lambda x: None), ValueError, "for each x, got None: does a return miss in it?"),
    (lambda: plots.line(LineData(*2 * [["1", "2"]], None, None, None)), TypeError, "x must be numbers of one shape"),
    (lambda: plots.residuals(LineData([], [], None, None, None), MODEL), ValueError, "at least one example"),
    (lambda: plots.loss_surface(LineData([1, 2], [1], None, None, None)), ValueError, "the same shape"),
    (lambda: plots.loss_surface(LineData([1, 2], [1, 1e30], None, None, None)), ValueError, "y must be small enough"),
    (lambda: plots.loss_surface(DATA, MODEL), TypeError, "history must be a History, as train returns it, got LinearM"),
    (lambda: plots.loss_curve(keras.callbacks.History()), TypeError, "got History of Keras"),
    (lambda: plots.loss_curve([1.0, 0.5]), TypeError, "got list"),
    (lambda: plots.parameters(DATA, MODEL), TypeError, "got LineData"),
    (lambda: plots.compare({"mine": [1.0, 0.5]}), TypeError, "got list"),
]


@pytest.mark.parametrize("draw, error, words", WRONG)
def test_what_nobody_can_draw_is_told_in_one_line(draw, error, words):
    with pytest.raises(error, match=re.escape(words)) as raised:
        draw()
    assert "\n" not in str(raised.value)


def test_columns_lists_and_whole_numbers_are_drawn_as_the_numbers_they_are():
    x, y = [1990, 1991, 1995], [9.1, 9.4, 9.2]
    tables = [LineData(kind(x), kind(y), None, None, None) for kind in (list, np.array, Column, tf.constant)]
    for draw in (lambda data: plots.residuals(data, MODEL), lambda data: plots.pulls(data, MODEL), plots.loss_surface):
        assert len({repr(draw(data)) for data in tables}) == 1


def test_names_are_shown_as_they_are_written():
    x, y = make_line_data(examples=5).x, make_line_data(examples=5).y
    shown = plots.line(LineData(x, y, None, None, None, "price ($) per m_2", "$ per kg_3"))
    _, _, run = ran(DATA, epochs=1)
    names = ["$5 and $10", "_mine", "", "a name that is longer than any legend can show it"]
    drawn = plots.compare(dict.fromkeys(names, run))
    told = [text for text in drawn.figure.legends[0].get_texts()]
    assert [text.get_text() for text in told] == ["$5 and $10", " _mine", "(no name)", "a name that is longer t…"]
    texts = [*told, shown.figure.axes[0].xaxis.label, shown.figure.axes[0].yaxis.label]
    assert not any(text.get_parse_math() for text in texts) and shown.png() and drawn.png()


def test_where_every_x_is_0_the_valley_is_drawn():
    flat = plots.loss_surface(LineData([0.0, 0.0], [1.0, 3.0], None, None, None))
    assert "valley" in repr(flat) and flat.png()


def test_parameters_need_no_data():
    _, _, run = ran(DATA, epochs=1)
    assert repr(plots.parameters(run)) == repr(
        plots.parameters(run, dataclasses.replace(DATA, true_w=None, true_b=None))
    )
