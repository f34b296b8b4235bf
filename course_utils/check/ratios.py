"""Numbers that are the right ones times, or plus, something: a constant, an input, or how many there are."""

import itertools

import numpy as np

from .result import Symptom
from .values import close, short

FAINT = 1e-5  # a factor that far from 1 is no slip of anybody


def ratio(got, expected, cases):
    """Return words where all numbers are the right ones times, or plus, one thing; else "".

    got, expected: a float array for each of the cases.
    """
    if any(one.shape != true.shape for one, true in zip(got, expected, strict=True)):
        return ""
    ratios = [_common(one, true) for one, true in zip(got, expected, strict=True)]
    if sum(one.size for one in got) < 2:
        return ""
    if None not in ratios and all(ratios):
        for words, factor in _quantities(cases):
            times = np.array(ratios) / factor
            if FAINT < abs(times[0]) < 1 / FAINT and close(times, np.full(len(times), times[0])):
                return _told(words, times[0])
    shift = np.mean(np.concatenate([np.ravel(one - true) for one, true in zip(got, expected, strict=True)]))
    if all(close(one, true + shift) for one, true in zip(got, expected, strict=True)):
        return Symptom(f"always {short(abs(shift))} too {'large' if shift > 0 else 'small'}")
    return ""


def off_by(cases, differences):
    """Return words where what numbers are off by is a constant times one input or two, one number for each case."""
    inputs = {name: value for name, value in cases[0].items() if isinstance(value, (int, float))}
    if len(cases) < 2 or not np.all(np.isfinite(differences)):
        return ""
    for names in itertools.chain(*(itertools.combinations_with_replacement(inputs, count) for count in (1, 2))):
        sizes = np.array([np.prod([case[name] for name in names]) for case in cases])
        if (
            np.all(sizes != 0)
            and close(times := differences / sizes, np.full(len(cases), times[0]))
            and abs(times[0]) > 0.001
        ):
            return f"off by {short(times[0])} · {' · '.join(f'`{name}`' for name in names)}"
    return ""


def _common(one, true):
    """Return the factor between two arrays, or None where there is none."""
    one, true = np.ravel(one), np.ravel(true)
    factor = one @ true / (true @ true) if np.any(true) else 0.0
    return factor if close(one, factor * true) else None


def how_many(case):
    """Return how many examples a case has: how long its first array is, or 0."""
    return next((len(value) for value in case.values() if np.ndim(value)), 0)


def _quantities(cases):
    """Yield (words, numbers) of what a factor may be made of: 1, how many there are, or an input."""
    yield "", np.ones(len(cases))
    counts = [how_many(case) for case in cases]
    if all(counts):
        yield "n", np.array(counts, float)
        yield "1 / n", 1 / np.array(counts, float)
        if min(counts) > 1:
            yield "n / (n - 1)", np.array([count / (count - 1) for count in counts])
    for name, value in cases[0].items():
        if isinstance(value, (int, float)):
            numbers = np.array([case[name] for case in cases], float)
            yield f"`{name}`", numbers
            yield f"1 / `{name}`", 1 / numbers


def _told(words, times):
    if not words:
        whole = round(1 / times)
        as_a_part = f" (1 / {whole})" if whole > 2 and whole not in (10, 100) and close(1 / times, whole) else ""
        return f"always {short(times)}{as_a_part} times what it should be"
    times = "" if close(times, 1.0) else f"{short(times)} · "
    return f"always {times}{words} times what it should be" + (
        ", and n is how many examples there are" if "n" in words.replace("(", " ").split() else ""
    )
