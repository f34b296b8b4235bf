"""Which slips, alone or two together, make of the right computation what a learner's code gave."""

import itertools

import numpy as np

from .values import ANYTHING, close


def exact(case):
    """Return a case with its arrays in double precision, for computations that the learner's are measured by."""
    return {name: value.astype(float) if isinstance(value, np.ndarray) else value for name, value in case.items()}


def predicted(truth, case, *slips):
    """Return what the computation gives for a case with these slips in it: a float array, or None where it can't."""
    parts = {name: value for slip in slips for name, value in slip.parts.items()}
    then, sign, scale = parts.pop("then", None), parts.pop("sign", 1), parts.pop("scale", 1)
    try:
        with np.errstate(all="ignore"):
            value = np.asarray(truth(**exact(case), **parts), float)
            return sign * scale * np.asarray(then(value) if then else value, float)
    except (ValueError, IndexError, ZeroDivisionError, OverflowError):
        return None  # two slips that can't be made together


def explanations(got, cases, truth, slips, size):
    """Return the combinations of `size` slips that give, for every case, what the learner's code gave.

    Where a slip leaves a number open, any number fits; if others leave none open, those count.
    """
    found, closed = [], []
    for combination in filter(together, itertools.combinations(slips, size)):
        values = _fitting(got, cases, truth, combination)
        if values and _each_matters(values, cases, truth, combination):
            found.append(combination)
            closed += [combination] * (not any(np.any(value == ANYTHING) for value in values))
    return closed or found


def _fitting(got, cases, truth, combination):
    """Return what the computation gives with these slips in each case, or None where the learner's code did not."""
    values = []
    for case, one in zip(cases, got, strict=True):
        value = predicted(truth, case, *combination)
        if value is None or not _fits(one, value):
            return None
        values.append(value)
    return values


def _fits(value, expected):
    """Return whether numbers are the expected ones, where those are not left open."""
    if value.shape != expected.shape:
        return False
    one, other = (np.where(expected == ANYTHING, 0, numbers) for numbers in (value, expected))
    return close(one, other)


def _each_matters(values, cases, truth, combination):
    """Return whether leaving out any one of two slips would give other numbers than `values`."""
    for left in combination if len(combination) > 1 else ():
        others = [predicted(truth, case, left) for case in cases]
        if all(other is not None and _fits(other, value) for other, value in zip(others, values, strict=True)):
            return False
    return True


def together(combination):
    """Return whether slips can be made together: each in another part of the computation."""
    names = [name for slip in combination for name in slip.parts]
    return len(set(names)) == len(names)
