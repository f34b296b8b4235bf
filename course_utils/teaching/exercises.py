"""The exercises of a lesson, and which of them a notebook answers: matched by check, name of the answer and order."""

import ast
import re
from typing import NamedTuple

STATES = ("missing", "not attempted", "no verdict", "error", "not judged", "wrong", "correct")  # from least to best
CALL = r"\bcheck\s*\.\s*(\w+)\s*\(\s*([^\W\d]\w*)?"  # where the rest of a cell is no Python
MARKS = {"○": "not attempted", "⚠": "not judged", "✗": "wrong", "✓": "correct"}


class Exercise(NamedTuple):
    """A place where a check is called. cell: the id of the cell, if it has one; source: its text."""

    check: str
    answer: str
    cell: str | None
    source: str
    state: str = "missing"


def exercises(cells):
    """Return an Exercise for each call of a check in code cells, in order. cells: dictionaries, as in the file."""
    codes = [cell for cell in cells if cell.get("cell_type") == "code"]
    trees = [_tree(text(cell.get("source"))) for cell in codes]
    module, alone = _names_of_checks(trees)
    found = []
    for cell, tree in zip(codes, trees, strict=True):
        nodes = sorted((node for node in ast.walk(tree) if isinstance(node, ast.Call)), key=_place)
        calls = [call for node in nodes if (call := _called(node, module, alone))]
        for (check, answer), state in zip(calls, _states(cell, tree, len(calls)), strict=True):
            number = cell.get("id") or cell.get("metadata", {}).get("id")  # Colab keeps it there
            found.append(Exercise(check, answer, number, ast.unparse(tree), state))
    return found


def text(source):
    """Return what a notebook holds as one text: it may be a list of lines, or nothing."""
    return "".join(map(str, source)) if isinstance(source, list) else str(source or "")


def _tree(source):
    """Return the syntax tree of a cell; of a cell that is no Python, only its calls of checks."""
    try:
        return ast.parse(re.sub(r"(?m)^(\s*)[%!?].*", r"\1pass", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.parse("\n".join(f"check.{name}({answer})" for name, answer in re.findall(CALL, source)))


def _place(node):
    return node.lineno, node.col_offset


def _names_of_checks(trees):
    """Return what a notebook calls the module `check`, and the checks that it imports by name."""
    module, alone = {"check"}, {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in node.names:
                if getattr(node, "module", None) == "course_utils.check":
                    alone[name.asname or name.name] = name.name
                elif name.asname and name.name.rpartition(".")[2] == "check":
                    module.add(name.asname)
    return module, alone


def _called(node, module, alone):
    """Return the check that a call calls, and with what answer, or None."""
    answer = ast.unparse(node.args[0]) if node.args else ""
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in module:
        return node.func.attr, answer
    return (alone[node.func.id], answer) if isinstance(node.func, ast.Name) and node.func.id in alone else None


def _states(cell, tree, calls):
    """Return the state of each call in a cell, by what its outputs say. The last call is the one that shows itself.

    `assert check.step(my_step)` says nothing where all is right.
    """
    found, failed = [], False
    for output in cell.get("outputs") or []:
        failed |= output.get("output_type") == "error"
        shown = text(output.get("text") or output.get("data", {}).get("text/plain"))
        found += [MARKS[line.strip()[0]] for line in shown.splitlines() if line.strip()[:1] in MARKS]
    if not found and not failed and cell.get("execution_count"):
        found = ["correct"] * calls * any(isinstance(node, ast.Assert) for node in ast.walk(tree))
    otherwise = "error" if failed else "no verdict"
    if calls == 1:
        return [max(found, key=STATES.index, default=otherwise)]
    return [otherwise] * (calls - len(found)) + found[max(0, len(found) - calls) :]


def judged(lesson, attempts):
    """Return the exercises of a lesson, each with the best state among the attempts at it.

    An attempt belongs to the exercise of its check and its answer's name; or else to that of its cell; or else to the
    next one of its check that nobody tried, and where there is none, to that of the attempt before it. The lesson's own
    stub is no attempt, whatever stands below it.
    """
    owners = [_owner(lesson, attempt) for attempt in attempts]
    groups, last = {}, {}
    best = ["missing"] * len(lesson)
    for number, attempt in enumerate(attempts):
        copies = attempt.check, attempt.answer, attempt.source
        if owners[number] is None:
            owners[number] = groups.get(copies, _next(lesson, attempt.check, owners, last.get(attempt.check)))
        if (owner := owners[number]) is not None:
            groups[copies] = last[attempt.check] = owner
            state = "not attempted" if attempt.source == lesson[owner].source else attempt.state
            best[owner] = max(best[owner], state, key=STATES.index)
    return [exercise._replace(state=state) for exercise, state in zip(lesson, best, strict=True)]


def _owner(lesson, attempt):
    """Return the number of the exercise that an attempt names, or whose cell it is in, or None."""
    named = [number for number, exercise in enumerate(lesson) if exercise[:2] == attempt[:2]]
    there = [number for number, exercise in enumerate(lesson) if exercise[0:3:2] == attempt[0:3:2] and attempt.cell]
    return named[0] if len(named) == 1 else there[0] if there else None


def _next(lesson, check, owners, otherwise):
    """Return the number of the first exercise of a check that has no attempt, or something else where all have."""
    free = [number for number, exercise in enumerate(lesson) if exercise.check == check and number not in owners]
    return free[0] if free else otherwise
