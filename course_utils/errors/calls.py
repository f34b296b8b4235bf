"""What is wrong with a call: too few, too many or unknown arguments. In words."""

import ast
import difflib
import inspect

from .places import nodes_of


def _unknown_argument(error, line, match):
    called, name = match[1].rpartition(".")[2], match[2]
    known = _parameters(line, called)
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f"`{called}` takes nothing of the name `{name}`" + (f"; did you mean `{near[0]}`?" if near else "")


def _parameters(line, called):
    """Return the names of the parameters of what a line of the learner's code calls by this name."""
    for node in nodes_of(line):
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
    if called == "<lambda>":
        return f"a `lambda` is handed {given} thing{'s' * (given != 1)} and takes {takes}"
    if called.startswith("__") or called in ("call", "build") or (line and "self" in line.names):
        return (
            f"`{called}` is handed {given} thing{'s' * (given != 1)}, the object itself first, and takes {takes}: look "
            f"at what stands between the brackets of `def {called}(…)`"
        )
    if "." in match[1] and "<locals>" not in match[1]:  # a method, which is handed its object, too
        takes, given = takes - 1, given - 1
    return f"`{called}` is handed {given} thing{'s' * (given != 1)} and takes {takes}"


def _counted(error, line, match):
    called = match[1].rpartition(".")[2]
    takes = {"one": "1", "no": "0"}.get(match[2], match[2])
    takes += " or more" * ("at least" in match[0])
    return f"`{called}` is handed {match[3]} thing{'s' * (match[3] != '1')} and takes {takes}"


def _missing(error, line, match):
    return f"`{match[1]}` wants more between its brackets: {match[2]} {'are' if ' and ' in match[2] else 'is'} missing"


TAKE_A_LIST = {"tf.concat", "tf.stack", "np.concatenate", "np.stack"}


def _of_a_list(error, line, match):
    """Return words where tensors are handed one by one to what takes a list of them, or ""."""
    for node in nodes_of(line):
        name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if name not in TAKE_A_LIST or len(node.args) < 2:
            continue
        tensors, axis = node.args[:2]
        if not isinstance(tensors, (ast.List, ast.Tuple)) and not isinstance(axis, (ast.Constant, ast.UnaryOp)):
            return f"`{name}` takes what it puts together as a list: `{name}([a, b], axis=0)`"
    return ""


CALLS = [
    (
        Exception,
        r"slice scalar input|^Argument `axis` =|^concat_dim|integer scalar arrays can be|truth value of an array",
        _of_a_list,
    ),
    (TypeError, r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'", _unknown_argument),
    (TypeError, r"([\w.<>]+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) w", _too_many),
    (
        TypeError,
        r"([\w.]+)\(\) takes (?:exactly|at most|at least) (\w+) (?:positional )?arguments? \((\d+) given\)",
        _counted,
    ),
    (TypeError, r"([\w.]+) expected (?:at (?:least|most) )?(\d+) arguments?, got (\d+)", _counted),
    (
        TypeError,
        r"Too many arguments were given\. Expected (\d+) but got (\d+)",
        r"\2 things are handed in, and \1 fit in",
    ),
    (TypeError, r"^Missing required positional argument", "something is missing between the brackets"),
    (
        TypeError,
        r"missing 1 required positional argument: 'self'",
        "a class stands where an object of it is needed: brackets behind its name, `(…)`, make one",
    ),
    (
        TypeError,
        r"([\w<>]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.*)",
        _missing,
    ),
    (
        TypeError,
        r"^too many positional arguments",
        "`call` is handed x, and has no room for it: `def call(self, x):`",
    ),
    (TypeError, r"([\w.]+)\(\) missing required argument ('\w+')", _missing),
    (TypeError, r"^missing a required argument: 'inputs'", "a layer is called with x: `layer(x)`"),
    (
        TypeError,
        r"^missing a required argument: '(\w+)'",
        r"`call` asks for `\1`, too, and a model is called with x alone: `def call(self, x):`",
    ),
    (
        TypeError,
        r"^Binding inputs.*`missing a required argument: '(\w+)'",
        r"`\1` is missing between the brackets",
    ),
    (TypeError, r"^Binding inputs.*`too many positional", "more is handed in than the function takes"),
    (
        TypeError,
        r"^(?:Binding inputs.*`g|G)ot an unexpected keyword argument '(\w+)'",
        r"the function takes nothing of the name `\1`",
    ),
    (TypeError, r"got multiple values for argument '(\w+)'", r"`\1` is handed in twice, by its place and by its name"),
]
