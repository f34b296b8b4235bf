"""The house: what stands at the top level, and which room may import from which."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "course_utils"
ORDER = [
    "inputs",
    "data",
    "model",
    "loss",
    "training",
    "bowl",
    "picture",
    "drawing",
    "plots",
    "live",
    "playgrounds",
    "check",
    "__main__",
]
ROOMS = sorted(file.stem for file in PACKAGE.glob("*.py") if file.stem != "__init__")


def imported(source, rooms, front_door=()):
    """Return the rooms that a module imports from. front_door: those behind `from course_utils import train`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            paths = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "course_utils" * (node.level == 1) + "." * (node.level == 1 and bool(node.module))
            paths = [f"{base}{node.module or ''}.{alias.name}" for alias in node.names]
        else:
            continue
        for path in paths:
            package, _, rest = path.partition(".")
            if package == "course_utils":
                room = rest.partition(".")[0]
                found |= {room} if room in rooms else set(front_door)
    return found


@pytest.mark.parametrize(
    "source, expected",
    [
        ("from .inputs import examples", {"inputs"}),
        ("from . import picture, plots", {"picture", "plots"}),
        ("def f():\n    import course_utils.live as live", {"live"}),
        ("from course_utils.bowl import Bowl", {"bowl"}),
        ("from . import train", {"training"}),
        ("import numpy.live\nfrom live import x", set()),
    ],
)
def test_imports_are_found_however_they_are_written(source, expected):
    assert imported(source, ORDER, front_door={"training"}) == expected


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_above_it(room):
    assert room in ORDER, "a new room needs its place in the order"
    front_door = imported((PACKAGE / "__init__.py").read_text(encoding="utf-8"), ROOMS)
    above = ORDER[: ORDER.index(room)]
    assert imported((PACKAGE / f"{room}.py").read_text(encoding="utf-8"), ROOMS, front_door) <= set(above)


def test_the_top_level_is_small():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8")
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of what belongs here")
    top = {line.partition("/")[0] for line in listed.stdout.splitlines()}
    allowed = {"README.md", "LICENSE", "requirements.txt", "pyproject.toml", "notebooks", "course_utils", "tests"}
    assert {name for name in top if not name.startswith(".")} - {"binder"} <= allowed


def test_every_run_time_package_is_pinned():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith("#")]
    assert packages and all(re.match(r"[a-z0-9-]+==\d[\w.]*(;|\s|$)", line) for line in packages)


def test_binder_installs_the_same_packages():
    copy = ROOT / "binder" / "requirements.txt"
    if not copy.exists():
        pytest.skip("binder/ builds from elsewhere")
    assert copy.read_text(encoding="utf-8") == (ROOT / "requirements.txt").read_text(encoding="utf-8")


def test_a_font_cache_that_is_built_slowly_is_no_warning():
    """A new home has none. On a busy machine its notice would stand, red, in a lesson's first output."""
    slow = "import course_utils, logging; logging.getLogger('matplotlib.font_manager').warning('building the cache')"
    told = subprocess.run([sys.executable, "-c", slow], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert told.stderr == ""
