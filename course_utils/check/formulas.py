"""A computation as lines of Python, and all that one small change makes of it.

Where no slip with a name of its own explains the numbers of a learner's code, one of these often does: an operator, a
bracket, a name or a number taken for another, a sign or a function forgotten or put in. Such a mistake is told as the
formula that gives the same numbers.
"""

import ast
import copy
import functools
import itertools
import re

import numpy as np

from .values import close, listed

OPERATORS = ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.Mod, ast.FloorDiv
FUNCTIONS = {
    "mean": np.mean,
    "median": np.median,
    "sum": np.sum,
    "max": np.max,
    "min": np.min,
    "abs": np.abs,
    "square": np.square,
    "sqrt": np.sqrt,
    "sign": np.sign,
    "round": np.round,
    "floor": np.floor,
    "ceil": np.ceil,
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
}
NUMBERS = 0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 0.1, 0.9, 0.99
AROUND = [
    "-{}",
    "2 * {}",
    "{} / 2",
    "{} + 1",
    "1 - {}",
    "1 / {}",
    "{} / n",
    "{} * n",
    *(f"{name}({{}})" for name in FUNCTIONS),
]


class Formula:
    """Lines "name = expression" on the inputs of an exercise; the last of them, or `result`, is what it computes.

    names: what else might stand in it by mistake; `n` is how many examples there are. run(lines, case) computes the
    result of changed lines; by default they are run once, on the inputs.
    """

    def __init__(self, *lines, result="", names=(), run=None):
        self.lines, self._also, self._run = lines, set(names), run
        self._result = result or lines[-1].partition(" = ")[0]

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
        space = FUNCTIONS | names
        for line in lines:
            exec(line, space)  # noqa: S102 - lines of our own, changed by us
        return eval(self._result, space)  # noqa: S307

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
    for others in _everywhere(lines):
        found.setdefault("; ".join(others), _compiled(others))
    return list(found.items())


def _everywhere(lines):
    """Yield the lines with one function, or one number, taken for another wherever it stands twice or more."""
    whole = "\n".join(lines)
    for name in FUNCTIONS:
        if len(re.findall(rf"\b{name}\(", whole)) > 1:
            for other in ["", *FUNCTIONS]:
                yield re.sub(rf"\b{name}\(", f"{other}(", whole).splitlines()
    for number in set(re.findall(r"\b\d[\d.]*", whole)):
        if whole.count(number) > 1:
            for other in NUMBERS:
                yield re.sub(rf"(?<![\w.]){re.escape(number)}(?![\w.])", f"{other:g}", whole).splitlines()


def _compiled(lines):
    return [compile(line, "<formula>", "exec") for line in lines]


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


def changes(line, names):
    """Yield a line "name = expression" with each of its parts changed in each way. names: what may stand in it."""
    tree = ast.parse(line)
    expression = tree.body[0].value
    heads = {id(node.func) for node in ast.walk(expression) if isinstance(node, ast.Call)}
    for place, node in enumerate(ast.walk(expression)):
        if isinstance(node, ast.expr) and id(node) not in heads:
            for other in [*_instead(node, names), *_around(node)]:
                yield ast.unparse(_replaced(tree, place, other))
    for one, other in itertools.combinations(names, 2):
        yield re.sub(rf"\b({one}|{other})\b", lambda name, swap={one: other, other: one}: swap[name[0]], line)


def _replaced(tree, place, other):
    """Return a copy of a line's tree in which the part at a place, in the order of ast.walk, is another one."""
    tree = copy.deepcopy(tree)
    old = list(ast.walk(tree.body[0].value))[place]

    class Replace(ast.NodeTransformer):
        def visit(self, node):
            return other if node is old else self.generic_visit(node)

    return Replace().visit(tree)


def _instead(node, names):
    """Yield what may stand in the place of a part of an expression by mistake."""
    if isinstance(node, ast.BinOp):
        yield from (node.left, node.right, ast.BinOp(node.right, node.op, node.left))
        yield from (ast.BinOp(node.left, operator(), node.right) for operator in OPERATORS)
        if isinstance(node.left, ast.BinOp):
            inner = node.left
            yield ast.BinOp(inner.left, inner.op, ast.BinOp(inner.right, node.op, node.right))
        if isinstance(node.right, ast.BinOp):
            inner = node.right
            yield ast.BinOp(ast.BinOp(node.left, node.op, inner.left), inner.op, inner.right)
    elif isinstance(node, ast.Name):
        for name in names:
            yield ast.Name(name)
            yield ast.BinOp(node, ast.Mult(), ast.Name(name))
            yield ast.BinOp(node, ast.Div(), ast.Name(name))
    elif isinstance(node, ast.Constant):
        yield from (ast.Constant(number) for number in NUMBERS)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Call):
        yield node.args[0]
        yield from (ast.Call(ast.Name(name), node.args, []) for name in FUNCTIONS)


def _around(node):
    """Yield what may be put round a part of an expression by mistake."""
    for form in AROUND:
        yield ast.parse(form.format(f"({ast.unparse(node)})"), mode="eval").body
