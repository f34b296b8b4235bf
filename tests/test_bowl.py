import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils import LinearModel, bowl, make_line_data, mean_squared_error, train, train_step
from course_utils.bowl import Bowl

lines = st.builds(
    make_line_data,
    st.floats(-10, 10),
    st.floats(-10, 10),
    examples=st.integers(2, 60),
    noise=st.floats(0, 3),
    spacing=st.sampled_from(["normal", "even"]),
    seed=st.integers(0, 1000),
)
starts = st.tuples(st.floats(-10, 10), st.floats(-10, 10))


def test_best_fit_by_hand():
    # The line 2x + 1 leaves residuals 1, −1, −1, 1, which no other line makes smaller.
    np.testing.assert_allclose(bowl.best_fit([-1.5, -0.5, 0.5, 1.5], [-1, -1, 1, 5]), (2, 1, 1), atol=1e-12)


def test_best_fit_where_many_lines_fit_is_the_shortest():
    np.testing.assert_allclose(bowl.best_fit([1, 1], [1, 3]), (1, 1, 1), atol=1e-12)


def test_the_best_fit_is_found_far_from_zero():
    x = 1.7e9 + 1280.0 * np.arange(8)  # as times in seconds are; float32 holds each of them
    residuals = np.array([1, -1, -1, 1, 1, -1, -1, 1])  # no line makes them smaller
    w, _, loss = bowl.best_fit(x, 4.0 * np.arange(8) + residuals)
    assert (w, loss) == pytest.approx((4 / 1280, 1))


@pytest.mark.parametrize("x, limit", [([-1, 1], 1.0), ([0], 1.0), ([-3, 3], 1 / 9), ([1], 0.5)])
def test_largest_stable_learning_rate_by_hand(x, limit):
    # H = 2·[[mean x², mean x], [mean x, 1]]: for x = ±3 its eigenvalues are 18 and 2, for x = 1 they are 4 and 0.
    assert bowl.largest_stable_learning_rate(x) == pytest.approx(limit)


@pytest.mark.parametrize("call", [lambda x, y: bowl.best_fit(x, y), lambda x, y: Bowl(x, y)])
@pytest.mark.parametrize(
    "x, y, words",
    [([1, 2], [1], "same shape"), ([], [], "at least one example"), ([1.0, np.nan], [1, 2], "x must be finite")],
)
def test_bad_data_raise(call, x, y, words):
    with pytest.raises(ValueError, match=words):
        call(x, y)


@given(lines, st.floats(-5, 5), st.floats(-5, 5))
def test_the_best_fit_is_a_minimum_and_the_bowl_is_the_loss(data, dw, db):
    w, b, floor = bowl.best_fit(data.x, data.y)
    x, y = data.x.numpy().astype(float), data.y.numpy().astype(float)
    there = np.mean((y - (w + dw) * x - (b + db)) ** 2)
    assert there >= floor - 1e-9
    assert Bowl(data.x, data.y).loss(w + dw, b + db) == pytest.approx(there, rel=1e-6, abs=1e-6)


@given(lines, starts, st.floats(1e-4, 100))
def test_one_step_multiplies_the_error_by_i_minus_rate_times_h(data, start, rate):
    model, best = LinearModel(*start), Bowl(data.x, data.y).best
    error = np.array(start) - best
    train_step(model, data.x, data.y, rate)
    factor = np.eye(2) - rate * bowl.curvature(data.x)
    size = np.linalg.norm(factor, 2) * (1 + np.abs(start).sum() + np.abs(best).sum())
    np.testing.assert_allclose([model.w.numpy(), model.b.numpy()] - best, factor @ error, atol=1e-5 * size)


@given(lines, starts, st.floats(0.01, 0.99))
def test_the_loss_never_rises_below_the_limit(data, start, share):
    rate = share * bowl.largest_stable_learning_rate(data.x)
    loss = train(LinearModel(*start), data.x, data.y, learning_rate=rate, epochs=8).loss
    assert np.all(np.diff(loss) <= 1e-5 * loss[:-1] + 1e-9)  # what float32 rounds away


@given(lines, st.floats(1.05, 3), st.floats(1, 5))
def test_the_loss_grows_with_every_step_beyond_the_limit(data, share, distance):
    _, directions = np.linalg.eigh(bowl.curvature(data.x))
    start = Bowl(data.x, data.y).best + distance * directions[:, -1]
    rate = share * bowl.largest_stable_learning_rate(data.x)
    history = train(LinearModel(*start), data.x, data.y, learning_rate=rate, epochs=6)
    assert np.all(np.diff(history.loss) > 0) and history.diverged


@given(lines, starts)
def test_distance_and_loss_are_those_of_the_model(data, start):
    the = Bowl(data.x, data.y)
    assert the.distance(*the.best) == 0
    assert the.distance(*(the.best + np.array([3, 4]))) == pytest.approx(5)
    loss = float(mean_squared_error(data.y, LinearModel(*start)(data.x)))
    assert the.loss(*start) == pytest.approx(loss, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("multiple", [1, -1, 0.5, 1000])
def test_step_multiple_finds_how_far_a_step_goes(data, multiple):
    rate = 0.2 / abs(multiple)
    history = train(
        LinearModel(), data.x, data.y, learning_rate=rate, epochs=2, step=lambda *a: train_step(*a[:3], multiple * a[3])
    )
    assert Bowl(data.x, data.y).step_multiple(history.w, history.b, rate) == pytest.approx(multiple, rel=1e-3)


def test_step_multiple_is_none_for_what_is_no_gradient_descent(data):
    the = Bowl(data.x, data.y)
    assert the.step_multiple(np.array([5.0, 4, 4.5]), np.array([0.0, 1, 0.5]), 0.1) is None
    assert the.step_multiple(np.array([5.0, np.inf, np.nan]), np.zeros(3), 0.1) is None


def test_the_bowl_holds_for_a_run_until_a_loss_is_another_and_tells_infinity_without_a_warning():
    of_ones = Bowl(np.array([-1.0, 1.0]), np.zeros(2))  # its loss at (w, b) is w² + b²
    w, b = np.array([3.0, 2.0, 1e300, np.inf, 0.0, 1.0]), np.zeros(6)
    assert of_ones.holds_for(w, b, [9.0, 4.0, np.inf, np.nan, 0.0, 1.0]).all()
    assert of_ones.holds_for(w, b, [9.0, 4.2, np.inf, np.nan, 0.0, 1.0]).tolist() == [True, *5 * [False]]
    assert of_ones.holds_for(w[-2:], b[-2:], [9e-5, 1.02]).all()  # rounding
