"""Pictures of runs: where the artists stand, and what is told."""

import numpy as np
import pytest
import tensorflow as tf
from drawn import assert_style, labelled, ran

from course_utils import History, LineData, picture, plots
from course_utils.bowl import Bowl

pytestmark = pytest.mark.filterwarnings("error")


# ---- runs ---------------------------------------------------------------------------------------------------------


def test_parameters_are_drawn_with_their_truths(data):
    _, _, history = ran(data)
    drawn = plots.parameters(history, data)
    [ax] = drawn.figure.axes
    found = labelled(ax)
    for name, values, true, style in (("w", history.w, 3, picture.W), ("b", history.b, 2, picture.B)):
        np.testing.assert_allclose(found[name].get_xydata(), np.stack([np.arange(11), values], 1))
        assert_style(found[name], style)
        assert list(found[f"true {name}"].get_ydata()) == [true, true]
        assert_style(found[f"true {name}"], picture.TRUTH | dict(color=style["color"]))
    told = "Over 10 epochs w goes from 5.00 to 3.27 (true 3.00) and b from 0.00 to 1.81 (true 2.00)."
    assert repr(drawn) == told
    assert ax.get_xlim() == pytest.approx((-0.2, 10.3))
    assert repr(plots.parameters(ran(data, epochs=1)[2], data)).startswith("Over 1 epoch w goes")


def test_parameters_of_measured_data_have_no_truth(measured):
    history = History(*np.array([[1, 2], [3, 4], [5, 6]], np.float32), 0.1)
    drawn = plots.parameters(history, measured)
    assert repr(drawn) == "Over 1 epoch w goes from 1.00 to 2.00 and b from 3.00 to 4.00."
    assert list(labelled(drawn.figure.axes[0])) == ["w", "b"]


def test_the_loss_curve_has_a_dot_an_epoch_where_they_can_be_told_apart(data):
    for epochs, marker in ((59, "o"), (60, "None")):
        [ax] = plots.loss_curve(ran(data, epochs=epochs)[2]).figure.axes
        assert_style(ax.lines[0], picture.LOSS | dict(marker=marker) | dict(markersize=4 if marker == "o" else 6))


def test_the_loss_curve_and_its_floor(data):
    _, _, history = ran(data)
    drawn = plots.loss_curve(history, data)
    [ax] = drawn.figure.axes
    np.testing.assert_allclose(labelled(ax)["loss"].get_xydata(), np.stack([np.arange(11), history.loss], 1))
    floor = labelled(ax)["best possible line"]
    assert list(floor.get_ydata()) == [Bowl(data.x, data.y).floor] * 2
    assert_style(floor, picture.TRUTH)
    told = "The loss goes from 8.987 to 1.123 in 10 epochs."
    assert repr(drawn) == f"{told} The best possible line has 1.042."
    assert repr(plots.loss_curve(history)) == told
    assert ax.get_xlim() == pytest.approx((-0.2, 10.3))


@pytest.mark.parametrize(
    "losses, scale",
    [((1000, 1), "linear"), ((1001, 1), "log"), ((1, 1001), "log"), ((1, 0), "log"), ((0, 0), "linear")],
)
def test_losses_of_very_different_size_are_drawn_by_their_powers_of_ten(losses, scale):
    history = History(*np.array([[1, 1], [1, 1], losses], np.float32), 0.1)
    [ax] = plots.loss_curve(history).figure.axes
    assert (ax.get_yscale(), ax.get_xscale()) == (scale, "linear")


def test_the_loss_against_each_parameter(data):
    _, _, history = ran(data)
    drawn = plots.loss_against_parameters(history)
    for ax, name, values, style in zip(
        drawn.figure.axes, "wb", (history.w, history.b), (picture.W, picture.B), strict=True
    ):
        curve, start, end = ax.lines
        np.testing.assert_allclose(curve.get_xydata(), np.stack([values, history.loss], 1))
        np.testing.assert_allclose(start.get_xydata(), [(values[0], history.loss[0])])
        np.testing.assert_allclose(end.get_xydata(), [(values[-1], history.loss[-1])])
        assert_style(curve, style | picture.DOTS)
        assert_style(start, picture.START)
        assert_style(end, picture.NOW)
        named = ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()
        assert named == (f"Loss against {name}", name, "mean squared error")
        assert [text.get_text() for text in ax.get_legend().texts] == ["start", "end"]
    told = "The loss falls from 8.987 to 1.123 while w moves from 5.00 to 3.27 and b from 0.00 to 1.81."
    assert repr(drawn) == told
    assert repr(plots.loss_against_parameters(ran(data, rate=2.0, epochs=2)[2])).startswith("The loss rises from 8.987")
    still = repr(plots.loss_against_parameters(ran(data, epochs=0)[2]))
    assert still == "The loss stays at 8.987 while w moves from 5.00 to 5.00 and b from 0.00 to 0.00."


