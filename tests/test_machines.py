"""What machines run: workflows that cannot be changed under us, and a table of support that is true."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MATRIX = tomllib.loads((ROOT / ".ci" / "matrix.toml").read_text(encoding="utf-8"))
NAMES = {"keras": "Keras", "numpy": "NumPy", "matplotlib": "Matplotlib", "ipywidgets": "ipywidgets"}


def versions(path):
    """Return the version of each package that a list of requirements pins."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+)==([\w.]+)", text, re.MULTILINE))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_pins_its_actions_and_may_only_read(path):
    text = path.read_text(encoding="utf-8")
    actions = re.findall(r"uses: (.*)", text)
    assert actions and all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[\d.]+", action) for action in actions)
    assert re.findall(r"permissions:\n((?:  .*\n)*)", text) == ["  contents: read\n"]
    assert text.count("persist-credentials: false") == text.count("uses: actions/checkout@")
    assert text.count("timeout-minutes:") == text.count("runs-on:")


def test_the_readme_shows_what_the_sessions_run():
    newest = versions("requirements.txt")
    rows = [("Python", *MATRIX["pythons"]), ("TensorFlow", *MATRIX["tensorflows"])]
    rows += [(NAMES[package], oldest, newest[package]) for package, oldest in MATRIX["oldest"].items()]
    lines = ["| | oldest | newest |", "|---|---|---|", *(f"| {row[0]} | {row[1]} | {row[-1]} |" for row in rows)]
    assert "\n".join(lines) + "\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_supported_versions_are_those_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    last = int(MATRIX["pythons"][-1].partition(".")[2])
    assert project["requires-python"] == f">={MATRIX['pythons'][0]},<3.{last + 1}"
    assert versions("requirements.txt")["tensorflow"].startswith(MATRIX["tensorflows"][-1])
