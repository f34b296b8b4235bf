"""A hinge that bends where one wants it."""

import numpy as np

from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare


def _hinge(place, slope, *, w=lambda p, s: s, b=lambda w, p, s: -w * p, order=lambda w, b: (w, b)):
    """Return [w, b] of relu(w·x + b) that is 0 up to a place and rises by a slope from there, or what slips make."""
    first = w(place, slope)
    return np.array(order(first, b(first, place, slope)))


B, ALL = "-slope * place", "slope, -slope * place"
BEND = "It bends where w·x + b is 0. Put the place in for x."
OPENS = "To rise to the right, w is above 0."
# fmt: off
SLIPS = [
    Slip("b has the wrong sign", BEND, (B, "slope * place"), b=lambda w, p, s: w * p),
    Slip("b lacks the slope", BEND, (B, "-place"), b=lambda w, p, s: -p),
    Slip("b is the place", BEND, (B, "place"), b=lambda w, p, s: p),
    Slip("b is divided by the slope", BEND, (B, "-place / slope"), b=lambda w, p, s: -p / s),
    Slip("b is divided by the place", BEND, (B, "-slope / place"), b=lambda w, p, s: -s / p),
    Slip("b is always 0, so it bends at 0", BEND, (B, "0.0"), b=lambda w, p, s: 0),
    Slip("b is minus the slope, so it bends at 1", BEND, (B, "-slope"), b=lambda w, p, s: -s),
    Slip("b is the place minus the slope", BEND, (B, "place - slope"), b=lambda w, p, s: p - s),
    Slip("b is the slope minus the place", BEND, (B, "slope - place"), b=lambda w, p, s: s - p),
    Slip("b is minus the sum of both", BEND, (B, "-(slope + place)"), b=lambda w, p, s: -s - p),
    Slip("the hinge opens to the left", OPENS, (ALL, "-slope, slope * place"), w=lambda p, s: -s),
    Slip("w is the place", "w says how steep it is.", ("return slope", "return place"), w=lambda p, s: p,
         b=lambda w, p, s: -s * p),
    Slip("w is always 1", "w says how steep it is.", (ALL, "1.0, -place"), w=lambda p, s: 1),
    Slip("w is 1 divided by the slope", "w says how steep it is.", ("return slope", "return 1 / slope"),
         w=lambda p, s: 1 / s, b=lambda w, p, s: -s * p),
    Slip("w and b are swapped", "Return w first.", (ALL, "-slope * place, slope"), order=lambda w, b: (b, w)),
]
# fmt: on
WRONG = [
    ("gives it to nobody", (f"return {ALL}", f"print({ALL})")),
    ("is left", (ALL, B)),
    ("never uses `place`", (B, "-slope * 0.5")),
    ("stands after `return`", ("return ", "")),
]
RIGHT = [
    "answer = lambda place, slope: (slope, -place * slope)",
    "answer = lambda place, slope: tf.stack([slope, -slope * place])",
    "def answer(place, slope):\n    w = slope\n    b = 0 - w * place\n    return [w, b]",
]


@exercise(
    "hinge_at(place, slope)",
    "The bend is at −b/w. Training can move it: it moves w and b.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def hinge_at(answer, draw):
    """hinge_at(place, slope) returns (w, b): relu(w·x + b) is 0 up to the place and rises by the slope from there."""
    cases = [{"place": sign * draw.number(0.3, 2.4), "slope": draw.number(1.2, 3.4)} for sign in (1, -1, 1)]
    formula = Formula("b = -slope * place", result="(slope, b)")
    compare(answer, cases, _hinge, SLIPS, Words("place = {place} and slope = {slope}", ("w", "b")), formulas=[formula])
