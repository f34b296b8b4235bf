"""What a learner's code raised, in words: the message, what it means, and the line of the learner's own code."""

import re

from .meanings import meaning
from .places import learners_line, own_error


def error_words(error, function, subject="Your step"):
    """Return what is wrong with the learner's function, in sentences, the line of it that raised last.

    error: the exception. function: the function or class that the learner wrote. subject: who raised it, in words.
    """
    return " ".join(filter(None, [message(error, subject), meaning(error, function), place(error, function)]))


def message(error, subject):
    """Return who raised what, with the first line of its message, as a sentence."""
    error = own_error(error)
    first = next((line.strip() for line in str(error).splitlines() if line.strip()), "no message")
    first = re.sub(r"^\{\{.*?\}\} | \[Op:.*$| at 0x\w+|\. Received args: .*$", "", first)  # of TensorFlow; addresses
    return f"{subject} raised {type(error).__name__}: {first.rstrip('.!')}."


def place(error, function):
    """Return which line of the learner's function raised, or "" where none did."""
    line = learners_line(error, function)
    if not line:
        return ""
    return f"Line {line.number} of its cell: {line.text}" if line.text else f"It is line {line.number} of its cell."


__all__ = ["error_words", "learners_line", "meaning", "message", "own_error", "place"]
