"""What it means that Python can't compute with, compare or convert what it meets, in words."""

from .kinds import kind, of_kinds


def _of_a_sum(error, line, match):
    if match[1] == "str":
        return f'`+` joins text with text alone, and {kind(match[2])} is there: f"…{{x}}" puts a value into text'
    return f"`+` puts a {match[1]} behind a {match[1]}, and adds nothing to its parts; {kind(match[2])} is there"


def _of_text(error, line, match):
    comma = "; Python writes a decimal point, and no comma" if "," in match[1] else ""
    return f"the text {match[1]} is no number{comma}"


def _of_an_item(error, line, match):
    name = kind(match[1])
    if name == "a Variable":
        return "a Variable has no parts to set: `assign(…)` gives it a new value"
    return f"{name} never changes in part: compute a new one, or use a list"


def _of_brackets(error, line, match):
    if match[1] == "History":
        return "what `fit` gives back holds its record in `.history`, a dict: `.history['loss']`"
    if kind(match[1]) == "a function":
        return "a function is called with round brackets, ( ); square ones, [ ], take a part of something"
    return f"square brackets, [ ], take a part of a list or of a tensor, and {kind(match[1])} has none"


def _of_one_operand(error, line, match):
    if line and "=+" in line.text:
        return "`=+` gives a new value, by `=`; what adds to the old one is `+=`"
    return f"a number is needed there, and {kind(match[1] or match[2])} stands there"


def _of_an_assert(error, line, match):
    return "what this `assert` states does not hold" if not line or "assert" in line.text else ""


VALUES = [
    (
        TypeError,
        r"object of type '([\w.]+)' has no len\(\)",
        of_kinds("`len` counts the parts of a list or of a tensor, and {} has none"),
    ),
    (
        TypeError,
        r"Scalar tensor has no `len\(\)`|len\(\) of unsized object",
        "`len` counts the parts of a list or of a tensor, and one number has none",
    ),
    (TypeError, r"'([\w.]+)' object does not support item assignment", _of_an_item),
    (TypeError, r"can only concatenate (\w+) \(not \"([\w.]+)\"\)", _of_a_sum),
    (
        TypeError,
        r"bad operand type for (?:unary \S+|abs\(\)): '([\w.]+)'|type (\w+) doesn't define __round__",
        _of_one_operand,
    ),
    (
        TypeError,
        r"not supported between instances of '([\w.]+)' and '([\w.]+)'",
        of_kinds("{} and {} can't be compared"),
    ),
    (ValueError, r"could not convert string to float: (.*)|invalid literal for int\(\) .*?: (.*)",
     lambda error, line, match: _of_text(error, line, [None, match[1] or match[2]])),
    (
        TypeError,
        r"(?:float|int)\(\) argument must be .* not '([\w.]+)'|must be real number, not ([\w.]+)",
        lambda error, line, match: f"one number is needed there, and {kind(match[1] or match[2])} stands there",
    ),
    (
        TypeError,
        r"[Oo]nly (?:0-dimensional|length-1|size-1) arrays can be",
        "`float`, `int` and Python's `math` take one number, and here are several; TensorFlow's take all",
    ),
    (
        TypeError,
        r"[Oo]nly integer scalar arrays can be",
        "one whole number is needed there, as for a place in a list; `tf.gather(x, order)` takes many places",
    ),
    (
        TypeError,
        r"unsupported format string passed to ([\w.]+)\.__format__",
        of_kinds("a format such as `:.2f` writes one number, and {} stands there"),
    ),
    (ValueError, r"cannot convert float (?:NaN|infinity) to integer", "nan and infinity are no whole numbers"),
    (OverflowError, r"cannot convert float infinity", "infinity is no whole number"),
    (
        TypeError,
        r"'([\w.]+)' object cannot be interpreted as an integer",
        of_kinds("a whole number is needed, as in `range(n)`, and {} stands there"),
    ),
    (ValueError, r"range\(\) arg 3 must not be zero", "a range with steps of 0 never ends"),
    (ValueError, r"math domain error", "this function takes no number below 0, and a logarithm not 0 either"),
    (OverflowError, "", "a number grew too large to be kept"),
    (
        ValueError,
        r"(?:max|min)\(\) (?:arg|iterable argument) is (?:an )?empty|at least one data point|zero-size array",
        "there is nothing to take it from: the list is empty",
    ),
    (TypeError, r"'([\w.]+)' object is not subscriptable", _of_brackets),
    (TypeError, r"'([\w.]+)' object is not iterable", of_kinds("a loop goes through parts, and {} has none")),
    (TypeError, r"'([\w.]+)' object is not an iterator", of_kinds("`next` wants an iterator, and {} is there")),
    (StopIteration, "", "`next` was asked, and there was nothing more"),
    (TypeError, r"exceptions must derive from", "`raise` needs an error, as in `raise ValueError('…')`"),
    (SyntaxError, "", "the text that is to be run as code is no Python"),
    (AssertionError, "", _of_an_assert),
]  # fmt: skip
