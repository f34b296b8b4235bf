"""Write lessons without solutions, and read what comes back: python .ci/handout.py [--read] FOLDER

Without --read, FOLDER gets a copy of each lesson for learners: no solutions, no names of bugs, no speaker notes; hints
stay. With --read, each notebook in FOLDER is named with the exercises that its saved outputs call correct.
"""

import argparse
import re
from pathlib import Path

import nbformat
from refresh import LESSONS, canonical

FOLDED = re.compile(r"<details><summary>(?:Solution|What is wrong in bug \d+\?)</summary>.*?</details>\s*", re.DOTALL)
CHECK = re.compile(r"^check\.(\w+)\((\w+)\)$", re.MULTILINE)


def without_solutions(notebook):
    """Return a notebook without solutions and speaker notes; it is changed to that."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = FOLDED.sub("", cell.source).strip()
    notebook.cells = [
        cell for cell in notebook.cells if cell.source and cell.metadata["slideshow"]["slide_type"] != "notes"
    ]
    return notebook


def answers(notebook):
    """Return whether the saved outputs call it correct, for each exercise by the name of what was handed in."""
    found = {}
    for cell in notebook.cells:
        for _, name in CHECK.findall(cell.source if cell.cell_type == "code" else ""):
            texts = ["".join(output.get("data", {}).get("text/plain", "")) for output in cell.outputs]
            found[name] = any(text.startswith("✓") for text in texts)
    return found


def read(folder):
    """Yield a line for each notebook in folder: its name, how many exercises are correct, and which are not."""
    for path in sorted(folder.rglob("*.ipynb")):
        found = answers(nbformat.read(path, as_version=4))
        open_ones = [name for name, correct in found.items() if not correct]
        count = f"{len(found) - len(open_ones)} of {len(found)} correct"
        yield f"{path.relative_to(folder)}: {count}" + (f"; not yet: {', '.join(open_ones)}" if open_ones else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--read", action="store_true", help="write nothing, tell what is correct in FOLDER")
    options = parser.parse_args()
    if options.read:
        print(*read(options.folder), sep="\n")
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    for lesson in sorted(LESSONS.glob("*.ipynb")):
        copy = without_solutions(nbformat.read(lesson, as_version=4))
        (options.folder / lesson.name).write_text(canonical(copy), encoding="utf-8")
        print(options.folder / lesson.name)


if __name__ == "__main__":
    main()
