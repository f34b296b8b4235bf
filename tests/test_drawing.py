"""The parts of pictures, by the artists that they leave on the axes."""

import dataclasses

import numpy as np
import pytest
import tensorflow as tf
from drawn import Parabola, assert_style, labelled
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba

from course_utils import History, LinearModel, drawing, make_line_data, picture
from course_utils.bowl import Bowl

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def ax():
    """The axes of a new picture."""
    return picture.new_figure(640, 380)[1][0]


# ---- data and lines -----------------------------------------------------------------------------------------------


def test_data_are_dots_and_the_truth_a_line_through_them(ax, data):
    assert drawing.draw_data(ax, data) == "1000 points"
    dots, truth = labelled(ax)["data"], labelled(ax)["true line"]
    np.testing.assert_array_equal(dots.get_xydata(), np.stack([data.x, data.y], 1))
    assert_style(dots, picture.DATA)
    np.testing.assert_allclose(truth.get_ydata(), 3 * truth.get_xdata() + 2)
    np.testing.assert_array_equal(truth.get_xdata(), drawing.ends_of(data.x))
    assert_style(truth, picture.TRUTH)
    assert ax.get_xlim() == tuple(drawing.ends_of(data.x))


def test_the_truth_is_not_drawn_where_that_is_asked_or_nobody_knows_it(ax, data, measured):
    drawing.draw_data(ax, data, truth=False)
    drawing.draw_data(ax, measured)
    assert [line.get_label() for line in ax.lines] == ["data", "data"]


@pytest.mark.parametrize(
    "examples, shown, words",
    [
        (1, 1, "1 point"),
        (2, 2, "2 points"),
        (2000, 2000, "2000 points"),
        (2001, 1001, "1001 of 2001 points (every 2nd)"),
        (4001, 1334, "1334 of 4001 points (every 3rd)"),
    ],
)
def test_more_points_than_can_be_seen_are_thinned(ax, examples, shown, words):
    data = make_line_data(examples=examples)
    assert drawing.draw_data(ax, data) == words
    [name, _], [dots, _] = labelled(ax).keys(), labelled(ax).values()
    every = drawing.every_example(data.x)
    assert name == ("data" if every == 1 else f"data: {words}")
    np.testing.assert_array_equal(dots.get_xydata(), np.stack([data.x, data.y], 1)[::every])
    assert len(dots.get_xdata()) == shown


def test_few_points_are_larger_than_many(ax):
    for examples, size, alpha in ((50, 6, 0.9), (51, 2.5, 0.45)):
        drawing.draw_data(ax, make_line_data(examples=examples))
        [dots, _] = ax.lines[-2:]
        assert (dots.get_markersize(), dots.get_alpha()) == (size, alpha)


@pytest.mark.parametrize(
    "x, ends", [([1.0, 3.0, 2.0], (0.9, 3.1)), ([-200.0, 0.0], (-210, 10)), ([5.0, 5.0], (4, 6)), ([0.0], (-1, 1))]
)
def test_lines_end_a_little_outside_the_data(x, ends):
    np.testing.assert_allclose(drawing.ends_of(np.array(x)), ends)


@pytest.mark.parametrize(
    "y, limits",
    [
        ([-2.0, 8.0], (-3, 9)),  # 0 lies between them
        ([5.0, 15.0], (-1.5, 16.5)),  # 0 takes a third of the height
        ([5.1, 15.0], (4.11, 15.99)),  # it would take more
        ([-15.0, -5.0], (-16.5, 1.5)),
        ([-15.0, -5.1], (-15.99, -4.11)),
        ([2700.0, 6300.0], (2340, 6660)),
        ([4.0, 4.0], (-0.4, 4.4)),  # a height of their own they don't have
        ([0.0, 0.0], (-1, 1)),
    ],
)
def test_zero_is_in_view_unless_it_takes_too_much_room(ax, data, y, limits):
    drawing.draw_data(ax, dataclasses.replace(data, x=tf.constant([0.0, 1.0]), y=tf.constant(y)))
    np.testing.assert_allclose(ax.get_ylim(), limits, rtol=1e-6)


# ---- models -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(4,), (4, 1)])
def test_a_model_predicts_one_y_for_each_x(shape):
    predicted = drawing.predictions(lambda x: tf.reshape(2 * x, shape), np.arange(4))
    assert predicted.dtype == float
    np.testing.assert_array_equal(predicted, [0, 2, 4, 6])


