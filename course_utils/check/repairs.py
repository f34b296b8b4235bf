"""Which single piece of a learner's function is at fault: the one without which, or with another, it would be right.

That is found by trying. Such a piece is told where what the code gives says nothing but that it is wrong. Nothing but
numbers may change by it: only code is tried that is known to compute, and to do nothing else.
"""

import ast
import contextlib
import dis
import inspect
import itertools
import types
import warnings

import tensorflow as tf

from .. import bowl
from . import guard
from .pieces import changed
from .reading import tree_of

FOR_ALL, FOR_ONE = 0.4, 0.1  # of the seconds that a check has for a learner's code
MOST = 350  # changes that are tried: in a record, what is found may not depend on how quick a machine is
LIBRARIES = "tensorflow", "keras", "numpy", "math"
OWN = "course_utils"  # whose functions compute, too, but for those in modules that draw
BUILTINS = {"abs", "all", "any", "bool", "enumerate", "float", "int", "isinstance", "len", "list", "max", "min", "pow"}
BUILTINS |= {"range", "reversed", "round", "sorted", "sum", "tuple", "zip"}
FIXED = bool, int, float, str, type(None), tf.Tensor, tf.DType
# Behind a point: what leaves something behind, shows something, or takes seconds.
UNTRIED = {"io", "print", "config", "debugging", "callbacks", "compile", "evaluate", "fit", "predict", "train_on_batch"}
UNTRIED_PARTS = (
    "save",
    "load",
    "write",
    "file",
    "dump",
    "export",
    "checkpoint",
    "set_",
    "enable",
    "disable",
    "functions",
)
OUTSIDE = "IMPORT", "STORE_GLOBAL", "DELETE_GLOBAL", "STORE_NAME"


def piece_at_fault(function, hold):
    """Return a sentence on the piece of a function that makes it wrong, or "" where no single one is found in time.

    hold(other, seconds): raises unless a function like this one, with one change, is a right answer.
    """
    if not inspect.isfunction(function) or not _only_computes(function):
        return ""
    tree = tree_of(function.__code__)
    if tree is None or not isinstance(tree.body[0], ast.FunctionDef):
        return ""
    ast.increment_lineno(tree, function.__code__.co_firstlineno - 1)
    limit, patience = guard.Limit(FOR_ALL * guard.SECONDS), FOR_ONE * guard.SECONDS
    as_it_is = [""]  # which may be right: what is drawn at random is so at times
    for words in itertools.chain(as_it_is, itertools.islice(changed(tree), MOST)):
        with contextlib.suppress(Exception):  # it is wrong, or no code that can run
            hold(_made(tree, function), patience)
            return words
        if limit.left < 0:
            break
    return ""


def _only_computes(function, callers=()):
    """Return whether a function reads numbers and what computes with them, and changes nothing outside of itself."""
    if function.__closure__ or function.__kwdefaults__ or hasattr(function, "__wrapped__"):
        return False
    codes = [function.__code__]
    for code in codes:
        codes += [part for part in code.co_consts if inspect.iscode(part)]
    for step in itertools.chain(*map(dis.get_instructions, codes)):
        if step.opname.startswith(OUTSIDE):
            return False
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            if not _computes(step.argval, function, (*callers, function)):
                return False
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and (
            step.argval in UNTRIED or any(part in step.argval.lower() for part in UNTRIED_PARTS)
        ):
            return False
    return True


def _computes(name, function, callers):
    """Return whether what a name stands for in a function is a fixed value, or only computes."""
    if name not in function.__globals__:
        return name in BUILTINS
    value = function.__globals__[name]
    if inspect.ismodule(value):
        return value.__name__.partition(".")[0] in LIBRARIES or value is bowl
    if isinstance(value, FIXED):
        return True
    if (getattr(value, "__module__", None) or "").partition(".")[0] in (*LIBRARIES, OWN):
        return inspect.isfunction(value) or isinstance(value, type)
    return inspect.isfunction(value) and (value in callers or _only_computes(value, callers))


def _made(tree, function):
    """Return the function of a syntax tree, with the names and the defaults of another one."""
    with warnings.catch_warnings(action="ignore"):
        whole = compile(ast.fix_missing_locations(tree), function.__code__.co_filename, "exec")
    code = next(part for part in whole.co_consts if inspect.iscode(part) and part.co_name == tree.body[0].name)
    return types.FunctionType(code, dict(function.__globals__), code.co_name, function.__defaults__)
