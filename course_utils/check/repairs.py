"""Which single piece of a learner's function is at fault: the one without which, or with another, it would be right.

That is found by trying. Such a piece is told where what the code gives says nothing but that it is wrong.
"""

import ast
import contextlib
import inspect
import io
import itertools
import warnings

from . import guard
from .pieces import changed
from .reading import code_of, tree_of

FOR_ALL, FOR_ONE = 0.4, 0.2  # of the seconds that a check has for a learner's code
LIBRARIES = "tensorflow", "keras", "numpy", "math", "course_utils"
MOST = 350  # changes that are tried: in a record, what is found may not depend on how quick a machine is
UNTRIED = {"open", "exec", "eval", "input", "compile", "__import__", "globals", "setattr", "delattr"}
UNTRIED_PARTS = {"save", "write", "file", "dump", "remove", "delete", "unlink", "io", "system"}  # of names


def piece_at_fault(function, hold):
    """Return a sentence on the piece of a function that makes it wrong, or "" where no single one is found in time.

    hold(other, seconds): raises unless a function like this one, with one change, is a right answer.
    """
    code = code_of(function)
    tree = tree_of(code) if code and inspect.isfunction(function) and _may_be_tried(function) else None
    if tree is None or not isinstance(tree.body[0], ast.FunctionDef):
        return ""
    ast.increment_lineno(tree, code.co_firstlineno - 1)
    limit = guard.Limit(FOR_ALL * guard.SECONDS)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
        for words in itertools.islice(changed(tree), MOST):
            if limit.left < 0:
                break
            with contextlib.suppress(Exception):  # it is wrong, or no code that can run
                hold(_made(tree, function), FOR_ONE * guard.SECONDS)
                return words
    return ""


def _may_be_tried(function, callers=()):
    """Return whether code can be run with changes, and nothing outside of it is lost, whatever these are."""
    codes = [function.__code__]
    for code in codes:
        codes += [part for part in code.co_consts if inspect.iscode(part)]
    names = {name for code in codes for name in code.co_names}
    if function.__closure__ or any(name in UNTRIED or {*name.split("_")} & UNTRIED_PARTS for name in names):
        return False
    callers = *callers, function
    called = [value for name, value in function.__globals__.items() if name in names]
    own = [value for value in called if inspect.isfunction(value) and value not in callers and not _of_a_library(value)]
    modules = [value for value in called if inspect.ismodule(value)]
    return all(map(_of_a_library, modules)) and all(_may_be_tried(value, callers) for value in own)


def _of_a_library(value):
    name = value.__name__ if inspect.ismodule(value) else value.__module__ or ""
    return name.partition(".")[0] in LIBRARIES


def _made(tree, function):
    """Return the function of a syntax tree, with the names that another one knows."""
    space = dict(function.__globals__)
    exec(compile(ast.fix_missing_locations(tree), function.__code__.co_filename, "exec"), space)  # noqa: S102
    return space[tree.body[0].name]
