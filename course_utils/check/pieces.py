"""The syntax tree of a function with one piece left out, or another in its place; each change told in a sentence."""

import ast
import contextlib
import copy

from .moves import moved, names
from .others import ALONE, ENOUGH, EXPRESSIONS, ONE, expressions_in, is_a, with_a_known, with_another, without
from .values import listed

LONGEST = 60  # letters of code in a sentence


def changed(tree):
    """Change one piece of a function's tree, yield words for it, and put it back; what is too much comes first."""
    function = tree.body[0]
    asked = set().union(*(names(node.test) for node in ast.walk(function) if isinstance(node, ast.While)))
    places = [place for place in _places(function) if not _sets(place.node, asked)]  # without it a loop may never end
    known = _known(function)
    yield from _without_everywhere(places)
    yield from _each(places, known, without)
    yield from moved(function)
    for others in (with_another, with_a_known):
        yield from _each(places, known, others)


def _each(places, known, others):
    """Put each other node into its place, the likely first, yield words for it, and put it back."""
    changes = [(place, *change) for place in places for change in others(place.node, known)]
    for *_, other in changes:
        ast.fix_missing_locations(other)
    for place, form, shown, other in sorted(changes, key=_rank):
        with place.holding(other):
            yield _told(form, place.node, shown)


def _sets(node, those):
    """Return whether a node is a statement that sets one of those names."""
    targets = [*getattr(node, "targets", ()), getattr(node, "target", None)]
    return any(isinstance(target, ast.Name) and target.id in those for target in targets)


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
    """Return what puts the likely changes first: those of operations, not to a number, and those of little code."""
    place, _, _, other = change
    before, after = (0 if isinstance(node, ast.Pass) else len(ast.unparse(node)) for node in (place.node, other))
    return not isinstance(place.node, (ast.BinOp, ast.BoolOp)), isinstance(other, ast.Constant), abs(before - after)


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
            if field == "func" or isinstance(parent, ast.Expr):
                continue  # another name would do something else, and a statement goes as a whole
            slots = [(value, key) for key in range(len(value))] if isinstance(value, list) else [(vars(parent), field)]
            yield from (_Place(*slot) for slot in slots if isinstance(slot[0][slot[1]], (ast.expr, ast.stmt)))


def _known(function):
    """Return what a function computes or is given, each once, the short first."""
    names = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    names |= {node.id for node in ast.walk(function) if is_a(node, ast.Name, ast.Store)}
    inner = [part for statement in function.body for part in expressions_in(statement) if isinstance(part, EXPRESSIONS)]
    others = [part for part in inner if not isinstance(part, (ast.Name, ast.Attribute)) or _root(part) in names]
    found = {ast.unparse(node): node for node in [*(ast.Name(name, ast.Load()) for name in sorted(names)), *others]}
    # Copies: an expression in the place of a part of itself would never end.
    return [copy.deepcopy(found[text]) for text in sorted(found, key=len) if len(text) <= LONGEST]


def _root(node):
    """Return the name before all points."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return getattr(node, "id", "")


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


def _line(node):
    """Return the code of a node in one line."""
    return " ".join(ast.unparse(node).split())


def _short(line):
    """Return a line, cut off where it is too long."""
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
