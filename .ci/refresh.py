"""Execute lessons and write them in canonical form: python .ci/refresh.py [--check] [lesson …]

Canonical: outputs in, kernelspec python3, no execution times, no widget views or state, cell metadata reduced to
slide types and tags. A cell whose output is not compared, because it tells the time, keeps the one it has.
--check executes nothing; it names the lessons that are not canonical and exits with 1.
"""

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

LESSONS = Path(__file__).parent.parent / "notebooks"
UNCOMPARED = "nbval-ignore-output"
KEPT = ("slideshow", "tags")
VIEW = "application/vnd.jupyter.widget-view+json"


def canonical(notebook):
    """Return the text of a notebook in canonical form; the notebook is changed to it."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {key: cell.metadata[key] for key in KEPT if key in cell.metadata}
        if cell.cell_type == "code":
            cell.outputs = [canonical_output(output) for output in merged(cell.outputs)]
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def merged(outputs):
    """Yield the outputs, neighbouring pieces of one stream as one: how they were cut depends on timing."""
    last = None
    for output in outputs:
        if last and output.output_type == "stream" == last.output_type and output.name == last.name:
            last.text += output.text
        else:
            if last:
                yield last
            last = output
    if last:
        yield last


def canonical_output(output):
    """Return output without the widget view, which lives only as long as its kernel."""
    if "data" in output:
        output.data.pop(VIEW, None)
    return output


def execute(notebook):
    """Run every cell in the folder of the lessons, in a new kernel of this environment."""
    kept = {cell.id: cell.outputs for cell in notebook.cells if UNCOMPARED in cell.metadata.get("tags", [])}
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(LESSONS)}}
    ).execute()
    for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1):
        cell.execution_count = count
        cell.outputs = kept.get(cell.id) or cell.outputs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", type=Path, default=sorted(LESSONS.glob("*.ipynb")))
    parser.add_argument("--check", action="store_true", help="execute nothing, name what is not canonical")
    options = parser.parse_args()
    wrong = []
    for path in options.lessons:
        before = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(before, as_version=4)
        if not options.check:
            execute(notebook)
        after = canonical(notebook)
        if before != after:
            wrong.append(path)
            if not options.check:
                path.write_text(after, encoding="utf-8")
    for path in wrong:
        print(f"{path.name}: {'not canonical, run python .ci/refresh.py' if options.check else 'written anew'}")
    return 1 if wrong and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
