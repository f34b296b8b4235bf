"""What comes back: which exercises each notebook of a folder calls correct. Reads saved outputs, runs nothing."""

import csv
import json
import os
from pathlib import Path
from typing import NamedTuple

from .exercises import exercises, judged, text
from .notebooks import find
from .progress import progress

LARGEST = 100e6  # bytes; a lesson with all its outputs has less than one million
PASSED_OVER = ".ipynb_checkpoints"


class Lesson(NamedTuple):
    """What a lesson is known by: its name, its title, the ids of its cells, and its exercises."""

    name: str
    title: str
    ids: frozenset
    exercises: list


def lesson(path):
    """Return the Lesson in a file; raise ValueError where the file is no notebook."""
    cells = cells_of(path)
    title = next((line for cell in cells for line in text(cell.get("source")).splitlines() if line[:2] == "# "), "")
    ids = frozenset(cell["id"] for cell in cells if "id" in cell)
    tagged = [cell for cell in cells if "exercise" in cell.get("metadata", {}).get("tags", ())]
    return Lesson(path.stem, title, ids, exercises(tagged))


def cells_of(path):
    """Return the cells of a notebook as dictionaries; raise ValueError or OSError where it cannot be read."""
    if not path.is_file():
        raise ValueError("not a file")
    if path.suffix.lower() != ".ipynb":
        raise ValueError("not a notebook")
    if not path.stat().st_size:
        raise ValueError("an empty file")
    if path.stat().st_size > LARGEST:
        raise ValueError(f"too large to read: {path.stat().st_size / 1e6:.0f} MB")
    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("not a notebook, or a broken one") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise ValueError("not a notebook, or one of before 2015")
    return cells


def recognised(cells, lessons, name):
    """Return the lessons that a notebook holds: by title or by cells; else by its file's name; else by its checks."""
    lines = {line.strip() for cell in cells for line in text(cell.get("source")).splitlines()}
    ids = {cell.get("id") or cell.get("metadata", {}).get("id") for cell in cells}
    called = {attempt.check for attempt in exercises(cells)}
    by_cells = [one for one in lessons if one.title in lines - {""} or len(one.ids & ids) > len(one.ids) / 3]
    by_name = [one for one in lessons if one.name.lower() in name.lower()]
    by_checks = [one for one in lessons if called & {exercise.check for exercise in one.exercises}]
    return by_cells or by_name or by_checks


def results(path, lessons):
    """Return (lesson, its exercises as judged) for each lesson in a notebook; raise ValueError where there is none."""
    cells = cells_of(path)
    try:
        found, attempts = recognised(cells, lessons, path.stem), exercises(cells)
    except (AttributeError, TypeError, RecursionError):
        raise ValueError("not a notebook, or a broken one") from None
    if not found:
        raise ValueError("no lesson of this course")
    return [(one, judged(one.exercises, attempts)) for one in found]


def labels(lesson):
    """Return a name for each exercise of a lesson: its check, with the answer where the check comes more than once."""
    checks = [exercise.check for exercise in lesson.exercises]
    return [f"{one.check}({one.answer})" if checks.count(one.check) > 1 else one.check for one in lesson.exercises]


def files(folder):
    """Yield every file below a folder, in order, but not JupyterLab's own copies; raise OSError where one can't be."""

    def fail(error):
        raise error

    for place, inside, names in os.walk(folder, onerror=fail):
        inside[:] = sorted(name for name in inside if name != PASSED_OVER)
        yield from (Path(place, name) for name in sorted(names))


def printable(name):
    """Return a file's name in one line of text, whatever bytes it has, and whatever the system takes them for."""
    return os.fsencode(name).decode("utf-8", "backslashreplace").replace("\n", "\\n")


def _known(path):
    """Return the Lesson in a file; raise ValueError that names the file where it is no notebook."""
    try:
        return lesson(path)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def run(options):
    """Print a line for each notebook in a folder, and write the table if one is wanted."""
    lessons = [_known(path) for path in find(options.lessons)]
    if not options.folder.is_dir():
        raise ValueError(f"no folder {options.folder}")
    if options.csv and options.csv.suffix == ".ipynb":
        raise ValueError(f"{options.csv} is the name of a notebook; name another file for the table")
    rows = []
    for path in files(options.folder):
        name = printable(path.relative_to(options.folder).as_posix())
        if options.csv and path.resolve() == options.csv.resolve():
            continue
        try:
            found = results(path, lessons)
        except (ValueError, OSError) as error:
            rows.append((name, "", "", getattr(error, "strerror", None) or str(error)))
            print(f"{name}: {rows[-1][-1]}", flush=True)
            continue
        for one, judgements in found:
            rows += [(name, one.name, label, e.state) for label, e in zip(labels(one), judgements, strict=True)]
            print(f"{name}: {summary(one, judgements)}", flush=True)
    if not rows:
        raise ValueError(f"no file in {options.folder}")
    if options.progress:
        print(f"\n{progress(rows)}", flush=True)
    if options.csv:
        with open(options.csv, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("file", "lesson", "exercise", "result"), *rows])


def summary(lesson, judgements):
    """Return in words how many exercises of a lesson are correct, and which are not."""
    left = [label for label, one in zip(labels(lesson), judgements, strict=True) if one.state != "correct"]
    told = f"{lesson.name}, {len(judgements) - len(left)} of {len(judgements)} correct"
    return told + (f"; not yet: {', '.join(left)}" if left else "")
