"""What the course supports. tests/noxfile.py runs the lessons with it; the README shows it as a table."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
TENSORFLOWS = ("2.20", "2.21")

# The oldest that both TensorFlows and Python 3.11 take, or that Colab has.
OLDEST = {"keras": "3.12.0", "numpy": "1.26.4", "matplotlib": "3.10.0", "ipywidgets": "7.7.1"}


def pinned():
    """Return the newest supported version of each package, from requirements.txt."""
    return dict(re.findall(r"^([\w-]+)==([\d.]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))


def table():
    """Return the README's table of what is supported."""
    newest = pinned()
    rows = [("Python", PYTHONS[0], PYTHONS[-1]), ("TensorFlow", TENSORFLOWS[0], TENSORFLOWS[-1])]
    names = {"keras": "Keras", "numpy": "NumPy", "matplotlib": "Matplotlib", "ipywidgets": "ipywidgets"}
    rows += [(name, OLDEST[package], newest[package]) for package, name in names.items()]
    lines = ["| | oldest | newest |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")
