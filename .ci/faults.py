"""Faults that a hand could slip into a room: each is one edit of its source, which still compiles."""

import ast
import re
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import NamedTuple

SIGN = {ast.Add: ast.Sub, ast.Sub: ast.Add}
OPERATOR = {
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add, ast.Pow: ast.Mult,
    ast.MatMult: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
COMPARISON = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip

# Functions of two equal arguments.
SYMMETRIC = {"min", "max", "minimum", "maximum", "hypot", "isclose", "allclose", "array_equal"}


class Fault(NamedTuple):
    """file: its path from the top. line: where in it. edit: makes the file's text with the fault from that without."""

    file: str
    line: int
    kind: str
    before: str
    after: str
    edit: Callable[[str], str]

    def __str__(self):
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.file}:{self.line}: {self.kind}: {before}  →  {after}"


def faults_of(file, source):
    """Return every Fault of one Python file, in order."""
    tree, found = ast.parse(source), []
    starts = [0]
    for line in source.encode().splitlines(keepends=True):  # ast counts bytes
        starts.append(starts[-1] + len(line))
    for node in _to_be_changed(tree):
        start, end = (starts[line - 1] + column for line, column in _ends(node))
        before = source.encode()[start:end].decode(errors="replace")
        if not _is(before, node):
            continue  # Python before 3.12 does not know where the parts of an f-string stand
        for kind, after in [*_other_expressions(node, before), *_other_statements(node)]:
            fault = Fault(file, node.lineno, kind, before, after, partial(_splice, start, end, after))
            if _compiles(fault.edit(source)):
                found.append(fault)
    return found


def _splice(start, end, after, source):
    data = source.encode()
    return (data[:start] + after.encode() + data[end:]).decode()


def _ends(node):
    """Return where a node begins and ends; a `with` ends before its body."""
    if isinstance(node, ast.With):
        return (node.lineno, node.col_offset), (node.body[0].lineno, 0)
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _is(text, node):
    if isinstance(node, ast.With):
        return True
    try:
        [found] = ast.parse(text.strip(), mode="exec").body
    except (SyntaxError, ValueError):
        return isinstance(node, (ast.Return, ast.Continue, ast.Break))  # alone, these stand outside a function or loop
    found = found.value if isinstance(found, ast.Expr) and not isinstance(node, ast.Expr) else found
    return ast.unparse(found) == ast.unparse(node)


def _to_be_changed(tree):
    """Yield all nodes but docstrings, annotations, what is imported, and the strict of a zip, which nothing tries."""
    queue = [tree]
    while queue:
        node = queue.pop(0)
        if isinstance(node, (ast.Import, ast.ImportFrom)) or (isinstance(node, ast.keyword) and node.arg == "strict"):
            continue
        left_out = {id(getattr(node, name, None)) for name in ("annotation", "returns")}
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            left_out.add(id(node.body[0]))
        queue += [child for child in ast.iter_child_nodes(node) if id(child) not in left_out]
        if isinstance(node, (ast.If, ast.While)):
            node.test.decides = True
        if hasattr(node, "end_lineno"):
            yield node


def _compiles(source):
    try:
        compile(source, "room", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _with(node, **changes):
    """Return the source of an expression of which some parts are others."""
    changed = deepcopy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return ast.unparse(changed) if isinstance(node, ast.Call) else f"({ast.unparse(changed)})"


def _other_expressions(node, before):
    """Yield (kind, text) for each way to get an expression wrong."""
    if hasattr(node, "decides"):
        yield "statement", "False"
    match node:
        case ast.BinOp(op=op) if type(op) in SIGN:
            yield "sign", _with(node, op=SIGN[type(op)]())
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in OPERATOR:
            yield "operator", _with(node, op=OPERATOR[type(op)]())
        case ast.UnaryOp(op=ast.USub() | ast.Not() as op, operand=operand):
            yield "sign" if isinstance(op, ast.USub) else "comparison", f"({ast.unparse(operand)})"
        case ast.Compare(ops=ops):
            for k, op in enumerate(ops):
                yield "comparison", _with(node, ops=[*ops[:k], COMPARISON[type(op)](), *ops[k + 1 :]])
        case ast.IfExp(body=body, orelse=orelse):
            yield "comparison", _with(node, body=orelse, orelse=body)
        case ast.Constant(value=bool(value)):
            yield "constant", repr(not value)
        case ast.Constant(value=int(value)):
            yield "constant", repr(value + 1)
        case ast.Constant(value=float(value)):
            yield "constant", repr(2 * value or 1.0)
        case ast.Constant(value=str(value)) if before[-1] in "\"'":
            yield from [("message", after) for after in _without_a_word(before)] or [("constant", repr(value + "x"))]
        case ast.JoinedStr():
            yield from [("message", after) for after in _without_a_word(before)]
            yield from [
                ("constant", f"{before[: found.start(1)]}{int(found[1]) + 1}{before[found.end(1) :]}")
                for found in re.finditer(r":[z<>^+]?\d*\.(\d)[a-z]?\}", before)
            ]
        case ast.Call(args=args, keywords=keywords):
            starred = any(isinstance(value, ast.Starred) for value in args[:2])
            if len(args) > 1 and not starred and ast.unparse(node.func).split(".")[-1] not in SYMMETRIC:
                yield "arguments", _with(node, args=[args[1], args[0], *args[2:]])
            for k, keyword in enumerate(keywords):
                if keyword.arg != "strict":
                    yield "arguments", _with(node, keywords=keywords[:k] + keywords[k + 1 :])


def _without_a_word(text):
    """Return the source of a string that says something without its middle word, as a list of one; of others, none."""
    outside = re.sub(r"\{[^{}]*\}", lambda found: "." * len(found[0]), re.sub(r"\{\{|\}\}", "..", text))
    words = list(re.finditer(r"(?<=[ (\"'])[A-Za-z]{2,}[,;:.]? ?", outside))
    if len(re.findall(r"[A-Za-z]{2,}", outside)) < 2 or not words:
        return []
    middle = words[len(words) // 2]
    return [text[: middle.start()] + text[middle.end() :]]


def _other_statements(node):
    """Yield (kind, text) for each way to leave a statement out."""
    match node:
        case ast.Expr(value=ast.Call()) | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield "statement", "pass"
        case ast.Raise() | ast.Assert():
            yield "raise", "pass"
        case ast.Return(value=ast.AST()):
            yield "statement", "pass"
        case ast.AugAssign() | ast.Continue() | ast.Break():
            yield "statement", "pass"
        case ast.With(items=[ast.withitem(optional_vars=None)]):
            yield "lock", "if True:\n"
