"""Keras models to try a learner's code with. Keras is imported when they are made: it takes seconds."""

import contextlib
import inspect

import tensorflow as tf


def keras_model(w, b):
    """Return a Keras model of the line (w, b) that has run once, so it can be saved."""
    import keras

    class KerasLine(keras.Model):
        def __init__(self, w=5.0, b=0.0):
            super().__init__()
            self.w = self.add_weight(shape=(), initializer=keras.initializers.Constant(w), name="w")
            self.b = self.add_weight(shape=(), initializer=keras.initializers.Constant(b), name="b")

        def call(self, x):
            return self.w * x + self.b

        def fit(self, *arguments, **options):
            with contextlib.suppress(TypeError):  # a check can say what was asked, even of an endless fit
                self.asked = inspect.signature(super().fit).bind(*arguments, **options).arguments
            return super().fit(*arguments, **options)

    model = KerasLine(w, b)
    model(tf.constant([0.0]))
    return model


def without_a_fifth(x, y):
    """Return what Keras trains on where `validation_split` is 0.2."""
    count = len(x) * 4 // 5
    return x[:count], y[:count]
