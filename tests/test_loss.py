import numpy as np
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from course_utils import mean_squared_error

numbers = st.lists(st.tuples(st.floats(-100, 100, width=32), st.floats(-100, 100, width=32)), min_size=1, max_size=20)


def test_it_is_the_mean_of_squared_residuals():
    loss = mean_squared_error(tf.constant([1.0, 2.0, 3.0]), tf.constant([1.0, 4.0, 0.0]))
    assert loss.shape == () and loss.dtype == tf.float32
    assert float(loss) == np.float32((0 + 4 + 9) / 3)


@given(numbers)
def test_it_agrees_with_keras_and_does_not_care_for_order(pairs):
    y_true, y_pred = tf.constant(pairs, tf.float32)[:, 0], tf.constant(pairs, tf.float32)[:, 1]
    loss = mean_squared_error(y_true, y_pred)
    np.testing.assert_allclose(loss, tf.keras.losses.MeanSquaredError()(y_true, y_pred), rtol=1e-5)
    assert float(loss) == float(mean_squared_error(y_pred, y_true)) >= 0
    assert float(mean_squared_error(y_true, y_true)) == 0
