"""One step downhill, the loop around it, and the record of a run. Lesson 04 writes the step and the loop."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import tensorflow as tf
from tqdm.auto import tqdm

from .bowl import Bowl
from .inputs import check_loss, check_model, examples, finite_number, whole_number
from .loss import mean_squared_error
from .verdict import judge


def train_step(model, x: tf.Tensor, y: tf.Tensor, learning_rate: float) -> tf.Tensor:
    """Move model.w and model.b one step against the gradient; return the loss before the move.

    x, y: float32 of one shape. Returns a float32 scalar.
    """
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    dw, db = tape.gradient(loss, [model.w, model.b])
    model.w.assign_sub(learning_rate * dw)
    model.b.assign_sub(learning_rate * db)
    return loss


@dataclass(frozen=True, eq=False)
class History:
    """What a run went through. Entry k is the state after k updates; entry 0 is the state before any.

    w, b, loss: float32 arrays of shape (epochs + 1,); loss is the mean squared error, whatever the step minimises.
    learning_rate: the rate of the run. bowl: the Bowl of its data, by which `verdict` judges it where the model is a
    line. str(history) is its epoch table.
    """

    w: np.ndarray
    b: np.ndarray
    loss: np.ndarray
    learning_rate: float
    interrupted: bool = False
    bowl: Bowl | None = None

    @property
    def epochs(self):
        """The number of updates that were made: fewer than asked for where the run stopped early."""
        return len(self.loss) - 1

    @cached_property
    def _judged(self):
        if self.epochs == 0:
            return not np.isfinite(self.loss[0]), "no updates yet"
        return judge(self.w, self.b, self.loss, self.learning_rate, self.bowl)

    @property
    def diverged(self):
        """True where the loss stopped being finite, ended above where it began, or each step enlarges the error."""
        return bool(self._judged[0])

    @property
    def verdict(self):
        """How the run went, in words: it starts with converged, converging, crawling, zig-zagging or diverged."""
        return self._judged[1] + f" (interrupted after {self.epochs} epochs)" * self.interrupted

    def __str__(self):
        shown = range(len(self.loss))
        if self.epochs > 20:
            shown = np.unique(np.linspace(0, self.epochs, 11).round().astype(int))
        rows = [f"{k:5d} {_cell(self.w[k])} {_cell(self.b[k])} {_cell(self.loss[k])}" for k in shown]
        return "\n".join([f"{'epoch':>5} {'w':>9} {'b':>9} {'loss':>9}", *rows])


def _cell(value):
    return f"{value:9.3f}" if -9_999 < value < 99_999 else f"{value:9.2e}"


def train(model, x, y, *, learning_rate, epochs, step=train_step, progress=False):
    """Call step once an epoch and return the History of the run.

    model: anything callable with scalar Variables w and b. x, y: numbers of one shape.
    step: a function like `train_step`; it returns the loss before its update.
    progress: whether to show a tqdm bar.
    A run that diverges stops at its first loss that is not finite; an interrupted run keeps its history so far.
    Raises ValueError or TypeError, before the model is changed, for a learning rate that is not a finite number
    above 0, epochs that are not a whole number of at least 0, a model without w and b, and x and y of different
    shapes, empty, or not finite.
    """
    learning_rate = finite_number("learning_rate", learning_rate, above=0)
    epochs = whole_number("epochs", epochs, minimum=0)
    check_model(model)
    x, y = examples(x, y)
    if not callable(step):
        raise TypeError(f"step must be a function of (model, x, y, learning_rate), got {step!r}")

    def state():
        return model.w.numpy(), model.b.numpy(), mean_squared_error(y, model(x)).numpy()

    states, interrupted = [state()], False
    try:
        for _ in tqdm(range(epochs), desc="epochs", disable=not progress):
            if not np.isfinite(states[-1][-1]):
                break
            check_loss(step(model, x, y, learning_rate))
            states.append(state())
    except KeyboardInterrupt:
        interrupted = True
    return History(*np.array(states, np.float32).T, learning_rate, interrupted, Bowl(x, y))


def trace(model, x, y, step=train_step):
    """Return the loop of `train` as one TensorFlow graph: a function run(learning_rate, epochs) -> History.

    Both arguments are tensors in the graph, so no value of them traces again. Each run starts from the values that
    all Variables of the graph have now, an optimizer's among them, and leaves them as it finds them. Its numbers
    equal those of `train` bit for bit. Raises whatever tracing the step raises.
    """

    @tf.function(input_signature=[tf.TensorSpec([], tf.float32), tf.TensorSpec([], tf.int32)])
    def loop(learning_rate, epochs):
        w, b, losses = (tf.TensorArray(tf.float32, epochs + 1, element_shape=[]) for _ in range(3))
        for epoch in tf.range(epochs):
            w, b = w.write(epoch, model.w), b.write(epoch, model.b)
            losses = losses.write(epoch, mean_squared_error(y, model(x)))
            check_loss(step(model, x, y, learning_rate))
        w, b = w.write(epochs, model.w), b.write(epochs, model.b)
        losses = losses.write(epochs, mean_squared_error(y, model(x)))
        return w.stack(), b.stack(), losses.stack()

    graph = loop.get_concrete_function()
    start = [(variable, variable.numpy()) for variable in graph.graph.variables]

    def run(learning_rate, epochs):
        found = [variable.numpy() for variable, _ in start]
        for variable, value in start:
            variable.assign(value)
        try:
            w, b, loss = (values.numpy() for values in graph(tf.constant(learning_rate), tf.constant(epochs)))
        finally:
            for (variable, _), value in zip(start, found, strict=True):
                variable.assign(value)
        finite = np.isfinite(loss)
        entries = len(loss) if finite.all() else int(np.argmin(finite)) + 1
        return History(w[:entries], b[:entries], loss[:entries], learning_rate)

    return run
