"""What often takes the place of an input, or is done to a result, by mistake; each can be told in words.

No exercise needs to list these: they are tried on the right computation of any.
"""

import itertools

import numpy as np

from .values import close, short

OF_A_NUMBER = {
    "-{}": np.negative,
    "abs({})": np.abs,
    "{} + 1": lambda v: v + 1,
    "{} - 1": lambda v: v - 1,
    "2 * {}": lambda v: 2 * v,
    "{} / 2": lambda v: v / 2,
    "{} / 10": lambda v: v / 10,
    "10 * {}": lambda v: 10 * v,
    "{}**2": np.square,
    "sqrt({})": np.sqrt,
    "1 / {}": lambda v: 1 / v,
    "int({})": np.trunc,
    "round({})": np.round,
    "floor({})": np.floor,
    "ceil({})": np.ceil,
}
OF_A_WHOLE_NUMBER = {
    "{} + 1": lambda v: v + 1,
    "{} - 1": lambda v: v - 1,
    "2 * {}": lambda v: 2 * v,
    "{} // 2": lambda v: v // 2,
    "{}**2": lambda v: v * v,
}
OF_AN_ARRAY = OF_A_NUMBER | {
    "{}[::-1]": lambda v: v[::-1],
    "{}, sorted,": np.sort,
    "{} - mean({})": lambda v: v - v.mean(),
    "{}, moved by one,": lambda v: np.roll(v, 1),
    "{}, moved back by one,": lambda v: np.roll(v, -1),
    "{}[0]": lambda v: 0 * v + v[0],
    "{}[-1]": lambda v: 0 * v + v[-1],
    "mean({})": lambda v: 0 * v + v.mean(),
    "sum({})": lambda v: 0 * v + v.sum(),
}
PARTS = {
    "only the first example is used": lambda v: v[:1],
    "only the last example is used": lambda v: v[-1:],
    "only the first half of the examples is used": lambda v: v[: len(v) // 2],
    "only the second half of the examples is used": lambda v: v[len(v) // 2 :],
    "the first example is left out": lambda v: v[1:],
    "the last example is left out": lambda v: v[:-1],
    "the last fifth of the examples is left out": lambda v: v[: len(v) * 4 // 5],
    "only every second example is used": lambda v: v[::2],
    "each is sorted by itself": np.sort,
    **{f"only the first {k} examples are used": lambda v, k=k: v[:k] for k in (2, 3, 4, 5, 8, 10, 16, 20, 25, 30, 32)},
}
TAKEN = 0.0, 1.0, -1.0, 2.0, 0.1, 0.01, 0.001, 0.5, 0.05, 0.2, 0.3, 3.0, 5.0, 10.0, 100.0
DONE = {
    "the sign is lost": np.abs,
    "its square root is taken": np.sqrt,
    "it is squared": np.square,
    "it is upside down": lambda v: 1 / v,
    "1 is added": lambda v: v + 1,
    "1 is subtracted": lambda v: v - 1,
    "it is taken away from 1": lambda v: 1 - v,
    "its logarithm is taken": np.log,
    "only its sign is left": np.sign,
    "it is cut off at -1 and 1": lambda v: np.clip(v, -1, 1),
    "it is cut off at 0 and 1": lambda v: np.clip(v, 0, 1),
    "what is below 0 is cut off": lambda v: np.maximum(v, 0),
    **{f"it is rounded to {k} decimal{'s' * (k > 1)}": lambda v, k=k: np.round(v, k) for k in (1, 2, 3)},
    **{f"it is rounded up to {k} decimal{'s' * (k > 1)}": lambda v, k=k: np.ceil(v * 10**k) / 10**k for k in (1, 2)},
    **{f"it is rounded down to {k} decimal{'s' * (k > 1)}": lambda v, k=k: np.floor(v * 10**k) / 10**k for k in (1, 2)},
    "it is rounded": np.round,
    "all behind the point is lost": np.trunc,
}
DONE_TO_SEVERAL = {
    "only their sum is left": np.sum,
    "only their mean is left": np.mean,
    "only the first is left": lambda v: v[0],
    "only the last is left": lambda v: v[-1],
    "only the middle one is left": lambda v: v[len(v) // 2],
    "only the largest is left": np.max,
    "only the smallest is left": np.min,
    "they are turned round": lambda v: v[::-1],
    "they are sorted": lambda v: np.sort(v, axis=0),
    "each is the sum of those so far": lambda v: np.cumsum(v, axis=0),
    "each is the mean of those so far": lambda v: (np.cumsum(v, axis=0).T / np.arange(1, len(v) + 1)).T,
    "they are scaled to the length 1": lambda v: v / np.linalg.norm(v, axis=0),
    "they are divided by the largest": lambda v: v / np.max(v),
    "their mean is subtracted": lambda v: v - v.mean(),
    "they stand in a column, and not in a row": lambda v: v[:, None],
    "they stand in one more pair of brackets": lambda v: v[None],
    "the first is missing": lambda v: v[1:],
    "the last is missing": lambda v: v[:-1],
}


def of_an_input(gives, cases, got):
    """Return words where the numbers are the right ones for another input than the one that was handed in.

    gives(case): the right numbers for a case, None where there are none. got: the learner's, for each of the cases.
    """
    expected = [gives(case) for case in cases]
    wrong = [pair for pair in zip(cases, got, expected, strict=True) if not _same(pair[1], pair[2])]

    def fits(change, among):
        return all(_same(numbers, _changed(gives, case, change)) for case, numbers, _ in among)

    everywhere = [(words, change) for words, change in _changes(cases[0], not cases[1:]) if fits(change, wrong)]
    for words, change in everywhere:
        if fits(change, zip(cases, got, expected, strict=True)):
            return words
    for words, change in _constants(cases) if len(wrong) > 1 else ():  # one number is many things by chance
        if fits(change, wrong):
            return words
    return ""


def of_a_result(got, expected):
    """Return what was done to the right numbers, as "the sign is lost", or "" where it is none of these."""
    several = all(one.ndim and len(one) > 1 for one in expected)
    for words, change in (DONE | DONE_TO_SEVERAL if several else DONE).items():
        with np.errstate(all="ignore"):
            if all(_same(one, change(true)) for one, true in zip(got, expected, strict=True)):
                return words
    return _cut(got, expected)


def _cut(got, expected):
    """Return words where numbers are right up to a limit, and the limit beyond it."""
    if any(one.shape != true.shape for one, true in zip(got, expected, strict=True)):
        return ""
    one, true = (np.concatenate([np.ravel(part) for part in parts]) for parts in (got, expected))
    wrong = ~np.isclose(one, true, rtol=1e-4)
    limits = one[wrong]
    if sum(wrong) < 2 or all(wrong) or not close(limits, np.full(len(limits), limits[0])):
        return ""
    for words, beyond in (("above", true[wrong] > limits[0]), ("below", true[wrong] < limits[0])):
        if all(beyond):
            return f"it never goes {words} {short(limits[0])}"
    return ""


def _same(numbers, others):
    return others is not None and close(numbers, others)


def _changed(gives, case, change):
    """Return the right numbers for a changed case, or None."""
    try:
        with np.errstate(all="ignore"):
            return gives(change(case))
    except (ValueError, IndexError, TypeError, ZeroDivisionError):
        return None


def _changes(case, alone):
    """Yield (words, function from a case to a changed one) for all that may be mistaken in inputs like these.

    alone: whether there is no other case, so that a small whole number would be many things by chance.
    """
    numeric = {name: value for name, value in case.items() if isinstance(value, (int, float, np.ndarray))}
    for one, other in itertools.combinations(numeric, 2):
        if type(case[one]) is type(case[other]):
            yield f"`{one}` and `{other}` are swapped", lambda case, a=one, b=other: case | {a: case[b], b: case[a]}
    arrays = [name for name, value in numeric.items() if isinstance(value, np.ndarray)]
    for words, part in PARTS.items() if arrays else ():
        if part is np.sort and len(arrays) == 1:
            continue  # that is told by the array's name
        yield words, lambda case, part=part: case | {name: part(case[name]) for name in arrays}
    for name, value in numeric.items():
        kind = OF_AN_ARRAY if isinstance(value, np.ndarray) else OF_A_NUMBER
        if isinstance(value, int):
            kind = {} if alone else OF_A_WHOLE_NUMBER
        for form, change in kind.items():
            words = f"it is as if `{form.format(*[name] * form.count('{'))}` stood in the place of `{name}`"
            yield words, lambda case, name=name, change=change: case | {name: change(case[name])}


def _constants(cases):
    """Yield (words, change) for each input that may be taken for a fixed number."""
    for name, value in cases[0].items():
        if isinstance(value, (int, float)):
            for taken in range(max(case[name] for case in cases) + 3) if isinstance(value, int) else TAKEN:
                words = f"it is as if `{name}` were {taken:g}"
                yield words, lambda case, name=name, taken=taken: case | {name: taken}
