"""The limit of the learning rate."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

SOLVE = "1 − rate·λ = −1. Solve for the rate."
STEEPER = "The steeper the bowl, the smaller the rate."
LIMIT = "2 / curvature"
SLIPS = [
    Slip("that is where the factor is zero", "It is −1 at the limit.", (LIMIT, "1 / curvature"), of=lambda c: 1 / c),
    Slip("upside down", STEEPER, (LIMIT, "curvature / 2"), of=lambda c: c / 2),
    Slip("multiplied and not divided", STEEPER, (LIMIT, "2 * curvature"), of=lambda c: 2 * c),
    Slip("the 2 belongs above the line", SOLVE, (LIMIT, "1 / (2 * curvature)"), of=lambda c: 1 / (2 * c)),
    Slip("that makes the factor plus one", SOLVE, (LIMIT, "0.0 * curvature"), of=lambda c: 0 * c),
    Slip("the curvature is squared", SOLVE, (LIMIT, "2 / curvature**2"), of=lambda c: 2 / c**2),
    Slip("a square root too many", SOLVE, (LIMIT, "(2 / curvature) ** 0.5"), then=np.sqrt),
    Slip("that is the curvature itself", SOLVE, (LIMIT, "curvature"), of=lambda c: c),
    Slip("they are subtracted", "Divide.", (LIMIT, "2 - curvature"), of=lambda c: 2 - c),
    Slip("it is taken away from 1", SOLVE, (LIMIT, "1 - 2 / curvature"), then=lambda rate: 1 - rate),
    Slip("that is the factor at rate 0.1", SOLVE, (LIMIT, "1 - 0.1 * curvature"), of=lambda c: 1 - 0.1 * c),
    Slip("twice too large", SOLVE, (LIMIT, "4 / curvature"), scale=2),
    Slip("only 95 % of it", "The limit itself is asked for.", (LIMIT, "0.95 * 2 / curvature"), scale=0.95),
    Slip(
        "the curvature is taken for x",
        "bowl.largest_stable_learning_rate wants the data; here the curvature is known.",
        (LIMIT, "bowl.largest_stable_learning_rate(curvature)"),
        of=lambda c: 1 / (1 + c * c),
    ),
    Slip("all behind the point is lost", "`/` divides, `//` cuts off.", (LIMIT, "2 // curvature"), then=np.floor),
    Slip("it is rounded", "Keep all digits.", (LIMIT, "round(2 / curvature)"), then=np.round),
    Slip("the sign is wrong", "A learning rate is above 0.", (LIMIT, "-2 / curvature"), sign=-1),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("never uses `curvature`", (LIMIT, "0.975")),
    ("in quotes", (LIMIT, "'2 / curvature'")),
    ("not a function", "answer = 2 / 2.05"),
    ("no `steepness` is known", (LIMIT, "2 / steepness")),
    ("it takes rate, curvature", "def answer(rate, curvature):\n    return 1 - rate * curvature"),
]


@exercise(
    "largest_rate(curvature)",
    "Below it each step of gradient descent makes the error smaller; above it the error grows.",
    slips=SLIPS,
    wrong=WRONG,
)
def largest_rate(answer, draw):
    """largest_rate(curvature) returns the largest stable learning rate."""
    bounds = (2.2, 4), (0.3, 0.55), (0.6, 0.9), (4.2, 7)
    cases = [{"curvature": draw.number(low, high)} for low, high in bounds]
    compare(answer, cases, _limit, SLIPS, "a curvature of {curvature}", formulas=[Formula(f"rate = {LIMIT}")])


def _limit(curvature, *, of=lambda c: 2 / c):
    return of(curvature)
