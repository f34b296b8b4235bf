"""A line in the head."""

from ..choices import Wrong, choose
from ..exercise import exercise
from ..formulas import Formula

NUMBERS = {"w": 4.0, "x": -2.0, "b": 1.0}
FORMULA = Formula("f = w * x + b")
NAMED = [
    Wrong(-8, "b is forgotten", "That is 4 · −2, and b is still to be added."),
    Wrong(9, "the minus of x is lost", "That is 4 · 2 + 1, and x is −2."),
    Wrong(-9, "b is subtracted, or w is the lesson's 5", "That is 4 · −2 − 1, or 5 · −2 + 1; here w is 4, b is added."),
    Wrong(2, "x is not multiplied by w", "That is 1 · −2 + 4, or 4 − 2; w multiplies x, b is added."),
    Wrong(-4, "b is added too early", "That is 4 · (−2 + 1). Multiply first, then add b."),
    Wrong(3, "w and x are added", "That is 4 + −2 + 1; w multiplies x."),
    Wrong(7, "a minus is lost", "4 · −2 is below zero, and b is only 1."),
    Wrong(8, "a minus and b are lost", "That is 4 · 2, and x is −2."),
    Wrong(5, "x is forgotten", "That is 4 + 1; w multiplies x."),
    Wrong(-1, "w is forgotten, or divided by x", "That is −2 + 1, or 4 / −2 + 1; w multiplies x."),
    Wrong(-2, "that is x itself", "f(x) = w·x + b."),
    Wrong(12, "b is added too early, and a minus is lost", "That is 4 · (2 + 1)."),
    Wrong(-10, "that is 5 · −2", "5 is the lesson's w, or w and b added up; here w is 4, and b comes last."),
    Wrong(13, "that is 4 · 3 + 1", "3 was the lesson's x; here it is −2."),
    Wrong(-0.75, "that is the x at which the line says −2", "Put −2 in for x, and not for f(x)."),
    Wrong(15, "that is the line with w = 5 and b = 0 at x = 3", "Take the numbers of this question."),
]
WRONG = [
    ("in quotes", "answer = '-7'"),
    ("in quotes", "answer = 'minus seven'"),
    ("one number is asked for", "answer = (4 * -2, 1)"),
    ("a truth value", "answer = True"),
    ("a function and not its result", "answer = lambda: -7"),
    ("is not the answer", "answer = -7.5"),
]


@exercise("", "You can run a model in your head, so you can check one by hand.", slips=NAMED, wrong=WRONG)
def by_hand(answer, draw):
    """The value of a line with w = 4 and b = 1 at x = −2."""
    choose(
        answer,
        -7.0,
        NAMED,
        "Put the numbers into f(x) = w·x + b: multiply first, then add.",
        formula=FORMULA,
        of=NUMBERS,
    )