def test_losses_are_told_to_four_digits(data):
    start = History(*np.array([[5.0], [0.0], [1.23456]], np.float32), 0.1)
    there = History(*np.array([[5.0, 3.0], [0.0, 2.0], [6.54321, 1.23456]], np.float32), 0.1)
    assert "The loss stays at 1.235 while" in repr(plots.loss_against_parameters(start))
    assert "The loss falls from 6.543 to 1.235 while" in repr(plots.loss_against_parameters(there))
    assert "The loss goes from 6.543 to 1.235 in 1 epoch." in repr(plots.loss_curve(there))
    assert "it goes from 6.543 to 1.235 in 1 epoch." in repr(plots.compare({"it": there}))


def test_a_run_that_diverged_says_what_is_left_out(data):
    _, _, history = ran(data, rate=5.0, epochs=200)
    assert history.diverged
    for drawn in (
        plots.loss_curve(history),
        plots.parameters(history, data),
        plots.loss_against_parameters(history),
        plots.loss_surface(data, history),
    ):
        assert drawn.description.endswith(" Entries that are no longer finite numbers are left out: 1.")
    told = repr(plots.compare({"too fast": history, "good": ran(data)[2]}))
    assert " epochs (entries that are no longer finite numbers are left out: 1); good goes from" in told


# ---- the bowl -----------------------------------------------------------------------------------------------------


def test_the_bowl_alone_reaches_3_to_either_side(data):
    drawn = plots.loss_surface(data)
    [ax] = drawn.figure.axes
    w, b = Bowl(data.x, data.y).best
    np.testing.assert_allclose([*ax.get_xlim(), *ax.get_ylim()], [w - 3.9, w + 3.9, b - 3.9, b + 3.9], rtol=1e-5)
    bowl = "The loss as a bowl over w and b, seen from above; its lowest point is 1.042 at w = 3.06, b = 1.99."
    assert repr(drawn) == bowl
    path = " The path leads from (5.00, 0.00) to (3.27, 1.81) in 10 steps."
    assert repr(plots.loss_surface(data, ran(data)[2])) == bowl + path
    assert " in 1 step." in repr(plots.loss_surface(data, ran(data, epochs=1)[2]))


def test_where_all_x_are_equal_the_floor_of_the_valley_is_drawn_and_no_lowest_point():
    x, y = tf.fill([4], 2.0), tf.constant([3.0, 5.0, 6.0, 6.0])
    drawn = plots.loss_surface(LineData(x, y, None, None, None))
    [ax] = drawn.figure.axes
    [floor] = [line for line in ax.lines if line.get_label() == "best fits"]
    (w, b), (other_w, other_b) = floor.get_xy1(), floor.get_xy2()
    assert (w, b) != (other_w, other_b) and "best fit" not in labelled(ax)
    np.testing.assert_allclose([2 * w + b, 2 * other_w + other_b], 5)
    assert floor.is_dashed() and floor.get_color() == picture.TRUTH["color"]
    assert repr(drawn) == (
        "The loss as a valley over w and b, seen from above; its floor is 1.5 on a line through w = 2.00, b = 1.00."
    )


def test_the_bowl_holds_the_whole_path_of_a_run(data):
    _, _, history = ran(data, w=1, b=-4, rate=0.9, epochs=20)
    [ax] = plots.loss_surface(data, history).figure.axes
    found = labelled(ax)
    np.testing.assert_allclose(found["path"].get_xydata(), np.stack([history.w, history.b], 1))
    np.testing.assert_allclose(found["start"].get_xydata(), [(1, -4)])
    np.testing.assert_allclose(found["end"].get_xydata(), [(history.w[-1], history.b[-1])])
    np.testing.assert_allclose(found["best fit"].get_xydata(), [Bowl(data.x, data.y).best])
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    assert np.all((left < history.w) & (history.w < right) & (low < history.b) & (history.b < high))


