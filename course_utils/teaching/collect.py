"""What comes back: which exercises each notebook of a folder calls correct. Reads saved outputs, runs nothing."""

import csv
import json
import os
import unicodedata
from pathlib import Path
from typing import NamedTuple

from .exercises import exercises, judged, text
from .notebooks import find, naming
from .progress import progress

LARGEST = 100e6  # bytes; a lesson with all its outputs has less than one million
PASSED_OVER = {"__MACOSX", "site-packages", "node_modules"}  # and whatever is hidden
HEADER = ["file", "lesson", "exercise", "result"]
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # turn what stands behind them


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
    if ".ipynb" not in map(str.lower, path.suffixes):  # browsers append .txt or .json
        raise ValueError("not a notebook")
    if not path.stat().st_size:
        raise ValueError("an empty file")
    if path.stat().st_size > LARGEST:
        raise ValueError(f"too large to read: {path.stat().st_size / 1e6:.0f} MB")
    try:
        notebook = json.loads(path.read_bytes())  # in UTF-8 or UTF-16
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
    """Yield every file below a folder, in order, but nothing hidden or of others; raise OSError where one can't be.

    Of a file it yields that file.
    """

    def fail(error):
        raise error

    if folder.is_file():
        yield folder
        return
    for place, inside, names in os.walk(folder, onerror=fail):
        inside[:] = sorted(name for name in inside if name[0] != "." and name not in PASSED_OVER)
        yield from (Path(place, name) for name in sorted(names) if name[0] != ".")


def printable(name):
    """Return a file's name in one line of text, whatever bytes it has; what would turn or end the line is escaped."""
    letters = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(letter.encode("unicode_escape").decode() if _turns(letter) else letter for letter in letters)


def _turns(letter):
    return unicodedata.category(letter) in ("Cc", "Zl", "Zp") or unicodedata.bidirectional(letter) in TURNING


def run(options):
    """Print a line for each notebook in a folder, and write the table if one is wanted."""
    lessons = []
    for path in find(options.lessons):
        with naming(path):
            lessons.append(lesson(path))
    if not options.folder.exists():
        raise ValueError(f"no folder {options.folder}")
    if options.csv:
        _check_table(options.csv)
    rows = []
    for path in files(options.folder):
        if not (options.csv and path.resolve() == options.csv.resolve()):
            name = printable(path.relative_to(options.folder).as_posix() if path != options.folder else path.name)
            rows += _told(name, path, lessons)
    if not rows:
        raise ValueError(f"no file in {options.folder}")
    if options.progress:
        print(f"\n{progress(rows)}", flush=True)
    if options.csv:
        rows = [(f"./{name}" if name[0] in "=+-@" else name, *others) for name, *others in rows]  # no formulas
        with open(options.csv, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])


def _told(name, path, lessons):
    """Print what is in a file, and return its rows of the table."""
    try:
        found = results(path, lessons)
    except (ValueError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        print(f"{name}: {reason}", flush=True)
        return [(name, "", "", reason)]
    for one, judgements in found:
        print(f"{name}: {summary(one, judgements)}", flush=True)
    return [
        (name, one.name, label, exercise.state)
        for one, judgements in found
        for label, exercise in zip(labels(one), judgements, strict=True)
    ]


def _check_table(path):
    """Raise ValueError where a table should not, or can't, be written."""
    if path.suffix == ".ipynb":
        raise ValueError(f"{path} is the name of a notebook; name another file for the table")
    if not path.parent.is_dir():
        raise ValueError(f"{path}: no folder {path.parent}")
    if path.exists() and not _is_table(path):
        raise ValueError(f"{path} holds something else, which would be lost; name another file for the table")


def _is_table(path):
    """Return whether a file holds such a table, and no remarks beside it."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (ValueError, csv.Error):
        return False
    return rows[:1] == [HEADER] and all(len(row) == len(HEADER) for row in rows)


def summary(lesson, judgements):
    """Return in words how many exercises of a lesson are correct, and which are not."""
    left = [label for label, one in zip(labels(lesson), judgements, strict=True) if one.state != "correct"]
    told = f"{lesson.name}, {len(judgements) - len(left)} of {len(judgements)} correct"
    return told + (f"; not yet: {', '.join(left)}" if left else "")
