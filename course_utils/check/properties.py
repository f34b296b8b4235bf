"""What can be said of numbers that no slip explains: their shape, when they are right, what they depend on."""

import numpy as np

from .reading import unused
from .result import Mistake, NotAttempted
from .values import close, listed, short


def what_is_known(attempt, cases, got, expected, words):
    """Return the first of these that can be said of a learner's code, the rest of "not yet: …".

    got, expected: its numbers and the right ones, a float array for each case.
    """
    return (
        _not_finite(got)
        or _constant(got, expected)
        or _an_input(cases, got)
        or _shapes(got, expected, words)
        or _sometimes(cases, got, expected, words)
        or _rounded(got, expected)
        or _some(got, expected, words)
        or _beginning(got, expected)
        or _near(got, expected)
        or _ignored(attempt, cases, got)
        or _ratio(got, expected)
        or _again(attempt, cases, got)
        or "the numbers are others, by none of the usual mistakes"
    )


def never_uses(answer):
    """Return words where the code never reads what it is given."""
    unread = [f"`{name}`" for name in unused(answer.value)]
    return f"it never uses {listed(unread)}, which it is given" if unread else ""


def _constant(got, expected):
    """Return words where the numbers are the same for every case, and should not be."""
    same, should = ({one.tobytes() for one in values} for values in (got, expected))
    return "it gives the same, whatever it is given" if len(same) == 1 < len(should) else ""


def _not_finite(got):
    """Return words where there is infinity, or nan."""
    return "" if all(np.all(np.isfinite(one)) for one in got) else "it gives numbers that are not finite"


def _sometimes(cases, got, expected, words):
    """Return words where some cases are right."""
    right = [case for case, one, true in zip(cases, got, expected, strict=True) if close(one, true)]
    return f"it is right for {words.given(right[0])}, and not always" if right else ""


def _shapes(got, expected, words):
    for one, true in zip(got, expected, strict=True):
        if one.shape != true.shape:
            return words.shapes(one, true)
    return ""


def _an_input(cases, got):
    """Return words where the numbers are just one of the inputs."""
    for name in cases[0]:
        if all(not callable(case[name]) and close(one, case[name]) for case, one in zip(cases, got, strict=True)):
            return f"it gives back `{name}` as it is"
    return ""


def _rounded(got, expected):
    """Return words where all numbers are right, but cut to few digits."""
    pairs = list(zip(got, expected, strict=True))
    for digits in range(3):
        if all(close(one, np.round(true, digits)) for one, true in pairs):
            return f"it is rounded to {digits or 'no'} decimal{'s' * (digits != 1)}"
    return "all behind the point is lost" if all(close(one, np.trunc(true)) for one, true in pairs) else ""


def _some(got, expected, words):
    """Return words where numbers that have a name are right, and others are not."""
    labels, count = words.labels, len(expected[0]) if expected[0].ndim else 0
    right = [all(close(one[k], true[k]) for one, true in zip(got, expected, strict=True)) for k in range(count)]
    if not labels or not any(right):
        return ""
    good, bad = ([k for k, fine in enumerate(right) if fine is wanted] for wanted in (True, False))
    known = _ratio([one[bad] for one in got], [true[bad] for true in expected]) if len(bad) == 1 else ""
    names = listed(labels[k] for k in good), listed(labels[k] for k in bad)
    return f"{names[0]} {'are' if good[1:] else 'is'} right, {names[1]} {'are' if bad[1:] else 'is'} {known or 'not'}"


def _beginning(got, expected):
    """Return words where several numbers are right, and those behind them are not."""
    first = [next((k for k, pair in enumerate(zip(one, true, strict=True)) if not close(*pair)), 0)
             for one, true in zip(got, expected, strict=True) if one.ndim == 1]  # fmt: skip
    return f"the first {min(first)} numbers are right, what comes then is not" if first and min(first) > 1 else ""


def _near(got, expected):
    """Return words where all numbers are right but for a few per cent."""
    size = max(np.max(np.abs(true)) for true in expected)
    off = max(np.max(np.abs(one - true)) for one, true in zip(got, expected, strict=True)) / size
    return f"near, but not equal: off by {100 * off:.2g} %" if off < 0.05 else ""


def _ratio(got, expected):
    """Return words where all numbers are the right ones times, or plus, one constant."""
    one, true = np.concatenate([np.ravel(part) for part in got]), np.concatenate([np.ravel(part) for part in expected])
    if len(one) < 2:
        return ""
    ratio, shift = one @ true / (true @ true), np.mean(one - true)
    if ratio and close(one, ratio * true):
        return f"always {short(ratio)} times what it should be"
    if close(one, true + shift):
        return f"always {short(abs(shift))} too {'large' if shift > 0 else 'small'}"
    return ""


def _ignored(attempt, cases, got):
    """Return words where an input can be changed, and the result stays the same."""
    for name, value in cases[0].items():
        others = [case[name] for case in cases[1:] if np.shape(case[name]) == np.shape(value)]
        other = next((one for one in others if np.any(one != value)), None)
        if other is None:
            continue
        try:
            result = attempt(**cases[0] | {name: other})
        except (Mistake, NotAttempted):
            continue
        if close(result, got[0]) and not np.all(result == 0):
            return f"it does not depend on `{name}`: it gives the same for {short(value)} and for {short(other)}"
    return ""


def _again(attempt, cases, got):
    """Return words where the same inputs give something else the second time."""
    try:
        same = close(attempt(**cases[0]), got[0])
    except (Mistake, NotAttempted):
        return ""
    return "" if same else "called twice with the same, it gives different numbers"
