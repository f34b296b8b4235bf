"""Pictures of data and of what a model makes of them: where the artists stand, and what is told."""

import dataclasses
import re

import numpy as np
import pytest
import tensorflow as tf
from drawn import Parabola, assert_style, labelled
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba

from course_utils import LinearModel, drawing, make_line_data, picture, plots

pytestmark = pytest.mark.filterwarnings("error")


# ---- data and lines -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("examples", [1, 1000])
def test_the_lines_are_where_w_and_b_say(examples):
    [ax] = plots.line(make_line_data(examples=examples), LinearModel(5, -1)).figure.axes
    for name, w, b in (("true line", 3, 2), ("the model's line", 5, -1)):
        x, y = labelled(ax)[name].get_data()
        assert (x[0], x[-1]) == ax.get_xlim()
        np.testing.assert_allclose(y, w * x + b, atol=1e-5)


@pytest.mark.parametrize(
    "w, b, words",
    [
        (5, 0, "is steeper than the true line (w = 3.00, b = 2.00)"),
        (1, 0, "is flatter than"),
        (-1, 2, "runs the other way than"),
        (3, 4, "runs above"),
        (3, 0, "runs below"),
        (3, 2, "lies on"),
    ],
)
def test_line_says_how_the_lines_lie(data, w, b, words):
    description = plots.line(data, LinearModel(w, b)).description
    assert description.startswith(f"1000 points along a line; the model's line (w = {w:.2f}, b = {b:.2f}) {words}")


@pytest.mark.parametrize(
    "slope, w, b, words",
    [
        # x from −2 to 2, drawn from −2.2 to 2.2, and y as high as 4 times the slope: 1% of it is seen
        (100, 100.8, 2, "lies on"),
        (100, 101, 2, "is steeper than"),
        (100, 99.2, 2, "lies on"),
        (100, 99, 2, "is flatter than"),
        (0.01, 0.01, 2.0003, "lies on"),
        (0.01, 0.01, 2.0005, "runs above"),
        (0.01, 0.01, 1.9995, "runs below"),
        (0.01, -0.01, 2, "runs the other way than"),
        (-5, -6, 2, "is steeper than"),
        (-5, -4, 2, "is flatter than"),
        (0, 0.002, 2, "lies on"),
        (0, 0.1, 2, "is steeper than"),
    ],
)
def test_lines_are_told_apart_as_far_as_they_can_be_seen(slope, w, b, words):
    data = make_line_data(slope, noise=0, spacing="even", examples=5)
    assert f") {words} the true" in plots.line(data, LinearModel(w, b)).description


def test_the_true_line_alone_runs_through_the_data(data):
    assert repr(plots.line(data)) == "1000 points along a line; the true line (w = 3.00, b = 2.00) runs through them."


def test_lines_of_one_slope_are_compared_where_the_data_are():
    data = make_line_data(noise=0, spacing="even", examples=5)
    far = dataclasses.replace(data, x=data.x + 100, true_b=-298.0)
    for b, words in ((-298, "runs above"), (-298.4, "lies on"), (-298.8, "runs below")):  # 0.4 higher at x = 100
        assert f") {words} the true" in plots.line(far, LinearModel(3.004, b)).description


def test_measured_data_alone_are_told_by_how_far_they_reach(measured):
    drawn = plots.line(measured)
    assert repr(drawn) == "9 points, flipper length (mm) from 170.0 to 230.0 and body mass (g) from 2700 to 6300."
    [ax] = drawn.figure.axes
    assert (ax.get_title(loc="left"), list(labelled(ax))) == ("Data", ["data"])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("flipper length (mm)", "body mass (g)")
    assert ax.get_xlim()[0] > 160 and ax.get_ylim()[0] > 2000


def test_where_the_truth_is_unknown_the_line_is_told_by_the_points_above_it(measured):
    drawn = plots.line(measured, LinearModel(60, -7450))
    above = int(np.sum(measured.y > 60 * measured.x - 7450))
    assert repr(drawn) == f"9 points; {above} of them lie above the model's line (w = 60.00, b = -7450)." and above > 1
    [ax] = drawn.figure.axes
    assert ax.get_title(loc="left") == "Data and lines"
    x, y = labelled(ax)["the model's line"].get_data()
    np.testing.assert_allclose(y, 60 * x - 7450, rtol=1e-5)
    assert "; 0 of them lie above" in repr(plots.line(measured, LinearModel(0, 6300)))
    assert "; 1 of them lies above" in repr(plots.line(measured, LinearModel(0, 6299)))
    [ax] = plots.residuals(measured, LinearModel(60, -7450)).figure.axes
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("flipper length (mm)", "body mass (g)")


def test_a_line_far_from_the_data_is_still_in_the_picture(measured):
    [ax] = plots.line(measured, LinearModel()).figure.axes
    low, high = ax.get_ylim()
    assert low <= 5 * 170 and high > 6300


@pytest.mark.parametrize("a", [0.5, -0.5])
def test_a_model_that_is_no_line_is_drawn_as_its_curve(data, a):
    model = Parabola(a)
    drawn = plots.line(data, model)
    [ax] = drawn.figure.axes
    x, y = labelled(ax)["the model's curve"].get_data()
    np.testing.assert_allclose(y, 3 * x + 2 + a * x * x, atol=1e-4)
    assert ax.get_title(loc="left") == "Data and the model's curve" and "true line" in labelled(ax)
    above = int(np.sum(data.y > model(data.x)))
    assert repr(drawn) == f"1000 points along a line; {above} of them lie above the model's curve."


