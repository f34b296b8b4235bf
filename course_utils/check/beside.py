"""The right numbers, but others beside them, in another order, or taken apart by a comma."""

import numpy as np

from .values import close

PLACES = "first", "second", "third", "fourth", "fifth"
OPERATORS = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "**": np.power}


def beside(got, expected):
    """Return words where the right numbers are there, and not alone or not in their order, else "".

    got, expected: a float array for each case.
    """
    pairs = list(zip(got, expected, strict=True))
    return _one_part(pairs) or _by_a_comma(pairs) or _one_too_many(pairs) or _turned(pairs) or _mixed(pairs)


def _one_part(pairs):
    """Return words where one part of what was given is all that is asked for."""
    if any(one.ndim != true.ndim + 1 or len(one) < 2 for one, true in pairs):
        return ""
    for place, name in enumerate(PLACES):
        if all(len(one) > place and close(one[place], true) for one, true in pairs):
            return f"the {name} of {len(pairs[0][0])} is what is asked for: give that back alone"
    if all(close(one[-1], true) for one, true in pairs):
        return "the last of all is what is asked for: give that back alone"
    return ""


def _by_a_comma(pairs):
    """Return words where a comma stands where an operator should."""
    if any(one.shape != (2, *true.shape) for one, true in pairs):
        return ""
    for sign, operator in OPERATORS.items():
        with np.errstate(all="ignore"):
            if all(close(operator(*one), true) for one, true in pairs):
                return f"a comma makes two things of one: with `{sign}` in its place it would be right"
    return ""


def _one_too_many(pairs):
    """Return words where one more number stands among the right ones, at the same place in each case."""
    if any(one.ndim != 1 or one.shape != (true.size + 1,) for one, true in pairs) or pairs[0][1].ndim != 1:
        return ""
    for place in (0, -1, 1, 2):
        if all(len(one) > place and close(np.delete(one, place), true) for one, true in pairs):
            where = {0: "before", -1: "behind"}.get(place, "among")
            return f"one number more than is asked for stands {where} the right ones"
    return ""


def _turned(pairs):
    """Return words where the right table is turned over, lacks a column, or is no table any more."""
    if any(true.ndim != 2 for _, true in pairs):
        return ""
    for words, change in {
        "rows and columns are swapped: each pair stands by itself, and one row for each is asked for": np.transpose,
        "the last of each is missing": lambda true: true[:, :-1],
        "the first of each is missing": lambda true: true[:, 1:],
        "only the first column is there": lambda true: true[:, 0],
        "only the last column is there": lambda true: true[:, -1],
        "the columns stand one behind the other, and no longer side by side": lambda true: true.T.ravel(),
        "the rows stand one behind the other, and no longer below each other": np.ravel,
    }.items():
        if all(close(one, change(true)) for one, true in pairs):
            return words
    return ""


def _mixed(pairs):
    """Return words where the right numbers stand in another order."""
    several = all(one.shape == true.shape and one.ndim == 1 and len(one) > 1 for one, true in pairs)
    if several and all(close(np.sort(one), np.sort(true)) for one, true in pairs):
        return "the right numbers are there, in another order"
    return ""
