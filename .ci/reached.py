"""Find which tests reach which lines of the package, and which lessons, so that a fault need not be asked of others."""

import ast
import itertools
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest
from coverage import Coverage, CoverageData
from trials import ROOT, copy_of_the_project, in_tree, remove

TESTS = "tests/test_*.py"
NAMES = ".txt"  # the end of the name of a file that lists tests
LESSONS = ".lessons"  # and of one that lists notebooks


class Traced:
    """A plugin of pytest that leaves in files which tests there are, and which lines of the package each executes.

    Also which notebooks are opened in this process, by any of the tests: many read each once for all.
    """

    def __init__(self, file):
        self._file, self._lessons = file, set()

    def _opened(self, event, arguments):
        if event == "open" and str(arguments[0]).endswith(".ipynb"):
            self._lessons.add(Path(arguments[0]).name)

    def pytest_sessionstart(self):
        sys.addaudithook(self._opened)
        self._coverage = Coverage(data_file=self._file, config_file=False, source=["course_utils"], messages=False)
        self._coverage.set_option("run:relative_files", True)
        self._coverage.start()

    def pytest_collection_finish(self, session):
        Path(f"{self._file}{NAMES}").write_text("\n".join(item.nodeid for item in session.items), encoding="utf-8")

    def pytest_runtest_logstart(self, nodeid):
        self._coverage.switch_context(nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef, request):
        """What is made once for a file is of all its tests."""
        if fixturedef.scope == "module":
            self._coverage.switch_context(request.node.nodeid)
        try:
            return (yield)
        finally:
            if fixturedef.scope == "module":
                self._coverage.switch_context(request._pyfuncitem.nodeid)

    def pytest_sessionfinish(self):
        self._coverage.stop()
        self._coverage.save()
        Path(f"{self._file}{LESSONS}").write_text("\n".join(sorted(self._lessons)), encoding="utf-8")


def find(folder, workers):
    """Run each file of tests in a copy of the project, and leave in a folder which lines its tests reach."""
    free = SimpleQueue()
    with tempfile.TemporaryDirectory() as place:
        found = Path(place) / "found"
        found.mkdir()
        trees = [copy_of_the_project(Path(place) / str(k)) for k in range(workers)]
        for tree in trees:
            free.put(tree)

        def traced(name):
            tree = free.get()
            status = in_tree(tree, f"{name} --maxfail=1000", plugins=[Traced(str(found / Path(name).stem))])
            free.put(tree)
            print(f"{name}: {'traced' if status == 0 else 'traced, and not all pass so'}", flush=True)

        try:
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(traced, sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(TESTS))))
        finally:
            for tree in trees:
                remove(tree)
        shutil.move(found, folder)  # whole or not at all


class Reached:
    """Which tests reach a line, or a lesson, as `find` left it in a folder."""

    def __init__(self, folder):
        self._tests, self._lines, self._lessons = set(), {}, {}
        for path in sorted(folder.iterdir()):
            if path.suffix == NAMES:
                self._tests.update(path.read_text(encoding="utf-8").split("\n"))
                continue
            if path.suffix == LESSONS:
                self._lessons[f"tests/{path.stem}.py"] = path.read_text(encoding="utf-8").split("\n")
                continue
            data = CoverageData(str(path))
            data.read()
            for file in data.measured_files():
                lines = self._lines.setdefault(file, {})
                for line, tests in data.contexts_by_lineno(file).items():
                    lines.setdefault(line, set()).update(filter(None, tests))

    def others(self, fault, own=False):
        """Return the names of the tests that do not reach a fault's statement; none where that is not known.

        What no test reaches, and what an import executes, for whichever test imports first, may be seen by any that
        reaches the file. Of a fault in a lesson, those whose file opens other lessons, or none.
        own: whether tests of the fault's own room are asked, which may also read what stands in its tables.
        """
        if fault.file.endswith(".ipynb"):
            lesson = Path(fault.file).name
            return {test for test in self._tests if lesson not in self._lessons.get(test.split("::")[0], [lesson])}
        lines = self._lines.get(fault.file)
        if not lines:
            return set()
        source = (ROOT / fault.file).read_text(encoding="utf-8")
        around = _statement(ast.parse(source), fault.line)
        if own and not around:
            return set()
        found = set().union(*(lines.get(line, ()) for line in around)) or set().union(*lines.values())
        return {test for test in self._tests if not {test, test.split("::")[0]} & found}


def _statement(tree, line):
    """Return the lines of the smallest statement in a function around a line; of one with a body, those before it."""
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    around = [
        range(node.lineno, (node.body[0].lineno if getattr(node, "body", None) else node.end_lineno + 1))
        for statement in itertools.chain(*(function.body for function in functions))
        for node in ast.walk(statement)
        if isinstance(node, (ast.stmt, ast.ExceptHandler))
    ]
    return min((lines for lines in around if line in lines), key=len, default=())
