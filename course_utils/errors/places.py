"""Where an error began: the learner's own exception below what TensorFlow and Keras wrap around it, and its line."""

import ast
import inspect
import linecache
import traceback
from typing import NamedTuple


class Line(NamedTuple):
    """A line of the learner's code that raised. names: what is known there, the function's own names first."""

    number: int
    text: str
    names: dict


def own_error(error):
    """Return the exception that the learner's code raised.

    `tf.function` and Keras raise a new exception with a longer message. Each leaves the first as its context, and a
    mark: `ag_error_metadata` on the first, `_keras_call_info_injected` on the second.
    """
    while (inner := error.__context__) is not None and (
        hasattr(inner, "ag_error_metadata") or getattr(error, "_keras_call_info_injected", False)
    ):
        error = inner
    return error


def learners_line(error, function):
    """Return the deepest Line of the learner's function or class that an exception came through, or None."""
    files = files_of(function)
    inner = own_error(error)
    in_graph = getattr(inner, "ag_error_metadata", None)
    for frame in in_graph.translated_stack if in_graph else ():
        if frame.filename in files:
            return Line(frame.lineno, (frame.code or "").strip(), getattr(_unwrapped(function), "__globals__", {}))
    for one in (inner, error):
        frames = [pair for pair in traceback.walk_tb(one.__traceback__) if pair[0].f_code.co_filename in files]
        if frames:
            frame, number = frames[-1]
            text = linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()
            return Line(number, text, frame.f_locals | frame.f_globals | frame.f_locals)
    return None


def nodes_of(line):
    """Return the nodes of the syntax tree of a Line; none where it is no whole statement, or None."""
    try:
        return list(ast.walk(ast.parse(line.text)))
    except (AttributeError, SyntaxError):
        return []


def files_of(function):
    """Return the names of the files that hold a function, what decorators wrap in it, or the methods of a class."""
    function = _unwrapped(function)
    if not isinstance(function, type) and not hasattr(function, "__code__"):
        function = type(function)
    parts = vars(function).values() if isinstance(function, type) else [function]
    codes = [getattr(_unwrapped(part), "__code__", None) for part in parts if callable(part)]
    return {code.co_filename for code in codes if code}


def _unwrapped(function):
    """Return a function below its decorators and tf.function."""
    return inspect.unwrap(getattr(function, "python_function", function))