def test_the_path_of_a_run_that_diverged_leaves_a_bowl_that_can_still_be_seen(data):
    _, _, history = ran(data, rate=5.0, epochs=200)
    drawn = plots.loss_surface(data, history)
    [ax] = drawn.figure.axes
    reach = 1.3 * np.abs(np.array([5, 0]) - Bowl(data.x, data.y).best).max()
    assert np.diff(ax.get_xlim()) == pytest.approx(2 * reach)
    assert list(labelled(ax)) == ["best fit", "path", "start"]
    assert " in 18 steps. It leaves the picture at epoch 1. Entries" in repr(drawn)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "draw",
    [
        lambda data, history: plots.loss_surface(data, history),
        lambda data, history: plots.parameters(history, data),
        lambda data, history: plots.compare({str(k): history for k in range(4)}),
    ],
    ids=["surface", "parameters", "compare"],
)
def test_where_a_legend_would_hide_something_it_lies_beside(data, draw, large):
    picture.present(large)
    try:
        figure = draw(data, ran(data)[2]).figure
    finally:
        picture.present(False)
    figure.draw_without_rendering()
    [ax] = figure.axes
    [legend] = [ax.get_legend()] if ax.get_legend() else figure.legends
    frame, page = legend.get_window_extent(), figure.bbox
    assert ax.get_window_extent().x1 < frame.x0 and frame.x1 <= page.x1
    assert page.y1 / 2 < frame.y0 and frame.y1 <= page.y1  # at the top
    assert ax.yaxis.label.get_window_extent().x0 >= 0


# ---- several runs -------------------------------------------------------------------------------------------------


def test_compare_draws_every_run_by_its_name(data):
    runs = [ran(data, rate=rate, epochs=epochs)[2] for rate, epochs in ((0.1, 10), (0.3, 20))]
    drawn = plots.compare({"slow": runs[0], "fast": runs[1]})
    [ax] = drawn.figure.axes
    for (name, line), run, style in zip(labelled(ax).items(), runs, picture.RUNS[:2], strict=True):
        assert name in ("slow", "fast")
        np.testing.assert_allclose(line.get_xydata(), np.stack([np.arange(run.epochs + 1), run.loss], 1))
        assert_style(line, style | dict(linewidth=2))
    assert ax.get_yscale() == "log" and ax.get_xlim() == pytest.approx((-0.4, 20.6))
    told = "slow goes from 8.987 to 1.123 in 10 epochs; fast goes from 8.987 to 1.042 in 20 epochs."
    assert repr(drawn) == f"Loss curves: {told}"
    assert [text.get_text() for text in ax.get_legend().texts] == ["slow", "fast"]


def test_runs_without_names_are_named_by_their_rates(data):
    runs = [ran(data, rate=rate)[2] for rate in (0.1, 1 / 3, 0.1)]
    assert list(labelled(plots.compare(runs[:2]).figure.axes[0])) == ["learning rate 0.1", "learning rate 0.333"]
    names = ["learning rate 0.1, run 1", "learning rate 0.333", "learning rate 0.1, run 3"]
    assert list(labelled(plots.compare(runs).figure.axes[0])) == names


def test_more_runs_than_styles_begin_again_and_their_names_stand_beside_them(data):
    _, _, history = ran(data)
    for count in (3, 4, 7):
        figure = plots.compare({str(k): history for k in range(count)}).figure
        [ax] = figure.axes
        for line, style in zip(ax.lines, (picture.RUNS * 2)[:count], strict=True):
            assert_style(line, style | dict(linewidth=2))
        assert (ax.get_legend() is None) == (len(figure.legends) == 1) == (count > 3)


@pytest.mark.parametrize("none", [[], {}])
def test_compare_needs_a_run(none):
    with pytest.raises(ValueError, match=r"^histories must hold at least one History, got none$"):
        plots.compare(none)


@pytest.mark.parametrize("entries", [[], [np.inf, np.nan]])
@pytest.mark.parametrize("draw", [plots.loss_curve, plots.loss_against_parameters, lambda run: plots.compare([run])])
def test_a_run_without_a_finite_entry_is_refused(draw, entries):
    values = np.array(entries, np.float32)
    with pytest.raises(ValueError, match="history must hold at least one entry of finite numbers, got none"):
        draw(History(values, values, values, 0.1))
