"""What it means that numbers of other shapes or types meet than can be computed with, in words."""

import re

POWER = "`^` is no power in Python: write `**`"
TEXT = "text in quotes stands where a number is needed"
MIXED = "numbers of the types {} and {} meet, and TensorFlow mixes none. Write floats, with a point: `1.0`"


def taken_for_an_axis(line):
    """Return words where a line hands something to a function of numbers in the place of its axis, or ""."""
    call = line and re.search(r"\b((?:tf|np)\.(?:average|mean|sum|reduce_\w+))\(.+?, ", line.text)
    by_name = ": weights have a name, `weights=…`" if call and "average" in call[1] else ""
    return f"what stands second in `{call[1]}(…)` is an axis, a whole number{by_name}" if call else ""


def _of_a_type(error, line, match):
    """Return words for an operation that takes other types of numbers than it got."""
    given, allowed = match[1], match[2].split(", ")
    if "BitwiseXor" in str(error) or (line and "^" in line.text):
        return POWER
    if given == "string":
        return TEXT
    if "int" in given:
        return "whole numbers stand where floats are needed: write them with a point, `4.0`"
    if all("int" in one for one in allowed):
        if axis := taken_for_an_axis(line):
            return axis
        return (
            f"a whole number is needed, as for a place, an axis or a shape, and numbers of the type {given} stand there"
        )
    return f"numbers of the type {given} can't be computed with here"


def of_two_shapes(error, line, match):
    """Return words for two shapes, each in its brackets, that don't fit together."""
    apart = f"the shapes {match[1]} and {match[2]} don't fit together"
    axis = line and re.search(r"axis=(1|-1)\b", line.text)
    if axis and "keepdims" not in line.text:
        return f"{apart}: `{axis[0]}` leaves one number for each row, `axis=0` one for each column"
    counts = [re.fullmatch(r"[\[(](\d+),?[\])]", shape) for shape in match.groups()]
    return f"{apart}: {counts[0][1]} numbers stand on one side, {counts[1][1]} on the other" if all(counts) else apart


def _of_an_operand(error, line, match):
    return POWER if "bitwise" in match[1] else TEXT


def of_a_new_value(error, line, match):
    whose = ": is that the slope of this Variable?" if line and re.search(r"assign_(sub|add)", line.text) else ""
    return f"the Variable has the shape {match[1]} and the new value {match[2]}, and a Variable keeps its shape{whose}"


def _of_no_type(error, line, match):
    if line and "gradient(" in line.text:
        return "a tape asks for slopes along Variables: `tape.gradient(loss, model.trainable_variables)`"
    return f"{match[1]} is no type of numbers; `tf.float32` and `tf.int32` are"


TABLES = "`@` multiplies tables of numbers; each number with each is `*`"
SHAPES = [
    (TypeError, r"Cannot interpret '(.*)' as a data type",
     r"\1 stands in the place of a type of numbers; a shape stands in brackets of its own: `np.zeros((3, 4))`"),
    (Exception, r"Value for attr '\w+' of (\w+) is not in the list of allowed values: ([^;\n]*)", _of_a_type),
    (Exception, r"ufunc '(\w+)' not supported for the input types", _of_an_operand),
    (TypeError, r"unsupported operand type\(s\) for \^", POWER),
    (Exception, r"resolved dtypes are not compatible|string multiply ufunc|has DataType string|to be a string tensor|"
     r"dtype\('<U\d+'\)|StrDType", TEXT),
    (Exception, r"has type (\w+) that does not match type (\w+)", MIXED.format(r"\1", r"\2")),
    (
        Exception,
        r"must have the same dtype, got (?:tf\.)?(\w+) != (?:tf\.)?(\w+)",
        lambda error, line, match: TEXT if "string" in match.groups() else MIXED.format(*match.groups()),
    ),
    (
        TypeError,
        r"either real or complex\. Received integer|[Oo]nly floating point",
        "whole numbers stand where floats are needed: write them with a point, `4.0`",
    ),
    (
        TypeError,
        r"Expected (\w+) passed to parameter|has DataType (\w+) not in list|expected a sequence of integers",
        "a whole number is needed there, as for a place, an axis or a shape, and something else stands there",
    ),
    (TypeError, r"convert the argument `type_value`: (.*) to a TensorFlow DType", _of_no_type),
    (
        Exception,
        r"could not be broadcast together with shapes? (\(.*?\)) (\(.*?\))",
        of_two_shapes,
    ),
    (Exception, r"Dimensions (\d+) and (\d+) are not compatible", r"\1 and \2 are not as many: x and y must be"),
    (Exception, r"Cannot update variable with shape (\[.*?\]) using a Tensor with shape (\[.*?\])", of_a_new_value),
    (ValueError, r"target variable .* must match. variable.shape=(\(.*?\)), Received: value.shape=(\(.*?\))",
     of_a_new_value),
    (Exception, r"Shapes of all inputs must match|all input arrays must have the same shape|Dimension.* must be equal",
     "only what has equal shapes can be put together"),
    (Exception, r"Can't concatenate scalars|zero-dimensional arrays cannot be concatenated",
     "single numbers are put together by `tf.stack`"),
    (Exception, r"mismatch in its core dimension|Matrix size|ndims must be|different ndims",
     TABLES),
    (ValueError, r"`axes` must not be larger", lambda error, line, match: TABLES if line and "@" in line.text else ""),
    (Exception, r"cannot reshape array of size (\d+) into shape (\(.*?\))", r"\1 numbers do not fill the shape \2"),
    (Exception, r"reshape is a tensor with (\d+) values, but the requested shape has (\d+)",
     r"there are \1 numbers, and the new shape has room for \2"),
    (ValueError, r"setting an array element with a sequence|non-rectangular|inhomogeneous",
     "the parts are not of one shape, so they make no table of numbers"),
    (ValueError, r"mixed types to Tensor",
     "a tensor holds numbers of one type, and text or another tensor stands among them; `tf.stack` takes tensors, too"),
    (ValueError, r"(?:Scalar tensor|'ResourceVariable') has no `?len",
     "`tf.constant` takes numbers, and no list of tensors or Variables: `tf.stack` puts those together"),
    (ValueError, r"(?:value|values) in tensor used for shape: (-\d+)", r"\1 is no size: a size is never below 0"),
    (Exception, r"negative dimensions|[Nn]egative.* shape|Dimension -\d+ must be >= 0", "a size is never below 0"),
]  # fmt: skip
