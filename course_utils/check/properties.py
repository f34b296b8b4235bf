"""What can be said of numbers that no slip explains: their shape, when they are right, what they depend on."""

import itertools

import numpy as np

from .beside import beside
from .changes import of_a_result
from .expressions import expression, linear
from .ratios import how_many, off_by, ratio
from .reading import unused
from .result import Mistake, NotAttempted, Symptom
from .values import close, listed, short


def what_is_known(attempt, cases, got, expected, words, before=None, gives=None):
    """Return the first of these that can be said of a learner's code, the rest of "not yet: …".

    got, expected: its numbers and the right ones, a float array for each case. before: see `slips.compare`. gives: from
    a case to the right numbers.
    """
    return (
        _not_finite(got)
        or _kept(attempt, cases, got)
        or beside(got, expected)
        or constant(got, expected)
        or an_input(cases, got)
        or _sometimes(cases, got, expected, words)
        or of_labels(cases, got, expected, words, before)
        or _from_expression(cases, got)
        or linear(cases, got)
        or _shapes(got, expected, words)
        or _beginning(got, expected)
        or ratio(_moves(cases, got, before), _moves(cases, expected, before), cases)
        or _ignored(attempt, cases, got, gives)
        or _near(got, expected)
        or Symptom("the numbers are others, by none of the usual mistakes")
    )


def never_uses(answer, needless=()):
    """Return words where the code never reads what it is given. needless: the inputs that no right code need read."""
    unread = [f"`{name}`" for name in unused(answer.value) if name not in needless]
    return f"it never uses {listed(unread)}, which it is given" if unread else ""


def constant(got, expected):
    """Return words where the numbers are the same for every case, and should not be."""
    same, should = ({one.tobytes() for one in values} for values in (got, expected))
    return "it gives the same, whatever it is given" if len(same) == 1 < len(should) else ""


def _not_finite(got):
    """Return words where there is infinity, or nan."""
    if any(np.any(np.isnan(one)) for one in got):
        return "it gives numbers that are not finite: nan is what the root of a number below 0 gives, and 0 / 0"
    return "" if all(np.all(np.isfinite(one)) for one in got) else "it gives numbers that are not finite"


def _sometimes(cases, got, expected, words):
    """Return words where some cases are right."""
    holds = [close(one, true) for one, true in zip(got, expected, strict=True)]
    if not any(holds):
        return ""
    fixed = how_many(cases[holds.index(True)])
    if fixed and all(
        any(close(one, true * by) for by in (how_many(case) / fixed, fixed / how_many(case)))
        for case, one, true in zip(cases, got, expected, strict=True)
    ):
        return f"it is right for {fixed} examples, and not for another number, as if that one were fixed"
    found = f"it is right for {words.given(cases[holds.index(True)])}, and not always"
    return Symptom(": ".join(filter(None, [found, _shapes(got, expected, words)])))


def _shapes(got, expected, words):
    for one, true in zip(got, expected, strict=True):
        if one.shape != true.shape:
            return Symptom(words.shapes(one, true))
    return ""


def an_input(cases, got):
    """Return words where the numbers are just one of the inputs, changed by a constant, or several of them."""
    numeric = [name for name, value in cases[0].items() if isinstance(value, (int, float, np.ndarray))]
    for name in numeric:
        values = [np.asarray(case[name], float) for case in cases]
        if all(map(close, got, values)):
            return f"it gives back `{name}` as it is"
        if len(cases) > 1 and (known := ratio(got, values, [{}] * len(cases))):
            for old, new in ("what it should be", ""), ("too large", "more than "), ("too small", "less than "):
                known = known.replace(old, f"{new}`{name}`")
            return known
    for one, other in itertools.permutations(numeric, 2):
        pairs = [(case[one], case[other]) for case in cases]
        if all(np.shape(a) == np.shape(b) and close(value, np.stack([a, b]))
               for value, (a, b) in zip(got, pairs, strict=True)):  # fmt: skip
            return f"it gives back `{one}` and `{other}` as they are"
    return ""


def _from_expression(cases, got):
    """Return words where a short expression of the inputs gives the numbers."""
    text = expression(cases, got)
    return f"the numbers are those of `{text}`" if text else ""


def _moves(cases, numbers, before):
    """Return the numbers of each case less what was there before, where that is known."""
    starts = [before(case) if before else 0.0 for case in cases]
    return [
        one - start if np.shape(start) in ((), one.shape) else one for one, start in zip(numbers, starts, strict=True)
    ]


