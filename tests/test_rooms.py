"""The house: what stands at the top level, which room may import from which, and what all of them need."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "course_utils"
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LIST = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
PINNED = [line for line in LIST if line and not line.startswith("#")]
DISTRIBUTIONS = cache(packages_distributions)
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


def test_a_room_imports_only_from_rooms_above_it():
    """The order stands in pyproject.toml; a new room needs its place there."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    command = [sys.executable, "-X", "utf8", "-c", code]  # it reads no folder's name in another encoding
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert linted.returncode == 0, linted.stdout + linted.stderr


def imported(path):
    """Return the names of the packages that a file imports, wherever in it; relative imports are no packages."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_whatever_a_room_imports_is_declared(path):
    """By hand, because no linter of dependencies reads a list that the build backend reads."""
    declared = PINNED + (EXTRAS["slides"] + EXTRAS["site"] if path.parent.name == "teaching" else [])
    declared = {re.split(r"[=<>; ]", line)[0].lower().removesuffix("-cpu") for line in declared} | {"course-utils"}
    for package in imported(path) - sys.stdlib_module_names:
        names = {name.lower().replace("_", "-").removesuffix("-cpu") for name in DISTRIBUTIONS()[package]}
        assert names & declared, f"{package} is not declared"


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_test_imports_another_or_bends_the_path(path):
    assert not {name for name in imported(path) if name.startswith("test_")}
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    assert "sys.path" not in {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}


def test_the_top_level_is_small():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8")
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of what belongs here")
    top = {line.partition("/")[0] for line in listed.stdout.splitlines()}
    files = {"README.md", "LICENSE", "requirements.txt", "pyproject.toml"}
    folders = {"notebooks", "course_utils", "tests", "binder"}
    assert {name for name in top if name[0] != "."} == files | folders


def test_every_run_time_package_is_pinned():
    assert PINNED and all(re.match(r"[a-z0-9-]+==\d[\w.]*(;|\s|$)", line) for line in PINNED)


@pytest.mark.thorough
def test_a_font_cache_that_is_built_slowly_is_no_warning():
    """A new home has none. On a busy machine its notice would stand, red, in a lesson's first output."""
    slow = "import course_utils, logging; logging.getLogger('matplotlib.font_manager').warning('building the cache')"
    told = subprocess.run([sys.executable, "-c", slow], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert told.stderr == ""
