"""What the usual errors of beginners mean, in words that the lessons have taught by the time they can happen."""

import builtins
import difflib
import inspect
import re

from .calls import CALLS
from .of_keras import KERAS
from .places import learners_line, own_error


def meaning(error, function):
    """Return what an error means for who wrote the function, as a sentence, or "" where its message says it."""
    line = learners_line(error, function)
    error = own_error(error)
    for kind, pattern, words in RULES:
        if isinstance(error, kind) and (match := re.search(pattern, str(error), re.DOTALL)):
            means = words(error, line, match) if callable(words) else match.expand(words)
            if means:
                return f"{means[0].upper()}{means[1:]}{'' if means.endswith('?') else '.'}"
    return ""


# ---- names that are not there ---------------------------------------------------------------------------------


def _unknown_name(error, line, match):
    name, names = match[1], line.names if line else {}
    if line and f"{name}.append" in line.text:
        return f"no list `{name}` is known here: make it before the loop, by `{name} = []`"
    if name == "tape" and line and "tape." in line.text:
        return "no `tape` is known here: `with tf.GradientTape() as tape:` gives it that name"
    if name == "self":
        return "each method of a class has `self` as its first parameter: `def call(self, x):`"
    if line and f"loss={name}" in line.text.replace(" ", ""):
        return f"Keras takes a loss by its name in quotes: loss='{name}'"
    held = [place for owner, value in names.items() for place in _places(owner, value, name)]
    nearest = difflib.get_close_matches(name, names, 1, 0.85)
    near = difflib.get_close_matches(name, [*names, *dir(builtins)], 1)
    likely = [*nearest, *sorted(held, key=lambda place: not place.startswith(("self.", "tf."))), *near]
    return f"no `{name}` is known here" + (f"; did you mean `{likely[0]}`?" if likely else "")


NO_HELP = {"check", "plots"}  # rooms of the course, which no exercise needs


def _places(owner, value, name):
    """Yield how a name is written where a value of the notebook, or a part of a module, holds it."""
    if owner.startswith("_") or owner in NO_HELP or isinstance(value, (str, type)) or inspect.isroutine(value):
        return
    if name in dir(value):
        yield f"{owner}.{name}"
    for part, inner in vars(value).items() if inspect.ismodule(value) else ():
        if inspect.ismodule(inner) and not part.startswith("_") and name in vars(inner):
            yield f"{owner}.{part}.{name}"


def _unknown_attribute(error, line, match):
    if line and match[1] in line.names and hasattr(getattr(error, "obj", None), "shape"):
        return f"a point takes a part of what stands before it, and `{match[1]}` is no part but a name of its own"
    name, known = match[1], [word for word in dir(getattr(error, "obj", None)) if not word.startswith("_")]
    longer = [word for word in known if word.endswith(f"_{name}")]
    held = [place for owner, value in (line.names if line else {}).items() for place in _places(owner, value, name)]
    likely = longer + held + difflib.get_close_matches(name, known, 1)
    return f"there is no `{name}`" + (f"; did you mean `{likely[0]}`?" if likely else "")


def _attribute_of_self(error, line, match):
    name = match[1]
    owner = getattr(error, "obj", None)
    if line and owner is line.names.get("self") and not difflib.get_close_matches(name, dir(owner), 1, 0.8):
        return f"`self.{name}` has no value yet: give it one in `__init__`, by `self.{name} = …`"
    return ""


# ---- None, numbers, tensors and Variables ---------------------------------------------------------------------

NONE = (
    "one side is None, so nothing was given back there: a function without `return`, or a slope that the tape has not"
)


def _of_a_number(error, line, match):
    return f"a plain number has no `{match[2]}`: only a Variable has, and `tf.Variable(…)` makes one"


IN_PLACE = {"-": "assign_sub(…)", "+": "assign_add(…)", "*": "assign(v * …)", "/": "assign(v / …)"}


def _of_an_operator(error, line, match):
    change = IN_PLACE.get(match[1], "assign(…)")
    return f"`{match[1]}=` does not work on a Variable of TensorFlow; what changes a Variable `v` is `v.{change}`"


