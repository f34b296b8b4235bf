"""How a run of training went, in words. Where the bowl of its loss is known, a run is judged by the way it has come.

Along each direction of the bowl plain gradient descent multiplies the error by the same factor at each step, see
`bowl`. Below 0 a step lands on the other side of the minimum, beyond ±1 the error grows.
"""

import numpy as np

ARRIVED = 0.01  # as a share of the way at the start
FAR = 0.25  # a run that has more than this share before it has not got far
GENTLE = 0.15  # a step that takes less than this share off the steepest error is a small one
SWING = -0.1  # a factor below this leaves so much of the error on the other side that the path turns to be seen


def judge(w, b, loss, learning_rate, bowl=None):
    """Return (diverged, text); the text begins with converged, converging, crawling, zig-zagging or diverged.

    w, b, loss: arrays of shape (epochs + 1,), at least two entries. bowl: the Bowl of the data, if there is one.
    """
    epochs = len(loss) - 1
    if not np.isfinite(loss[-1]):
        return True, f"diverged: at epoch {epochs} the loss is no longer a finite number, the steps are too large"
    known = bowl is not None and bowl.holds_for(w, b, loss)
    factors = _factors(w, b, learning_rate, bowl) if known else None
    if loss[-1] > loss[0] * (1 + 1e-5):
        return True, f"diverged: the loss rose from {loss[0]:.4g} to {loss[-1]:.4g}"
    if factors is not None and abs(factors[1]) > 1 + 1e-6:
        return True, f"diverged: each step multiplies the error along the steepest direction by {factors[1]:.3g}"
    if np.ptp(w) == np.ptp(b) == 0 and not (known and _left(bowl.errors(w, b), bowl) == 0):
        return False, "standing still: w and b do not move"
    if not known:
        return False, _by_steps(w, b, loss)
    return False, _by_way(bowl.errors(w, b), factors, bowl)


def _factors(w, b, learning_rate, bowl):
    """Return by what each step multiplies the errors (flattest, steepest), or None where it is no plain descent."""
    multiple = bowl.step_multiple(w, b, learning_rate)
    return None if multiple is None else 1 - learning_rate * multiple * bowl.curvatures


def _left(errors, bowl):
    """Return which share of the way to the best fit is left; 0 where only rounding is."""
    start, end = np.linalg.norm(errors[[0, -1]], axis=1)
    return 0.0 if end <= 2e-5 * (1 + np.abs(bowl.best).max()) else end / max(start, 1e-30)


def _by_way(errors, factors, bowl):
    left, epochs = _left(errors, bowl), len(errors) - 1
    swung = factors[1] < SWING if factors is not None else _turns(errors[:, 1])
    if left <= ARRIVED:
        return f"converged: under 1% of the way to the best fit is left{', after zig-zagging' if swung else ''}"
    way = _way(errors, left)
    steep = abs(errors[-1, 1]) > ARRIVED * np.linalg.norm(errors[0])
    if swung and steep:
        return f"zig-zagging: each step overshoots the minimum and comes back from the other side; {way}"
    if factors is not None and 1 - factors[1] < GENTLE and left > FAR:
        # Half the largest stable rate takes the whole steepest error off at each step, and this of the flattest.
        better = np.linalg.norm(errors[0] * [(1 - bowl.curvatures[0] / bowl.steepest) ** epochs, 0])
        if better < left / 2 * np.linalg.norm(errors[0]):
            return f"crawling: a step takes only {_share(1 - factors[1])} of the error off; {way}"
    return f"converging: {way}"


def _way(errors, left):
    """Say how much of the way is left, in each direction of the bowl where the two differ."""
    start, end = np.abs(errors[[0, -1]])
    if np.all(start > 1e-3 * np.linalg.norm(start)):
        flat, steep = end / start
        if max(flat, steep) > 0.05 and max(flat, steep) > 3 * min(flat, steep):
            each = f"{_share(flat)} of the way is left, along the steepest {_share(steep)}"
            return f"along the flattest direction of the bowl {each}"
    return f"{_share(left)} of the way to the best fit is left"


def _share(value):
    return f"{value:.0%}" if value >= 0.0995 else f"{value:.1%}" if value >= 0.0005 else "nothing"


def _turns(errors):
    """Return whether an error changes its sign at most of the steps, as long as it can be seen."""
    seen = np.abs(errors[:-1]) > 0.05 * np.abs(errors).max(initial=1e-30)
    return bool(seen.any() and np.mean((errors[1:] * errors[:-1] < 0)[seen]) > 0.5)


def _by_steps(w, b, loss):
    """Judge a run whose bowl is not known, of a model that is no line, say: by its steps and losses alone."""
    moves = np.diff(np.stack([w, b]).astype(float))
    lengths = np.hypot(*moves)
    fell = f"the loss went from {loss[0]:.4g} to {loss[-1]:.4g}"
    large = lengths[1:] > 0.1 * lengths[0]
    if np.any(large) and np.mean(np.sum(moves[:, 1:] * moves[:, :-1], axis=0)[large] < 0) > 0.5:
        return f"zig-zagging: most steps go back against the one before; {fell}"
    if lengths[0] == 0 or len(lengths) == 1:
        return f"converging: {fell}"
    return f"converging: {fell}, and the last step is {lengths[-1] / lengths[0]:.0%} of the first"
