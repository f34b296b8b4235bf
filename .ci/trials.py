"""Try a fault in a copy of the project: do its tests fail there?"""

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from compare import differences, read

ROOT = Path(__file__).parent.parent
MEMORY = 8 * 2**30  # bytes that a run may ask for: some faults ask for all there are
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}  # as `course_utils` sets them
# A process that has imported these is copied for each run, which so need not wait for them again.
FORKS = multiprocessing.get_context("forkserver")
SLOW = "tensorflow matplotlib.backends.backend_agg matplotlib.backends.backend_pdf pytest hypothesis ipywidgets"
FORKS.set_forkserver_preload([*SLOW.split(), "nbclient"])


def copy_of_the_project(folder):
    """Return a folder that holds the project as it is committed."""
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(folder)], cwd=ROOT, check=True)
    return folder


def remove(folder):
    """Take such a folder away."""
    subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, check=True)


def fails_with(fault, tree, tests, seconds):
    """Return whether tests fail, or take longer, with a fault in the tree."""
    file = tree / fault.file
    good = file.read_text(encoding="utf-8")
    try:
        file.write_text(fault.edit(good), encoding="utf-8", newline="\n")
        return fails(tree, tests, seconds)
    finally:
        file.write_text(good, encoding="utf-8", newline="\n")


def fails(tree, tests, seconds):
    """Return whether tests, patterns of files, fail or take longer; a lesson among them is executed and compared."""
    lessons = [name for name in tests if name.endswith(".ipynb")]
    jobs = [(_pytest, [name for name in tests if name not in lessons]), *((_execute, name) for name in lessons)]
    return not all(_in_a_fork(tree, seconds, *job) for job in jobs)


def _in_a_fork(tree, seconds, function, argument):
    process = FORKS.Process(target=_there, args=(tree, function, argument))
    process.start()
    process.join(seconds)
    if process.is_alive():
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return process.exitcode == 0


def _there(tree, function, argument):
    """Call a function in a tree, in silence, and end the process: with 0 where it returns True."""
    os.setsid()  # what it starts ends with it
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(tree)
    os.environ |= {"PYTHONPATH": str(tree), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path.insert(0, str(tree))
    sys.dont_write_bytecode = True
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1), os.dup2(silence, 2)
    os._exit(0 if function(argument) is True else 1)


def _pytest(patterns):
    import pytest

    parts = [pattern.partition("::") for pattern in patterns]  # of a file, all tests or the one behind ::
    files = [f"{path}{mark}{test}" for pattern, mark, test in parts for path in sorted(Path().glob(pattern))]
    options = ["-x", "-q", "-p", "no:cacheprovider", "-o", "addopts="]
    return not files or pytest.main([*options, *files]) == pytest.ExitCode.OK


def _execute(name):
    import nbclient
    import nbformat

    path = Path(name)
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": path.parent}})
    try:
        executed = client.execute()
    except nbclient.exceptions.CellExecutionError:
        return False
    return differences(read(path), json.loads(nbformat.writes(executed))) == []
