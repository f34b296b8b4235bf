"""What the lessons cost beyond TensorFlow's own start, as ratios of one run: nox -f .ci/noxfile.py -s benchmarks.

Time: strict nbval over all lessons, against as many notebooks that only import TensorFlow, run the same way.
Memory: a kernel that ran lesson 04, against a kernel that only imported TensorFlow and matplotlib.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from psutil import Process

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FLAGS = ["--nbval", "--nbval-current-env", "-n", "2", "--dist", "loadfile", "-q", "-p", "no:cacheprovider"]


def seconds(notebooks):
    """Run notebooks under nbval, return how long that took; leave where a cell of them fails."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-o", "addopts=", *FLAGS, *notebooks],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    if done.returncode:
        sys.exit(done.stdout)
    return time.perf_counter() - start


def notebook(source):
    """Return a notebook of one cell."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


def megabytes(nb, folder):
    """Execute a notebook and return the resident memory of its kernel."""
    client = NotebookClient(nb, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    with client.setup_kernel(stderr=subprocess.DEVNULL):
        for index, cell in enumerate(nb.cells):
            if cell.cell_type == "code":
                client.execute_cell(cell, index)
        return Process(client.km.provisioner.pid).memory_info().rss / 1e6


def main():
    if not LESSONS:
        sys.exit("There are no lessons in notebooks/.")
    quiet = "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\nimport tensorflow"
    with tempfile.TemporaryDirectory() as folder:
        bare = [Path(folder) / lesson.name for lesson in LESSONS]
        for file in bare:
            nbformat.write(notebook(quiet), file)
        start, whole = seconds(bare), seconds(LESSONS)
    print(f"nbval over {len(LESSONS)} lessons: {whole:.1f} s; over as many imports of TensorFlow: {start:.1f} s,")
    print(f"  ratio {whole / start:.2f}")

    lesson = ROOT / "notebooks" / "04_training_loop.ipynb"
    taught = megabytes(nbformat.read(lesson, as_version=4), lesson.parent)
    imported = megabytes(notebook(quiet + "\nimport matplotlib.pyplot"), lesson.parent)
    print(f"Memory of a kernel: lesson 04 {taught:.0f} MB, TensorFlow and matplotlib alone {imported:.0f} MB,")
    print(f"  ratio {taught / imported:.2f}")


if __name__ == "__main__":
    main()
