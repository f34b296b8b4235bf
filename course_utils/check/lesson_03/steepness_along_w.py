"""The steepness of a loss along w, by a nudge."""

from dataclasses import dataclass

from ..exercise import exercise
from ..formulas import Formula
from ..nudges import NUDGE, ratio, slips_of, taken_as
from ..slips import Slip, compare

AFTER, BEFORE = "loss_at(w + nudge, b)", "loss_at(w, b)"
WHOLE = f"({AFTER} - {BEFORE}) / nudge"
STUB = "def answer(loss_at, w, b):\n    nudge = 0.001\n    "
ONLY_W = "Nudge w, and leave b alone."
# fmt: off
SLIPS = [
    *slips_of(AFTER, BEFORE, "w"),
    Slip("it is the steepness along b", ONLY_W, (AFTER, "loss_at(w, b + nudge)"), along=lambda w, b, d: (w, b + d)),
    Slip("both are nudged", ONLY_W, (AFTER, "loss_at(w + nudge, b + nudge)"), along=lambda w, b, d: (w + d, b + d)),
    Slip("w and b are swapped", "First w, then b.", ((AFTER, "loss_at(b, w + nudge)"), (BEFORE, "loss_at(b, w)")),
         along=lambda w, b, d: (b, w + d)),
    Slip("what was there before has another b", ONLY_W, (BEFORE, "loss_at(w, b + nudge)"),
         start=lambda w, b: (w, b + NUDGE)),
    Slip("what was there before has b = 0", ONLY_W, (BEFORE, "loss_at(w, 0.0)"), start=lambda w, b: (w, 0.0)),
]
# fmt: on
FORMULA = Formula(f"steepness = {WHOLE}", names=("nudge",), run=lambda lines, case: FORMULA.once(lines, _names(case)))
WRONG = [
    ("never uses `w` and `b`", (AFTER, "loss_at(5.0 + nudge, 0.0)"), (BEFORE, "loss_at(5.0, 0.0)")),
    ("never uses `b`", (AFTER, "loss_at(w + nudge, 0.0)"), (BEFORE, "loss_at(w, 0.0)")),
    ("'b'", (AFTER, "loss_at(w + nudge)"), (BEFORE, "loss_at(w)")),
    ("loss_at(nudge, b)", (AFTER, "loss_at(nudge, b)")),
    ("never uses `loss_at`", (WHOLE, "(LinearModel(w, b)(w + nudge) - LinearModel(w, b)(w)) / nudge")),
    ("gives it to nobody", (f"return {WHOLE}", f"print({WHOLE})")),
    ("stands after `return`", ("return ", "")),
]
RIGHT = [
    f"{STUB}before, after = loss_at(w, b), loss_at(w + nudge, b)\n    return (after - before) / nudge",
    f"{STUB}return (loss_at(w + nudge, b) - loss_at(w - nudge, b)) / (2 * nudge)",
    f"{STUB}return 1000 * loss_at(w + nudge, b) - 1000 * loss_at(w=w, b=b)",
    """
def answer(loss_at, w, b):
    w = tf.Variable(w)
    with tf.GradientTape() as tape:
        loss = loss_at(w, b)
    return tape.gradient(loss, w)
""",
]


@dataclass(frozen=True, repr=False)
class _Loss:
    """The loss (w − w0)²·across + (b − b0)²·along + (w − w0)·(b − b0) + floor: a bowl that is not round."""

    w0: float
    b0: float
    across: float
    along: float
    floor: float

    def __call__(self, w, b):
        dw, db = w - self.w0, b - self.b0
        return self.across * dw * dw + self.along * db * db + dw * db + self.floor

    def slope(self, w, b):
        """Return the slope along w."""
        return 2 * self.across * (w - self.w0) + b - self.b0

    def __repr__(self):
        return f"a loss that is lowest at w = {self.w0:g}, b = {self.b0:g}"


@exercise(
    "steepness_along_w(loss_at, w, b)",
    "Above 0 the loss grows when w grows, so w should go down; below 0 w should go up.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def steepness_along_w(answer, draw):
    """steepness_along_w(loss_at, w, b) returns how much a loss changes for each unit of w. Within 0.5 % counts."""

    def attempt(loss_at, w, b):
        def handed(w, b):
            return loss_at(w, b)

        handed.__qualname__ = "loss_at"  # as errors call it
        return taken_as(answer.numbers(handed, w, b), _steepness(loss_at, w, b), loss_at.slope(w, b))

    compare(answer, _cases(draw), _steepness, SLIPS, "{loss_at}, at w = {w} and b = {b}", attempt, [FORMULA])


def _steepness(loss_at, w, b, *, along=lambda w, b, distance: (w + distance, b), start=lambda w, b: (w, b), **parts):
    def at(distance):
        return loss_at(*along(*(start(w, b) if distance == 0 else (w, b)), distance))

    return ratio(at, w, **parts)


def _names(case):
    return case | {"nudge": NUDGE}


def _cases(draw):
    """Return places on the left and on the right of the lowest point; no slope is nearly a whole number."""
    found = []
    while len(found) < 3:
        loss = _Loss(draw.signed(1, 3), draw.signed(1, 3), draw.number(1, 3), draw.number(1, 3), draw.number(0.3, 2))
        side = -1 if len(found) == 1 else 1
        case = {"loss_at": loss, "w": loss.w0 + side * draw.number(2, 4), "b": loss.b0 + side * draw.number(1, 3)}
        if 0.2 < loss.slope(case["w"], case["b"]) % 1 < 0.8:
            found.append(case)
    return found