RULES = [
    *CALLS,
    *KERAS,
    (RuntimeError, r"`\w+ (\S)= value` with `tf.Variable`s is not supported", _of_an_operator),
    (
        UnboundLocalError,
        r"variable '(\w+)'",
        r"`\1` has no value yet. A name that a function sets anywhere is its own from its first line on",
    ),
    (NameError, r"name '(\w+)' is not defined", _unknown_name),
    (
        AttributeError,
        r"'NoneType' object has no attribute '(\w+)'",
        r"what stands before `.\1` is None, so nothing was given back there: does a `return` miss?",
    ),
    (AttributeError, r"'(float|int|numpy\.\w+|ndarray)' object has no attribute '(assign\w*)'", _of_a_number),
    (
        AttributeError,
        r"'(?:float|int|numpy\.\w+)' object has no attribute '(?:dtype|_id)'",
        "a plain number stands where a tensor or a Variable is needed. `.numpy()` and `float()` make plain numbers, "
        "`tf.Variable(…)` makes a Variable",
    ),
    (
        AttributeError,
        r"Tensor' object has no attribute '(assign\w*)'",
        r"a tensor has no `\1`, it never changes. Only a Variable has; after `x = x - …`, `x` is none any more",
    ),
    (AttributeError, r"has no attribute '(\w+)'", _attribute_of_self),
    (AttributeError, r"has no attribute '(\w+)'", _unknown_attribute),
    (TypeError, r"unsupported operand type\(s\).*NoneType", NONE),
    (ValueError, r"Attempt to convert a value \(None\)|None values not supported", NONE.replace("one side", "a value")),
    (
        ValueError,
        r"Attempt to convert a value \(<(?:[\w.]+\.)?(\w+)",
        r"a \1 stands where numbers are needed: call it, with brackets and what it works on",
    ),
    (TypeError, r"NoneType' object is not (iterable|subscriptable)", NONE.replace("one side", "a value")),
    (TypeError, r"cannot unpack non-iterable NoneType", NONE.replace("one side", "a value")),
    (
        TypeError,
        r"cannot unpack non-iterable|Cannot iterate over a scalar",
        "one number is there where several are taken out. To add a number to a list, write `.append(…)`",
    ),
    (TypeError, r"'(?:int|float)' object is not iterable", "a loop needs something to go through: `range(n)`, not `n`"),
    (
        TypeError,
        r"'(?:[\w.]+\.)?(\w+)' object is not callable",
        r"brackets behind a name call it, and what stands before them is no function but of the type \1",
    ),
    (
        TypeError,
        r"does not support the context manager protocol",
        "`with` needs an object, and a class is there: write `with tf.GradientTape() as tape:`, with brackets",
    ),
    (TypeError, r"Tensor' object does not support item assignment", "a tensor never changes: compute a new one"),
    (
        TypeError,
        r"can't multiply sequence by non-int|unsupported operand type\(s\) for .*'list'",
        "a list can't be computed with; take its parts out first: `dw, db = …`",
    ),
    (
        RuntimeError,
        r"non-persistent GradientTape can only",
        "a tape answers only once. Ask for all slopes at once, `tape.gradient(loss, [w, b])`, and open a new tape for "
        "each new step",
    ),
    (
        ValueError,
        r"[Cc]annot assign value.*variable shape (\(.*?\)).*value shape (\(.*?\))",
        r"the Variable has the shape \1 and the new value \2, and a Variable keeps its shape",
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
    (Exception, r"Incompatible shapes: (\[.*?\]) vs\. (\[.*?\])", r"the shapes \1 and \2 don't fit together"),
    (
        Exception,
        r"ndims must be|different ndims|Matrix size-incompatible|`axes` must not be larger",
        "`@` multiplies tables of numbers; each number with each is `*`",
    ),
    (ValueError, r"not enough values to unpack|too many values to unpack", "there are not as many values as names"),
    (
        TypeError,
        r"Cannot convert (?:'|\S+ to EagerTensor of dtype string)",
        "text stands where a number is needed",
    ),
    (
        TypeError,
        r"Cannot convert (\S+) to EagerTensor of dtype (\w+)",
        r"\1 meets numbers of the type \2, and TensorFlow mixes none. A Variable made of `3` holds whole numbers, one "
        r"made of `3.0` floats",
    ),
    (TypeError, r"unsupported operand type\(s\).*'str'", "text in quotes stands where a number is needed"),
    (TypeError, r"'float' object is not subscriptable|'float' has no len", "one number has no parts and no length"),
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
    (IndexError, r"list index out of range", "the list has no such place; the last one is [-1]"),
    (
        TypeError,
        r"'(builtin_function_or_method|function|method)' object is not subscriptable",
        "a function is called with round brackets, ( ); square ones, [ ], take a part of something",
    ),
    (TypeError, r"'float' object cannot be interpreted as an integer", "`range` counts, so it needs a whole number"),
    (TypeError, r"unhashable type: '(\w+)'", r"a \1 can't be the key of a dict or a part of a set"),
    (TypeError, r"unsupported operand type\(s\) for (\S+): '(\w+)' and '(\w+)'", r"no `\1` is known of \2 and \3"),
    (FileNotFoundError, "", "there is no such file or folder"),
    (RecursionError, "", "the function calls itself, and never stops"),
    (ZeroDivisionError, "", "something is divided by 0"),
    (SystemExit, "", "`exit()` would end Python itself; a function ends with `return`"),
]
