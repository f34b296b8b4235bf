"""The model of the course, as lesson 02 writes it."""

import tensorflow as tf


class LinearModel(tf.Module):
    """The line f(x) = w·x + b, with the float32 scalar Variables w and b.

    Built in lesson 02, 'The same as a `tf.Module`'.
    """

    def __init__(self, w: float = 5.0, b: float = 0.0):
        super().__init__()
        self.w = tf.Variable(w, dtype=tf.float32, name="w")
        self.b = tf.Variable(b, dtype=tf.float32, name="b")

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        """x: float32, any shape. Returns float32 of the same shape."""
        return self.w * x + self.b
