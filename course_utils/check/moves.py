"""The syntax tree of a function with statements moved across the edge of a loop; each change told in a sentence."""

import ast
import contextlib

MOVED = (ast.Assign, ast.AugAssign, ast.Expr)


def moved(function):
    """Move statements into a loop or out of it, yield words for that, and put them back.

    What a `while` asks for stays where it is: the loop might never end.
    """
    bodies = [body for node in ast.walk(function) for body in _bodies(node)]
    for body in bodies:
        for k, loop in enumerate(body):
            if isinstance(loop, (ast.For, ast.While)):
                fixed = names(loop.test) if isinstance(loop, ast.While) else set()
                yield from _into(body, k, loop.body, fixed)
                yield from _out_of(body, k, loop.body, fixed)


def _bodies(node):
    """Return the lists of statements that a node holds."""
    fields = (getattr(node, name, None) for name in ("body", "orelse"))
    return [field for field in fields if isinstance(field, list)]


def names(node):
    """Return the names that stand in a part of a tree."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _into(outer, k, inner, fixed):
    """Move each statement before the loop to its start, and the one behind it to its end."""
    for j, statement in enumerate(outer[:k]):
        for part, rest in _parts(statement):
            if isinstance(part, MOVED) and not names(part) & fixed:
                with _holding((outer, [*outer[:j], *rest, *outer[j + 1 :]]), (inner, [part, *inner])):
                    of = f"`{ast.unparse(part)}` of " if rest else ""
                    yield _told([part], "stood in the loop, as its first line, and not before it", of)
    before, behind = outer[: k + 1], outer[k + 1 :]
    if behind and isinstance(behind[0], MOVED):
        with _holding((outer, before + behind[1:]), (inner, [*inner, behind[0]])):
            yield _told(behind[:1], "stood in the loop, as its last line, with as much space before it")


def _parts(statement):
    """Yield what may be moved and what then stays: a statement, and each part of one such as `a, b = 0, 1`."""
    yield statement, []
    sides = [getattr(statement, "targets", [None])[0], getattr(statement, "value", None)]
    if all(isinstance(side, ast.Tuple) for side in sides) and not names(sides[0]) & names(sides[1]):
        pairs = zip(sides[0].elts, sides[1].elts, strict=False)
        parts = [ast.copy_location(ast.Assign([target], value), target) for target, value in pairs]
        for part in parts:
            yield part, [other for other in parts if other is not part]


def _out_of(outer, k, inner, fixed):
    """Move the first statement of a loop before it, and its last ones behind it."""
    if len(inner) > 1 and isinstance(inner[0], MOVED) and not names(inner[0]) & fixed:
        first = inner[:1]
        with _holding((outer, [*outer[:k], *first, *outer[k:]]), (inner, inner[1:])):
            yield _told(first, "stood before the loop, and not in it")
    for j in range(len(inner) - 1, 0, -1):
        rest = inner[j:]
        if any(names(statement) & fixed for statement in rest):
            break
        with _holding((outer, [*outer[: k + 1], *rest, *outer[k + 1 :]]), (inner, inner[:j])):
            yield _told(rest, "stood behind the loop, and not in it")


@contextlib.contextmanager
def _holding(*changes):
    """Let lists hold something else for a while: (list, what it holds then)."""
    before = [body[:] for body, _ in changes]
    for body, now in changes:
        body[:] = now
    try:
        yield
    finally:
        for (body, _), then in zip(changes, before, strict=True):
            body[:] = then


def _told(statements, where, of=""):
    first, last = statements[0].lineno, statements[-1].end_lineno
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"It would be right if {of}{lines} of its cell {where}."
