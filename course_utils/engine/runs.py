"""Runs of a step from one and the same state: eager, as `train` makes them, and compiled where that gives the same."""

import contextvars
import time
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from ..bowl import Bowl
from ..training import History, states_of
from .compiled import compile_run
from .state import State


class Run(NamedTuple):
    """history: a History. curves: what the model says at the Engine's `grid` in each state, (epochs + 1, len(grid))."""

    history: History
    curves: np.ndarray

    def same_as(self, other):
        """Return whether no picture could tell two runs apart."""
        pairs = zip(self._numbers(), other._numbers(), strict=True)
        return all(one.shape == two.shape and np.allclose(one, two, 1e-4, 1e-5, equal_nan=True) for one, two in pairs)

    def _numbers(self):
        return self.history.w, self.history.b, self.history.loss, self.curves


class Engine:
    """Runs of a step on a model, always from the state that all it reaches had when the Engine was made.

    model: callable, with scalar Variables w and b. x, y: float32 tensors of one shape. step: as for `train`.
    grid: x at which the model's curve is recorded, shape (n,).
    A run leaves everything as it found it. note: what is to be known of the runs, in words; often empty.
    repeats: whether two runs are the same, as far as was seen.
    """

    def __init__(self, model, x, y, step, grid):
        self.model, self.step, self.bowl = model, step, Bowl(x, y)
        self.x, self.y, self.grid = x, y, tf.constant(grid, tf.float32)
        self._roots = {getattr(step, "__name__", "the step"): step, "the model": model}
        self._start, self._context = State(self._roots), contextvars.copy_context()
        self._compiled, self._calls_leave_all, self.repeats = None, False, True
        left = ", ".join(self._start.reach.uncopied)
        self.note = f"(Each run goes on where the last one left {left}: nobody can put that back.)" if left else ""

    def run(self, learning_rate, epochs):
        """Return the Run that `train` makes. Raises whatever the step raises."""
        *_, run = self.pieces(learning_rate, epochs, float("inf"))
        return run

    def pieces(self, learning_rate, epochs, seconds):
        """Do the same in pieces of about so many seconds: yield None after each, and at last the Run.

        Between two pieces everything is as whoever asks for them has left it.
        """
        loop = states_of(self.model, self.x, self.y, learning_rate, epochs, self.step)
        states, curves, state, ended, context = [], [], None, False, self._context.copy()
        while not ended:
            found = State(self._roots, self._start)
            try:
                state.put_back() if state else self._start.begin()
                ended = context.run(self._go_on, loop, states, curves, time.perf_counter() + seconds)
                state = State(self._roots, found)
            finally:
                found.put_back()
            yield None
        yield self._record(*np.array(states, np.float32).T, np.array(curves, np.float32), learning_rate)

    def _go_on(self, loop, states, curves, until):
        for state in loop:
            states.append(state)
            curves.append(self._curve())
            if time.perf_counter() > until:
                return False
        return True

    def _curve(self):
        """Return what the model says on the grid; `train` does not ask that, so what the call changes is put back."""
        found = None if self._calls_leave_all else State(self._roots, self._start)
        curve = np.asarray(self.model(self.grid))
        if found:
            self._calls_leave_all = found.untouched()
            found.put_back()
        return curve

    def _record(self, w, b, loss, curves, learning_rate):
        return Run(History(w, b, loss, float(learning_rate), bowl=self.bowl), curves)

    def sketch(self, learning_rate, epochs):
        """Return the same Run, at once where the step is compiled: to be drawn while a slider moves."""
        run = self.compiled_run(learning_rate, epochs)
        return self.run(learning_rate, epochs) if run is None else run

    def compiled_run(self, learning_rate, epochs):
        """Return the Run of the compiled step, on any thread; None where there is none, or where the step raises."""
        compiled = self._compiled  # another thread may give it up
        if compiled is None:
            return None
        try:
            w, b, loss, curves = compiled(learning_rate, epochs)
        except tf.errors.OpError:
            return None
        finite = np.isfinite(loss)
        entries = len(loss) if finite.all() else int(np.argmin(finite)) + 1
        return self._record(w[:entries], b[:entries], loss[:entries], curves[:entries], learning_rate)

    def is_line(self, run):
        """Return whether the model was the line w·x + b in each state of a Run."""
        w, b = (np.asarray(values, float)[:, None] for values in (run.history.w, run.history.b))
        with np.errstate(invalid="ignore"):
            lines = w * self.grid.numpy() + b
            return bool(np.all((np.abs(run.curves - lines) <= 1e-4 * (1 + np.abs(lines))) | ~np.isfinite(lines)))

    @property
    def compiled(self):
        """Whether `sketch` runs a graph."""
        return self._compiled is not None

    def compile(self, shown):
        """Compile the step where that is shown to give the same; else say in `note` why not.

        shown: a Run of this Engine, of some epochs. State in Python, which a graph would freeze, shows in the code, or
        has changed in that run; whatever else may differ does so in the numbers.
        """
        found = State(self._roots, self._start)
        try:
            why = self._context.copy().run(self._why_not, shown)
        except (Exception, SystemExit) as error:  # the learner's code may raise anything, tracing it something else
            why = f"the step can't be compiled, {type(error).__name__}"
        finally:
            found.put_back()
        if why:
            self.give_up(why)
            self.repeats = self._repeats(shown)
            if not self.repeats:
                self.note += " (No two runs are the same: the step draws on something that nobody can put back.)"

    def _repeats(self, shown):
        try:
            return self.run(shown.history.learning_rate, shown.history.epochs).same_as(shown)
        except Exception:
            return False

    def give_up(self, why):
        """Run eagerly from now on."""
        self._compiled, self.note = None, f"(Run eagerly: {why}.) {self.note}".strip()

    def _why_not(self, shown):
        return self._reason_not_to() or self._try_to_compile(shown)

    def _reason_not_to(self):
        if self._start.reach.prints:
            return "compiled, the step would print only once, while it is compiled"
        if left := self._start.reach.uncopied:
            return f"a compiled step would not go on with {', '.join(left)}"
        if not self._calls_leave_all:
            return "whenever the model is called, something changes"
        self._start.begin()
        self.step(self.model, self.x, self.y, 1e-3)
        changed = self._start.changed()
        if changed:
            return f"the step keeps state in Python, in {_listed(changed)}"
        if restless := self._start.restless():
            return f"the step could change {_listed(restless)}, which a compiled one would not see"
        return ""

    def _try_to_compile(self, shown):
        self._compiled = compile_run(self.model, self.x, self.y, self.grid, self.step, self._start)
        return "" if self.agrees(shown) else "compiled, the step gives other numbers"

    def agrees(self, run):
        """Return whether the compiled step gives an eager Run, too."""
        again = self.compiled_run(run.history.learning_rate, run.history.epochs)
        return again is not None and again.same_as(run)


def _listed(names):
    return ", ".join(f"`{name}`" for name in names[:3]) + (" and more" if len(names) > 3 else "")
