import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from course_utils import LineData, make_line_data, penguins, standardise
from course_utils.bowl import Bowl
from course_utils.data import PENGUINS


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


def test_penguins_are_all_that_were_measured_in_the_order_of_the_file():
    data = penguins()
    lines = [line.split(",") for line in PENGUINS.read_text(encoding="utf-8").splitlines()]
    assert (len(lines), lines[0][4:6]) == (345, ["flipper_length_mm", "body_mass_g"])
    wanted = [(float(line[4]), float(line[5])) for line in lines[1:] if line[4] != "NA" and line[5] != "NA"]
    assert list(zip(data.x.numpy(), data.y.numpy(), strict=True)) == wanted and len(wanted) == 342
    assert (data.true_w, data.true_b, data.noise) == (None, None, None)
    assert data.x.dtype == data.y.dtype == tf.float32
    assert repr(data) == "LineData: 342 examples of body mass (g) against flipper length (mm)"


def test_the_source_of_the_penguins_and_its_licence_stand_beside_them():
    source = PENGUINS.with_name("SOURCE.md").read_text(encoding="utf-8")
    for word in ("CC0 1.0", "Palmer Station, Antarctica LTER", "Horst, Hill and Gorman", "2020"):
        assert word in source and word in penguins.__doc__ + source
    assert "CC0 1.0" in penguins.__doc__


def test_standardised_values_have_mean_0_and_standard_deviation_1_and_keep_their_order():
    data = penguins()
    for values in (data.x, data.y, tf.constant([[1.0, -4.0], [2.5, 9.0]])):
        scaled = standardise(values)
        assert scaled.dtype == tf.float32 and scaled.shape == values.shape
        assert np.mean(scaled) == pytest.approx(0, abs=1e-5) and np.std(scaled) == pytest.approx(1, abs=1e-5)
        np.testing.assert_array_equal(np.argsort(scaled, None, "stable"), np.argsort(values, None, "stable"))


def test_standardising_makes_the_ravine_of_the_penguins_a_round_bowl():
    data = penguins()
    raw, scaled = Bowl(data.x, data.y), Bowl(standardise(data.x), standardise(data.y))
    assert raw.curvatures[1] / raw.curvatures[0] > 8e6
    np.testing.assert_allclose(scaled.curvatures, [2, 2], rtol=1e-4)
