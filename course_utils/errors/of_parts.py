"""What it means that a list, a tensor or a dict has no such part, in words."""

import re

from .kinds import kind

FROM_0 = "places are counted from 0, and the last one is [-1]"


def _of_a_place(error, line, match):
    place, count = (match[1], match[2]) if match[1] else (match[3], match[4])
    return f"there is no place {place} among {count}: {FROM_0}"


def _of_a_key(error, line, match):
    return f"there is no key {error.args[0]!r}. A dict is asked by the very names that it holds" if error.args else ""


PARTS = [
    (IndexError, r"index (\d+) is out of bounds for axis \d+ with size (\d+)", _of_a_place),
    (
        Exception,
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        r"there is no axis \1, the array has \2 dimension(s). Without `axis`, all numbers are taken together",
    ),
    (Exception, r"indices(?:\[.*?\])? = (-?\d+) is not in \[0, (\d+)\)", _of_a_place),
    (Exception, r"slice index (-?\d+) of dimension \d+ out of bounds", rf"there is no place \1: {FROM_0}"),
    (
        IndexError,
        r"(?:tuple|string|pop|list|range object) (?:assignment )?index out of range",
        rf"there is no such place: {FROM_0}",
    ),
    (IndexError, r"pop from empty list", "nothing can be taken out of an empty list"),
    (
        Exception,
        r"too many indices|Index out of range using input dim",
        "there are more places between the square brackets than the array has dimensions",
    ),
    (
        (IndexError, TypeError),
        r"indices must be integers|[Oo]nly integers, slices",
        lambda error, line, match: (
            "a place between square brackets is a whole number, and something else stands there"
            + ": `tf.gather(x, order)` takes many places" * bool(re.search(r"Tensor: shape=\(\d", str(error)))
        ),
    ),
    (ValueError, r"not in list$", "the list does not hold it"),
    (KeyError, "", _of_a_key),
    (
        AttributeError,
        r"'(\w+)' object attribute '(\w+)' is read-only",
        lambda error, line, match: (
            f"`{match[2]}` belongs to {kind(match[1])}, and can't be set: call it, with brackets, `.{match[2]}(…)`"
        ),
    ),
]
