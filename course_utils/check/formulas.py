"""A computation as lines of Python, and all that one small change makes of it.

Where no slip with a name of its own explains the numbers of a learner's code, one of these often does: an operator, a
bracket, a name or a number taken for another, a sign or a function forgotten or put in. Such a mistake is told as the
formula that gives the same numbers.
"""

import ast
import functools

import numpy as np

from .rewriting import FUNCTIONS, changes, changes_of_several
from .values import close, listed


class Formula:
    """Lines "name = expression" on the inputs of an exercise; the last of them, or `result`, is what it computes.

    names: what else might stand in it by mistake; `n` is how many examples there are. run(lines, case) computes the
    result of changed lines; by default they are run once, on the inputs.
    """

    def __init__(self, *lines, result="", names=(), run=None):
        self.lines, self._also, self._run = lines, set(names), run
        self._wanted = compile(result or lines[-1].partition(" = ")[0], "<formula>", "eval")

    def __call__(self, case, lines=None):
        """Return what the lines compute for a case: a float array."""
        lines = _compiled(self.lines) if lines is None else lines
        count = next((len(value) for value in case.values() if np.ndim(value)), 1)
        return np.asarray((self._run or self.once)(lines, case | {"n": count}), float)

    def gives(self, lines, case, numbers, columns=...):
        """Return whether the lines compute these numbers for a case. columns: those of them that count."""
        try:
            with np.errstate(all="ignore"):
                value = self(case, lines)
            return value.shape == numbers.shape and close(numbers[columns], value[columns])
        except (ArithmeticError, ValueError, TypeError, NameError, IndexError):
            return False  # a change that can't be computed

    def once(self, lines, names):
        """Return the result of the lines, which may use these names."""
        numbers = {name: np.float64(one) for name, one in names.items() if isinstance(one, (int, float))}
        space = FUNCTIONS | names | numbers  # NumPy's own numbers: to the power of each other, they are never huge
        for line in lines:
            exec(line, space)  # noqa: S102 - lines of our own, changed by us
        return eval(self._wanted, space)  # noqa: S307

    @property
    def changed(self):
        """All formulas that one change makes: a list of (the changed line, all lines compiled)."""
        return _changed(self.lines, tuple(self._names()))

    def _names(self):
        trees = [ast.parse(line) for line in self.lines]
        names = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)]
        used = {name.id for name in names if isinstance(name.ctx, ast.Load)}
        return sorted((used | self._also) - set(FUNCTIONS))


@functools.cache  # it takes a good part of a second, and formulas are made anew at each check
def _changed(lines, names):
    found = {}
    for number, line in enumerate(lines):
        for other in changes(line, names):
            if other not in found and other != line:
                found[other] = _compiled((*lines[:number], other, *lines[number + 1 :]))
    for others in changes_of_several(lines, names):
        told = [other for other, line in zip(others, lines, strict=True) if other != line]
        if told:
            found.setdefault("; ".join(told), _compiled(others))
    return list(found.items())


def _compiled(lines):
    return [_code(line) for line in lines]


@functools.cache
def _code(line):
    return compile(line, "<formula>", "exec")


def changed_line(formulas, cases, got, expected, labels=()):
    """Return words with the shortest changed line of a formula that gives what the learner's code gave, or "".

    got, expected: a float array for each case. labels: the names of its columns; where some are right, only the others
    have to fit.
    """
    columns, whose = ..., ""
    if labels and all(one.shape == true.shape for one, true in zip(got, expected, strict=True)):
        pairs = list(zip(got, expected, strict=True))
        wrong = [k for k in range(len(labels)) if not all(close(one[k], true[k]) for one, true in pairs)]
        if len(wrong) < len(labels):
            columns, whose = wrong, f" for {listed(labels[k] for k in wrong)}"
    found = [
        line
        for formula in formulas
        for line, changed in formula.changed
        if all(formula.gives(changed, case, one, columns) for case, one in zip(cases, got, strict=True))
    ]
    return f"the numbers{whose} are those of `{min(found, key=len)}`" if found else ""