@pytest.mark.parametrize("model", [tf.reduce_mean, lambda x: x[None] - x[:, None], lambda x: x[:3]])
def test_another_number_of_predictions_is_refused(model):
    with pytest.raises(ValueError, match=r"^model must predict one y for each x, got shape \(.*\) for 4 x$"):
        drawing.predictions(model, np.arange(4))


@pytest.mark.parametrize("w, b", [(3, 2), (0, 0), (-1e-6, 1e-6), (1e7, -2e9), (50, -5781), (50.1, -10020.3)])
def test_a_line_is_known_by_its_w_and_b(w, b):
    found = drawing.line_of(LinearModel(w, b), np.linspace(170, 230, 50))
    assert found == (np.float32(w), np.float32(b)) and type(found[0]) is float


def with_attributes(w, b):
    model = LinearModel(1, 2)
    model.w, model.b = w, b
    return model


@pytest.mark.parametrize(
    "model",
    [
        Parabola(0.5),
        tf.sin,
        with_attributes(tf.Variable([1.0]), tf.Variable(2.0)),
        with_attributes(tf.Variable(1.0), tf.Variable([2.0])),
        with_attributes(None, tf.Variable(2.0)),
        with_attributes(tf.Variable(1.0), None),
    ],
)
def test_what_is_no_line_is_known_too(model):
    assert drawing.line_of(model, np.linspace(-1, 1, 9)) is None


@pytest.mark.parametrize("bend, line", [(0.015, (1, 1000)), (0.025, None)])
def test_what_float32_can_not_tell_from_a_line_is_a_line(bend, line):
    def model(x):
        return 1000 + x + bend * (x - 1)

    model.w, model.b = tf.Variable(1.0), tf.Variable(1000.0)
    assert drawing.line_of(model, np.linspace(0, 1, 9)) == line


@pytest.mark.parametrize("w, b", [(np.inf, 0), (0, -np.inf)])
def test_what_is_not_finite_passes_for_a_line(w, b):
    assert drawing.line_of(LinearModel(w, b), np.linspace(-1, 1, 9)) == (w, b)


@pytest.mark.parametrize(
    "model, name, line", [(LinearModel(3, 2), "the model's line", (3, 2)), (Parabola(0.5), "the model's curve", None)]
)
def test_a_model_is_drawn_as_it_predicts(ax, model, name, line):
    assert drawing.draw_model(ax, model, (-2, 4)) == (name, line)
    [drawn] = ax.lines
    assert drawn.get_label() == name
    assert_style(drawn, picture.PREDICTION)
    x = drawn.get_xdata()
    assert (x[0], x[-1]) == (-2, 4) and np.all(np.diff(x) > 0) and len(x) > 100
    np.testing.assert_allclose(drawn.get_ydata(), model(tf.constant(x, tf.float32)), rtol=1e-6)


@pytest.mark.parametrize(
    "w, b, limits",
    [
        (0, 0, (0, 1)),
        (0, 1, (0, 1)),
        (1, 0.5, (0, 1)),
        (1, -1, (0, 1)),  # a corner of it is in view
        (1, 1, (0, 1)),
        (1, -2, (-2, 1)),
        (1, 2, (0, 3)),
        (0, np.nan, (0, 1)),
    ],
)
def test_a_line_out_of_view_comes_into_view(ax, w, b, limits):
    ax.set_ylim(0, 1)
    drawing.draw_model(ax, LinearModel(w, b), (0, 1))
    assert ax.get_ylim() == limits


# ---- squares ------------------------------------------------------------------------------------------------------


def corners(ax):
    """Return the corners of the squares, low and high: arrays of shape (n, 2), one in data, one on the screen."""
    shapes = [shape.get_paths()[0].vertices for shape in ax.findobj(PolyCollection)]
    in_data = np.array([[corner.min(axis=0), corner.max(axis=0)] for corner in shapes])
    ax.figure.draw_without_rendering()
    return in_data, np.array([ax.transData.transform(pair) for pair in in_data])


@pytest.mark.parametrize("y_unit, x_unit", [(1, 1), (100, 1), (1, 100), (3, 1), (1, 3)])
def test_squares_stand_on_the_residuals_and_are_as_high_as_wide(ax, x_unit, y_unit):
    x, y = x_unit * np.array([0.0, 1.0, 2.0]), y_unit * np.array([0.0, 2.0, 1.0])
    predicted = y_unit * np.array([1.0, 1.5, 1.0])
    drawing.draw_squares(ax, x, y, predicted)
    in_data, on_screen = corners(ax)
    np.testing.assert_allclose(in_data[:, 0], np.stack([x, np.minimum(y, predicted)], 1))
    np.testing.assert_allclose(in_data[:, 1, 1], np.maximum(y, predicted))
    width, height = np.diff(on_screen, axis=1)[:, 0].T
    np.testing.assert_allclose(width, height, rtol=0.005, atol=1e-3)
    assert height.max() > 50
    square = ax.findobj(PolyCollection)[0]
    assert tuple(square.get_facecolor()[0]) == to_rgba(picture.ORANGE, 0.3) and square.get_linewidth()[0] == 0


