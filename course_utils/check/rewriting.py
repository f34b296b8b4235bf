"""A line of Python, "name = expression", and all that one mistake makes of it."""

import ast
import copy
import itertools
import re

import numpy as np

OPERATORS = ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.Mod, ast.FloorDiv
FUNCTIONS = {
    "mean": np.mean,
    "median": np.median,
    "sum": np.sum,
    "std": np.std,
    "var": np.var,
    "ptp": np.ptp,
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
    "-{0}",
    "2 * {0}",
    "{0} / 2",
    "{0} + 1",
    "{0} - 1",
    "1 - {0}",
    "1 / {0}",
    "{0} / n",
    "{0} * n",
    "{0} * n / (n - 1)",
    "{0} + n",
    "{0} - mean({0})",
    *(f"{name}({{0}})" for name in FUNCTIONS),
]
EVERYWHERE = [(r" ?\*\* ?0\.5", " / 2"), (r" ?\*\* ?", " * "), (r"\b1 - ", ""), (r" - ", " + "), (r" / ", " * ")]
MOST_PARTS = 6  # of a chain of operators whose brackets are moved


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


def changes_of_several(lines, names):
    """Yield lines with one change made in all of them, or in two that differ in names and numbers only."""
    whole = "\n".join(lines)
    for name in FUNCTIONS:
        if len(re.findall(rf"\b{name}\(", whole)) > 1:
            for other in ["", *FUNCTIONS]:
                yield re.sub(rf"\b{name}\(", f"{other}(", whole).splitlines()
    for number in set(re.findall(r"\b\d[\d.]*", whole)):
        if whole.count(number) > 1:
            for other in NUMBERS:
                yield re.sub(rf"(?<![\w.]){re.escape(number)}(?![\w.])", f"{other:g}", whole).splitlines()
    for old, new in EVERYWHERE:
        if len(re.findall(old, whole)) > 1:
            yield re.sub(old, new, whole).splitlines()
    for one, other in itertools.combinations(range(len(lines)), 2):
        if _form(lines[one]) == _form(lines[other]):
            for pair in zip(changes(lines[one], names), changes(lines[other], names), strict=True):
                yield [pair[(one, other).index(k)] if k in (one, other) else line for k, line in enumerate(lines)]


def _form(line):
    """Return a line without its names and numbers."""
    return re.sub(r"\b(?![a-z]+\()[\w.]+", "_", line)


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
        parts, operators = _chain(node)
        if 2 < len(parts) <= MOST_PARTS:
            yield from _bracketed(parts, operators)
        if isinstance(inner := node.left, ast.BinOp):  # what should come first comes second
            yield ast.BinOp(ast.BinOp(inner.left, node.op, node.right), inner.op, inner.right)
    elif isinstance(node, ast.Name):
        for name in names:
            yield ast.Name(name)
            yield from (ast.BinOp(node, operator(), ast.Name(name)) for operator in OPERATORS[:5])
    elif isinstance(node, ast.Constant):
        yield from (ast.Constant(number) for number in NUMBERS)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Call):
        yield node.args[0]
        yield from map(ast.Name, names)
        yield from (ast.Call(ast.Name(name), node.args, []) for name in FUNCTIONS)
        if isinstance(inner := node.args[0], ast.BinOp):  # each part by itself, or one of them
            left, right = (ast.Call(node.func, [part], []) for part in (inner.left, inner.right))
            for pair in ((left, right), (left, inner.right), (inner.left, right)):
                yield ast.BinOp(pair[0], inner.op, pair[1])


def _chain(node):
    """Return the parts of an expression between its operators, and these, in the order in which they are written."""
    if not isinstance(node, ast.BinOp):
        return [node], []
    (left, first), (right, second) = _chain(node.left), _chain(node.right)
    return left + right, [*first, node.op, *second]


def _bracketed(parts, operators):
    """Yield these parts and operators, in this order, with brackets in each way."""
    if not operators:
        yield parts[0]
    for k, operator in enumerate(operators):
        for left in _bracketed(parts[: k + 1], operators[:k]):
            for right in _bracketed(parts[k + 1 :], operators[k + 1 :]):
                yield ast.BinOp(left, operator, right)


def _around(node):
    """Yield what may be put round a part of an expression by mistake."""
    for form in AROUND:
        yield ast.parse(form.format(f"({ast.unparse(node)})"), mode="eval").body
