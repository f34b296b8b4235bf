"""The steepness of a curve, by a nudge."""

from ..exercise import exercise
from ..formulas import Formula
from ..nudges import NUDGE, ratio, slips_of, taken_as
from ..slips import compare
from .curves import cubic, parabola

AFTER, BEFORE = "curve(x + nudge)", "curve(x)"
WHOLE = f"({AFTER} - {BEFORE}) / nudge"
STUB = "def answer(curve, x):\n    nudge = 0.001\n    "
SLIPS = slips_of(AFTER, BEFORE, "x")
FORMULA = Formula(f"steepness = {WHOLE}", names=("nudge",), run=lambda lines, case: FORMULA.once(lines, _names(case)))
WRONG = [
    ("never uses `x`", (WHOLE, WHOLE.replace("x", "2.0"))),
    ("never uses `curve` and `x`", (WHOLE, "3.0")),
    ("never uses `curve`", (WHOLE, "((x + nudge) ** 3 / 3 - x**3 / 3 - nudge) / nudge")),
    ("gives it to nobody", (f"return {WHOLE}", f"print({WHOLE})")),
    ("stands after `return`", ("return ", "")),
    ("no `nudged` is known", (AFTER, "curve(nudged)")),
    ("(curve(nudge) - curve(x)) / nudge`", (AFTER, "curve(nudge)")),
    ("(curve(x * nudge) - curve(x)) / nudge`", (AFTER, "curve(x * nudge)")),
    ("(curve(x - nudge) - curve(x)) / nudge`", (AFTER, "curve(x - nudge)")),
    ("no `+` is known of a function", (AFTER, "curve + nudge"), (BEFORE, "curve")),
    ("round brackets", (BEFORE, "curve[x]"), (AFTER, "curve[x + nudge]")),
]
RIGHT = [
    f"{STUB}before, after = curve(x), curve(x + nudge)\n    return (after - before) / nudge",
    f"{STUB}return (curve(x + nudge) - curve(x - nudge)) / (2 * nudge)",
    f"{STUB}return (curve(x) - curve(x - nudge)) / nudge",
    f"{STUB}return (curve(tf.constant(x + nudge)) - curve(tf.constant(x))) / nudge",
    "answer = lambda curve, x, h=1e-4: 10_000 * (curve(x + h) - curve(x))",
    """
def answer(curve, x):
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = curve(x)
    return tape.gradient(y, x)
""",
]


@exercise(
    "steepness(curve, x)",
    "For the curve of this lesson at x = 2 it gives about 3: y grows three times as fast as x.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def steepness(answer, draw):
    """steepness(curve, x) returns how much curve changes at x, for each unit of x. Within 0.5 % counts."""

    def attempt(curve, x):
        return taken_as(answer.numbers(curve.value, x), _steepness(curve, x), curve.slope(x))

    also = {"where the curve is nearly flat": _flat(draw)}
    compare(answer, _cases(draw), _steepness, SLIPS, "{curve} at x = {x}", attempt, [FORMULA], also)


def _steepness(curve, x, **parts):
    return ratio(lambda distance: curve(x + distance), x, **parts)


def _names(case):
    return case | {"nudge": NUDGE}


def _flat(draw):
    """Return a case where the slope is small, and not nearly that in two decimals."""
    while True:
        case = {"curve": parabola(round(draw.number(1, 3) / 100, 4), draw.number(1, 3)), "x": -draw.number(1, 3)}
        if 0.3 < 100 * case["curve"].slope(case["x"]) % 1 < 0.7:
            return case


def _cases(draw):
    """Return a falling and two rising curves; no slope is nearly a whole number, or nearly a common wrong one."""
    found = []
    while len(found) < 3:
        falling = {"curve": parabola(draw.number(1, 3), draw.number(1, 3)), "x": -draw.number(1, 3)}
        rising = {"curve": cubic(draw.number(0.3, 1), draw.number(1, 3)), "x": draw.signed(1.2, 2.5)}
        case = rising if found else falling
        if 0.2 < case["curve"].slope(case["x"]) % 1 < 0.8:
            found.append(case)
    return found
