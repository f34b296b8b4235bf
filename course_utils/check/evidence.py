"""What was given, what came and what should have come, in one sentence."""

import numpy as np

from .values import apart, close, short

NOTHING = np.inf  # stands for a loss that is None


class Words:
    """How the cases of an exercise are told.

    given: what a case is, "x = {x} and y = {y}", or a function from the case to that. labels: what the numbers are
    called, one name each, where there are several.
    """

    def __init__(self, given, labels=()):
        self._given, self.labels = given, labels

    def given(self, case):
        """Return what a case is."""
        if callable(self._given):
            return self._given(case)
        return self._given.format(**{name: short(value) for name, value in case.items()})

    def shapes(self, got, expected):
        """Return what is wrong with the shape of an array."""
        if expected.ndim == 0:
            return f"one number is asked for, and there are {got.size}" if got.size != 1 else "a number in a list, [ ]"
        return f"wrong shape: {got.shape} instead of {expected.shape}"

    def evidence(self, case, got, expected):
        """Return a sentence about a case in which got, a float array, is not what was expected."""
        if got.shape == expected.shape == (len(self.labels), *expected.shape[1:]):
            pairs = [(name, *apart(*pair)) for name, *pair in zip(self.labels, got, expected, strict=True)
                     if not close(*pair)]  # fmt: skip
            return f"For {self.given(case)}: {'; '.join(f'{name} is {a}, expected {b}' for name, a, b in pairs)}."
        one, other = apart(got, expected)
        return f"For {self.given(case)} you gave {one}, expected {other}."


class StepWords(Words):
    """Tells the numbers that a step leaves, and the loss that it gives back, which may be NOTHING."""

    def evidence(self, case, got, expected):
        return super().evidence(case, got, expected).replace(" is inf,", " is None,")
