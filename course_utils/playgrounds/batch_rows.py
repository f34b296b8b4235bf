"""What a step does with batches: a run, and its moves from one and the same line, as columns for the browser."""

import numpy as np
import tensorflow as tf

STEPS = 100  # of a run
DRAWS = 400  # batches of which the moves are compared
FAN = 10  # of these that are drawn
GENTLE = 1e-4  # the learning rate of those moves, not too far for any batch; less in a bowl steeper than STEEP
STEEP = 4.0


class BatchStep:
    """Gives each call of a step another batch: STEPS of them along a run; then DRAWS more, each from the first line.

    step: as `train_step`. size: examples a batch, of `count`. start: (w, b). A run takes the examples in shuffled
    order, each once before any comes again; the DRAWS batches are drawn anew, each without taking an example twice.
    """

    def __init__(self, step, size, count, start):
        generator = np.random.default_rng(size)
        whole = count // size
        passes = [generator.permutation(count)[: whole * size] for _ in range(-(-STEPS // whole))]
        along = np.concatenate(passes).reshape(-1, size)[:STEPS]
        drawn = [generator.permutation(count)[:size] for _ in range(DRAWS)]
        self.__wrapped__, self.batches = step, tf.constant(np.concatenate([along, drawn]), tf.int32)
        self.start, self.calls = tf.constant(start, tf.float32), tf.Variable(0, trainable=False)

    def __call__(self, model, x, y, learning_rate):
        batch, ended = self.batches[self.calls], self.calls >= STEPS
        model.w.assign(tf.where(ended, self.start[0], model.w))
        model.b.assign(tf.where(ended, self.start[1], model.b))
        self.calls.assign_add(1)
        return self.__wrapped__(model, tf.gather(x, batch), tf.gather(y, batch), learning_rate)


def slopes_of_batches(engine, start):
    """Return what the step takes for the gradient at the start, for each of DRAWS batches: floats (DRAWS, 2)."""
    rate, reached = gentle_rate(engine), np.full((STEPS + DRAWS + 1, 2), np.nan)
    history = engine.sketch(rate, STEPS + DRAWS).history  # it ends early where a batch leads to no finite number
    reached[: len(history.w)] = np.stack([history.w, history.b], axis=1)
    return (np.float32(start).astype(float) - reached[STEPS + 1 :]) / rate


def gentle_rate(engine):
    """Return the learning rate at which moves from the start are compared."""
    return GENTLE * min(1.0, STEEP / engine.bowl.steepest)


def slopes_of_examples(x, y, w, b):
    """Return the slopes of each example's squared residual along w and b: floats (n, 2); their mean is the gradient."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    residual = y - w * x - b
    return np.stack([-2 * x * residual, -2 * residual], axis=1)


def predicted_noise(slopes, size):
    """Return how far a batch's gradient is typically from that of all examples: the root of the mean square.

    slopes: of each example, (n, 2). size: examples a batch, drawn without taking one twice: the variance of a mean is
    that of one example by the size, times (n − size) / (n − 1) (Cochran, "Sampling Techniques", 1977, theorem 2.2).
    """
    count = len(slopes)
    left = (count - size) / max(count - 1, 1)
    return float(np.sqrt(np.sum(np.var(slopes, axis=0)) / size * left))


def measured_noise(slopes, gradient):
    """Return the same of slopes that batches gave, (n, 2). gradient: that of all examples, (2,)."""
    return float(np.sqrt(np.mean(np.sum((slopes - gradient) ** 2, axis=1))))


def columns_of(history, size, tips, noise):
    """Return the columns of a row by name, each a list of STEPS + 1; a run that ended early stays where it was last.

    tips: ends of the fan, (FAN, 2); where one is no number, it is not drawn. noise: (predicted, measured).
    """
    finite = np.isfinite(history.w) & np.isfinite(history.b) & np.isfinite(history.loss)
    last = int(np.flatnonzero(finite)[-1])
    entries = np.minimum(np.arange(STEPS + 1), last)
    columns = {name: getattr(history, name).astype(float)[entries].tolist() for name in ("w", "b", "loss")}
    columns["seen"] = (size * entries).tolist()
    predicted, measured = [f"{value:.4g}" if np.isfinite(value) else "not finite" for value in noise]
    ended = f" The run ends after step {last}: the next loss is no finite number." if last < history.epochs else ""
    texts = {"size": str(size), "predicted": predicted, "measured": measured, "ended": ended}
    columns |= {name: [text] * (STEPS + 1) for name, text in texts.items()}
    tips = np.where(np.isfinite(tips), tips, [history.w[0], history.b[0]])
    for place, (w, b) in enumerate(tips.tolist()):
        columns |= {f"tip_w{place}": [w] * (STEPS + 1), f"tip_b{place}": [b] * (STEPS + 1)}
    return columns


def kinds():
    """Return what `pack` wants to know of these columns."""
    numbers = ["w", "b", "loss", "seen"]
    numbers += [f"tip_{name}{place}" for place in range(FAN) for name in "wb"]
    texts = ["size", "predicted", "measured", "ended"]
    return [*([name, "text"] for name in texts), *([name, "number"] for name in numbers)]
