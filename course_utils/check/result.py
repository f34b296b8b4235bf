"""What a check says: a Result for the learner, and the two ways in which a judge ends early."""

import html

MARKS = {
    "correct": "✓ Correct.",
    "not attempted": "○ Not attempted yet.",
    "mistake": "✗ Not yet:",
    "unjudged": "⚠ Not judged:",
}


class Result:
    """The answer of a check; str(result) is what it says.

    state: "correct", "not attempted", "mistake" or, where a check itself fails, "unjudged".
    bool(result) is True only where it is correct. Where it is not, the first bool(result) prints what is wrong, so
    that a bare `assert check.step(my_step)` names the mistake in a notebook, too.
    """

    def __init__(self, state, text):
        self.state, self.text = state, text
        self._told = False

    def __bool__(self):
        if self.state != "correct" and not self._told:
            self._told = True
            print(self)
        return self.state == "correct"

    def __repr__(self):
        return f"{MARKS[self.state]} {self.text}"

    def _repr_html_(self):
        self._told = True
        return f'<div style="border-left:4px solid; padding:4px 12px; max-width:60em">{html.escape(repr(self))}</div>'


class Mistake(Exception):
    """A mistake with a name; raised by a judge with the name, the evidence and where to look.

    is_symptom: whether the words tell what is wrong with the numbers alone, and nothing of the code that gives them.
    """

    def __init__(self, words, *, is_symptom=False):
        super().__init__(words)
        self.is_symptom = is_symptom


class Symptom(str):
    """Words for what is wrong with numbers, which may come from any mistake."""

    __slots__ = ()


class NotAttempted(Exception):
    """What was handed in is the untouched stub."""
