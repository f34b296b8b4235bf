"""What machines run: workflows that cannot be changed under us, and a table of support that is true."""

import re
import tomllib
from pathlib import Path

import matrix
import pytest

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_pins_its_actions_and_may_only_read(path):
    text = path.read_text()
    actions = re.findall(r"uses: (.*)", text)
    assert actions and all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[\d.]+", action) for action in actions)
    assert re.findall(r"permissions:\n((?:  .*\n)*)", text) == ["  contents: read\n"]
    assert text.count("persist-credentials: false") == text.count("uses: actions/checkout@")
    assert text.count("timeout-minutes:") == text.count("runs-on:")


def test_the_readme_shows_what_the_sessions_run():
    assert matrix.table() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_supported_versions_are_those_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    last = int(matrix.PYTHONS[-1].partition(".")[2])
    assert project["requires-python"] == f">={matrix.PYTHONS[0]},<3.{last + 1}"
    assert matrix.pinned()["tensorflow"].startswith(matrix.TENSORFLOWS[-1])
