"""What live pictures and compiled training gain, as ratios of one run: nox -f .ci/noxfile.py -s benchmarks -- live."""

import io
import statistics
import time

from course_utils import LinearModel, make_line_data, train, train_step
from course_utils.engine import Engine
from course_utils.playgrounds import TrainingPlayground

# isort: split
import keras
import matplotlib.pyplot as plt
import numpy as np
import obvious
import tensorflow as tf
from PIL import Image


def milliseconds(action, times):
    """Return the median time of action(k) for k = 0, 1, … after one call that does not count."""
    taken = []
    for k in range(times + 1):
        start = time.perf_counter()
        action(k)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[1:])


def obvious_png(data, surface, rate, size):
    """Return the obvious picture as a PNG of so many pixels."""
    figure, file = obvious.draw(data, surface, rate, size), io.BytesIO()
    figure.savefig(file, format="png")
    plt.close(figure)
    return file.getvalue()


def pictures(data, times=20):
    playground = TrainingPlayground(data)
    playground.epochs.value = obvious.EPOCHS
    surface, size = obvious.bowl(data), Image.open(io.BytesIO(playground.png)).size
    rates = np.geomspace(0.01, 0.9, times + 1)

    def slide(k):
        playground.learning_rate.value = rates[k]

    live = milliseconds(slide, times)
    slow = milliseconds(lambda k: obvious_png(data, surface, rates[k], size), times)
    assert Image.open(io.BytesIO(obvious_png(data, surface, 0.1, size))).size == size
    print(f"One picture at {obvious.EPOCHS} epochs, {size[0]} × {size[1]} pixels: the obvious way {slow:.0f} ms,")
    print(f"  live {live:.1f} ms, ratio {slow / live:.1f}")
    return live


def engine(data):
    """Return the engine of plain gradient descent, compiled."""
    made = Engine(LinearModel(), data.x, data.y, train_step, np.linspace(-3, 3, 61))
    made.compile(made.run(0.1, 3))
    assert made.compiled, made.note
    return made


def loops(data):
    compiled = engine(data)
    traced = milliseconds(lambda _: compiled.sketch(0.1, 1000), 10)
    eager = milliseconds(lambda _: train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=1000), 3)
    bare = milliseconds(lambda _: bare_loop(data, 1000), 3)
    print(f"1,000 epochs × 1,000 examples: train {eager:.0f} ms, the bare eager loop {bare:.0f} ms,")
    print(f"  compiled {traced:.1f} ms, ratios {eager / traced:.0f} and {bare / traced:.0f}")
    line = keras.Sequential([keras.Input([1]), keras.layers.Dense(1)])
    line.compile(keras.optimizers.SGD(0.1), "mse")
    x, y = tf.reshape(data.x, [-1, 1]), tf.reshape(data.y, [-1, 1])
    fitted = milliseconds(lambda _: line.fit(x, y, batch_size=len(x), epochs=20, verbose=0), 5) / 20
    print(
        f"One epoch, full batch: Keras fit {fitted:.2f} ms, eager {bare / 1000:.3f} ms, compiled {traced / 1000:.4f},"
    )
    print(f"  fit is {1000 * fitted / bare:.1f} times eager and {1000 * fitted / traced:.0f} times compiled")


def bare_loop(data, epochs):
    model = LinearModel()
    for _ in range(epochs):
        train_step(model, data.x, data.y, 0.1)


def a_million(live):
    playground = TrainingPlayground(make_line_data(examples=1_000_000))

    def slide(k):
        playground.learning_rate.value = 0.1 + k / 100

    training = playground.history
    taken = milliseconds(slide, 5)
    compiled = engine(playground.data)
    alone = milliseconds(lambda _: compiled.sketch(0.1, training.epochs), 5)
    print(
        f"One picture at 1,000,000 examples and {training.epochs} epochs: {taken:.0f} ms, {taken / live:.1f} times as"
    )
    print(f"  long as at 1,000 examples; {alone:.0f} ms of it are the training")


if __name__ == "__main__":
    data = make_line_data()
    live = pictures(data)
    loops(data)
    a_million(live)
