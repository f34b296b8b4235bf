"""How a run of training went, in words. Where the bowl of its loss is known, a run is judged by the way it has come.

Along each direction of the bowl plain gradient descent multiplies the error by the same factor at each step, see
`bowl`. Below 0 a step lands on the other side of the minimum, beyond ±1 the error grows.
"""

import numpy as np

ARRIVED = 0.01  # as a share of the way at the start
FAR = 0.25  # a run that has more than this share before it has not got far
GENTLE = 0.15  # a step that takes less than this share off the steepest error is a small one
SWING = -0.1  # a factor below this leaves so much of the error on the other side that the path turns to be seen


class Verdicts:
    """Judges a run, and each run that ends earlier and is the same until then.

    w, b, loss: arrays of shape (epochs + 1,). learning_rate: a float. bowl: the Bowl of the data, if there is one.
    multiple: how many times the step of gradient descent each move is, by epoch; nan where it is not descent.
    """

    def __init__(self, w, b, loss, learning_rate, bowl=None):
        self.loss, self._bowl = np.asarray(loss, float), bowl
        self._moves = np.abs(np.diff(np.stack([w, b]).astype(float))).sum(axis=0) > 0
        self._moved = np.logical_or.accumulate([False, *self._moves])
        with np.errstate(over="ignore", invalid="ignore"):
            self._steps = _Steps(w, b)
            if bowl is None:
                self._known, self.multiple = np.zeros(len(loss), bool), np.full(len(loss), np.nan)
                return
            self._known, self.multiple = bowl.holds_for(w, b, loss), bowl.step_multiples(w, b, learning_rate)
            self._factors = 1 - learning_rate * self.multiple[:, None] * bowl.curvatures
            self._errors = bowl.errors(w, b)
            far = np.linalg.norm(self._errors, axis=1)
            near = far <= 2e-5 * (1 + np.abs(bowl.best).max())  # all that float32 leaves
            self._left = np.where(near, 0, far / max(far[0], 1e-30))
            self._swings = _swings(self._errors[:, 1])

    def at(self, epochs):
        """Return (diverged, text) of the run that ends there; epochs: a whole number of at least 0.

        The text begins with converged, converging, crawling, zig-zagging, diverged, "standing still" or
        "no updates yet".
        """
        loss, end = self.loss, self.loss[epochs]
        if epochs == 0:
            return not np.isfinite(end), "no updates yet"
        if not np.isfinite(end):
            return True, f"diverged: at epoch {epochs} the loss is no longer a finite number, the steps are too large"
        if end > loss[0] * (1 + 1e-5):
            return True, f"diverged: the loss rose above its start, {loss[0]:.4g}"
        if self._known[epochs] and abs(self._factors[epochs, 1]) > 1 + 1e-6:
            factor = self._factors[epochs, 1]
            return True, f"diverged: each step multiplies the error along the steepest direction by {factor:.3g}"
        if not self._moved[epochs] and not (self._known[epochs] and self._left[epochs] == 0):
            return False, "standing still: w and b do not move"
        if not self._known[epochs]:
            return False, self._steps.at(epochs, f"the loss began at {loss[0]:.4g}")
        return False, self._by_way(epochs)

    def _by_way(self, epochs):
        left, steep = self._left[epochs], self._factors[epochs, 1]
        swung = self._swings[epochs] if np.isnan(steep) else steep < SWING
        if left <= ARRIVED:
            return f"converged: under 1% of the way to the best fit is left{', after zig-zagging' if swung else ''}"
        way, start = self._way(epochs), np.linalg.norm(self._errors[0])
        if swung and abs(self._errors[epochs, 1]) > ARRIVED * start:
            return f"zig-zagging: each step overshoots the minimum and comes back from the other side; {way}"
        if 1 - steep < GENTLE and left > FAR:
            # At half the largest stable rate each step takes the whole steepest error off, and so much of the flattest.
            flattest, steepest = self._bowl.curvatures
            if abs(self._errors[0, 0]) * (1 - flattest / steepest) ** epochs < left / 2 * start:
                return f"crawling: a step takes only {_share(1 - steep)} of the error off; {way}"
        return f"converging: {way}"

    def _way(self, epochs):
        """Say how much of the way is left, in each direction of the bowl where the two differ."""
        start, end = np.abs(self._errors[[0, epochs]])
        if np.all(start > 1e-3 * np.linalg.norm(start)):
            flat, steep = end / start
            if max(flat, steep) > 0.05 and max(flat, steep) > 3 * min(flat, steep):
                each = f"{_share(flat)} of the way is left, along the steepest {_share(steep)}"
                return f"along the flattest direction of the bowl {each}"
        return f"{_share(self._left[epochs])} of the way to the best fit is left"


def _share(value):
    return f"{value:.0%}" if value >= 0.0995 else f"{value:.1%}" if value >= 0.0005 else "nothing"


def _swings(errors):
    """Return for each epoch whether an error has changed its sign at most of the steps in which it could be seen."""
    seen = (np.abs(errors) > 0.05 * np.maximum.accumulate(np.abs(errors)))[:-1]
    turned = seen & (errors[1:] * errors[:-1] < 0)
    return np.array([False, *(2 * np.cumsum(turned) > np.cumsum(seen))])


class _Steps:
    """Judges a run whose bowl is not known, of a model that is no line, say: by its steps and losses alone."""

    def __init__(self, w, b):
        moves = np.diff(np.stack([w, b]).astype(float))
        self._lengths = np.hypot(*moves)
        large = self._lengths[1:] > 0.1 * self._lengths[:1]
        back = large & (np.sum(moves[:, 1:] * moves[:, :-1], axis=0) < 0)
        self._turns = np.array([False, False, *(2 * np.cumsum(back) > np.cumsum(large))])

    def at(self, epochs, fell):
        if self._turns[epochs]:
            return f"zig-zagging: most steps go back against the one before; {fell}"
        first, last = self._lengths[[0, epochs - 1]]
        return f"converging: {fell}" + (f", and the last step is {last / first:.0%} of the first" if first else "")
