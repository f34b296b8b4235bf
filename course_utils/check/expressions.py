"""The shortest expression of the inputs that gives certain numbers: what a learner's code computes, whatever it is."""

import contextlib
import itertools

import numpy as np

from .values import close, short

CONSTANTS = {"1": 1.0, "2": 2.0, "0.5": 0.5}
UNARY = {
    "-{}": np.negative,
    "abs({})": np.abs,
    "square({})": np.square,
    "sqrt({})": np.sqrt,
    "exp({})": np.exp,
    "log({})": np.log,
    "round({})": np.round,
    "floor({})": np.floor,
    "ceil({})": np.ceil,
    "sin({})": np.sin,
}
OVER = {
    "mean({})": np.mean,
    "sum({})": np.sum,
    "max({})": np.max,
    "min({})": np.min,
    "median({})": np.median,
    "std({})": np.std,
    "var({})": np.var,
}
BINARY = {
    "{} + {}": np.add,
    "{} - {}": np.subtract,
    "{} * {}": np.multiply,
    "{} / {}": np.divide,
    "{} ** {}": np.power,
    "max({}, {})": np.maximum,
    "min({}, {})": np.minimum,
}
MOST_INPUTS, MOST_NUMBERS = 2, 4  # with more inputs, or inputs that are numbers, there are too many expressions


def expression(cases, got):
    """Return an expression of the inputs that gives these numbers for every case, or "".

    cases: dicts of inputs by name; only numbers and arrays of one shape are used. got: a float array for each.
    """
    names = [name for name, value in cases[0].items() if isinstance(value, (int, float, np.ndarray))]
    most = MOST_INPUTS if any(np.ndim(value) for value in cases[0].values()) else MOST_NUMBERS
    if len(names) != len(cases[0]) or not 0 < len(names) <= most:
        return ""
    leaves = {name: [np.asarray(case[name], float) for case in cases] for name in names}
    with np.errstate(all="ignore"), contextlib.suppress(ValueError):  # shapes that do not fit together
        for text, values in _expressions(leaves):
            if _begins(values[0], got[0]) and all(map(close, got, values)):
                return text
    return ""


def _begins(value, got):
    """Return whether two arrays have one shape, and nearly the same first number: a quick test before `close`."""
    return np.shape(value) == got.shape and (
        not got.size or abs(np.ravel(value)[0] - got.flat[0]) <= 0.01 * np.max(np.abs(got)) + 1e-3
    )


def linear(cases, got):
    """Return words where all numbers are one sum of the inputs, each times a constant, and a constant."""
    names = [name for name, value in cases[0].items() if isinstance(value, (int, float, np.ndarray))]
    arrays = [name for name in names if np.ndim(cases[0][name])]
    pairs = list(zip(cases, got, strict=True))
    if not arrays or any(one.shape != np.shape(case[name]) for case, one in pairs for name in arrays):
        return ""
    rows = [np.stack([*(0 * one + case[name] for name in names), 0 * one + 1], axis=-1) for case, one in pairs]
    table = np.concatenate([row.reshape(-1, len(names) + 1) for row in rows])
    numbers = np.concatenate([np.ravel(one) for one in got])
    if len(numbers) < len(names) + 4 or np.linalg.matrix_rank(table) < len(names) + 1:
        return ""
    factors = np.linalg.lstsq(table, numbers, rcond=None)[0]
    if not close(table @ factors, numbers):
        return ""
    parts = [f"{short(by)} * {name}" for name, by in zip(names, factors, strict=False) if abs(by) > 1e-4]
    parts += [short(factors[-1])] * int(abs(factors[-1]) > 1e-3)
    fixed = any(by != round(by, 1) for by in map(float, map(short, factors)))
    whatever = ": fixed numbers, whatever is given" if fixed else ""
    return f"the numbers are those of `{' + '.join(parts).replace('+ -', '- ')}`{whatever}"


def _expressions(leaves):
    """Yield (text, its values for the cases), the short ones first; each value once."""
    count = len(next(iter(leaves.values())))
    leaves = leaves | {text: [np.asarray(value)] * count for text, value in CONSTANTS.items()}
    over = OVER if any(one.ndim for values in leaves.values() for one in values) else {}
    seen, last = set(), []
    for text, values in leaves.items():
        seen.add(_key(values))
        last.append((text, values))
    yield from last
    for _ in range(2):
        new = []
        for text, values in itertools.chain(_of_one(last, UNARY | over), _of_two(last, leaves)):
            if (key := _key(values)) not in seen:
                seen.add(key)
                new.append((text, values))
                yield text, values
        last = new
    yield from _of_one(last, over)


def _of_one(among, unary):
    for (text, values), (form, change) in itertools.product(among, unary.items()):
        yield form.format(_bracketed(text) if form[0] == "-" else text), [change(value) for value in values]


def _of_two(among, leaves):
    for (text, values), (leaf, others), (form, change) in itertools.product(among, leaves.items(), BINARY.items()):
        if change is np.power and values[0].ndim and others[0].ndim:
            continue  # nobody writes that, and huge and tiny numbers fit by chance
        yield form.format(_bracketed(text), leaf), [change(*pair) for pair in zip(values, others, strict=True)]
        yield form.format(leaf, _bracketed(text)), [change(*pair) for pair in zip(others, values, strict=True)]


def _key(values):
    """Return what tells values from others, but for rounding."""
    return tuple(np.round(value, 9).tobytes() + str(value.shape).encode() for value in map(np.asarray, values))


def _bracketed(text):
    """Return an expression so that it can stand beside an operator."""
    return f"({text})" if text.startswith("-") or (" " in text and not text.endswith(")")) else text
