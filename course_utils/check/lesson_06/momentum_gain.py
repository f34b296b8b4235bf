"""How much larger a learning rate may be with momentum."""

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

WITH, WITHOUT = "2 * (1 + beta) / curvature", "2 / curvature"
GAIN = "with_momentum / without"
DIVIDE = "2(1 + β)/λ divided by 2/λ."
FALLS = "The curvature stands in both limits, and falls out."
SLIPS = [
    Slip("that is the limit with momentum", DIVIDE, (GAIN, "with_momentum"), of=lambda c, beta: 2 * (1 + beta) / c),
    Slip("that is the limit without momentum", DIVIDE, (GAIN, "without"), of=lambda c, beta: 2 / c),
    Slip("upside down", DIVIDE, (GAIN, "without / with_momentum"), of=lambda c, beta: 1 / (1 + beta)),
    Slip("they are subtracted", DIVIDE, (GAIN, "with_momentum - without"), of=lambda c, beta: 2 * beta / c),
    Slip("they are multiplied", DIVIDE, (GAIN, "with_momentum * without"), of=lambda c, beta: 4 * (1 + beta) / c**2),
    Slip(
        "it is 1 − β",
        "Momentum allows a larger rate.",
        (WITH, "2 * (1 - beta) / curvature"),
        of=lambda c, beta: 1 - beta,
    ),
    Slip("it is β itself", DIVIDE, (WITH, "2 * beta / curvature"), of=lambda c, beta: beta),
    Slip(
        "that is how far a ball rolls on level ground",
        "1/(1 − β) is how often a steady slope is counted. At the limit the slope turns round at each step.",
        (GAIN, "1 / (1 - beta)"),
        of=lambda c, beta: 1 / (1 - beta),
    ),
    Slip("it is 2·β", DIVIDE, of=lambda c, beta: 2 * beta),
    Slip("the curvature stays in it", FALLS, (WITHOUT, "2"), of=lambda c, beta: (1 + beta) / c),
    Slip("it is multiplied by the curvature", FALLS, (WITH, "2 * (1 + beta)"), of=lambda c, beta: (1 + beta) * c),
    Slip("a 2 too many", "It stands in both limits.", (WITHOUT, "1 / curvature"), of=lambda c, beta: 2 * (1 + beta)),
    Slip(
        "half of it",
        "The 2 stands in both limits.",
        (WITH, "(1 + beta) / curvature"),
        of=lambda c, beta: (1 + beta) / 2,
    ),
    Slip("it is squared", DIVIDE, (GAIN, f"({GAIN}) ** 2"), of=lambda c, beta: (1 + beta) ** 2),
    Slip("1 is taken away from it", "Twice as large is a factor of 2.", (GAIN, f"{GAIN} - 1"), of=lambda c, beta: beta),
    Slip("it is rounded", "Keep all digits.", (GAIN, f"round({GAIN})"), of=lambda c, beta: round(1 + beta)),
    Slip("the sign is wrong", "It is above 1.", (GAIN, f"-{GAIN}"), sign=-1),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("no `λ` is known", (WITHOUT, "2 / λ")),
    ("it takes beta", "def answer(beta):\n    return 1 + beta"),
]
RIGHT = [
    "answer = lambda curvature, beta: 1 + beta",
    "def answer(λ, β):\n    return (2 * (1 + β) / λ) / (2 / λ)",
    "def answer(curvature, beta):\n    return tf.constant(1.0) + beta",
]


@exercise(
    "momentum_gain(curvature, beta)",
    "Whatever the curvature: nearly twice, for a β near 1.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def momentum_gain(answer, draw):
    """momentum_gain(curvature, beta) returns by which factor momentum raises the largest stable learning rate."""
    shares = (0.6, 0.95), (0.1, 0.4), (0.6, 0.95)
    cases = [{"curvature": draw.number(2.2, 7), "beta": draw.number(*share)} for share in shares]
    formulas = [Formula("gain = 1 + beta"), Formula(f"gain = {WITH} / ({WITHOUT})")]
    compare(answer, cases, _gain, SLIPS, "a curvature of {curvature} and beta = {beta}", formulas=formulas)


def _gain(curvature, beta, *, of=lambda c, beta: 1 + beta):
    return of(curvature, beta)
