"""The run at the place of the sliders: as a sketch at once, and surely when somebody looks or the sliders rest."""

from ..errors import error_words
from .training_view import last_finite

PIECE = 0.02  # seconds of an eager run before others may work


class Shown:
    """engine: the Engine of the step. rate, epochs: where the sliders stand. given_up: is called, without arguments,
    when the step is compiled no longer.

    run: the Run that was made last without an error. error: what is wrong with the step, in words, or "".
    epoch: the state of the run that is shown; a new run shows its end. sure: whether it is the eager run.
    """

    def __init__(self, engine, rate, epochs, given_up):
        self.engine, self.rate, self.epochs, self._given_up = engine, rate, epochs, given_up
        self.run, self.error, self.epoch, self.sure = engine.run(rate, 0), "", None, False

    def take(self, rate, epochs):
        """Go to another place; where the step is compiled, with a sketch of its run. Return whether it is another."""
        if (rate, epochs) == (self.rate, self.epochs):
            return False
        self.rate, self.epochs, self.epoch, self.sure = rate, epochs, None, False
        sketch = self.engine.compiled_run(rate, epochs)
        if sketch is not None:
            self._keep(sketch)
        return True

    def show(self, epoch):
        """Show another state of the run, or of the one to come."""
        self.epoch = epoch if self.epoch is None else min(epoch, last_finite(self.run.history))

    def settle(self):
        """Be sure of the run: let it be the eager one."""
        for _ in self.pieces():
            pass

    def pieces(self):
        """Do so in pieces: a generator. It ends early where the sliders have gone elsewhere."""
        place = self.rate, self.epochs
        try:
            for run in () if self.sure else self.engine.pieces(*place, PIECE):
                if place != (self.rate, self.epochs):
                    return
                if run is not None:
                    self._judge(run)
                yield
        except Exception as error:  # the learner's code may raise anything
            self.error, self.sure = error_words(error, self.engine.step), True
            self.epoch = last_finite(self.run.history) if self.epoch is None else self.epoch

    def _judge(self, run):
        if self.engine.compiled and not self.engine.agrees(run):
            self.engine.give_up("compiled, the step gives other numbers")
            self._given_up()
        self._keep(run)
        self.sure = True

    def _keep(self, run):
        last = last_finite(run.history)
        self.run, self.error, self.epoch = run, "", last if self.epoch is None else min(self.epoch, last)
