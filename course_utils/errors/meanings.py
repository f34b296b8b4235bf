"""What the usual errors of beginners mean, in words that the lessons have taught by the time they can happen."""

import re

from .calls import CALLS
from .kinds import kind, of_kinds
from .of_classes import CLASSES
from .of_files import FILES
from .of_keras import KERAS
from .of_names import NAMES
from .of_parts import PARTS
from .of_shapes import SHAPES, TEXT, of_a_new_value, of_two_shapes
from .of_tensorflow import TENSORFLOW
from .of_values import VALUES
from .places import learners_line, nodes_of, own_error


def meaning(error, function):
    """Return what an error means for who wrote the function, as a sentence, or "" where its message says it."""
    line = learners_line(error, function)
    error = own_error(error)
    for kinds, pattern, words in RULES:
        if isinstance(error, kinds) and (match := re.search(pattern, str(error), re.DOTALL)):
            means = words(error, line, match) if callable(words) else match.expand(words)
            if means:
                return f"{means[0].upper()}{means[1:]}{'' if means.endswith('?') else '.'}"
    return "It is your own code that says so, by `raise`." if line and line.text.startswith("raise") else ""


IN_PLACE = {"-": "assign_sub(…)", "+": "assign_add(…)", "*": "assign(v * …)", "/": "assign(v / …)"}


def _of_an_operator(error, line, match):
    change = IN_PLACE.get(match[1], "assign(…)")
    return f"`{match[1]}=` does not work on a Variable of TensorFlow; what changes a Variable `v` is `v.{change}`"


def _of_no_parts(error, line, match):
    if line and not re.search(r"\bfor\b", line.text):
        return "a list or a tensor is needed there, and one number has no parts"
    return "a loop needs something to go through: `range(n)`, not `n`"


def _of_several_names(error, line, match):
    if line and re.search(r"\bfor \w+,", line.text):
        return "each round takes out one thing here, and there are more names: `zip(…, …)` goes through two together"
    return "one number is there where several are taken out. To add a number to a list, write `.append(…)`"


def _of_a_list(error, line, match):
    if any(isinstance(getattr(node, "value", None), str) for node in nodes_of(line)):
        return TEXT
    return "a list can't be computed with; take its parts out first, `dw, db = …`, or make it a tensor"


def _of_two_types(error, line, match):
    if line and re.search(r"\baxis=|\b(?:zeros|ones|fill|one_hot)\(", line.text):
        return "a whole number is needed there, as for a place, an axis or a shape, and something else stands there"
    return (
        f"{match[1]} meets numbers of the type {match[2]}, and TensorFlow mixes none. A Variable made of `3` holds "
        "whole numbers, one made of `3.0` floats"
    )


def _of_operands(error, line, match):
    return f"no `{match[1]}` is known of {kind(match[2])} and {kind(match[3])}"


RULES = [
    *CLASSES,
    *CALLS,
    *KERAS,
    *TENSORFLOW,
    *SHAPES,
    (RuntimeError, r"`\w+ (\S)= value` with `tf.Variable`s is not supported", _of_an_operator),
    *NAMES,
    (
        ValueError,
        r"Attempt to convert a value \(<(?:[\w.]+\.)?(\w+)",
        of_kinds("{} stands where numbers are needed: call it, with brackets and what it works on"),
    ),
    (
        TypeError,
        r"cannot unpack non-iterable|Cannot iterate over a scalar",
        _of_several_names,
    ),
    (TypeError, r"'(?:int|float)' object is not iterable", _of_no_parts),
    (
        TypeError,
        r"'(?:[\w.]+\.)?(\w+)' object is not callable",
        of_kinds("brackets behind a name call it, and what stands before them is no function but {}"),
    ),
    (
        TypeError,
        r"'type' object does not support the context manager protocol",
        "`with` needs an object, and a class is there: write `with tf.GradientTape() as tape:`, with brackets",
    ),
    (
        TypeError,
        r"'(?:function|method)' object does not support the context manager protocol",
        "`with` needs an object, and a function is there: call it, with brackets",
    ),
    (TypeError, r"can't multiply sequence by non-int|unsupported operand type\(s\) for .*'list'", _of_a_list),
    (
        RuntimeError,
        r"non-persistent GradientTape can only",
        "a tape answers only once. Ask for all slopes at once, `tape.gradient(loss, [w, b])`, and open a new tape for "
        "each new step",
    ),
    (
        ValueError,
        r"[Cc]annot assign value.*variable shape (\(.*?\)).*value shape (\(.*?\))",
        of_a_new_value,
    ),
    (
        ValueError,
        r"requested dtype (\w+) for Tensor with dtype (\w+)",
        r"a number of the type \2 is there where \1 is needed. Write floats, with a point: `1.0`",
    ),
    (
        Exception,
        r"expected to be an? (\w+) tensor but is an? (\w+) tensor",
        r"numbers of the types \1 and \2 meet, and TensorFlow mixes none. Write floats, with a point: `1.0`",
    ),
    (Exception, r"Incompatible shapes: (\[.*?\]) vs\. (\[.*?\])", of_two_shapes),
    (ValueError, r"not enough values to unpack|too many values to unpack", "there are not as many values as names"),
    (
        TypeError,
        r"Cannot convert (?:'|\S+ to EagerTensor of dtype string)",
        "text stands where a number is needed",
    ),
    (
        TypeError,
        r"Cannot convert (\S+) to EagerTensor of dtype (\w+)",
        _of_two_types,
    ),
    (TypeError, r"unsupported operand type\(s\).*'str'", TEXT),
    (
        Exception,
        r"Invalid reduction dimension \(?(-?\d+) for input with (\d+)",
        r"there is no axis \1, the tensor has \2 dimension(s). Without `axis`, all numbers are taken together",
    ),
    (Exception, r"slice scalar input", "one number has no parts: leave out the square brackets, [ ]"),
    (
        IndexError,
        r"list assignment index",
        "a list has only the places that it has: `.append(…)` makes one more at its end",
    ),
    (
        TypeError,
        r"unhashable type: '(\w+)'",
        r"a \1 can't be the key of a dict or a part of a set",
    ),
    (
        TypeError,
        r"(?:Tensor|Variable) is unhashable",
        "a tensor can't be the key of a dict or a part of a set; a plain number can: `float(…)` makes one",
    ),
    (TypeError, r"unsupported operand type\(s\) for (\S+): '(\w+)' and '(\w+)'", _of_operands),
    *FILES,
    *PARTS,
    *VALUES,
    (RecursionError, "", "the function calls itself, and never stops"),
    (ZeroDivisionError, "", "something is divided by 0"),
    (SystemExit, "", "`exit()` would end Python itself; a function ends with `return`"),
]
