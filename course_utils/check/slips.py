"""Compare what a learner's code gives with what it should, and say by which slip it went wrong.

A slip is no list of wrong numbers. It replaces a part of the right computation, so slips can be put together: where no
single one explains all that the code gave, each two are tried.
"""

import numpy as np
import tensorflow as tf

from .changes import of_a_result, of_an_input
from .evidence import Words
from .explaining import exact, explanations, predicted
from .formulas import changed_line
from .properties import an_input, constant, never_uses, of_labels, what_is_known
from .ratios import ratio
from .reading import divides_whole, kept_in_defaults, odd_loop
from .result import Mistake
from .values import ANYTHING, close, listed


class Slip:
    """A mistake with a name.

    name: what is wrong, the rest of "not yet: …". look: where to look, a sentence. edit: (old, new), or a tuple of such
    pairs, which turns the notebook's solution into one that has it; None where a wrong answer of the exercise has it.
    parts: keyword arguments for the right computation, which make it go wrong in this way; and three that work on what
    it gives: then=function, sign=number and scale=number.
    """

    def __init__(self, name, look="", edit=None, **parts):
        self.name, self.look, self.edit, self.parts = name, look, edit, parts

    def __repr__(self):
        return f"Slip({self.name!r})"


def compare(answer, cases, truth, slips, words, attempt=None, formulas=(), also=None, before=None, seen=None):
    """Run the learner's code on each case; raise Mistake, by name, unless it gives what truth gives.

    cases: dicts of inputs by name; an array is handed in as a tensor, made anew each time. truth(**case) is the right
    computation in NumPy, and takes the parts of slips, too. words: `evidence.Words`, or just what a case is, "x = {x}".
    attempt(**case) runs the learner's code and returns a float array; by default `answer` on the inputs in order.
    formulas: the right computation as a `formulas.Formula`, or several, to find a small change of it.
    also: more cases by what is special in them, "where there are 40 examples"; they are tried where all others are
    right. before(case): the numbers before the code changed them, for exercises that change something. seen(): what was
    seen of the run that makes wrong numbers, the rest of "not yet: …", or "".
    """
    attempt = attempt or (lambda **case: answer.numbers(*map(handed, case.values())))
    words = words if isinstance(words, Words) else Words(words)
    got, first = [], None
    expected = [predicted(truth, case) for case in cases]
    for number, case in enumerate(cases):
        try:
            got.append(attempt(**case))
        except Mistake as mistake:
            if first is not None:
                break  # what was wrong before says more than an error that comes later
            if number == 0:
                raise
            but = f"it is right for {words.given(cases[0])}, but not for {words.given(case)}"
            raise Mistake(f"{but}: {mistake}") from None
        if first is None and not close(got[number], expected[number]):
            first = number
    if first is None:
        for special, case in (also or {}).items():
            quiet = [slip for slip in slips if all(map(close, expected, _or_nothing(truth, cases, slip)))]
            try:
                one = attempt(**case)
            except Mistake as mistake:
                raise Mistake(f"it is right in other cases, but not {special}: {mistake}") from None
            _hold(one, case, special, truth, quiet, words)
        return
    cases, expected = cases[: len(got)], expected[: len(got)]
    evidence = words.evidence(cases[first], got[first], expected[first])
    if reason := seen and seen():
        raise Mistake(f"{reason}. {evidence}")
    if single := explanations(got, cases, truth, slips, 1):
        raise Mistake(_told(single, evidence))
    if unread := never_uses(answer, _needless(cases[0], truth)):
        raise Mistake(f"{unread}. {evidence}")
    if same := constant(got, expected):
        raise Mistake(f"{same}{': `//` cuts off all behind the point' * divides_whole(answer.value)}. {evidence}")
    if reason := _changed(got, expected, cases, truth, formulas, words, before):
        raise Mistake(f"{reason}. {evidence}")
    if pairs := explanations(got, cases, truth, slips, 2):
        raise Mistake(_told(pairs, evidence))
    if more := (
        _of_wrong_cases(got, expected, cases, truth, slips, words)
        or an_input(cases, got)
        or _and_then(got, expected, cases, truth, slips)
    ):
        raise Mistake(f"{more}. {evidence}")
    if read := odd_loop(answer.value) or kept_in_defaults(answer.value):
        raise Mistake(f"{read}. {evidence}")
    known = what_is_known(attempt, cases, got, expected, words, before, lambda case: predicted(truth, case))
    raise Mistake(f"{known}. {evidence}")


