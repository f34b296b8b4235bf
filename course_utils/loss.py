"""The loss of the course, as lesson 03 writes it."""

import tensorflow as tf


def mean_squared_error(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    """Mean of the squared residuals: a float32 scalar, in squared units of y.

    Built in lesson 03, 'The mean squared error'.
    y_true, y_pred: float32 of one shape. The argument order is that of Keras.
    """
    return tf.reduce_mean(tf.square(y_true - y_pred))
