"""Other nodes for one of a syntax tree: with a part left out, or with another in its place."""

import ast
import copy
import itertools

from .moves import names

OPERATORS = ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv
COMPARISONS = ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq
EXPRESSIONS = ast.Name, ast.Attribute, ast.Subscript, ast.BinOp, ast.Call, ast.List, ast.Tuple
# What is told of a change: {0} stood there, in {1}, and {2} is what is left out or left alone.
WITHOUT = "It would be right without `{2}` in {1}."
ENOUGH = "It would be right if in {1} `{2}` stood in the place of `{0}`."
ALONE = "It would be right if in {1} `{2}` stood alone."
ONE = "One change would make it right, for example at `{0}` in {1}."


def without(node, _):
    """Yield (words, what they show, node) for each way to leave out a part of a statement or expression."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.If)):
        yield WITHOUT, node, ast.Pass()
    for keyword in node.keywords if isinstance(node, ast.Call) else ():
        yield WITHOUT, keyword, ast.Call(node.func, node.args, _but(keyword, node.keywords))
    if isinstance(node, (ast.List, ast.Tuple)) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield from ((WITHOUT, part, type(node)(_but(part, node.elts), node.ctx)) for part in node.elts)
    if isinstance(node, ast.expr) and not isinstance(node, ast.Compare):  # any number would do for a condition
        for part in expressions_in(node):
            if part is not node:
                yield ENOUGH, part, part


def _but(part, parts):
    """Return the parts without one of them."""
    return [other for other in parts if other is not part]


def with_another(node, known):
    """Yield (words, what they show, node) for each way to take another operator, number, index or keyword."""
    others = []
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        others = [ast.Compare(node.left, [operator()], node.comparators) for operator in COMPARISONS]
    elif isinstance(node, ast.BinOp):
        others = [ast.BinOp(node.left, operator(), node.right) for operator in OPERATORS]
        others += [ast.BinOp(node.right, node.op, node.left), *_swapped(node, known)]
    elif isinstance(node, ast.Subscript) and not isinstance(node.slice, (ast.Slice, ast.Tuple)):
        index = [ast.BinOp(node.slice, operator(), ast.Constant(1)) for operator in (ast.Sub, ast.Add)]
        others = [ast.Subscript(node.value, other, node.ctx) for other in index]
    elif isinstance(node, ast.Call):
        own = {keyword.arg for keyword in node.keywords} | {None}  # that of `**`
        keywords = {ast.unparse(one): one for call in known for one in getattr(call, "keywords", ())}
        more = [one for one in keywords.values() if one.arg not in own]
        others = [ast.Call(node.func, node.args, [*node.keywords, keyword]) for keyword in more]
    elif is_a(node, ast.Name, ast.Load):
        others = [ast.BinOp(node, ast.Pow(), ast.Constant(2))]
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        near = [f"{one.id} {by}" for one in known if isinstance(one, ast.Name) for by in ("- 1", "+ 1")]
        others = [ast.parse(text, mode="eval").body for text in ("0", "1", "2", *near)]
    elif isinstance(node, ast.AugAssign):
        others = [ast.AugAssign(node.target, operator(), node.value) for operator in OPERATORS]
        others += [ast.Assign([node.target], node.value)]
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        others = [ast.AugAssign(node.targets[0], ast.Add(), node.value)]
    yield from _but_for(node, others)


def _swapped(node, known):
    """Yield an expression with two of its names swapped, for each two that are known."""
    own = {one.id for one in known if isinstance(one, ast.Name)}
    for pair in itertools.combinations(sorted(names(node) & own), 2):
        other = copy.deepcopy(node)
        for part in ast.walk(other):
            if isinstance(part, ast.Name) and part.id in pair:
                part.id = pair[part.id == pair[0]]
        yield other


def with_a_known(node, known):
    """Yield (words, what they show, node) for each expression of the function that may be meant by one of them."""
    if isinstance(node, (*EXPRESSIONS, ast.Constant)) and not is_a(node, object, ast.Store):
        yield from _but_for(node, known)


def _but_for(node, others):
    same = ast.dump(node)
    for other in others:
        if ast.dump(other) != same:
            yield ONE, node, other


def expressions_in(node):
    """Return the expressions that are read in a part of a tree, but for what is called."""
    heads = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
    parts = [part for part in ast.walk(node) if isinstance(part, ast.expr) and id(part) not in heads]
    return [part for part in parts if not is_a(part, object, ast.Store)]


def is_a(node, kind, context):
    """Return whether a node is of a kind, and is read or set."""
    return isinstance(node, kind) and isinstance(getattr(node, "ctx", None), context)
