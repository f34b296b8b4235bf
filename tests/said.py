"""What a check says to each answer that the tests know, in full: a record in `said/`, for who changes words.

python tests/said.py [exercise, errors or slips ...] writes it anew. A test then shows in its diff what learners
will read.
"""

import difflib
import re
import sys
from functools import cache
from pathlib import Path

from answers import SOLUTIONS, edited, given, wrong_answers
from named_answers import NAMED
from raised_errors import MEANT, meaning
from seen_answers import SEEN
from slip_answers import TRIED

from course_utils import check
from course_utils.check import guard

FOLDER = Path(__file__).with_name("said")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")  # its last digit is the machine's
QUOTED = re.compile(r"(?<= raised )(\w+): .*?(?= Line # of its cell|$)")  # Python's words, and a library's


def is_on_record(call, code, result):
    """Assert that an answer is told what is on record."""
    assert record(call)[change(call, code)] == words(result), f"{code}\nIf that is meant: python tests/said.py {call}"


def change(call, code):
    """Return how an answer differs from the solution, line by line."""
    _, _, name, _, solution = SOLUTIONS[call]
    lines = difflib.ndiff(solution.replace(name, "answer").splitlines(), code.splitlines())
    return "\n".join(line.rstrip() for line in lines if line[0] in "+-") or "the solution"


def words(result):
    """Return what a check says in one line, with # for each number, and without the words of others."""
    return QUOTED.sub(r"\1: …", NUMBER.sub("#", " ".join(str(result).split())))


@cache
def record(name):
    """Return what is on record under a name: the words for each change of a solution, or for other code."""
    blocks = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return dict(block.rpartition("\n")[::2] for block in blocks)


def known(call):
    """Return the code of the solution and of each known wrong answer, with the seconds that each may run."""
    seconds = {edited(call, []): 60}  # a busy machine is no fault
    seconds |= {code: 0.5 if "longer than" in name else 60 for name, code in wrong_answers(call)}
    return seconds | {edited(call, edits): 60 for other, _, edits in (*SEEN, *NAMED, *TRIED) if other == call}


def told(call):
    """Return what a check says to each answer that is known, by how the answer differs from the solution."""
    found = {}
    for code, seconds in known(call).items():
        guard.SECONDS = seconds
        found[change(call, code)] = words(given(call, code))
    return found


def meanings():
    """Return what each error that the tests know is said to mean, by the code that raises it."""
    return {code: meaning(code) for code, _ in MEANT}


def slips():
    """Return where each slip tells to look, by its exercise and its name: for those, too, that no known answer has."""
    found = ((call, slip) for call, one in sorted(check.EXERCISES.items()) for slip in one.slips)
    return {f"{call}: {slip.name}": slip.look or "(no more)" for call, slip in found}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    of_all = {"errors": meanings, "slips": slips}
    known_names = [*of_all, *sorted(check.EXERCISES)]
    if unknown := [name for name in sys.argv[1:] if name not in known_names]:
        sys.exit(f"no exercise is called {' or '.join(unknown)}: {', '.join(known_names)}")
    for one in sys.argv[1:] or known_names:
        blocks = (of_all[one]() if one in of_all else told(one)).items()
        text = "\n\n".join(f"{key}\n{said}" for key, said in blocks)
        (FOLDER / f"{one}.txt").write_text(f"{text}\n", encoding="utf-8", newline="\n")
