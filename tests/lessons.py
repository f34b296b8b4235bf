"""The lessons, read once for all tests: their cells, prose, outputs and exercises."""

import re
from pathlib import Path
from typing import NamedTuple

import nbformat

from course_utils.teaching.exercises import exercises as calls_of_checks

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
NAMES = [path.stem for path in PATHS]
NOTEBOOKS = {path.stem: nbformat.read(path, as_version=4) for path in PATHS}

SOLUTION = re.compile(r"<summary>Solution</summary>\s+```python\n(.*?)```", re.DOTALL)


class Exercise(NamedTuple):
    """One exercise as it stands in a lesson: its check, what the answer is called, the stub, the folded solution."""

    lesson: str
    check: str
    answer: str
    stub: str
    solution: str | None


def cells(name, kind):
    """Return the cells of a lesson that are of one kind: "code" or "markdown"."""
    return [cell for cell in NOTEBOOKS[name].cells if cell.cell_type == kind]


def prose(name):
    """Return all Markdown of a lesson as one text."""
    return "\n\n".join(cell.source for cell in cells(name, "markdown"))


def outputs(name):
    """Return every output of a lesson, in order."""
    return [output for cell in cells(name, "code") for output in cell.outputs]


def printed(name):
    """Return all that a lesson shows in words, as one text."""
    return "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs(name))


def tags(cell):
    """Return the tags of a cell."""
    return set(cell.metadata.get("tags", ()))


def is_folded(cell):
    """Return whether a cell's source is folded: in JupyterLab and in Colab."""
    return cell.metadata.get("jupyter", {}).get("source_hidden") and cell.metadata.get("cellView") == "form"


def slides(name):
    """Return what stands on each slide of a lesson, as lists of cells, without notes and what is off the slides."""
    found = []
    for cell in NOTEBOOKS[name].cells:
        kind = cell.metadata.slideshow.slide_type
        if kind in ("slide", "subslide"):
            found.append([])
        if kind not in ("notes", "skip"):
            found[-1].append(cell)
    return found


def asks_something(cell):
    """Return whether a cell asks for something typed, chosen or moved."""
    playground = cell.cell_type == "code" and "Playground(" in cell.source
    return playground or bool({"exercise", "prediction", "open"} & tags(cell))


def exercises():
    """Return every Exercise of the lessons, in order; its solution is in the next cell with that tag, folded."""
    found = []
    for lesson, notebook in NOTEBOOKS.items():
        for cell in notebook.cells:
            if "exercise" in tags(cell):
                [(check, answer, *_)] = calls_of_checks([cell])
                found.append(Exercise(lesson, check, answer, cell.source, None))
            elif "solution" in tags(cell):
                found[-1] = found[-1]._replace(solution=SOLUTION.search(cell.source).group(1))
    return found
