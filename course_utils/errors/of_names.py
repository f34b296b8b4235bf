"""What it means that a name or a part is not there, or that something is None, in words."""

import ast

from .names import attribute_of_self, unknown_attribute, unknown_name
from .places import nodes_of

NONE = (
    "one side is None, so nothing was given back there: a function without `return`, or a slope that the tape has not"
)


def _of_a_number(error, line, match):
    return f"a plain number has no `{match[2]}`: only a Variable has, and `tf.Variable(…)` makes one"


CHANGES = {"append", "sort", "reverse", "extend", "insert", "remove"}  # of lists, and nothing is given back


def _of_a_changed_list(error, line, match):
    """Return words where something is done with what a list's own functions give back, or ""."""
    for node in nodes_of(line):
        match node:
            case (
                ast.Attribute(value=ast.Call(func=ast.Attribute(attr=name)))
                | ast.Subscript(value=ast.Call(func=ast.Attribute(attr=name)))
                | ast.Call(func=ast.Call(func=ast.Attribute(attr=name)))
            ) if name in CHANGES:
                return f"`.{name}(…)` changes its list and gives back None: use the list itself after it"
    return ""


def _of_a_rounding(error, line, match):
    is_round = line and "round(" in line.text and "astype" not in line.text  # which is what `round` asks for
    return "`tf.round` rounds tensors, and Python's `round` does not" if is_round else ""


NAMES = [
    (
        UnboundLocalError,
        r"variable '(\w+)'",
        r"`\1` has no value yet. A name that a function sets anywhere is its own from its first line on",
    ),
    (NameError, r"name '(\w+)' is not defined", unknown_name),
    ((AttributeError, TypeError), r"'NoneType' object", _of_a_changed_list),
    (
        AttributeError,
        r"'NoneType' object has no attribute '(\w+)'",
        r"what stands before `.\1` is None, so nothing was given back there: does a `return` miss?",
    ),
    (AttributeError, r"'(float|int|numpy\.\w+|ndarray)' object has no attribute '(assign\w*)'", _of_a_number),
    (
        AttributeError,
        r"'(?:float|int|numpy\.\w+)' object has no attribute '(?:dtype|_id|_unique_id)'",
        "a plain number stands where a tensor or a Variable is needed. `.numpy()` and `float()` make plain numbers, "
        "`tf.Variable(…)` makes a Variable",
    ),
    (
        AttributeError,
        r"Tensor' object has no attribute '(assign\w*)'",
        r"a tensor has no `\1`, it never changes. Only a Variable has; after `x = x - …`, `x` is none any more",
    ),
    (AttributeError, r"has no attribute 'astype'", _of_a_rounding),
    (AttributeError, r"has no attribute '(\w+)'", attribute_of_self),
    (AttributeError, r"has no attribute '(\w+)'", unknown_attribute),
    (TypeError, r"unsupported operand type\(s\).*NoneType", NONE),
    (ValueError, r"Attempt to convert a value \(None\)|None values not supported", NONE.replace("one side", "a value")),
    (TypeError, r"NoneType' object is not (iterable|subscriptable)", NONE.replace("one side", "a value")),
    (TypeError, r"cannot unpack non-iterable NoneType", NONE.replace("one side", "a value")),
]
