"""What can be read off the learner's code without running it."""

import ast
import contextlib
import dis
import inspect
import linecache
import textwrap


def _empty():
    pass


def _words():
    """With no code but this."""


STUBS = {_empty.__code__.co_code, _words.__code__.co_code}
STUB_VALUES = str, type(...)
WRITTEN_BY_PYTHON = {
    *("__module__", "__qualname__", "__doc__", "__dict__", "__weakref__", "__firstlineno__"),
    *("__static_attributes__", "__abstractmethods__", "_abc_impl", "__parameters__", "__orig_bases__"),
}


def untouched(answer):
    """Return whether an answer is a stub as it stood: nothing, `...`, or a function or class without own code."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, type):
        own = {name: part for name, part in vars(answer).items() if name not in WRITTEN_BY_PYTHON}
        return all(map(of_a_library, answer.__bases__)) and all(
            inspect.isfunction(part) and untouched(part) for part in own.values()
        )
    code = code_of(answer)
    if code is None or code.co_name == "<lambda>" or code.co_code not in STUBS or _gives_something(code):
        return False
    tree = tree_of(code)  # `return None`, and numbers by themselves, have the code of `pass`
    return tree is None or all(map(_says_nothing, tree.body[0].body))


def _gives_something(code):
    """Return whether code gives back a constant other than None."""
    return any("CONST" in step.opname and step.argval is not None for step in dis.get_instructions(code))


def _says_nothing(statement):
    """Return whether a statement is `pass`, `...` or a text."""
    value = getattr(statement, "value", None) if isinstance(statement, ast.Expr) else None
    return isinstance(statement, ast.Pass) or (isinstance(value, ast.Constant) and isinstance(value.value, STUB_VALUES))


def unread_code(answer):
    """Return the first line of code that stands in quotes or behind # in a stub, where Python never runs it, or ""."""
    parts = [part for part in vars(answer).values() if inspect.isfunction(part)] if isinstance(answer, type) else []
    for function in [answer, *parts]:
        code = code_of(function)
        if code is None:
            continue
        comments = [line.strip().lstrip("# ") for line in _lines(code) if line.strip().startswith("#")]
        for text in [getattr(function, "__doc__", None) or "", *comments]:
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            if found := next(filter(_is_code, lines), ""):
                return found
    return ""


def _is_code(line):
    """Return whether a line computes or sets something, as no sentence does."""
    try:
        nodes = list(ast.walk(ast.parse(f"{line} pass" if line.endswith(":") else line)))
    except (SyntaxError, ValueError):
        return False
    return any(isinstance(node, (ast.Call, ast.Assign, ast.AugAssign, ast.With, ast.For, ast.BinOp)) for node in nodes)


def of_a_library(cls):
    """Return whether a class was not written by a learner, nor by the course."""
    return cls is object or cls.__module__.partition(".")[0] in ("tensorflow", "keras", "tf_keras")


def code_of(function):
    """Return the code of a function below its decorators and tf.function, or None where there is none in Python."""
    function = inspect.unwrap(getattr(function, "python_function", function))
    if not hasattr(function, "__code__") and not isinstance(function, type):  # an object that can be called
        function = vars(type(function)).get("__call__")
    return getattr(function, "__code__", None)


def unused(function):
    """Return the parameters of a function that it never reads, or sets anew before it reads them, in order."""
    code = code_of(function)
    if code is None:
        return []
    first = {}
    for way, name in _uses(code):
        first.setdefault(name, way)
    inner = {name for part in code.co_consts if inspect.iscode(part) for name in part.co_freevars}
    names = code.co_varnames[: code.co_argcount]
    return [name for name in names if first.get(name) != "LOAD" and name not in inner and name != "self"]


def other_order(function, asks):
    """Return words where a function has the parameters that are asked for, in another order, else "".

    asks: how it is called, such as "slope(function, x)".
    """
    code, asked = code_of(function), tuple(asks.partition("(")[2].rstrip(")").split(", "))
    names = code.co_varnames[: code.co_argcount] if code and not isinstance(function, type) else ()
    if len(names) < 2 or names == asked or set(names) != set(asked):
        return ""
    return f"its parameters are ({', '.join(names)}), and ({', '.join(asked)}) are asked for, in this order. So: "


