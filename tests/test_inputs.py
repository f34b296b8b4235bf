from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf

from course_utils import LinearModel
from course_utils.inputs import called, check_loss, check_model, examples, finite_number, whole_number


def message(error, function, *arguments, **options):
    """Return the one line that a call raises."""
    with pytest.raises(error) as raised:
        function(*arguments, **options)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None  # no second traceback above it
    return str(raised.value)


# ---- numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [0, -3, 2.5, 1e300, np.float32(2.5), np.int64(3), tf.constant(2.5), Fraction(5, 2), Decimal("2.5"), [[2.5]]],
)
def test_what_is_a_finite_number_becomes_a_float(value):
    if isinstance(value, list):
        value = np.array(2.5)
    number = finite_number("rate", value)
    assert type(number) is float and number == float(value)


@pytest.mark.parametrize("value", ["3", b"3", True, False, None, [3.0], {}, 1j, object])
def test_what_is_no_number_is_refused_by_name(value):
    assert message(TypeError, finite_number, "rate", value) == f"rate must be a finite number, got {value!r}"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 10**400])
def test_what_is_not_finite_is_refused_by_name(value):
    assert message(ValueError, finite_number, "rate", value) == f"rate must be a finite number, got {value!r}"


def test_a_number_may_have_to_reach_a_minimum_or_to_be_above_a_bound():
    assert finite_number("noise", 0, minimum=0) == 0 and finite_number("noise", 7, minimum=7) == 7
    assert finite_number("rate", 1e-300, above=0) == 1e-300
    told = "noise must be a finite number of at least 2, got 1.9"
    assert message(ValueError, finite_number, "noise", 1.9, minimum=2) == told
    told = "rate must be a finite number above 2, got 2"
    assert message(ValueError, finite_number, "rate", 2, above=2) == told
    assert message(ValueError, finite_number, "rate", -1, above=0) == "rate must be a finite number above 0, got -1"
    assert message(TypeError, finite_number, "rate", "x", above=0) == "rate must be a finite number above 0, got 'x'"


@pytest.mark.parametrize("value", [3, 0, np.int64(3), np.uint8(200)])
def test_what_is_a_whole_number_becomes_an_int(value):
    number = whole_number("epochs", value, minimum=0)
    assert type(number) is int and number == value


@pytest.mark.parametrize("value", ["3", True, None, [3], 3j])
def test_what_is_no_whole_number_at_all_is_a_type_error(value):
    told = f"epochs must be a whole number of at least 1, got {value!r}"
    assert message(TypeError, whole_number, "epochs", value, minimum=1) == told


@pytest.mark.parametrize("value", [0, -1, 2.5, float("nan"), float("inf"), Fraction(5, 2), np.float64(np.inf)])
def test_numbers_that_are_not_whole_or_too_small_are_a_value_error(value):
    told = f"epochs must be a whole number of at least 1, got {value!r}"
    assert message(ValueError, whole_number, "epochs", value, minimum=1) == told


def test_a_whole_number_with_a_point_is_told_how_to_write_it():
    told = "epochs must be a whole number of at least 2, got 2.0: write 2"
    assert message(ValueError, whole_number, "epochs", 2.0, minimum=2) == told
    told = "epochs must be a whole number of at least 2, got 1.0"
    assert message(ValueError, whole_number, "epochs", 1.0, minimum=2) == told


# ---- examples -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [[1, 2], (1.0, 2.0), np.array([1, 2]), tf.constant([1.0, 2.0], tf.float64)])
def test_examples_become_float32_tensors_of_one_shape(x):
    for values in examples(x, [3, 4]):
        assert tf.is_tensor(values) and values.dtype == tf.float32 and values.shape == (2,)
    first, second = examples(x, [3, 4])
    np.testing.assert_array_equal(first, [1, 2])
    np.testing.assert_array_equal(second, [3, 4])
    assert examples([[1.0, 2.0]], [[1.0, 2.0]])[0].shape == (1, 2)


@pytest.mark.parametrize(
    "x, y, error, told",
    [
        ([1.0], [1.0, 2.0], ValueError, "x and y must have the same shape, got (1,) and (2,)"),
        ([[1.0]], [1.0], ValueError, "x and y must have the same shape, got (1, 1) and (1,)"),
        ([], [], ValueError, "x and y must hold at least one example, got shape (0,)"),
        ([1.0, np.nan, np.inf], [1.0, 2.0, 3.0], ValueError, "x must be finite, got nan in 2 of 3 places"),
        ([1.0, 2.0, 3.0], [1.0, 2.0, -np.inf], ValueError, "y must be finite, got -inf in 1 of 3 places"),
        (["a"], [1.0], TypeError, "x must be numbers of one shape, got list"),
        ([1.0], None, TypeError, "y must be numbers of one shape, got NoneType"),
        ([1.0], [[1.0], [1.0, 2.0]], TypeError, "y must be numbers of one shape, got list"),
        (tf.constant("a"), [1.0], TypeError, "x must be numbers of one shape, got EagerTensor"),
    ],
)
def test_bad_examples_are_told_in_one_line(x, y, error, told):
    assert message(error, examples, x, y) == told


# ---- models and losses --------------------------------------------------------------------------------------------


class Other:
    """Callable, with the Variables that are asked for."""

    def __init__(self, **variables):
        vars(self).update(variables)

    def __call__(self, x):
        return x


ONE = tf.Variable(1.0)


def test_a_model_is_callable_and_has_variables_w_and_b():
    check_model(LinearModel())
    check_model(Other(w=ONE, b=ONE))


@pytest.mark.parametrize(
    "model, lacks",
    [
        (Other(w=ONE, b=2.0), "Other without b"),
        (Other(b=ONE), "Other without w"),
        (Other(w=tf.constant(1.0)), "Other without w and b"),
        (None, "NoneType without w and b"),
        (SimpleNamespace(w=ONE, b=ONE), "SimpleNamespace without __call__"),
        (SimpleNamespace(w=ONE), "SimpleNamespace without b"),
    ],
)
def test_what_a_model_lacks_is_told_in_one_line(model, lacks):
    assert message(TypeError, check_model, model) == f"model must be callable with Variables w and b, got {lacks}"


@pytest.mark.parametrize("loss", [1.0, np.float32(1), tf.constant(1.0), np.array(1.0), 3])
def test_a_loss_is_one_number(loss):
    check_loss(loss)


@pytest.mark.parametrize(
    "loss, got",
    [
        *((None, "None"), ([1.0], "shape (1,)"), (tf.zeros([2, 3]), "shape (2, 3)"), (np.zeros(0), "shape (0,)")),
        *((SimpleNamespace(), "a SimpleNamespace"), ("1.0", "a str"), ({"loss": 1.0}, "a dict"), ({1.0}, "a set")),
    ],
)
def test_what_is_no_single_loss_is_told_in_one_line(loss, got):
    assert message(TypeError, check_loss, loss) == f"step must return the loss as a single number, got {got}"


@pytest.mark.parametrize("ends, words", [(StopIteration, "an iterator that has no more"), (SystemExit, "ends Python")])
def test_what_would_end_a_loop_or_python_is_an_error_like_others(ends, words):
    def step(number):
        raise ends(number)

    assert words in message(RuntimeError, called, step, 1)
    assert called(max, 1, 2) == 2
