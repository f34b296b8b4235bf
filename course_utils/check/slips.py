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
from .result import Mistake, Symptom
from .values import ANYTHING, close, listed

SHARES = ("beta",)  # inputs between 0 and 1, whatever the size of the others
SIZES = {"where the numbers are large": 40, "where the numbers are small": 0.025}  # beyond a limit in the code


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


def compare(answer, cases, truth, slips, words, attempt=None, formulas=(), also=None, before=None, seen=None, sized=()):
    """Run the learner's code on each case; raise Mistake, by name, unless it gives what truth gives.

    cases: dicts of inputs by name; an array is handed in as a tensor, made anew each time. truth(**case) is the right
    computation in NumPy, and takes the parts of slips, too. words: `evidence.Words`, or just what a case is, "x = {x}".
    attempt(**case) runs the learner's code and returns a float array; by default `answer` on the inputs in order.
    formulas: the right computation as a `formulas.Formula`, or several, to find a small change of it.
    also: more cases by what is special in them, "where there are 40 examples"; they are tried where all others are
    right. before(case): the numbers before the code changed them, for exercises that change something. seen(): what was
    seen of the run that makes wrong numbers, the rest of "not yet: …", or "". sized: the inputs that are tried larger
    and smaller, too; by default, where attempt is the default, all floats but shares.
    """
    sized = sized or ([name for name in cases[0] if name not in SHARES] if attempt is None else [])
    also = (also or {}) | _in_other_sizes(cases[0], sized)
    attempt = attempt or (lambda **case: answer.numbers(*map(handed, case.values())))
    words = words if isinstance(words, Words) else Words(words)
    if not answer.in_words:
        cases = cases[answer.wrong_case :] + cases[: answer.wrong_case]
    expected = [predicted(truth, case) for case in cases]
    got, first = _ran(attempt, cases, expected, words, answer.in_words)
    if first is None:

        def quiet():
            return [slip for slip in slips if all(map(close, expected, _or_nothing(truth, cases, slip)))]

        for special, case in also.items():
            _hold(attempt, case, special, truth, quiet, words)
        return
    answer.wrong_case = first
    cases, expected = cases[: len(got)], expected[: len(got)]
    evidence = words.evidence(cases[first], got[first], expected[first])
    if not answer.in_words:
        raise Mistake(evidence)
    if reason := seen and seen():
        raise Mistake(f"{reason}. {evidence}")
    for reason, *looks in _reasons(answer, attempt, cases, got, expected, truth, slips, words, formulas, before):
        if reason:
            raise Mistake(" ".join([f"{reason}.", evidence, *looks]), is_symptom=isinstance(reason, Symptom))


def _in_other_sizes(case, names):
    """Return a case where inputs are far larger and one where they are far smaller, by what is special in them."""
    floats = {name: case[name] for name in names if np.asarray(case[name]).dtype.kind == "f"}
    sizes = SIZES.items() if floats else ()
    return {size: case | {name: _times(by, value) for name, value in floats.items()} for size, by in sizes}


def _times(factor, value):
    """Return a float, a list of them or a float array times a factor, of the same kind and dtype, in few digits."""
    if isinstance(value, list):
        return [_times(factor, one) for one in value]
    return np.float32(factor) * value if isinstance(value, np.ndarray) else round(factor * value, 6)


def _ran(attempt, cases, expected, words, go_on):
    """Return what the learner's code gives for the cases, up to an error, and the number of the first wrong one.

    go_on: whether the cases after a wrong one are asked for, too.
    """
    got, first = [], None
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
            if not go_on:
                break
    return got, first


def _reasons(answer, attempt, cases, got, expected, truth, slips, words, formulas, before):
    """Yield what may be wrong, the likely first: [words or "", where to look, …]. The last one always has words."""
    yield _told(explanations(got, cases, truth, slips, 1))
    yield [never_uses(answer, _needless(cases[0], truth))]
    if same := constant(got, expected):
        yield [f"{same}: `//` cuts off all behind the point" if divides_whole(answer.value) else Symptom(same)]
    yield [_changed(got, expected, cases, truth, formulas, words, before)]
    yield _told(explanations(got, cases, truth, slips, 2))
    yield [_of_wrong_cases(got, expected, cases, truth, slips, words)]
    yield [an_input(cases, got)]
    yield [_and_then(got, expected, cases, truth, slips)]
    yield [odd_loop(answer.value) or kept_in_defaults(answer.value)]
    yield [what_is_known(attempt, cases, got, expected, words, before, lambda case: predicted(truth, case))]


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


def _hold(attempt, case, special, truth, slips, words):
    """Raise Mistake unless the numbers of a special case are right, too. slips(): those that give the others right."""
    but = f"it is right in other cases, but not {special}"
    try:
        got = attempt(**case)
    except Mistake as mistake:
        raise Mistake(f"{but}: {mistake}") from None
    if close(got, expected := predicted(truth, case)):
        return
    name, *looks = _told(explanations([got], [case], truth, slips(), 1))
    name = name or of_an_input(lambda case: predicted(truth, case), [case], [got])
    if got.size > 1:  # one number is many things by chance
        name = name or of_a_result([got], [expected])
    evidence = words.evidence(case, got, expected)
    raise Mistake(" ".join([f"{but}{': ' * bool(name)}{name}.", evidence, *looks]), is_symptom=not name)


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


def _told(found):
    """Return the words for the combinations of slips that explain the numbers, and where to look; all of one size."""
    if not found:
        return [""]
    two = len(found[0]) == 2
    names = dict.fromkeys(listed(slip.name for slip in combination) for combination in found[:2])
    looks = dict.fromkeys(slip.look for combination in found[: 1 if two else 2] for slip in combination)
    return [f"{'two things: ' * two}{' (or: '.join(names)}{')' * (len(names) > 1)}", *filter(None, looks)]
