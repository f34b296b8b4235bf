"""How many steps one epoch takes on several replicas."""

import math

import numpy as np

from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare


def _steps(
    examples,
    batch,
    replicas,
    *,
    globally=lambda batch, replicas: batch * replicas,
    share=lambda examples, whole: examples / whole,
    whole=math.ceil,
    more=lambda steps: steps,
    parts=False,
):
    """Return how many steps go once through all examples, or what slips make of it."""
    examples = examples // replicas * replicas if parts else examples
    return np.asarray(more(whole(share(examples, globally(batch, replicas)))), float)


SHARE, ALL = "examples / (batch * replicas)", "math.ceil(examples / (batch * replicas))"
GLOBAL = "One step looks at a batch on each replica."
LAST = "The last step may be smaller, and counts, too."
# fmt: off
SLIPS = [
    Slip("the replicas are forgotten", GLOBAL, ("(batch * replicas)", "batch"), globally=lambda b, r: b),
    Slip("the batch is forgotten", GLOBAL, ("(batch * replicas)", "replicas"), globally=lambda b, r: r),
    Slip("batch and replicas are added", GLOBAL, ("batch * replicas", "batch + replicas"), globally=lambda b, r: b + r),
    Slip("the batch is shared among the replicas", GLOBAL, ("(batch * replicas)", "(batch / replicas)"),
         globally=lambda b, r: b / r),
    Slip("it is multiplied by the replicas at the end", GLOBAL, ("(batch * replicas)", "batch * replicas"),
         globally=lambda b, r: b / r),
    Slip("the last, smaller step is left out", LAST, (ALL, "examples // (batch * replicas)"), whole=math.floor),
    Slip("what is left over is added, and not one step for it", LAST,
         whole=lambda steps: steps, share=lambda n, whole: n // whole + n % whole),
    Slip("it is rounded to the nearest whole number", LAST, ("math.ceil", "round"), whole=round),
    Slip("batches are cut to whole ones before they are shared among the replicas", LAST,
         globally=lambda b, r: (b, r), share=lambda n, both: (n // both[0]) / both[1]),
    Slip("it is not a whole number", LAST, ("math.ceil", ""), whole=float),
    Slip("it is upside down", "How many batches are in the examples?", (SHARE, "batch * replicas / examples"),
         share=lambda examples, whole: whole / examples),
    Slip("what is left over is counted", "Count the steps.", (ALL, "examples % (batch * replicas)"),
         share=lambda examples, whole: examples % whole),
    Slip("how many examples one step looks at", "Count the steps.", (ALL, "batch * replicas"),
         share=lambda examples, whole: whole),
    Slip("there is one too many where nothing is left over", LAST, (ALL, f"int({SHARE}) + 1"),
         whole=lambda steps: math.floor(steps) + 1),
    Slip("one example is left out", LAST, (SHARE, "(examples - 1) / (batch * replicas)"),
         share=lambda examples, whole: (examples - 1) / whole),
    Slip("the examples of each replica are rounded down", LAST, (SHARE, "examples // replicas / batch"), parts=True),
    Slip("one too many", LAST, (ALL, f"{ALL} + 1"), more=lambda steps: steps + 1),
    Slip("one too few", LAST, (ALL, f"{ALL} - 1"), more=lambda steps: steps - 1),
]
# fmt: on
WRONG = [
    ("gives it to nobody", (f"return {ALL}", f"print({ALL})")),
    ("stands after `return`", ("return ", "")),
    ("never uses `examples`", (SHARE, "1000 / (batch * replicas)")),
]
RIGHT = [
    "answer = lambda examples, batch, replicas: -(-examples // (batch * replicas))",
    "answer = lambda n, b, r: (n + b * r - 1) // (b * r)",
    "def answer(n, b, r):\n    whole, left = divmod(n, b * r)\n    return whole + (left > 0)",
]


@exercise(
    "steps(examples, batch, replicas)",
    "Twice the replicas, half the steps. Fewer steps are fewer updates, so the learning rate often grows with them.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def steps(answer, draw):
    """steps(examples, batch, replicas) returns the steps of one epoch; batch: examples of one step on one replica."""
    cases = []
    for replicas, left in ((3, 0.3), (4, 0.7), (2, 0.4)):
        batch = 10 * draw.whole(2, 4) + draw.whole(1, 9)
        examples = round(batch * replicas * (draw.whole(5, 9) + left))
        cases.append({"examples": examples, "batch": batch, "replicas": replicas})
    words = Words("{examples} examples, batches of {batch} and {replicas} replicas")
    formula = Formula(f"steps = ceil({SHARE})")
    batch, replicas, count = draw.whole(11, 19), draw.whole(3, 4), draw.whole(5, 9)
    whole = {"examples": batch * replicas * count, "batch": batch, "replicas": replicas}
    also = {
        "where nothing is left over": whole,
        "where one example is left over": whole | {"examples": whole["examples"] + 1},
    }
    compare(answer, cases, _steps, SLIPS, words, formulas=[formula], also=also)
