import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from course_utils import LineData, make_line_data


def test_defaults_are_recipe_one(data):
    assert isinstance(data, LineData)
    assert data.x.shape == data.y.shape == (1000,)
    assert data.x.dtype == data.y.dtype == tf.float32
    assert (data.true_w, data.true_b, data.noise) == (3.0, 2.0, 1.0)
    noise = data.y - (3 * data.x + 2)
    for values in (data.x, noise):  # both are drawn from N(0, 1)
        assert np.mean(values) == pytest.approx(0, abs=0.1)
        assert np.std(values) == pytest.approx(1, abs=0.1)


def test_even_spacing_spreads_x():
    data = make_line_data(examples=201, spacing="even")
    np.testing.assert_allclose(data.x, np.linspace(-2, 2, 201), atol=1e-6)


def test_without_noise_y_lies_on_the_line():
    data = make_line_data(-1.5, 4.0, noise=0)
    np.testing.assert_allclose(data.y, -1.5 * data.x + 4, atol=1e-5)


def test_the_seed_alone_decides():
    first, again, other = (make_line_data(seed=seed).y.numpy() for seed in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_x_is_drawn_first_then_the_noise_that_is_added():
    generator = np.random.default_rng(0)
    x, noise = generator.normal(size=9), generator.normal(size=9)
    data = make_line_data(-2, 5, examples=9, noise=0.5)
    np.testing.assert_allclose(data.x, x, rtol=1e-6)
    np.testing.assert_allclose(data.y, -2 * x + 5 + 0.5 * noise, rtol=1e-5)


def test_each_draw_is_a_thing_of_its_own(data):
    assert data == data and data != make_line_data() and len({data, make_line_data()}) == 2


def test_line_data_cannot_be_changed_and_says_what_it_is(data):
    with pytest.raises(AttributeError):
        data.true_w = 4.0
    assert repr(data) == "LineData: 1000 examples of y = 3·x + 2, noise 1"
    assert repr(make_line_data(-0.5, examples=1, noise=0)) == "LineData: 1 example of y = -0.5·x + 2, noise 0"
    assert (data.x_name, data.y_name) == ("x", "y")


def test_measured_data_say_what_was_measured(measured):
    assert repr(measured) == "LineData: 9 examples of body mass (g) against flipper length (mm)"


@pytest.mark.parametrize(
    "name, value, error, allowed",
    [
        ("w", float("nan"), ValueError, "a finite number"),
        ("w", "3", TypeError, "a finite number"),
        ("w", 10**400, ValueError, "a finite number"),
        ("b", float("inf"), ValueError, "a finite number"),
        ("b", None, TypeError, "a finite number"),
        ("examples", 0, ValueError, "a whole number of at least 1"),
        ("examples", 2.5, ValueError, "a whole number of at least 1"),
        ("examples", "10", TypeError, "a whole number of at least 1"),
        ("examples", True, TypeError, "a whole number of at least 1"),
        ("noise", -0.5, ValueError, "at least 0"),
        ("noise", float("nan"), ValueError, "at least 0"),
        ("spacing", "odd", ValueError, '"normal" or "even"'),
        ("spacing", None, ValueError, '"normal" or "even"'),
        ("seed", -1, ValueError, "a whole number of at least 0"),
        ("seed", 0.5, ValueError, "a whole number of at least 0"),
    ],
)
def test_bad_input_is_named_with_its_value_and_what_is_allowed(name, value, error, allowed):
    with pytest.raises(error) as raised:
        make_line_data(**{name: value})
    message = str(raised.value)
    assert message.startswith(f"{name} must be ")
    assert allowed in message and repr(value) in message and "\n" not in message


@given(
    w=st.floats(-100, 100),
    b=st.floats(-100, 100),
    examples=st.integers(1, 50),
    noise=st.floats(0, 10),
    spacing=st.sampled_from(["normal", "even"]),
    seed=st.integers(0, 2**32),
)
def test_any_good_input_makes_finite_data(w, b, examples, noise, spacing, seed):
    data = make_line_data(w, b, examples=examples, noise=noise, spacing=spacing, seed=seed)
    assert data.x.shape == data.y.shape == (examples,)
    assert np.all(np.isfinite(data.x)) and np.all(np.isfinite(data.y))