def _needless(case, truth):
    """Return the names of the numbers in a case that change nothing."""
    right, floats = predicted(truth, case), [name for name, value in case.items() if isinstance(value, float)]
    return [name for name in floats if close(predicted(truth, case | {name: 1.5 * case[name]}), right)]


def _of_wrong_cases(got, expected, cases, truth, slips, words):
    """Return the slip that explains all cases in which the numbers are wrong, where others are right, or ""."""
    triples = list(zip(got, expected, cases, strict=True))
    wrong = [(one, case) for one, true, case in triples if not close(one, true)]
    right = [case for one, true, case in triples if close(one, true)]
    if not right or not wrong or _whole([one for one, _ in wrong]):
        return ""
    single = explanations([one for one, _ in wrong], [case for _, case in wrong], truth, slips, 1)
    return f"it is right for {words.given(right[0])}, but not always: {single[0][0].name}" if single else ""


def _and_then(got, expected, cases, truth, slips):
    """Return a slip and what was done to its numbers after it, where both together explain all, or ""."""
    if sum(one.size for one in got) < 2 or _whole(got) or not all(np.all(np.isfinite(one)) for one in got):
        return ""
    alike = all(one.shape in ((), true.shape) for one, true in zip(got, expected, strict=True))
    if not alike or ratio(got, expected, cases):  # which is simpler
        return ""
    for slip in slips:
        values = [predicted(truth, case, slip) for case in cases]
        if any(value is None or not np.all(np.abs(value) < ANYTHING) for value in values) or all(
            map(close, values, expected)
        ):
            continue
        times = ratio(got, values, cases)  # a sum of two shifts is one shift, and no two things
        if then := of_a_result(got, values) or (" times " in times and times.replace("what it should be", "that")):
            return f"two things: {slip.name}, and then {then}"
    return ""


def _whole(numbers):
    """Return whether all numbers are whole: then many slips give the same ones by chance."""
    return all(np.all(one == np.round(one)) for one in numbers)


def _or_nothing(truth, cases, slip):
    """Return what a slip gives for each case, an empty array where it can't be computed."""
    values = [predicted(truth, case, slip) for case in cases]
    return [np.zeros(0) if value is None else value for value in values]


def _hold(got, case, special, truth, slips, words):
    """Raise Mistake unless the numbers of a special case are right, too. slips: those that give the others right."""
    if close(got, expected := predicted(truth, case)):
        return
    evidence, but = words.evidence(case, got, expected), f"it is right in other cases, but not {special}"
    if single := explanations([got], [case], truth, slips, 1):
        raise Mistake(f"{but}: {_told(single, evidence)}")
    name = of_an_input(lambda case: predicted(truth, case), [case], [got]) or of_a_result([got], [expected])
    raise Mistake(f"{but}{': ' * bool(name)}{name}. {evidence}")


def _changed(got, expected, cases, truth, formulas, words, before):
    """Return which one small change of the inputs, of the formula or of the result gives the numbers, or ""."""
    if done := of_a_result(got, expected):
        return f"it would be right, but {done}"
    if known := of_labels(cases, got, expected, words, before, each=True):
        return known
    finite = all(np.all(np.isfinite(one)) for one in got)  # nan is equal to every other nan
    if formula := finite and changed_line(formulas, [exact(case) for case in cases], got, expected, words.labels):
        return formula
    return of_an_input(lambda case: predicted(truth, case), cases, got) if finite else ""


def handed(value):
    """Return an input as the learner's code gets it: arrays as new tensors, anything else as it is."""
    return tf.constant(value) if isinstance(value, np.ndarray) else value


def _told(found, evidence):
    """Return the words for the combinations of slips that explain the numbers; all have the same size."""
    names = dict.fromkeys(listed(slip.name for slip in combination) for combination in found[:2])
    looks = dict.fromkeys(slip.look for combination in found[: 1 if len(found[0]) > 1 else 2] for slip in combination)
    two = "two things: " if len(found[0]) == 2 else ""
    return " ".join(filter(None, [f"{two}{' (or: '.join(names)}{')' * (len(names) > 1)}.", evidence, *looks]))