@pytest.mark.parametrize(
    "x, y, predicted, aspect",
    [
        ([0.0, 1.0], [0.0, 10.0], [1.0, 9.0], 1),
        ([0.0, 1.0], [0.0, 12.0], [1.0, 9.0], 1.1 / 12),
        ([0.0, 1.0], [0.0, 0.12], [0.0, 0.0], 1),
        ([0.0, 1.0], [0.0, 0.1], [0.0, 0.0], 1.1 / 0.1),
        ([0.0, 1.0], [100.0, 101.0], [100.0, 100.5], 1),
        ([0.0], [0.0], [100.0], 1),  # one example has no width
        ([0.0, 1.0], [2.0, 2.0], [2.0, 2.0], 1),
        ([0.0, 1.0], [2.0, 2.0], [np.inf, 2.0], 1),
    ],
)
def test_one_unit_of_y_is_as_long_as_one_of_x_where_both_are_of_a_size(ax, x, y, predicted, aspect):
    drawing.draw_squares(ax, np.array(x), np.array(y), np.array(predicted))
    assert ax.get_aspect() == pytest.approx(aspect) and ax.get_adjustable() == "datalim"


# ---- the bowl -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("points, reach", [([(5, 0), (3, 2)], 1.3 * 2), ([(3, 2)], 0.65), ([], 0.65)])
def test_a_bowl_is_wide_enough_for_its_points(ax, points, reach):
    bowl = Bowl([-1.0, 0.0, 1.0], [-1.0, 2.0, 5.0])  # its best fit is (3, 2)
    drawing.draw_bowl(ax, bowl, np.reshape(points, (-1, 2)))
    np.testing.assert_allclose(ax.get_xlim(), (3 - reach, 3 + reach), rtol=1e-5)
    np.testing.assert_allclose(ax.get_ylim(), (2 - reach, 2 + reach), rtol=1e-5)
    assert ax.get_aspect() == 1 and ax.get_anchor() == "N" and ax.get_adjustable() == "box"
    assert_no_grid(ax)


def assert_no_grid(ax):
    assert not any(line.get_visible() for line in ax.get_xgridlines() + ax.get_ygridlines())


def test_contours_stand_where_the_loss_is_theirs_and_lie_closer_near_the_bottom(ax, data):
    bowl = Bowl(data.x, data.y)
    drawing.draw_bowl(ax, bowl, [(5, 0)])
    filled, lines = ax.collections
    np.testing.assert_array_equal(filled.levels, lines.levels)
    assert filled.levels[0] == bowl.floor and len(filled.levels) == 12
    corners = [*bowl.loss(ax.get_xlim(), ax.get_ylim()), *bowl.loss(ax.get_xlim(), ax.get_ylim()[::-1])]
    assert filled.levels[-1] == pytest.approx(max(corners))
    np.testing.assert_allclose(np.diff(np.sqrt(filled.levels - bowl.floor), 2), 0, atol=1e-6)
    for level, path in list(zip(lines.levels, lines.get_paths(), strict=True))[2:8]:
        np.testing.assert_allclose(bowl.loss(*path.vertices.T), level, rtol=0.02)
    assert filled.get_cmap() == picture.DEPTHS and lines.get_linewidth()[0] == 0.6
    assert tuple(lines.get_edgecolor()[0]) == to_rgba("white")


def test_the_best_fit_is_marked_unless_it_is_the_answer(ax, data):
    bowl = Bowl(data.x, data.y)
    drawing.draw_bowl(ax, bowl, [(5, 0)], mark=False)
    assert labelled(ax) == {} and len(ax.lines) == 0
    drawing.draw_bowl(ax, bowl, [(5, 0)])
    assert_no_grid(ax)  # nor when it is drawn again
    [best] = ax.lines
    np.testing.assert_allclose(best.get_xydata(), [bowl.best])
    assert best.get_label() == "best fit"
    assert_style(best, picture.BEST)


# ---- runs ---------------------------------------------------------------------------------------------------------


