"""The syntax tree of a function with one piece left out, or another in its place; each change told in a sentence."""

import ast
import contextlib
import copy

from .values import listed

OPERATORS = ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv
COMPARISONS = ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq
EXPRESSIONS = ast.Name, ast.Attribute, ast.Subscript, ast.BinOp, ast.Call, ast.List, ast.Tuple
LONGEST = 60  # letters of code in a sentence
# What is told of a change: {0} stood there, in {1}, and {2} is what is left out or left alone.
WITHOUT = "It would be right without `{2}` in {1}."
ENOUGH = "It would be right if in {1} `{2}` stood in the place of `{0}`."
ALONE = "It would be right if in {1} `{2}` stood alone."
ONE = "One change would make it right, for example at `{0}` in {1}."


def changed(tree):
    """Change one piece of a function's tree, yield words for it, and put it back; what is too much comes first."""
    function = tree.body[0]
    places = list(_places(function))
    known = _known(function)
    yield from _without_everywhere(places)
    for others in (_without, _with_another, _with_a_known):
        changes = [(place, *change) for place in places for change in others(place.node, known)]
        for *_, other in changes:
            ast.fix_missing_locations(other)
        for place, form, shown, other in sorted(changes, key=_rank):
            with place.holding(other):
                yield _told(form, place.node, shown)


def _told(form, before, shown):
    """Return words for a change, in which code is quoted that is not too long."""
    texts = [_line(node) for node in (before, shown)]
    if form is ENOUGH and len(texts[0]) > LONGEST:
        form = ALONE
    if len(texts[1]) > LONGEST:
        form = ONE
    line = (shown if isinstance(shown, ast.keyword) else before).lineno
    return form.format(_short(texts[0]), f"line {line} of its cell", _short(texts[1]))


def _rank(change):
    """Return what puts the likely changes first: those of an operation, not to a number, and those of little code."""
    place, _, _, other = change
    before, after = (0 if isinstance(node, ast.Pass) else len(ast.unparse(node)) for node in (place.node, other))
    return not isinstance(place.node, ast.BinOp), isinstance(other, ast.Constant), abs(before - after)


class _Place:
    """Where a statement or an expression stands in a tree: holder[key] is its node."""

    def __init__(self, holder, key):
        self._holder, self._key, self.node = holder, key, holder[key]

    @contextlib.contextmanager
    def holding(self, other):
        """Put another node there for a while."""
        self._holder[self._key] = other
        try:
            yield
        finally:
            self._holder[self._key] = self.node


def _places(function):
    """Yield the place of each statement and expression in the body of a function."""
    parents = [node for statement in function.body for node in ast.walk(statement)]
    yield from (_Place(function.body, key) for key in range(len(function.body)))
    for parent in parents:
        for field, value in ast.iter_fields(parent):
            if field == "func":
                continue  # another name would do something else
            slots = [(value, key) for key in range(len(value))] if isinstance(value, list) else [(vars(parent), field)]
            yield from (_Place(*slot) for slot in slots if isinstance(slot[0][slot[1]], (ast.expr, ast.stmt)))


def _known(function):
    """Return what a function computes or is given, each once, the short first."""
    names = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    names |= {node.id for node in ast.walk(function) if _is(node, ast.Name, ast.Store)}
    inner = [
        part for statement in function.body for part in _expressions_in(statement) if isinstance(part, EXPRESSIONS)
    ]
    others = [part for part in inner if not isinstance(part, (ast.Name, ast.Attribute)) or _root(part) in names]
    found = {ast.unparse(node): node for node in [*(ast.Name(name, ast.Load()) for name in sorted(names)), *others]}
    # Copies: an expression in the place of a part of itself would never end.
    return [copy.deepcopy(found[text]) for text in sorted(found, key=len) if len(text) <= LONGEST]


def _root(node):
    """Return the name before all points."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return getattr(node, "id", "")


def _expressions_in(node):
    """Return the expressions that are read in a part of a tree, but for what is called."""
    heads = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
    parts = [part for part in ast.walk(node) if isinstance(part, ast.expr) and id(part) not in heads]
    return [part for part in parts if not _is(part, object, ast.Store)]


def _is(node, kind, context):
    """Return whether a node is of a kind, and is read or set."""
    return isinstance(node, kind) and isinstance(getattr(node, "ctx", None), context)


def _without_everywhere(places):
    """Leave out what follows the same operator in several places; yield words, and put it back."""
    groups = {}
    for place in places:
        if isinstance(node := place.node, ast.BinOp):
            groups.setdefault(ast.unparse(ast.BinOp(ast.Name("_"), node.op, node.right))[1:].strip(), []).append(place)
    for text, group in groups.items():
        inner = {id(part) for place in group for part in ast.walk(place.node) if part is not place.node}
        if len(group) > 1 and not any(id(place.node) in inner for place in group):
            with contextlib.ExitStack() as stack:
                for place in group:
                    stack.enter_context(place.holding(place.node.left))
                lines = sorted({place.node.right.lineno for place in group})
                where = f"line{'s' * (len(lines) > 1)} {listed(map(str, lines))} of its cell"
                yield f"It would be right without each `{_short(text)}` in {where}."


def _without(node, _):
    """Yield (words, what they show, node) for each way to leave out a part of a statement or expression."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.If)):
        yield WITHOUT, node, ast.Pass()
    for keyword in node.keywords if isinstance(node, ast.Call) else ():
        rest = [other for other in node.keywords if other is not keyword]
        yield WITHOUT, keyword, ast.Call(node.func, node.args, rest)
    if isinstance(node, ast.expr) and not isinstance(node, ast.Compare):  # any number would do for a condition
        for part in _expressions_in(node):
            if part is not node:
                yield ENOUGH, part, part


def _with_another(node, known):
    """Yield (words, what they show, node) for each way to take another operator or number."""
    others = []
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        others = [ast.Compare(node.left, [operator()], node.comparators) for operator in COMPARISONS]
    elif isinstance(node, ast.BinOp):
        others = [ast.BinOp(node.left, operator(), node.right) for operator in OPERATORS]
        others += [ast.BinOp(node.right, node.op, node.left)]
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        names = [one.id for one in known if isinstance(one, ast.Name)]
        others = [ast.parse(text, mode="eval").body for text in ("0", "1", "2")]
        others += [ast.parse(f"{name} {by}", mode="eval").body for name in names for by in ("- 1", "+ 1")]
    elif isinstance(node, ast.AugAssign):
        others = [ast.AugAssign(node.target, operator(), node.value) for operator in OPERATORS]
        others += [ast.Assign([node.target], node.value)]
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        others = [ast.AugAssign(node.targets[0], ast.Add(), node.value)]
    yield from _but_for(node, others)


def _with_a_known(node, known):
    """Yield (words, what they show, node) for each expression of the function that may be meant by one of them."""
    if isinstance(node, (*EXPRESSIONS, ast.Constant)) and not _is(node, object, ast.Store):
        yield from _but_for(node, known)


def _but_for(node, others):
    same = ast.dump(node)
    for other in others:
        if ast.dump(other) != same:
            yield ONE, node, other


def _line(node):
    """Return the code of a node in one line."""
    return " ".join(ast.unparse(node).split())


def _short(line):
    """Return a line, cut off where it is too long."""
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
