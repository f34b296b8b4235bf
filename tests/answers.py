"""Answers to the exercises, as learners would write them: solutions, edits that make them wrong, and what runs them."""

import linecache

import keras
import numpy as np
import tensorflow as tf
from lessons import exercises

import course_utils
from course_utils import bowl, check

EXERCISES = exercises()
SOLUTIONS = {exercise.check: exercise for exercise in EXERCISES}  # where a check is called twice, the last one
NAMES = {"tf": tf, "np": np, "keras": keras, "check": check, "bowl": bowl} | {
    name: getattr(course_utils, name) for name in course_utils.__all__
}


def made(code, name="answer"):
    """Return what code calls `name`, run in a cell of its own with what the lessons import."""
    file = f"<cell {abs(hash(code))}>"
    linecache.cache[file] = (len(code), None, [f"{line}\n" for line in code.splitlines()], file)
    space = dict(NAMES)
    exec(compile(code, file, "exec"), space)
    return space[name]


def edited(call, edits):
    """Return the solution of a check, called `answer`, with each old text of the edits replaced by the new one."""
    _, _, name, _, code = SOLUTIONS[call]
    code = code.replace(name, "answer")
    for old, new in edits:
        assert old in code, f"{old!r} is not in the solution of {call}:\n{code}"
        code = code.replace(old, new)
    return code


def pairs_of(edit):
    """Return the (old, new) pairs of a slip's edit."""
    return [edit] if isinstance(edit[0], str) else list(edit)


def wrong_answers(call):
    """Return (words of the mistake, code of `answer`) for each wrong answer that an exercise names."""
    exercise, found = check.EXERCISES[call], []
    for slip in exercise.slips:
        if hasattr(slip, "value"):
            found.append((slip.name, f"answer = {slip.value!r}"))
        elif slip.edit:
            found.append((slip.name, edited(call, pairs_of(slip.edit))))
    for words, *edits in exercise.wrong:
        found.append((words, edits[0] if isinstance(edits[0], str) else edited(call, edits)))
    return found


def given(call, code, seed=0):
    """Return what the check says to an answer."""
    return check.EXERCISES[call](made(code), seed=seed)
