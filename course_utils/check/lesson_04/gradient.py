"""The slopes of the loss, on paper."""

import numpy as np

from ..descent import loss_of, slopes
from ..evidence import Words
from ..exercise import exercise
from ..formulas import Formula
from ..result import Mistake
from ..slips import Slip, compare

RESIDUAL = "y - (w * x + b)"
DW, DB = "-2 * tf.reduce_mean(x * residual)", "-2 * tf.reduce_mean(residual)"
BOTH = f"{DW}, {DB}"
FORMULAS = "The slopes are −2·mean(x·r) and −2·mean(r)."
IS = "r = y − (w·x + b)."
SLIPS = [
    Slip("the sign is wrong", f"The inner derivative brings a minus. {FORMULAS}", ("-2", "2"), sign=-1),
    Slip("the 2 is forgotten", f"The slope of r² is 2·r. {FORMULAS}", ("-2 * ", "-"), scale=0.5),
    Slip("a 2 too many", FORMULAS, ("-2", "-4"), scale=2),
    Slip(
        "a sum instead of the mean",
        "The loss is a mean, so its slopes are means.",
        ("reduce_mean", "reduce_sum"),
        over=lambda factor, r: np.sum(factor * r),
    ),
    Slip(
        "the mean is forgotten",
        "Each slope is one number.",
        (BOTH, "-2 * x * residual, -2 * residual"),
        over=lambda factor, r: factor * r,
    ),
    Slip(
        "each factor is averaged by itself",
        "First multiply x by r, then average.",
        ("tf.reduce_mean(x * residual)", "tf.reduce_mean(x) * tf.reduce_mean(residual)"),
        over=lambda factor, r: np.mean(factor) * np.mean(r),
    ),
    Slip(
        "the x is forgotten in dw",
        f"In w·x, the x stands beside w. {FORMULAS}",
        ("x * residual", "residual"),
        times=lambda x, w, b: (1 + 0 * x, 1 + 0 * x),
    ),
    Slip("there is an x in db, too", FORMULAS, (DB, DW), times=lambda x, w, b: (x, x)),
    Slip("w stands for x", FORMULAS, ("x * res", "w * res"), times=lambda x, w, b: (w + 0 * x, 1 + 0 * x)),
    Slip("db is multiplied by b", FORMULAS, ("(residual)", "(b * residual)"), times=lambda x, w, b: (x, b + 0 * x)),
    Slip("x is squared", FORMULAS, ("x * res", "x**2 * res"), times=lambda x, w, b: (x**2, 1 + 0 * x)),
    Slip("dw and db are swapped", "Return dw first.", (BOTH, f"{DB}, {DW}"), pick=lambda dw, db: (db, dw)),
    Slip("only dw is there", "Return both, dw and db.", (BOTH, DW), pick=lambda dw, db: dw),
    Slip("only db is there", "Return both, dw and db.", (BOTH, DB), pick=lambda dw, db: db),
    Slip("dw and db are added up", "Return both, with a comma.", (BOTH, f"{DW} + {DB}"), pick=lambda dw, db: dw + db),
    Slip("the sign of dw is wrong", FORMULAS, (DW, DW[1:]), pick=lambda dw, db: (-dw, db)),
    Slip("the sign of db is wrong", FORMULAS, (DB, DB[1:]), pick=lambda dw, db: (dw, -db)),
    Slip("the 2 is forgotten in dw", FORMULAS, (DW, f"0.5 * {DW}"), pick=lambda dw, db: (dw / 2, db)),
    Slip("the 2 is forgotten in db", FORMULAS, (DB, f"0.5 * {DB}"), pick=lambda dw, db: (dw, db / 2)),
    Slip("only the sign of each is left", FORMULAS, (BOTH, f"tf.sign({DW}), tf.sign({DB})"), then=np.sign),
    Slip("the signs are lost", FORMULAS, (BOTH, f"abs({DW}), abs({DB})"), then=np.abs),
    Slip(
        "both are divided by their length",
        FORMULAS,
        (BOTH, f"({DW}) / tf.norm([{DW}, {DB}]), ({DB}) / tf.norm([{DW}, {DB}])"),
        pick=lambda dw, db: (dw / np.hypot(dw, db), db / np.hypot(dw, db)),
    ),
    *(
        Slip("that is w and b after a step, and not the slopes", FORMULAS, edit, step=rate)
        for rate, edit in (
            ((1.0, (BOTH, f"w - ({DW}), b - ({DB})"))),
            (0.1, (BOTH, f"w - 0.1 * ({DW}), b - 0.1 * ({DB})")),
        )
    ),
    *(
        Slip(f"they are found by a nudge of {size:g}, and not on paper", FORMULAS, nudge=size)
        for size in (1.0, 0.1, 0.01, 0.001)
    ),
    *(
        Slip(f"only the {which} example counts", "Average over all examples.", over=over)
        for which, place in (("first", 0), ("last", -1))
        for over in (lambda factor, r, k=place: (factor * r)[k], lambda factor, r, k=place: (factor * r)[k] / len(r))
    ),
    Slip("the residuals forget b", IS, (RESIDUAL, "y - w * x"), residual=lambda x, y, w, b: y - w * x),
    Slip(
        "the residuals add b",
        f"The minus works on the whole bracket: {IS}",
        (RESIDUAL, "y - w * x + b"),
        residual=lambda x, y, w, b: y - w * x + b,
    ),
    Slip("the residuals forget the prediction", IS, (RESIDUAL, "y"), residual=lambda x, y, w, b: y),
    Slip("the residuals forget the target", IS, (RESIDUAL, "w * x + b"), residual=lambda x, y, w, b: w * x + b),
    Slip(
        "the residuals are squared",
        "In the slopes, they are not.",
        (RESIDUAL, f"({RESIDUAL}) ** 2"),
        residual=lambda x, y, w, b: (y - (w * x + b)) ** 2,
    ),
    Slip(
        "the residuals lose their sign",
        "Keep it.",
        (RESIDUAL, f"abs({RESIDUAL})"),
        residual=lambda x, y, w, b: abs(y - (w * x + b)),
    ),
    Slip(
        "they are the slopes of the mean absolute error",
        FORMULAS,
        (BOTH, "-tf.reduce_mean(x * tf.sign(residual)), -tf.reduce_mean(tf.sign(residual))"),
        residual=lambda x, y, w, b: np.sign(y - (w * x + b)) / 2,
    ),
    Slip(
        "that is the loss, and not its slopes",
        FORMULAS,
        (BOTH, "tf.reduce_mean(tf.square(residual))"),
        residual=lambda x, y, w, b: (y - (w * x + b)) ** 2,
        pick=lambda dw, db: -db / 2,
    ),
]
FORMULA = Formula(f"r = {RESIDUAL}", "dw = -2 * mean(x * r)", "db = -2 * mean(r)", result="dw, db")
TAPE = """
def answer(x, y, w, b):
    w, b = tf.Variable(w), tf.Variable(b)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, w * x + b)
    return tape.gradient(loss, [w, b])
"""
WRONG = [
    ("they come from a tape", TAPE),
    ("along a plain number", TAPE.replace("    w, b = tf.Variable(w), tf.Variable(b)\n", "")),
    ("never uses `w` and `b`", ("w * x + b", "5 * x")),
    ("stands after `return`", ("return ", "")),
]


