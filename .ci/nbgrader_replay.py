"""Mark the lessons with nbgrader itself: an empty, a wrong and a right submission of each must get its points.

`nox -f .ci/noxfile.py -s nbgrader -- 1 4` marks lessons 1 and 4 (default: all). Checked: nbgrader makes the
assignments; no solution is left in them; the points; and that the name of each mistake stands in the marked notebook
and in the feedback.
"""

import html
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from answers import wrong_answers
from lessons import NAMES, NOTEBOOKS, exercises
from nbgrader.api import Gradebook

from course_utils.__main__ import main as course

SUBMISSIONS = ("empty", "wrong", "right")


def call(folder, *command):
    """Run a command of nbgrader; end with what it says where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=folder, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        sys.exit(f"nbgrader {' '.join(command)}:\n{done.stderr[-3000:]}")


def answers(name):
    """Return, for each exercise of a lesson, (its solution, a wrong answer, the words of the mistake)."""
    found = []
    for exercise in (one for one in exercises() if one.lesson == name):
        words, code = wrong_answers(exercise.check)[0]
        found.append((exercise.solution, f"{code}\n{exercise.answer} = answer", words))
    return found


def submit(folder, name, answers):
    """Hand in the assignment as three learners: one answers nothing, one all wrong, one all right."""
    for learner in SUBMISSIONS:
        notebook = nbformat.read(folder / "release" / name / f"{name}.ipynb", as_version=4)
        cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
        for cell, (right, wrong, _) in zip(cells, answers, strict=True):
            cell.source = {"empty": cell.source, "wrong": wrong, "right": right}[learner]
        place = folder / "submitted" / learner / name
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{name}.ipynb")


def points(folder, name):
    """Return the points of each learner."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return {learner: book.find_submission(name, learner).score for learner in SUBMISSIONS}


def faults(folder, name):
    """Mark one lesson; return what is not as it should be."""
    given = answers(name)
    call(folder, "generate_assignment", name)
    released = (folder / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    found = ["a solution is handed out"] if "BEGIN SOLUTION" in released else []
    submit(folder, name, given)
    call(folder, "autograde", name)
    call(folder, "generate_feedback", name)
    got, wanted = points(folder, name), {"empty": 0, "wrong": 0, "right": len(given)}
    if got != wanted:
        found.append(f"points {got} instead of {wanted}")
    marked = nbformat.read(folder / "autograded" / "wrong" / name / f"{name}.ipynb", as_version=4)
    told = "".join(output.get("text", "") for cell in marked.cells for output in cell.get("outputs", []))
    feedback = html.unescape((folder / "feedback" / "wrong" / name / f"{name}.html").read_text(encoding="utf-8"))
    for _, _, words in given:
        found += [
            f"{words!r} is not in {where}"
            for where, text in (("the notebook", told), ("the feedback", feedback))
            if words not in text
        ]
    return found


def main(numbers):
    chosen = [name for name in NAMES if not numbers or name.split("_")[0].lstrip("0") in numbers]
    failed = not chosen
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "course")
        course(["nbgrader", str(folder)])
        for name in chosen:
            start = time.monotonic()
            found = faults(folder, name)
            failed |= bool(found)
            cells = len(NOTEBOOKS[name].cells)
            print(
                f"{name}, {cells} cells, {time.monotonic() - start:.0f} s: {'; '.join(found) or 'marked right'}",
                flush=True,
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
