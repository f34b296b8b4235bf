"""nbgrader's source notebooks: each exercise becomes a cell for the answer and a locked one that gives a point."""

import ast

import mistune
import nbformat

from .handout import without_solutions
from .notebooks import canonical, find, naming, read, tags, targets, write

POINTS = 1
ANSWER = {"grade": False, "solution": True, "locked": False}
CHECK = {"grade": True, "solution": False, "locked": True, "points": POINTS}
CONFIG = "nbgrader_config.py"
SETTINGS = """c = get_config()  # noqa: F821
c.ClearSolutions.code_stub = {"python": ""}  # learners get the lesson's own stub, and nothing else
"""


def source_notebook(notebook):
    """Return a lesson as nbgrader's source: solutions between its marks, checks that it asserts; it is changed to that.

    Raises ValueError where an exercise has no solution, or does not end in its check.
    """
    solutions = [solution(cell) for cell in notebook.cells if "solution" in tags(cell)]
    notebook = without_solutions(notebook)
    canonical(notebook)
    exercises = [cell for cell in notebook.cells if "exercise" in tags(cell)]
    if len(exercises) != len(solutions):
        raise ValueError(f"each exercise needs one solution; exercises: {len(exercises)}, solutions: {len(solutions)}")
    graded = {
        cell.id: parts(cell, code, number)
        for number, (cell, code) in enumerate(zip(exercises, solutions, strict=True), start=1)
    }
    notebook.cells = [part for cell in notebook.cells for part in graded.get(cell.id, [cell])]
    return notebook


def solution(cell):
    """Return the code of a solution, which stands in the first block of its cell; raise ValueError without one."""
    blocks = mistune.create_markdown(renderer="ast")(cell.source)
    for block in blocks:
        if block["type"] == "block_code":
            return block["raw"].strip()
    raise ValueError(f"no code in the solution {cell.source[:40]!r}")


def parts(cell, code, number):
    """Return the two cells that nbgrader makes of an exercise. code: its solution; number: its place in the lesson."""
    statements = ast.parse(cell.source).body
    call = statements[-1] if statements else None
    if not isinstance(call, ast.Expr) or not ast.unparse(call).startswith("check."):
        raise ValueError(f"the exercise {cell.source[:40]!r} does not end in its check")
    stub = "\n".join(cell.source.splitlines()[: call.lineno - 1]).strip()
    name = f"exercise_{number}_{call.value.func.attr}"
    answer, check = cell.copy(), cell.copy()
    answer.source = f"{stub}\n\n### BEGIN SOLUTION\n{code}\n### END SOLUTION"
    check.source = f"from course_utils import check\n\nassert {ast.unparse(call)}"
    check.id = f"{cell.id[:56]}-check"
    for part, told, ending in ((answer, ANSWER, "answer"), (check, CHECK, "check")):
        own = {"grade_id": f"{name}_{ending}", "cell_type": "code", "task": False, "schema_version": 3}
        part.metadata = {**cell.metadata, "nbgrader": {**told, **own}}
        part.outputs, part.execution_count = [], None
    answer.metadata["tags"] = sorted(tags(answer) - {"exercise"})
    return [answer, check]


def run(options):
    """Write a source notebook of each lesson where nbgrader looks for it, and its settings if there are none."""
    lessons, notebooks = find(options.lessons), []
    for lesson in lessons:
        notebook = read(lesson)
        with naming(lesson):
            notebooks.append(source_notebook(notebook))
    places = [options.folder / "source" / lesson.stem for lesson in lessons]
    paths = [
        targets(place, [lesson], ".ipynb", options.overwrite)[0] for place, lesson in zip(places, lessons, strict=True)
    ]
    for path, notebook in zip(paths, notebooks, strict=True):
        write(path, nbformat.writes(notebook, version=4).rstrip("\n") + "\n")
    if not (options.folder / CONFIG).exists():
        write(options.folder / CONFIG, SETTINGS)
