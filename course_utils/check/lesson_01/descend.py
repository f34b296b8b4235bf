"""Walk downhill on a curve."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..result import Mistake
from ..slips import Slip, compare
from ..values import close
from .curves import parabola, valley


def _walk(
    function,
    start,
    rate,
    steps,
    *,
    towards=-1,
    size=lambda rate: rate,
    rounds=lambda steps: steps,
    along=lambda f, x, start: f.slope(x),
    move=lambda x, by: x + by,
    shrinks=(1, 1),
    keeps=0,
    per_step=False,
    piles=False,
    back=lambda f, places: places[-1],
):
    """Return where a walk arrives, or what becomes of it by slips.

    shrinks: what the rate is multiplied by before and after each step. keeps: the share of a step in the next. piles:
    whether each slope is multiplied into the rate for good.
    """
    places, by = [start], 0
    rate = rate / steps if per_step else rate
    for _ in range(rounds(steps)):
        rate = rate * shrinks[0]
        slope = along(function, places[-1], start)
        rate, slope = (rate * slope, 1) if piles else (rate, slope)
        by = keeps * by + towards * size(rate) * slope
        places.append(move(places[-1], by))
        rate = rate * shrinks[1]
    return back(function, np.array(places))


def _by_formula(lines, case):
    """Return where a walk arrives whose every step is made by these lines."""
    names = case | {"x": case["start"]}
    for _ in range(case["steps"]):
        x = names["x"]
        names |= {"slope": case["function"].slope(x), "y": case["function"](x)}
        names["x"] = FORMULA.once(lines, names)
    return names["x"]


FORMULA = Formula("x = x - rate * slope", names=("start", "y"), run=_by_formula)
ASKED = "tape.gradient(y, x)"
UPDATE = f"x.assign_sub(rate * {ASKED})"
STAYS = "It stays as it is given."
BY_RATE = "Multiply the slope by the rate, once."
ROUNDS = "range(steps) makes just as many rounds."
PLACE = "Return x, the place."
SLIPS = [
    Slip("it walks uphill", "Go against the slope: subtract.", ("assign_sub", "assign_add"), towards=1),
    Slip("the rate is forgotten", BY_RATE, ("rate * ", ""), size=lambda rate: 1),
    Slip("it divides by the rate", BY_RATE, ("rate * ", "1 / rate * "), size=lambda rate: 1 / rate),
    Slip("the rate is squared", BY_RATE, ("rate * ", "rate * rate * "), size=np.square),
    Slip("each step is twice as long", BY_RATE, ("rate * ", "2 * rate * "), size=lambda rate: 2 * rate),
    Slip(
        "the rate is halved in each round",
        STAYS,
        ("        x.assign", "        rate = rate / 2\n        x.assign"),
        shrinks=(0.5, 1),
    ),
    Slip(
        "the rate is changed in each round: the slope is multiplied into it",
        STAYS,
        (UPDATE, f"rate *= {ASKED}\n        x.assign_sub(rate)"),
        piles=True,
    ),
    Slip(
        "the rate shrinks in each round",
        STAYS,
        (f"{UPDATE}\n", f"{UPDATE}\n        rate = rate * 0.9\n"),
        shrinks=(1, 0.9),
    ),
    *(Slip("the rate shrinks in each round", STAYS, shrinks=by) for by in ((1, 0.5), (0.9, 1), (1, 0.99), (1, 0.95))),
    *(Slip("part of each step comes again in the next, as with momentum", BY_RATE, keeps=k) for k in (0.9, 0.5, 0.8)),
    Slip(
        "the slope is cut off at 1",
        "Take it as it is.",
        (ASKED, f"tf.clip_by_value({ASKED}, -1.0, 1.0)"),
        along=lambda f, x, start: np.clip(f.slope(x), -1, 1),
    ),
    Slip("the rate is divided by the number of steps", BY_RATE, ("rate * ", "rate / steps * "), per_step=True),
    Slip("it never moved", "Change the Variable in each round.", (UPDATE, "x"), rounds=lambda steps: 0),
    Slip("one step too few", ROUNDS, ("range(steps)", "range(1, steps)"), rounds=lambda steps: steps - 1),
    Slip("one step too many", ROUNDS, ("range(steps)", "range(steps + 1)"), rounds=lambda steps: steps + 1),
    Slip("twice as many steps", ROUNDS, ("range(steps)", "range(2 * steps)"), rounds=lambda steps: 2 * steps),
    Slip(
        "the slope is always that of the start", "Open a tape in each round.", along=lambda f, x, start: f.slope(start)
    ),
    *(
        Slip(
            f"the slope is the rise over a step of {h:g}",
            "The tape finds the slope itself, without a step.",
            along=along,
        )
        for h in (1.0, 0.5, 0.1, 0.01, 0.001)
        for along in (
            lambda f, x, start, h=h: (f(x + h) - f(x)) / h,
            lambda f, x, start, h=h: (f(x) - f(x - h)) / h,
            lambda f, x, start, h=h: (f(x + h) - f(x - h)) / (2 * h),
        )
    ),
    Slip("the height stands for the slope", "tape.gradient gives it.", (ASKED, "y"), along=lambda f, x, start: f(x)),
    Slip(
        "the square of the function is walked down",
        "Take the function as it is.",
        ("y = function(x)", "y = function(x) ** 2"),
        along=lambda f, x, start: 2 * f(x) * f.slope(x),
    ),
    Slip(
        "only the direction counts",
        "Multiply by the slope itself.",
        (ASKED, f"tf.sign({ASKED})"),
        along=lambda f, x, start: np.sign(f.slope(x)),
    ),
    Slip(
        "the sign of the slope is lost",
        "It tells the way.",
        (ASKED, f"abs({ASKED})"),
        along=lambda f, x, start: abs(f.slope(x)),
    ),
    Slip(
        "the step itself becomes the place",
        "assign_sub takes it off x.",
        ("assign_sub", "assign"),
        move=lambda x, by: -by,
    ),
    Slip("it gives back the height", PLACE, ("return x", "return y"), back=lambda f, places: f(places[-2])),
    Slip("it gives back the height", PLACE, ("return x", "return function(x)"), back=lambda f, places: f(places[-1])),
    Slip("it gives back all the places", "Return the last one.", back=lambda f, places: places[1:]),
    Slip("it gives back all the places", "Return the last one.", back=lambda f, places: places),
    Slip("it gives back how far it came", PLACE, ("return x", "return x - start"), back=lambda f, p: p[-1] - p[0]),
]
LOOP = "    for _ in range(steps):\n"
MAKE, TAPE, RUN = "    x = tf.Variable(start)\n", "with tf.GradientTape() as tape:\n", "    y = function(x)\n"
IN_LOOP, BEFORE = f"{LOOP}        {TAPE}        {RUN}", f"    {TAPE}    {RUN}"
WRONG = [
    ("along a plain number", ("tf.Variable(start)", "start"), ("x.assign_sub(", "x = x - (")),
    ("only a Variable has", ("tf.Variable(start)", "start"), (ASKED, "y")),
    ("is a tensor now", ("x.assign_sub(", "x = x - (")),
    ("stands after `return`", ("return x", "")),
    ("function ran once", ("    return", "        return")),
    ("begins anew", (MAKE + LOOP, f"{LOOP}    {MAKE}")),
    ("update stands after the loop", (f"        {UPDATE}", f"    {UPDATE}")),
    ("longer than", ("for _ in range(steps)", "while True")),
    ("`range(n)`, not `n`", ("range(steps)", "steps")),
    ("never uses `rate`", ("rate * ", "0.1 * ")),
    ("never uses `steps`", ("range(steps)", "range(10)")),
    ("never uses `start`", ("(start)", "(5.0)")),
    ("never uses `function`", ("function(x)", "(x - 3.0) ** 2")),
    ("the tape saw no Variable", ("function(x)", "function(start)")),
    ("answers only once", (IN_LOOP, BEFORE + LOOP)),
    (
        "always that of the start",
        (IN_LOOP, f"{BEFORE}    slope = {ASKED}\n{LOOP}"),
        (UPDATE, "x.assign_sub(rate * slope)"),
    ),
    (
        "all the places",
        (MAKE, f"{MAKE}    places = []\n"),
        ("    return x", "        places.append(x.numpy())\n    return places"),
    ),
]


@exercise(
    "descend(function, start, rate, steps)",
    "This is gradient descent. Lesson 4 does the same with two Variables.",
    slips=SLIPS,
    wrong=WRONG,
)
def descend(answer, draw):
    """descend(function, start, rate, steps) walks downhill and returns where it arrives."""

    def attempt(function, start, rate, steps):
        seen, height = [], function.value

        def counted(x):
            seen.append(x)
            return height(x)

        place = answer.numbers(counted, start, rate, steps)
        if close(place, _walk(function, start, rate, 1)) and function.slope(start):
            raise Mistake(f"only one step was made, of {steps}: {_why_one_step(seen, steps)}")
        return place

    curves = parabola(draw.number(0.5, 1.5), draw.signed(2, 4)), valley(draw.number(2, 4), draw.signed(2, 4))
    starts = draw.number(5, 9), -draw.number(5, 9)
    cases = [
        {"function": curve, "start": start, "rate": draw.number(0.06, 0.3), "steps": steps}
        for curve, start, steps in zip(curves, starts, (draw.whole(3, 4), draw.whole(5, 6)), strict=True)
    ]
    bowl = parabola(draw.number(0.5, 1), 0.25)
    long = {"function": bowl, "start": draw.number(5, 9), "rate": draw.number(0.02, 0.03)}
    also = {
        "where the steps overshoot": cases[0] | {"rate": draw.number(2.1, 2.9), "steps": 4},
        "where there are many steps": long | {"steps": draw.whole(130, 150)},
        "where it begins at the lowest point": {"function": bowl, "start": 0.25, "rate": 0.1, "steps": 3},
    }
    words = "{function} from {start} with rate {rate} and {steps} steps"
    compare(answer, cases, _walk, SLIPS, words, attempt, [FORMULA], also)


def _why_one_step(seen, steps):
    """Return why there was one step only. seen: what the function was called with, in order."""
    if len(seen) == 1:
        return "the function ran once. Is there a loop over range(steps), and does `return` stand after it?"
    if any(x is not seen[0] for x in seen):
        return "each round begins anew at the start. Make the Variable once, before the loop."
    if len(seen) < steps:
        return "the loop ends early. Let each of the rounds make its step."
    return "the place did not change between the rounds, so the update stands after the loop. Put it inside."
