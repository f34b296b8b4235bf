"""The lessons ask for no trust: no network, nothing written outside their folder and the temporary one."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from compare import differences, read

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


@pytest.mark.whole
@each_lesson
def test_a_lesson_runs_offline_where_only_its_folder_can_be_written(lesson, folder):
    home = folder / "Łukasz’ course 課程"  # spaces and letters beyond ASCII in the path
    home.mkdir()
    (home / lesson.name).write_text(lesson.read_text(encoding="utf-8"), encoding="utf-8")
    nbconvert = ["-m", "nbconvert", "--to=notebook", "--execute", "--allow-errors", "--output=executed.ipynb"]
    result = jailed(folder, [sys.executable, *nbconvert, str(home / lesson.name)])
    assert result.returncode == 0, result.stderr
    assert differences(read(lesson), read(home / "executed.ipynb")) == []
    assert {path.name for path in home.iterdir()} == {lesson.name, "executed.ipynb"}, "a lesson leaves files behind"