def _uses(code):
    """Yield ("LOAD" or "STORE", name) for each use of a local name, in the order of the code."""
    for step in dis.get_instructions(code):
        if "FAST" in step.opname or "DEREF" in step.opname:
            names = step.argval if isinstance(step.argval, tuple) else (step.argval,)
            ways = [way for way in step.opname.split("_") if way in ("LOAD", "STORE")]
            yield from zip(ways, names, strict=False)


def calls(function, name):
    """Return whether a function, or a method of a class, mentions a name such as `print`."""
    parts = vars(function).values() if isinstance(function, type) else [function]
    return any(name in code.co_names for code in map(code_of, parts) if code is not None)


def kept_in_defaults(function):
    """Return words where a parameter has a list or a dict by default, which all calls share, or ""."""
    code, kept = code_of(function), getattr(function, "__defaults__", None) or ()
    names = code.co_varnames[: code.co_argcount][-len(kept) :] if code and kept else ()
    shared = [name for name, value in zip(names, kept, strict=False) if isinstance(value, (list, dict, set))]
    return (
        f"what stands behind `{shared[0]}=` is made once, and all calls share it: make it anew, inside the function"
        if shared
        else ""
    )


def odd_loop(function):
    """Return words where a loop ends in its first round, or each of its rounds forgets the one before, or ""."""
    code = code_of(function)
    tree = tree_of(code) if code else None
    for loop in [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))] if tree else ():
        for statement in loop.body:
            if isinstance(statement, (ast.Return, ast.Break)):
                end = f"`{type(statement).__name__.lower()}` stands inside the loop"
                return f"{end}, with as much space before it as the rest, and ends its first round"
        names = [node for statement in loop.body for node in ast.walk(statement) if isinstance(node, ast.Name)]
        read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        after = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.lineno > loop.end_lineno}
        before = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.lineno < loop.lineno}
        for node in loop.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name in before & after and name not in read:
                    again = f"each round sets `{name}` anew, so that of the rounds before nothing is left in it"
                    return f"{again}: to add up, write `{name} += …`"
    return ""


def divides_whole(function):
    """Return whether a function divides by `//`."""
    code = code_of(function)
    tree = tree_of(code) if code else None
    return tree is not None and any(isinstance(node, ast.FloorDiv) for node in ast.walk(tree))


def keywords(function):
    """Return the names by which a function hands in arguments, "axis" in `f(x, axis=0)`."""
    code = code_of(function)
    texts = [part for part in code.co_consts if isinstance(part, tuple)] if code else []
    return {name for part in texts for name in part if isinstance(name, str)}


def sets(function, parameter):
    """Return whether a function gives one of its parameters, counted from 0, a new value by `=`."""
    code = code_of(function)
    return code is not None and ("STORE", code.co_varnames[parameter : parameter + 1]) in (
        (way, (name,)) for way, name in _uses(code)
    )


def lacks_self(cls):
    """Return the first method of a class that has no parameter for the object itself, as `def` writes it, or ""."""
    for name, part in vars(cls).items():
        if inspect.isfunction(part):
            first = next(iter(inspect.signature(part).parameters), "")
            body = part.__code__
            reads_self = "self" in body.co_names
            if not first or (first != "self" and reads_self):
                return f"def {name}{inspect.signature(part)}"
    return ""


def tree_of(code):
    """Return the syntax tree of a function, or None where its source is not known."""
    with contextlib.suppress(SyntaxError):
        tree = ast.parse(textwrap.dedent("".join(_lines(code))))
        return tree if tree.body else None


def _lines(code):
    """Return the lines of a function, as far as its source is known."""
    lines = linecache.getlines(code.co_filename)
    try:
        return inspect.getblock(lines[code.co_firstlineno - 1 :])
    except (SyntaxError, IndexError, TypeError):
        return []
