"""Run each lesson as Colab does: one file in an empty folder, with Colab's versions, the helpers fetched by git.

    python .ci/colab_replay.py [lesson …]             in an environment made of .ci/colab_versions.txt
    python .ci/colab_replay.py --renew pip-freeze.txt  take the versions from Colab's list

`nox -f .ci/noxfile.py -s colab` makes the environment. Checked: every output is the committed one, the set-up cell
is quick, works twice, says in one line when there is no network, no git or no such repository, and installs nothing
but the helpers.
"""

import argparse
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

import publish
from compare import code_cells, differences, read, words

ROOT = Path(__file__).parent.parent
VERSIONS = ROOT / ".ci" / "colab_versions.txt"
PATIENCE = 8  # times as long as the import of TensorFlow, which nobody can avoid, may a learner wait for a set-up cell
READY = [["stdout", "The helpers are ready.\n"]]
MISSING = [["stdout", "The helpers could not be fetched: check the network, then run this cell again.\n"]]


def pip(*arguments):
    command = [sys.executable, "-m", "pip", *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def remove_helpers():
    pip("uninstall", "--yes", "--quiet", "course-utils")


def redirected(url):
    """Return the environment in which git fetches the course from `url` instead of its public address."""
    repository, _ = publish.read_address(ROOT)
    return os.environ | {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{url}.insteadOf",
        "GIT_CONFIG_VALUE_0": f"https://github.com/{repository}",
    }


def clone(folder):
    """Copy this repository's last commit to where the set-up cell will fetch it, under the name it will ask for."""
    _, ref = publish.read_address(ROOT)
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, folder], check=True)
    head = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "HEAD"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    subprocess.run(["git", "-C", folder, "update-ref", f"refs/heads/{ref}", head.strip()], check=True)


def execute(notebook, environment):
    """Run a notebook alone in an empty folder and return it as it is then; a cell that hangs is interrupted."""
    nbconvert = [sys.executable, "-m", "nbconvert", "--log-level=ERROR", "--to=notebook", "--inplace", "--execute"]
    limits = ["--allow-errors", "--ExecutePreprocessor.interrupt_on_timeout=True", "--ExecutePreprocessor.timeout=120"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lesson.ipynb")
        path.write_text(json.dumps(notebook), encoding="utf-8", newline="\n")
        command = [*nbconvert, *limits, path.name]
        result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
        if result.returncode:
            sys.exit(result.stderr)
        return read(path)


def seconds(cell):
    """Return how long an executed cell took."""
    times = cell["metadata"]["execution"]
    start, end = (datetime.fromisoformat(times[key]) for key in ("iopub.status.busy", "shell.execute_reply"))
    return (end - start).total_seconds()


def import_seconds():
    """Return how long the import of TensorFlow takes here and now, as a measure of how quick the machine is."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import tensorflow"], check=True, capture_output=True)
    return time.monotonic() - started


def check_lesson(path, environment):
    """Return what is wrong with one lesson where the helpers are still missing, and its set-up cell's seconds."""
    committed = read(path)
    executed = execute(committed, environment)
    setup = code_cells(executed)[0]
    print(f"{path.name}: set-up cell {seconds(setup):.1f} s", flush=True)
    faults = differences(committed, executed)
    if words(setup) != READY:
        faults.append(f"the set-up cell says {words(setup)}")
    return [f"{path.name}: {fault}" for fault in faults], seconds(setup)


def check_setup(name, lesson, environment, expected):
    """Return what is wrong when the set-up cell alone is run twice in a row."""
    limit = PATIENCE * import_seconds()
    notebook = read(lesson)
    setup = code_cells(notebook)[0]
    notebook["cells"] = [setup, setup | {"id": "again"}]
    cells = code_cells(execute(notebook, environment))
    print(f"set-up cell {name}: {', '.join(f'{seconds(cell):.1f} s' for cell in cells)}", flush=True)
    return [
        f"set-up cell {name}: says {words(cell)} after {seconds(cell):.1f} s"
        for cell in cells
        if words(cell) != expected or seconds(cell) > limit
    ]


class LoginWanted(http.server.BaseHTTPRequestHandler):
    """Answers as GitHub does for a repository that is private or not there."""

    def do_GET(self):
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="GitHub"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def check_failures(lesson, folder):
    """Return what is wrong with the set-up cell's words when the helpers cannot be had."""
    remove_helpers()
    faults = check_setup("without network", lesson, redirected("https://127.0.0.1:9/"), MISSING)
    bare = Path(folder, "bin")
    bare.mkdir()
    (bare / "sh").symlink_to(shutil.which("sh"))  # the least that %pip needs
    without_git = os.environ | {"PATH": str(bare)}
    faults += check_setup("without git", lesson, without_git, MISSING)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), LoginWanted) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment = redirected(f"http://127.0.0.1:{server.server_port}/course")
        faults += check_setup("without such a repository", lesson, environment, MISSING)
        server.shutdown()
    return faults


def replay(lessons):
    """Return everything that is wrong, as one text each."""
    remove_helpers()
    shipped = pip("freeze")
    import_seconds()  # not from a cold disk
    faults, times = [], []
    with tempfile.TemporaryDirectory() as folder:
        origin = Path(folder, "course.git")
        clone(origin)
        environment = redirected(origin.as_uri())
        for lesson in lessons:
            remove_helpers()
            imported = import_seconds()
            found, taken = check_lesson(lesson, environment)
            faults += found
            times.append(taken / imported)
        print(f"set-up cell: {min(times):.1f} imports of TensorFlow, where it is quickest", flush=True)
        if min(times) > PATIENCE:  # the cell is the same in every lesson; what else the machine does is not its fault
            faults.append(f"the set-up cell takes {min(times):.1f} imports of TensorFlow, more than {PATIENCE}")
        faults += check_setup("with the helpers", lessons[0], environment, READY)
        changed = set(pip("freeze").splitlines()) ^ set(shipped.splitlines())
        faults += [f"changed what Colab ships: {line}" for line in changed if not line.startswith("course-utils @")]
        faults += check_failures(lessons[0], folder)
    return faults


def renew(freeze):
    """Take the versions of the packages on our list from Colab's list."""
    listed = dict(re.findall(r"^([\w.-]+)==(\S+)$", freeze.read_text(encoding="utf-8"), re.MULTILINE))
    listed = {name.lower().replace("_", "-"): version for name, version in listed.items()}
    listed["tensorflow-cpu"] = listed["tensorflow"]
    lines = VERSIONS.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        name = line.partition("==")[0]
        if not line.startswith("#") and name in listed:
            lines[number] = f"{name}=={listed[name]}"
    VERSIONS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", type=Path, default=sorted((ROOT / "notebooks").glob("*.ipynb")))
    parser.add_argument("--renew", type=Path, metavar="FREEZE", help="take the versions from Colab's pip-freeze.txt")
    options = parser.parse_args()
    if options.renew:
        renew(options.renew)
        return 0
    faults = replay(options.lessons)
    print("\n".join(faults) or f"{len(options.lessons)} lessons show in Colab what is committed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