@exercise(
    "gradient(x, y, w, b)",
    "The tape gives the same two numbers, for any model, without paper.",
    slips=SLIPS,
    wrong=WRONG,
)
def gradient(answer, draw):
    """gradient(x, y, w, b) returns the slopes (dw, db) of the mean squared error, worked out without a tape."""
    words = Words("x = {x}, y = {y}, w = {w} and b = {b}", ("dw", "db"))
    cases = [draw.line(4), draw.line(6), draw.line(5)]
    while len({tuple(np.sign(slopes(**case))) for case in cases}) == 1:
        cases[-1] = draw.line(5)  # so that a sign that is lost, and one that is wrong, are not the same
    also = {"where there are 40 examples": draw.line(40)}
    compare(answer, cases, _given_back, SLIPS, words, formulas=[FORMULA], also=also)
    if answer.used_tape:
        raise Mistake("the numbers are right, but they come from a tape. Here they are worked out without it.")


def _given_back(x, y, w, b, *, step=None, nudge=None, **how):
    """Return the slopes, or w and b after a step, or how the loss grows with each by a nudge."""
    if nudge:
        before = loss_of(x, y, w, b)
        return np.array([loss_of(x, y, w + nudge, b) - before, loss_of(x, y, w, b + nudge) - before]) / nudge
    found = slopes(x, y, w, b, **how)
    return found if step is None else np.array([w, b]) - step * found
