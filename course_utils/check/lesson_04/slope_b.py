"""The slope along b by a nudge, at the place (5, 0) in the bowl that lesson 4 begins with."""

import numpy as np

from ..choices import Wrong, choose
from ..exercise import exercise
from ..result import Mistake

RIGHT, LOSS, ALONG_W, MEAN_X = -4.176, 8.987, 3.899, -0.0482
LOOK = "Nudge b by 0.001, leave w alone, and divide the change of the loss by the nudge."
# fmt: off
NAMED = [
    Wrong(RIGHT / 1000, "the change of the loss is not divided by the nudge", LOOK),
    Wrong(RIGHT * 1e-6, "the change of the loss is multiplied by the nudge", LOOK),
    Wrong(LOSS, "that is the loss and not its slope", LOOK),
    Wrong(-RIGHT, "the sign is wrong", "The loss after the nudge, minus the loss before it."),
    Wrong(ALONG_W, "that is the slope along w", LOOK),
    Wrong(-ALONG_W, "that is the slope along w, with the wrong sign", LOOK),
    Wrong(ALONG_W + RIGHT, "both are nudged, w and b", LOOK),
    Wrong(LOSS * (1 - 1000), "only the second loss is divided", "Put brackets round the difference."),
    Wrong(LOSS * (1000 - 1), "only the first loss is divided", "Put brackets round the difference."),
    Wrong(1 / RIGHT, "it is upside down", "The change of the loss, divided by the nudge."),
    Wrong(2 * RIGHT, "from one nudge below to one above is two nudges", "Divide by both."),
    Wrong(RIGHT / 2, "half of it: there was one nudge, and −2·mean(r) has a 2", LOOK),
    Wrong(-(RIGHT**2) / 2, "the mean of the residuals is squared", LOOK),
    Wrong(RIGHT / 1000 / LOSS, "it is divided by the loss, and not by the nudge", LOOK),
    Wrong(-6.142, "w and b are swapped in loss_at", "First w, then b."),
    *(Wrong(RIGHT + 2 * b + 2 * MEAN_X * (w - 5), f"that is the slope along b at w = {w} and b = {b}", "Ask at (5, 0).")
      for w, b in ((0, 0), (3, 2), (5, 1), (5, 2), (3, 0), (1, 4), (1, 0), (4, 0), (0, 5))),
    Wrong(-3.555, "that is the slope on the 6 points of lesson 3", "Run the cell again that makes `data`."),
    Wrong(0, "nothing changed: the same loss is taken twice", LOOK),
    Wrong(RIGHT / 5000, "it is divided by w", LOOK),
    Wrong(-10, "both losses are rounded to 2 decimals before they are subtracted", "Keep all digits."),
    Wrong(-4, "it is rounded to a whole number, or both losses are to 3 decimals", "Keep all digits."),
    Wrong(RIGHT + 1, "the nudge is 1, and not 0.001", "A small nudge keeps to the place."),
]
# fmt: on
TIMES = {
    -1: "the sign is lost",
    1000: "a sum over the examples stands where a mean should, or the nudge is divided by twice",
    0.1: "that is a step at the rate 0.1, and not the slope",
    -0.1: "that is a step downhill at the rate 0.1, and not the slope",
}
CELL = """
data = make_line_data()
def loss_at(w, b):
    return mean_squared_error(data.y, LinearModel(w, b)(data.x))
answer = (loss_at(5.0, 0.001) - loss_at(5.0, 0.0)) / 0.001
"""
WRONG = [
    ("only the second loss", CELL.replace("(loss_at(5.0, 0.001) - loss_at(5.0, 0.0))", "loss_at(5.0, 0.001) - 8.987")),
    ("both are nudged", CELL.replace("loss_at(5.0, 0.001)", "loss_at(5.001, 0.001)")),
    ("rounded to 2 decimals", CELL.replace("(data.x))", "(data.x)).numpy().round(2)")),
    ("both losses are to 3", CELL.replace("(data.x))", "(data.x)).numpy().round(3)")),
    ("both are nudged", "answer = -0.3"),
    ("the nudge is 1", CELL.replace("0.001", "1.0")),
    ("two nudges", CELL.replace("loss_at(5.0, 0.0)", "loss_at(5.0, -0.001)")),
    ("is not the answer", "answer = -3.0"),
    ("in quotes", "answer = '-4.2'"),
    ("a function and not its result", "answer = lambda w, b: -4.2"),
    ("one number is asked for", "answer = (3.9, -4.2)"),
    ("yours stands in brackets", "answer = [-4.2]"),
    ("a step downhill at the rate 0.1", "answer = 0.42"),
    ("a step at the rate 0.1", "answer = -0.42"),
    ("a sum over the examples", "answer = -4176.0"),
]


@exercise(
    "",
    "The loss falls when b grows, so b should go up.",
    slips=NAMED,
    wrong=WRONG,
    right=[CELL, "answer = -4.2", "answer = np.float32(-4.176)", "answer = tf.constant(-4.17)"],
)
def slope_b(answer, draw):
    """The slope of the loss along b at w = 5 and b = 0, a number: what a nudge gives, or the tape, in float32."""
    value = answer.as_numbers(answer.value, "you gave")
    known = [wrong for wrong in NAMED if _near(value, wrong.value)] or _rounded(value) if value.shape == () else []
    near = [wrong._replace(value=value) for wrong in known]
    for times, words in TIMES.items() if value.shape == () and not near else ():
        if np.isclose(value, times * RIGHT, rtol=0.012):
            raise Mistake(f"{words}. {LOOK}")
    choose(answer, RIGHT, near, LOOK, within=0.05)


def _near(value, wrong):
    """Return whether a value is a wrong one but for what float32 leaves of a nudge."""
    return np.isclose(value, wrong, rtol=2e-3, atol=0.003 if abs(wrong) > 0.1 else 0.0005 if abs(wrong) > 0.01 else 0)


def _rounded(value):
    """Return the wrong ones that may be meant by a value in fewer digits; of one digit, only where no other fits."""
    text = f"{float(value):.12g}"
    digits = len(text.partition(".")[2])
    found = [wrong for wrong in NAMED if round(wrong.value, digits) == value]
    if len(text.strip("-0.").replace(".", "")) > 1:
        return found
    return found if digits and len({wrong.name for wrong in found}) == 1 else []
