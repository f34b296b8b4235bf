"""A model made of hinges, bent data and a step for it: for tests, also in a browser, where this text is a cell."""

import numpy as np
import tensorflow as tf

from course_utils import LineData, mean_squared_error


class Hinges(tf.Module):
    def __init__(self, units, seed=1):
        super().__init__()
        draw = np.random.default_rng(seed)
        self.w, self.b, self.a = (tf.Variable(draw.normal(size=units), dtype=tf.float32) for _ in range(3))
        self.c = tf.Variable(0.0)

    def __call__(self, x):
        return tf.reduce_sum(self.a * tf.nn.relu(self.w * x[:, None] + self.b), axis=1) + self.c


def bent(noise=0.2, examples=30, seed=0):
    draw = np.random.default_rng(seed)
    x = draw.uniform(-2, 2, examples)
    y = np.abs(x) + noise * draw.normal(size=examples)
    return LineData(tf.constant(x, tf.float32), tf.constant(y, tf.float32), None, None, None)


def step(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    for variable, slope in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables), strict=True):
        variable.assign_sub(learning_rate * slope)
    return loss
