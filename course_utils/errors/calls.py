"""What is wrong with a call: too few, too many or unknown arguments. In words."""

import ast
import difflib
import inspect


def _unknown_argument(error, line, match):
    called, name = match[1].rpartition(".")[2], match[2]
    known = _parameters(line, called)
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f"`{called}` takes nothing of the name `{name}`" + (f"; did you mean `{near[0]}`?" if near else "")


def _parameters(line, called):
    """Return the names of the parameters of what a line of the learner's code calls by this name."""
    try:
        tree = ast.parse(line.text)
    except (AttributeError, SyntaxError):
        return []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in (called, called.strip("_")):
            value = line.names.get(ast.unparse(node.func).split(".")[0])
            for part in ast.unparse(node.func).split(".")[1:]:
                value = getattr(value, part, None)
            try:
                return list(inspect.signature(value).parameters)
            except (TypeError, ValueError):
                return []
    return []


def _too_many(error, line, match):
    called, takes, given = match[1].rpartition(".")[2], int(match[2]), int(match[3])
    if called.startswith("__") or called in ("call", "build") or (line and "self" in line.names):
        return (
            f"`{called}` is handed {given} things, the object itself first, and takes {takes}: look at what stands "
            f"between the brackets of `def {called}(…)`"
        )
    return f"`{called}` is handed {given} things and takes {takes}"


CALLS = [
    (TypeError, r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'", _unknown_argument),
    (TypeError, r"([\w.]+)\(\) takes (\d+) positional arguments? but (\d+) w", _too_many),
    (
        TypeError,
        r"(\w+)\(\) missing \d+ required positional arguments?: (.*)",
        r"`\1` wants more between its brackets: \2 is missing",
    ),
    (
        TypeError,
        r"^missing a required argument: '(\w+)'",
        r"`call` asks for `\1`, too, and a model is called with x alone: `def call(self, x):`",
    ),
    (TypeError, r"got multiple values for argument '(\w+)'", r"`\1` is handed in twice, by its place and by its name"),
]
