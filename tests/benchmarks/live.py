"""What live pictures and traced training gain, as ratios measured in one run: python tests/benchmarks/live.py."""

import io
import statistics
import time

from course_utils import LinearModel, make_line_data, train, train_step
from course_utils.playgrounds import TrainingPlayground
from course_utils.training import trace

# isort: split
import keras
import matplotlib.pyplot as plt
import numpy as np
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


def obvious(data, rate, epochs, size):
    """Train eagerly and draw the three views the way that `interact` around pyplot does; return a PNG."""
    model, states = LinearModel(), []
    for _ in range(epochs):
        state = float(model.w), float(model.b)
        states.append((*state, float(train_step(model, data.x, data.y, rate))))
    w, b, loss = np.transpose(states)
    x, y = data.x.numpy(), data.y.numpy()
    ends = np.array([x.min(), x.max()])
    figure, (line, bowl, curve) = plt.subplots(1, 3, figsize=(size[0] / 200, size[1] / 200), dpi=200, layout="tight")
    line.plot(x, y, ".", label="data")
    line.plot(ends, 3 * ends + 2, "k--", label="true line")
    line.plot(ends, w[-1] * ends + b[-1], label="after")
    ws, bs = np.meshgrid(np.linspace(-1, 7, 81), np.linspace(-2, 6, 81))
    moments = np.mean(x), np.mean(x * x), np.mean(y), np.mean(x * y), np.mean(y * y)
    mx, mxx, my, mxy, myy = moments
    surface = myy - 2 * ws * mxy - 2 * bs * my + ws**2 * mxx + 2 * ws * bs * mx + bs**2
    bowl.contourf(ws, bs, surface, levels=12, cmap="Blues")
    bowl.plot(w, b, "o-", label="path")
    curve.semilogy(loss, label="loss")
    for ax, title in zip((line, bowl, curve), ("The line", "Its path in the bowl", "The loss"), strict=True):
        ax.set_title(title)
        ax.legend()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    plt.close(figure)
    return buffer.getvalue()


def pictures(data, times=20):
    playground = TrainingPlayground(data)
    playground.epochs.value = 50
    size = Image.open(io.BytesIO(playground.png)).size
    rates = np.geomspace(0.01, 0.9, times + 1)

    def slide(k):
        playground.learning_rate.value = rates[k]

    live = milliseconds(slide, times)
    slow = milliseconds(lambda k: obvious(data, rates[k], 50, size), times)
    assert Image.open(io.BytesIO(obvious(data, 0.1, 50, size))).size == size
    print(f"One picture at 50 epochs, {size[0]} × {size[1]} pixels: the obvious way {slow:.0f} ms, live {live:.1f} ms,")
    print(f"  ratio {slow / live:.1f}")
    return live


def loops(data):
    model = LinearModel()
    run = trace(model, data.x, data.y)
    traced = milliseconds(lambda _: run(0.1, 1000), 10)
    eager = milliseconds(lambda _: train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=1000), 3)
    bare = milliseconds(lambda _: bare_loop(data, 1000), 3)
    print(f"1,000 epochs × 1,000 examples: train {eager:.0f} ms, the bare eager loop {bare:.0f} ms,")
    print(f"  traced {traced:.1f} ms, ratios {eager / traced:.0f} and {bare / traced:.0f}")
    line = keras.Sequential([keras.Input([1]), keras.layers.Dense(1)])
    line.compile(keras.optimizers.SGD(0.1), "mse")
    x, y = tf.reshape(data.x, [-1, 1]), tf.reshape(data.y, [-1, 1])
    fitted = milliseconds(lambda _: line.fit(x, y, batch_size=len(x), epochs=20, verbose=0), 5) / 20
    print(
        f"One epoch, full batch: Keras fit {fitted:.2f} ms, eager {bare / 1000:.3f} ms, traced {traced / 1000:.4f} ms,"
    )
    print(f"  fit is {1000 * fitted / bare:.1f} times eager and {1000 * fitted / traced:.0f} times traced")


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
    run = trace(LinearModel(), playground.data.x, playground.data.y)
    alone = milliseconds(lambda _: run(0.1, training.epochs), 5)
    print(
        f"One picture at 1,000,000 examples and {training.epochs} epochs: {taken:.0f} ms, {taken / live:.1f} times as"
    )
    print(f"  long as at 1,000 examples; {alone:.0f} ms of it are the training")


if __name__ == "__main__":
    data = make_line_data()
    live = pictures(data)
    loops(data)
    a_million(live)