def of_labels(cases, got, expected, words, before, *, each=False):
    """Return what is known of each of the numbers that have a name, where that is something.

    each: only where something is known of each that is wrong.
    """
    labels, pairs = words.labels, zip(got, expected, strict=True)
    if not labels or any(one.shape != true.shape or one.ndim != 1 for one, true in pairs):
        return ""
    ours, right, moves, steps = (
        [np.array([one[k] for one in values]) for k in range(len(labels))]
        for values in (got, expected, _moves(cases, got, before), _moves(cases, expected, before))
    )
    known = {}
    for k, label in enumerate(labels):
        if not close(ours[k], right[k]):
            start = before is not None and any(before(case)[k] for case in cases)
            known[label] = (
                (start and close(moves[k], 0 * steps[k]) and "not moved")
                or _of_a_label(cases, ours[k], right[k])
                or next((f"what {other} should be" for j, other in enumerate(labels) if close(ours[k], right[j])), "")
                or _of_a_move(cases, moves[k], steps[k], start)
                or off_by(cases, ours[k] - right[k])
                or "not"
            )
    good = [label for label in labels if label not in known]
    if (each or not good) and "not" in known.values():
        return ""
    reasons = {reason: [label for label in known if known[label] == reason] for reason in known.values()}
    bad = [
        f"{listed(names)} are {_of_several(reason)}" if names[1:] else f"{names[0]} is {reason}"
        for reason, names in reasons.items()
    ]
    told = ", ".join([f"{listed(good)} {'are' if good[1:] else 'is'} right"] * bool(good) + bad)
    return Symptom(told) if "not" in reasons else told


def _of_several(reason):
    return reason.replace(" it should", " they should")


def _of_a_label(cases, ours, right):
    """Return what is known of one number with a name: ours and the right one in each case."""
    if done := of_a_result([*ours], [*right]):
        return f"right but for this: {done}"
    for name, value in cases[0].items():
        if np.ndim(value) == 0 and not callable(value) and close(ours, np.array([case[name] for case in cases], float)):
            return f"just `{name}`"
    return ""


def _of_a_move(cases, moves, steps, start):
    """Return by which factor one number differs, or where start is true, by which it was moved too far."""
    times = ratio(list(moves[:, None]), list(steps[:, None]), cases)
    return times and f"moved {times.replace('what it should be', 'as far as it should')}" if start else times


def _beginning(got, expected):
    """Return words where several numbers are right, and those behind them are not."""
    first = [next((k for k, pair in enumerate(zip(one, true, strict=True)) if not close(*pair)), 0)
             for one, true in zip(got, expected, strict=True) if one.ndim == 1]  # fmt: skip
    if not first or min(first) < 2:
        return ""
    return Symptom(f"the first {min(first)} numbers are right, what comes then is not")


def _near(got, expected):
    """Return words where all numbers are right but for a few per cent."""
    with np.errstate(all="ignore"):
        off = max(np.max(np.abs(one - true)) / np.max(np.abs(true)) for one, true in zip(got, expected, strict=True))
    return Symptom(f"near, but not equal: off by {100 * off:.2g} %") if off < 0.05 else ""


def _ignored(attempt, cases, got, gives):
    """Return words where an input can be changed, and the result stays the same, and should not."""
    for name, value in cases[0].items():
        others = [case[name] for case in cases[1:] if np.shape(case[name]) == np.shape(value)]
        other = next((one for one in others if np.any(one != value)), None)
        if other is None or (gives and close(gives(cases[0] | {name: other}), gives(cases[0]))):
            continue
        try:
            result = attempt(**cases[0] | {name: other})
        except (Mistake, NotAttempted):
            continue
        if close(result, got[0]) and not np.all(result == 0):
            return f"it does not depend on `{name}`: it gives the same for {short(value)} and for {short(other)}"
    return ""


def _kept(attempt, cases, got):
    """Return words where the same inputs give something else the second time."""
    try:
        again = attempt(**cases[0])
    except (Mistake, NotAttempted):
        return ""
    if close(again, got[0]):
        return ""
    if again.ndim == got[0].ndim == 1 and len(again) > len(got[0]) and close(again[:1], got[0][:1]):
        return "what an earlier call has put into its list is still there. Make the list anew, inside the function"
    return (
        "called twice with the same, it gives different numbers: it draws them at random, or something that it changes "
        "lives on from call to call"
    )
