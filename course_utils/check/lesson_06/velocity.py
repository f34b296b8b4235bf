"""Momentum: a slope changes the velocity, and the velocity moves the Variable."""

from ..exercise import exercise
from ..formulas import Formula
from ..slips import Slip, compare

LINE = "beta * velocity - learning_rate * slope"
OLD, PUSH = "beta * velocity", "learning_rate * slope"
ROLLS = "Keep the share beta of the old velocity, then take learning_rate times the slope away."
SLIPS = [
    Slip("the slope is added", "That is uphill. Subtract it.", (" - ", " + "), towards=1),
    Slip("the learning rate is forgotten", ROLLS, (PUSH, "slope"), push=lambda g, rate, beta: g),
    Slip("beta is forgotten", "The old velocity must fade.", (OLD, "velocity"), old=lambda v, rate, beta: v),
    Slip("the old velocity is forgotten", ROLLS, (f"{OLD} - ", "-"), old=lambda v, rate, beta: 0),
    Slip(
        "that is the step of Nesterov's momentum, which looks ahead",
        ROLLS,
        whole=lambda v, g, rate, beta: beta * (beta * v - rate * g) - rate * g,
    ),
    Slip("only the old velocity is there", ROLLS, (f" - {PUSH}", ""), push=lambda g, rate, beta: 0),
    Slip(
        "the slope counts only by 1 − beta",
        "Some books do that. Keras does not, and here the whole slope counts.",
        (PUSH, f"(1 - beta) * {PUSH}"),
        push=lambda g, rate, beta: (1 - beta) * rate * g,
    ),
    Slip(
        "the learning rate multiplies the old velocity, too",
        "It belongs to the slope alone.",
        (LINE, f"learning_rate * ({OLD} - slope)"),
        old=lambda v, rate, beta: rate * beta * v,
    ),
    Slip("beta multiplies the slope, too", ROLLS, (PUSH, f"beta * {PUSH}"), push=lambda g, rate, beta: beta * rate * g),
    Slip(
        "1 − beta stands where beta should",
        "beta is the share that stays.",
        (OLD, "(1 - beta) * velocity"),
        old=lambda v, rate, beta: (1 - beta) * v,
    ),
    Slip(
        "beta and the learning rate are swapped",
        ROLLS,
        (LINE, "learning_rate * velocity - beta * slope"),
        old=lambda v, rate, beta: rate * v,
        push=lambda g, rate, beta: beta * g,
    ),
    Slip(
        "velocity and slope are swapped",
        ROLLS,
        (LINE, "beta * slope - learning_rate * velocity"),
        whole=lambda v, g, rate, beta: beta * g - rate * v,
    ),
    Slip("the signs are all turned round", "Add the result to the Variable.", (LINE, f"{PUSH} - {OLD}"), sign=-1),
    Slip(
        "the old velocity is taken away",
        "It goes on in its direction.",
        (LINE, f"-{OLD} - {PUSH}"),
        old=lambda v, rate, beta: -beta * v,
    ),
    Slip(
        "it is divided by the learning rate",
        ROLLS,
        (PUSH, "slope / learning_rate"),
        push=lambda g, rate, beta: g / rate,
    ),
    Slip("the slope is squared", ROLLS, (PUSH, f"{PUSH}**2"), push=lambda g, rate, beta: rate * g * g),
    Slip("beta is added, not multiplied", ROLLS, (OLD, "beta + velocity"), old=lambda v, rate, beta: beta + v),
]
WRONG = [
    ("stands after `return`", ("return ", "")),
    ("gives it to nobody", (f"return {LINE}", f"print({LINE})")),
    ("never uses `beta`", (OLD, "0.9 * velocity")),
    ("no `rate` is known", (PUSH, "rate * slope")),
]
RIGHT = [
    "answer = lambda velocity, slope, learning_rate, beta: -(learning_rate * slope - velocity * beta)",
    "def answer(v, g, rate, beta):\n    v = v * beta\n    v -= rate * g\n    return v",
    "def answer(v, g, rate, beta):\n    return tf.add_n([tf.constant(beta * v), tf.constant(-rate * g)])",
]


@exercise(
    "velocity(velocity, slope, learning_rate, beta)",
    "That one line is all of momentum. The velocity is then added to the Variable.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def velocity(answer, draw):
    """A function of (velocity, slope, learning_rate, beta) that returns the new velocity, as Keras computes it."""
    cases = [
        {
            "velocity": draw.signed(0.4, 2),
            "slope": side * draw.number(1.2, 4),
            "learning_rate": draw.number(0.1, 0.4),
            "beta": draw.number(0.7, 0.95),
        }
        for side in (1, -1, 1)
    ]
    words = "velocity = {velocity}, slope = {slope}, learning_rate = {learning_rate} and beta = {beta}"
    compare(answer, cases, _velocity, SLIPS, words, formulas=[Formula(f"new = {LINE}")])


def _velocity(
    velocity,
    slope,
    learning_rate,
    beta,
    *,
    old=lambda v, rate, beta: beta * v,
    push=lambda g, rate, beta: rate * g,
    towards=-1,
    whole=None,
):
    if whole:
        return whole(velocity, slope, learning_rate, beta)
    return old(velocity, learning_rate, beta) + towards * push(slope, learning_rate, beta)
