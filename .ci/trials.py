"""Try a fault in a copy of the project: which test fails there?"""

import contextlib
import faulthandler
import hashlib
import multiprocessing
import os
import resource
import shlex
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from compare import differences, read

ROOT = Path(__file__).parent.parent
MEMORY = 8 * 2**30  # bytes that a run may ask for: some faults ask for all there are
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}  # as `course_utils` sets them
# A process that has imported these is copied for each run, which so need not wait for them again.
FORKS = multiprocessing.get_context("forkserver")
SLOW = "tensorflow keras matplotlib.pyplot matplotlib.backends.backend_agg matplotlib.backends.backend_pdf"
FORKS.set_forkserver_preload([*SLOW.split(), "pytest", "hypothesis", "IPython", "ipywidgets", "nbclient"])
OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "-m", "not whole"]


def copy_of_the_project(folder):
    """Return a folder that holds the project as it is committed, compiled for what imports it again and again."""
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(folder)], cwd=ROOT, check=True)
    quick = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "course_utils"]
    subprocess.run(quick, cwd=folder, check=True)
    return folder


def remove(folder):
    """Take such a folder away."""
    subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, check=True)


def failed_with(fault, tree, tests, seconds, others=None):
    """Return what fails, or takes longer, with a fault in the tree, as `failed` does."""
    file = tree / fault.file
    good = file.read_text(encoding="utf-8")
    try:
        file.write_text(fault.edit(good), encoding="utf-8", newline="\n")
        return failed(tree, tests, seconds, others)
    finally:
        file.write_text(good, encoding="utf-8", newline="\n")


def failed(tree, tests, seconds, others=None):
    """Return which of the tests is the first that fails or takes longer, to be asked again; "" where none does.

    tests: patterns of files and options, as pytest takes them; or one lesson, which is executed and compared.
    seconds: how long one test, or the lesson, may take.
    others: the names of tests that need not be asked, a set; where none fails, those that ran are added. Those that
        only a fault has named are asked.
    """
    names, is_lesson = Path(f"{tree}.names"), tests.endswith(".ipynb")
    names.write_text("", encoding="utf-8")
    others = set() if others is None else others
    call = partial(_execute, tests) if is_lesson else partial(_pytest, tests, [_Names(names, seconds, others)])
    good = _exit_code(tree, call, seconds) == 0
    begun = names.read_text(encoding="utf-8").split("\n")[:-1]
    if good:
        others.update(begun)
        return ""
    if begun:
        return begun[-1]
    return tests if is_lesson else f"{tests} --collect-only"


def in_tree(tree, tests, plugins):
    """Run tests in the tree with plugins of pytest; return 0 where all pass."""
    return _exit_code(tree, partial(_pytest, tests, plugins), seconds=3600)


def _exit_code(tree, call, seconds):
    """Return the code with which a process of its own ends that calls a function in the tree."""
    process = FORKS.Process(target=_there, args=(tree, call, seconds))
    process.start()
    process.join()
    with contextlib.suppress(ProcessLookupError):  # what it has started, too, where anything is left
        os.killpg(process.pid, signal.SIGKILL)
    return process.exitcode


class _Names:
    """A plugin of pytest that leaves others out, writes down which tests run, and ends what takes long."""

    def __init__(self, file, seconds, others):
        self._file, self._seconds, self._others = file, seconds, others

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if item.nodeid not in self._others]

    def pytest_runtest_logstart(self, nodeid):
        with self._file.open("a", encoding="utf-8") as names:
            names.write(f"{nodeid}\n")
        faulthandler.dump_traceback_later(self._seconds, exit=True)


def _there(tree, function, seconds):
    """Call a function in a tree, in silence, and end the process: with 0 where it returns True in time."""
    os.setsid()  # what it starts ends with it
    faulthandler.dump_traceback_later(seconds, exit=True)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what a job in the background has not, and tests need
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(tree)
    os.environ |= {"PYTHONPATH": str(tree), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path.insert(0, str(tree))
    sys.dont_write_bytecode = True
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1), os.dup2(silence, 2)
    os._exit(0 if function() is True else 1)


def _pytest(tests, plugins):
    import pytest

    words = [tests] if "::" in tests else shlex.split(tests)  # a test's own name may hold spaces
    files = [str(path) for word in words if word.endswith(".py") for path in sorted(Path().glob(word))]
    options = [word for word in words if not word.endswith(".py")]
    fine = pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED
    asked = [*OPTIONS, *options, *files]
    return not (files or "::" in tests) or pytest.main(asked, plugins=plugins) in fine


def _execute(name):
    """Return whether a lesson shows what is in its file; where the same code was executed before, that is compared."""
    import nbclient
    import nbformat

    path = Path(name)
    notebook = nbformat.read(path, as_version=4)
    code = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    code += "\n\n".join(room.read_text(encoding="utf-8") for room in sorted(Path("course_utils").rglob("*.py")))
    executed = Path("executed", f"{path.stem}-{hashlib.sha256(code.encode()).hexdigest()}.ipynb")
    if not executed.exists():
        client = nbclient.NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": path.parent}})
        try:
            client.execute()
        except nbclient.exceptions.CellExecutionError:
            return False
        executed.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, executed)
    return differences(read(path), read(executed)) == []
