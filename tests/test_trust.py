"""The lessons ask for no trust: no network, nothing written outside their folder and the temporary one."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from compare import EXEMPT, code_cells, differences, read, words

ROOT = Path(__file__).parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)

# A namespace with no network but loopback, where the kernel talks, and every file read-only but those under $1.
JAIL = """
ip link set lo up && mount --bind "$1" "$1" && mount -o remount,bind,ro / || exit
mount --rbind "$HOME" "$HOME" && mount -o remount,bind,ro "$HOME" && cd "$1" || exit
shift
exec "$@"
"""
UNSHARE = ["unshare", "--map-root-user", "--net", "--mount", "sh", "-c", JAIL, "jail"]


def jailed(folder, command):
    """Run a command in `folder` in the jail; the temporary folder and the caches of the tools are in it, too."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        environment[name] = tempfile.mkdtemp(dir=folder)
    return subprocess.run(
        [*UNSHARE, folder, *command], env=environment, capture_output=True, encoding="utf-8", timeout=300
    )


@pytest.fixture
def folder(tmp_path):
    """The only folder that the jail can write."""
    if not sys.platform.startswith("linux") or jailed(tmp_path, ["true"]).returncode:
        pytest.skip("this system cannot make a namespace without network")
    return tmp_path


def test_the_jail_holds(folder):
    outside = ROOT / "tests" / "written-from-the-jail"
    probe = f"""
import pathlib, socket
pathlib.Path("inside").touch()
for attempt in (
    lambda: pathlib.Path({str(outside)!r}).touch(),
    lambda: pathlib.Path("~/written-from-the-jail").expanduser().touch(),
    lambda: socket.create_connection(("192.0.2.1", 80)),
    lambda: socket.getaddrinfo("github.com", 443),
):
    try:
        attempt()
    except OSError as error:
        print(error.errno)
"""
    result = jailed(folder, [sys.executable, "-c", probe])
    assert result.stdout.split() == ["30", "30", "101", "-3"], result.stderr  # read-only twice, unreachable, no names
    assert (folder / "inside").exists() and not outside.exists()


AGAIN = "-again"


def tells_what_came(cell):
    """Return whether a code cell of a lesson says what came of a prediction, and the same on every machine."""
    return "prediction.compare(" in "".join(cell["source"]) and not EXEMPT & set(cell["metadata"].get("tags", ()))


def results(cell):
    """Return what a code cell ends in, be it an error."""
    return [shown for kind, shown in words(cell) if kind in ("execute_result", "error")]


@pytest.mark.whole
@each_lesson
def test_a_lesson_runs_offline_where_only_its_folder_can_be_written(lesson, folder):
    home = folder / "Łukasz’ course 課程"  # spaces and letters beyond ASCII in the path
    home.mkdir()
    asked, cells = read(lesson), []
    for cell in asked["cells"]:
        cells += [cell, cell | {"id": f"{cell['id']}{AGAIN}"}] if tells_what_came(cell) else [cell]
    (home / lesson.name).write_text(json.dumps(asked | {"cells": cells}), encoding="utf-8")
    nbconvert = ["-m", "nbconvert", "--to=notebook", "--execute", "--allow-errors", "--output=executed.ipynb"]
    result = jailed(folder, [sys.executable, *nbconvert, str(home / lesson.name)])
    assert result.returncode == 0, result.stderr
    executed = read(home / "executed.ipynb")
    second = [cell for cell in executed["cells"] if cell["id"].endswith(AGAIN)]
    executed["cells"] = [cell for cell in executed["cells"] if not cell["id"].endswith(AGAIN)]
    assert differences(asked, executed) == []
    for first, again in zip(filter(tells_what_came, code_cells(executed)), second, strict=True):
        assert results(again) == results(first), "who has chosen too late runs the cell once more"
    assert {path.name for path in home.iterdir()} == {lesson.name, "executed.ipynb"}, "a lesson leaves files behind"