def test_a_path_has_a_start_and_an_end(ax):
    ax.set(xlim=(0, 5), ylim=(0, 5))
    w, b = np.array([5.0, 3.0, 0.0]), np.array([0.0, 1.0, 5.0])
    assert drawing.draw_path(ax, w, b) == ""
    for (name, points, style), drawn in zip(
        (
            ("path", [(5, 0), (3, 1), (0, 5)], picture.PATH),
            ("start", [(5, 0)], picture.START),
            ("end", [(0, 5)], picture.NOW),
        ),
        ax.lines,
        strict=True,
    ):
        assert drawn.get_label() == name
        np.testing.assert_array_equal(drawn.get_xydata(), points)
        assert_style(drawn, style)
    assert ax.get_xlim() == ax.get_ylim() == (0, 5)


@pytest.mark.parametrize("w, b", [(6, 1), (-1, 1), (1, 6), (1, -1)])
def test_a_path_that_leaves_the_picture_says_when(ax, w, b):
    ax.set(xlim=(0, 5), ylim=(0, 5))
    assert drawing.draw_path(ax, np.array([1, 2, w, w]), np.array([1, 2, b, b])) == " It leaves the picture at epoch 2."
    assert list(labelled(ax)) == ["path", "start"]
    back = drawing.draw_path(ax, np.array([1, w, 2]), np.array([1, b, 2]))
    assert back == " It leaves the picture at epoch 1." and "end" in labelled(ax)
    assert ax.get_xlim() == ax.get_ylim() == (0, 5)


@pytest.mark.parametrize("entries, width", [(30, 1.5), (31, 0.7)])
def test_a_long_path_is_thin(ax, entries, width):
    drawing.draw_path(ax, np.linspace(0, 1, entries), np.zeros(entries))
    assert ax.lines[0].get_linewidth() == width
    assert ax.lines[0].get_markersize() == (3.5 if width == 1.5 else 2)


@pytest.mark.parametrize("entries, marker", [(1, "o"), (2, "None")])
def test_one_value_is_a_dot_and_more_are_a_curve(ax, entries, marker):
    drawing.draw_curve(ax, np.arange(entries), np.ones(entries), color="red", label="it")
    [drawn] = ax.lines
    assert (drawn.get_marker(), drawn.get_color(), drawn.get_label()) == (marker, "red", "it")
    np.testing.assert_array_equal(drawn.get_xydata(), [(k, 1) for k in range(entries)])


@pytest.mark.parametrize("epochs, last", [(0, 1), (1, 1), (7, 7), (200, 200)])
def test_epochs_are_whole_numbers_with_room_at_either_end(ax, epochs, last):
    drawing.over_epochs(ax, epochs)
    ticks = ax.get_xticks()
    np.testing.assert_array_equal(ticks, ticks.round())
    assert 2 <= np.sum((ticks >= 0) & (ticks <= last)) <= 7
    assert ax.get_xlim() == pytest.approx((-0.02 * last, 1.03 * last))


def test_a_legend_has_the_style_of_the_course_on_axes_and_figures(ax):
    ax.plot([0, 1], [0, 1], label="one")
    drawing.legend(ax, loc="upper left")
    drawing.legend(ax.figure)
    for drawn in (ax.get_legend(), ax.figure.legends[0]):
        [text] = drawn.texts
        assert (text.get_text(), text.get_fontsize()) == ("one", 9)
        assert to_rgba(text.get_color()) == to_rgba(picture.TEXT)
        assert drawn.get_frame().get_alpha() == 0.9
    assert ax.get_legend()._loc == 2


def history(*states):
    """Return a History of states (w, b, loss)."""
    return History(*np.array(states, np.float32).T, 0.1)


def test_entries_that_are_not_finite_are_left_out_and_counted():
    good, bad = (1, 2, 3), [(np.nan, 2, 3), (1, np.inf, 3), (1, 2, -np.inf)]
    run = history(good, *bad, good)
    epoch, w, b, loss = drawing.finite(run)
    np.testing.assert_array_equal(epoch, [0, 4])
    for values, value in ((w, 1), (b, 2), (loss, 3)):
        np.testing.assert_array_equal(values, [value, value])
        assert values.dtype == float
    assert drawing.left_out(run) == " Entries that are no longer finite numbers are left out: 3."
    assert drawing.left_out(history(good)) == ""
    with pytest.raises(ValueError, match=r"^history must hold at least one entry of finite numbers, got none$"):
        drawing.finite(history(*bad))
