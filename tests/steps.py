"""Training steps that several tests use."""

import numpy as np
import tensorflow as tf

from course_utils import mean_squared_error, train_step


def sum_step(model, x, y, learning_rate):
    """A step as learners write it by mistake: the sum where the mean is meant."""
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(y - model(x)))
    dw, db = tape.gradient(loss, [model.w, model.b])
    model.w.assign_sub(learning_rate * dw)
    model.b.assign_sub(learning_rate * db)
    return loss


def timid_step(model, x, y, learning_rate):
    """A step that raises at large learning rates, in Python; it can't be compiled."""
    if learning_rate > 0.5:
        raise ValueError("too bold")
    return train_step(model, x, y, learning_rate)


def guarded_step(model, x, y, learning_rate):
    """A step that raises where the loss gets large, also where it is compiled."""
    loss = train_step(model, x, y, learning_rate)
    tf.debugging.assert_less(loss, 1e12, "too large")
    return loss


def adam_step():
    """Return a step with an optimizer of its own, which is built at its first use."""
    adam = tf.keras.optimizers.Adam()

    def step(model, x, y, learning_rate):
        adam.learning_rate.assign(learning_rate)
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        variables = [model.w, model.b]
        adam.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return loss

    return step


def assert_same_history(one, other):
    for name in ("w", "b", "loss"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert (one.epochs, one.diverged, one.verdict) == (other.epochs, other.diverged, other.verdict)
