"""One step downhill, the loop around it, and the record of a run. Lesson 04 writes the step and the loop."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import tensorflow as tf
from IPython import get_ipython
from tqdm.auto import tqdm

from .bowl import Bowl
from .inputs import called, check_loss, check_model, check_still_model, examples, finite_number, whole_number
from .loss import mean_squared_error
from .verdict import Verdicts


def train_step(model, x: tf.Tensor, y: tf.Tensor, learning_rate: float) -> tf.Tensor:
    """Move model.w and model.b one step against the gradient; return the loss before the move.

    Built in lesson 04, 'One step downhill'.
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
    learning_rate: the rate of the run. interrupted: whether the learner stopped it. bowl: the Bowl of its data, by
    which `verdict` judges it where the model is a line. str(history) is its epoch table.
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
    def verdicts(self):
        """The Verdicts on this run, and on it as it was after fewer epochs."""
        return Verdicts(self.w, self.b, self.loss, self.learning_rate, self.bowl)

    @property
    def diverged(self):
        """True where the loss stopped being finite, ended above where it began, or each step enlarges the error."""
        return bool(self.verdicts.at(self.epochs)[0])

    @property
    def verdict(self):
        """How the run went, in words: converged, crawling and so on, as `Verdicts.at` has them, and why."""
        return self.verdicts.at(self.epochs)[1] + f" (interrupted after {self.epochs} epochs)" * self.interrupted

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

    Built in lesson 04, 'The loop', as training_loop.
    model: anything callable with scalar Variables w and b. x, y: numbers of one shape.
    step: a function like `train_step`; it returns the loss before its update.
    progress: whether to show a tqdm bar.
    A run that diverges stops at its first loss that is not finite; an interrupted run keeps its history so far.
    Raises ValueError or TypeError, before the model is changed, for a learning rate that is not a finite number
    above 0, epochs that are not a whole number of at least 0, a model without w and b, and x and y of different
    shapes, empty, or not finite, and a step that is no function; TypeError for a step that returns no single number,
    or puts something else in the place of a Variable: the model is then as that step has left it.
    """
    learning_rate = finite_number("learning_rate", learning_rate, above=0)
    epochs = whole_number("epochs", epochs, minimum=0)
    check_model(model)
    x, y = examples(x, y)
    if not callable(step):
        raise TypeError(f"step must be a function of (model, x, y, learning_rate), got {step!r}")

    if _stopped & _this_cell():
        raise KeyboardInterrupt("this cell was stopped in an earlier run")
    states, interrupted = [], False
    try:
        with tqdm(total=epochs, desc="epochs", disable=not progress) as bar:
            for state in states_of(model, x, y, learning_rate, epochs, step):
                states.append(state)
                bar.update(len(states) > 1)
    except KeyboardInterrupt:
        if not states:
            raise
        interrupted = True
        _stopped.update(_this_cell())
    return History(*np.array(states, np.float32).T, learning_rate, interrupted, Bowl(x, y))


def states_of(model, x, y, learning_rate, epochs, step):
    """Yield (w, b, loss), NumPy float32 scalars, before any update and after each: `train` without its checks."""
    for epoch in range(epochs + 1):
        if epoch:
            check_loss(called(step, model, x, y, learning_rate))
            check_still_model(model)
        state = model.w.numpy(), model.b.numpy(), mean_squared_error(y, model(x)).numpy()
        yield state
        if not np.isfinite(state[-1]):
            return


_stopped = set()  # a cell that the learner stops in one run shall not begin the next


def _this_cell():
    """Return the number of the notebook's cell that runs, in a set: an empty one where there is no notebook."""
    shell = get_ipython()
    return {shell.execution_count} if shell else set()
