import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils import History, LinearModel, make_line_data, plots, train
from course_utils.picture import Picture

pytestmark = pytest.mark.filterwarnings("error")

# Each still picture as a function of data, a model and a history, so that all can be put to the same tests.
PICTURES = {
    "line": lambda data, model, history: plots.line(data, model),
    "data alone": lambda data, model, history: plots.line(data),
    "residuals": lambda data, model, history: plots.residuals(data, model),
    "squares": lambda data, model, history: plots.residuals(data, model, squares=True),
    "parameters": lambda data, model, history: plots.parameters(history, data),
    "loss curve": lambda data, model, history: plots.loss_curve(history),
    "loss curve and floor": lambda data, model, history: plots.loss_curve(history, data),
    "loss against parameters": lambda data, model, history: plots.loss_against_parameters(history),
    "surface": lambda data, model, history: plots.loss_surface(data),
    "surface and path": lambda data, model, history: plots.loss_surface(data, history),
    "compare": lambda data, model, history: plots.compare([history, history]),
}
each_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)


def ran(data, *, w=5.0, rate=0.1, epochs=10):
    model = LinearModel(w)
    return data, model, train(model, data.x, data.y, learning_rate=rate, epochs=epochs)


SITUATIONS = {
    "converging": lambda: ran(make_line_data(examples=20)),
    "one example": lambda: ran(make_line_data(examples=1)),
    "the same example twice": lambda: ran(make_line_data(noise=0, examples=1)),
    "no epochs": lambda: ran(make_line_data(examples=20), epochs=0),
    "nothing to learn": lambda: ran(make_line_data(3, 0, noise=0, examples=20), w=3),
    "diverged": lambda: ran(make_line_data(examples=20), rate=5.0, epochs=200),
    "rose": lambda: ran(make_line_data(examples=20), rate=3.0, epochs=8),
}


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)
@each_picture
def test_every_picture_draws_every_situation_without_a_warning(draw, situation, image):
    drawn = draw(*situation())
    assert isinstance(drawn, Picture)
    image(drawn.png())
    assert not re.search(r"\b(nan|inf)\b|\.\.|\d{12}| {2}", drawn.description)
    assert plt.get_fignums() == []


def test_what_is_not_finite_is_told_in_words():
    data, model = make_line_data(examples=5), LinearModel(np.inf)
    for drawn in (plots.line(data, model), plots.residuals(data, model, squares=True)):
        assert len(drawn.png()) > 0 and not re.search(r"\b(nan|inf)\b", drawn.description)
    bad = np.array([np.inf, np.nan], np.float32)
    with pytest.raises(ValueError, match="history must hold at least one entry of finite numbers"):
        plots.loss_curve(History(bad, bad, bad, 0.1))


@each_picture
def test_words_change_with_what_is_drawn(draw):
    one, other = (draw(*ran(make_line_data(w, 1, examples=20), epochs=epochs)) for w, epochs in ((3, 10), (-2, 4)))
    assert one.description != other.description


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


def test_a_million_points_are_thinned_and_it_says_so():
    drawn = plots.line(make_line_data(examples=1_000_000))
    assert drawn.description.startswith("2000 of 1000000 points (every 500th) along a line")
    assert len(drawn.figure.axes[0].lines[0].get_xdata()) == 2000


def test_residuals_state_the_numbers_of_lesson_three():
    data = make_line_data(noise=0, examples=5, spacing="even")  # x = −2 … 2, off by 1 everywhere
    description = plots.residuals(data, LinearModel(3, 1), squares=True).description
    assert "5 points" in description and "run from 1.00 to 1.00" in description
    assert "mean area of 1.00" in description


def test_curves_hold_one_point_an_entry(data):
    _, _, history = ran(data)
    w, b = (ax for ax in plots.loss_against_parameters(history).figure.axes)
    np.testing.assert_allclose(w.lines[0].get_xydata(), np.stack([history.w, history.loss], 1))
    np.testing.assert_allclose(b.lines[0].get_xydata(), np.stack([history.b, history.loss], 1))
    [ax] = plots.loss_curve(history).figure.axes
    np.testing.assert_allclose(ax.lines[0].get_xydata(), np.stack([np.arange(11), history.loss], 1))


def test_the_floor_is_drawn_and_told(data):
    _, _, history = ran(data)
    drawn = plots.loss_curve(history, data)
    floor = drawn.figure.axes[0].lines[1].get_ydata()[0]
    assert floor == pytest.approx(1.042, abs=1e-3) and "best possible line has 1.042" in drawn.description


def test_a_run_that_diverged_says_what_is_left_out(data):
    _, _, history = ran(data, rate=5.0, epochs=200)
    assert history.diverged
    for drawn in (plots.loss_curve(history), plots.compare({"too fast": history}), plots.parameters(history, data)):
        assert "no longer finite numbers are left out: 1" in drawn.description


def test_compare_names_runs_and_needs_one(data):
    runs = [ran(data, rate=rate)[2] for rate in (0.1, 0.3)]
    assert "learning rate 0.1 goes from 8.987" in plots.compare(runs).description
    [ax] = plots.compare({"slow": runs[0], "fast": runs[1]}).figure.axes
    assert [text.get_text() for text in ax.get_legend().texts] == ["slow", "fast"]
    assert len({line.get_linestyle() for line in ax.lines}) == 2  # not by colour alone
    for none in ([], {}):
        with pytest.raises(ValueError, match="histories must hold at least one History, got none"):
            plots.compare(none)