def test_among_thinned_points_only_those_that_are_drawn_count():
    data, model = make_line_data(examples=10_000), Parabola(0.5)
    above = int(np.sum((data.y > model(data.x))[::5]))
    told = f"2000 of 10000 points (every 5th) along a line; {above} of them lie above the model's curve."
    assert repr(plots.line(data, model)) == told


def test_what_is_not_finite_is_told_in_words():
    data, model = make_line_data(examples=5), LinearModel(np.inf)
    expected = (
        "the model's line (w = not finite, b = 0.00) can't be drawn: not all that it predicts are finite numbers."
    )
    assert repr(plots.line(data, model)) == f"5 points along a line; {expected}"
    for drawn in (plots.line(data, model), plots.residuals(data, model, squares=True)):
        assert len(drawn.png()) > 0 and not re.search(r"\b(nan|inf)\b", drawn.description)


# ---- residuals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [LinearModel(1, -1), Parabola(0.5)])
@pytest.mark.parametrize("squares", [False, True])
def test_residuals_reach_from_the_data_to_the_predictions(model, squares):
    data = make_line_data(examples=6)
    [ax] = plots.residuals(data, model, squares=squares).figure.axes
    found = labelled(ax)
    segments = np.array(found["residuals"].get_segments())
    np.testing.assert_allclose(segments[:, 0], np.stack([data.x, data.y], 1))
    np.testing.assert_allclose(segments[:, 1], np.stack([data.x, model(data.x)], 1))
    assert tuple(found["residuals"].get_color()[0]) == to_rgba(picture.ORANGE)
    assert found["residuals"].get_linewidth()[0] == 2
    np.testing.assert_array_equal(found["data"].get_xydata(), np.stack([data.x, data.y], 1))
    assert_style(found["data"], picture.DATA | dict(markersize=7, alpha=1))
    name = "the model's line" if type(model) is LinearModel else "the model's curve"
    x, y = found[name].get_data()
    np.testing.assert_allclose(y, model(tf.constant(x, tf.float32)), rtol=1e-6)
    np.testing.assert_allclose((x[0], x[-1]), drawing.ends_of(data.x))
    areas = [shape.get_paths()[0].get_extents().height ** 2 for shape in ax.findobj(PolyCollection)]
    np.testing.assert_allclose(areas, np.square(data.y - model(data.x)) if squares else [], rtol=1e-4)
    assert len(ax.findobj(LineCollection)) == 1


def test_residuals_state_the_numbers_of_lesson_three():
    data = make_line_data(noise=0, examples=5, spacing="even")  # x = −2 … 2, off by 1 everywhere
    told = "5 points, each joined to the model's line by its residual; they run from 1.00 to 1.00."
    assert repr(plots.residuals(data, LinearModel(3, 1))) == told
    squares = " The squares drawn on them have a mean area of 1.00."
    assert repr(plots.residuals(data, LinearModel(3, 1), squares=True)) == told + squares
    turned = plots.residuals(data, LinearModel(4, 2), squares=True)  # off by x
    assert "from -2.00 to 2.00" in repr(turned) and "mean area of 2.00" in repr(turned)


def test_one_residual_is_told_as_one():
    data = make_line_data(noise=0, examples=1)
    told = "1 point, joined to the model's line by its residual of 2.00."
    assert repr(plots.residuals(data, LinearModel(3, 0))) == told
    square = " The square drawn on it has an area of 4.00."
    assert repr(plots.residuals(data, LinearModel(3, 0), squares=True)) == told + square
    assert "the model's curve by its residual" in repr(plots.residuals(data, Parabola(1.0)))


# ---- pulls --------------------------------------------------------------------------------------------------------


def test_each_pull_is_the_slope_of_its_own_squared_residual_and_their_mean_the_gradient():
    data, model = make_line_data(examples=6, spacing="even", seed=3), LinearModel()
    with tf.GradientTape(persistent=True) as tape:
        squares = tf.square(data.y - model(data.x))
        each, loss = tf.unstack(squares), tf.reduce_mean(squares)
    own = np.array([tape.gradient(square, [model.w, model.b]) for square in each])
    drawn = plots.pulls(data, model)
    points, slopes = drawn.figure.axes
    found = labelled(slopes)
    pulls, gradient = found["pulls"].get_xydata(), found["their mean: the gradient"].get_xydata()
    np.testing.assert_allclose(pulls[1::3], own, rtol=1e-4)
    np.testing.assert_allclose(gradient[1], tape.gradient(loss, [model.w, model.b]), rtol=1e-4)
    assert not pulls[::3].any() and not gradient[0].any() and found["pulls"].get_markevery() == slice(1, None, 3)
    assert_style(found["pulls"], picture.PULL)
    assert_style(found["their mean: the gradient"], picture.GRADIENT)
    assert [(ax.get_xlabel(), ax.get_ylabel()) for ax in (points, slopes)] == [
        ("x", "y"),
        ("slope along w", "slope along b"),
    ]
    for ax, places in ((points, np.stack([data.x, data.y], 1)), (slopes, own)):
        assert [text.get_text() for text in ax.texts] == list("123456")
        np.testing.assert_allclose([text.xy for text in ax.texts], places, rtol=1e-4)
    words = [f"from {own[:, k].min():.2f} to {own[:, k].max():.2f}" for k in (0, 1)]
    mean = own.mean(axis=0)
    assert repr(drawn) == (
        f"6 points and the model's line; the pulls along w go {words[0]}, those along b {words[1]}. "
        f"Their mean, the gradient, is {mean[0]:.2f} and {mean[1]:.2f}."
    )
    assert not plots.pulls(make_line_data(examples=51), model).figure.axes[1].texts, "too many to be numbered"
