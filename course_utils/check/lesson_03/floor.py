"""The loss of the true line."""

from ..choices import Wrong, choose
from ..exercise import exercise
from ..formulas import Formula

SQUARES = "The loss squares the noise."
POINT = "0.5 · 0.5 is half of a half."
FORMULA = Formula("loss = noise**2", names=("n",))
# fmt: off
NAMED = [
    Wrong(0.5, "that is the standard deviation and not the variance", SQUARES),
    Wrong(0, "no line predicts noise", "Look again at 'The floor'."),
    Wrong(1, "that is the floor for a noise of one, or twice 0.5", f"Here it is 0.5. {SQUARES}"),
    Wrong(0.975, "that is the floor for a noise of one", "Here it is 0.5."),
    Wrong(0.5**0.5, "a square root instead of a square", SQUARES),
    Wrong(0.125, "half of the square, or the third power", SQUARES),
    Wrong(0.0625, "squared twice", SQUARES),
    Wrong(-0.25, "a loss is never below zero", "Squares are not."),
    Wrong(0.75, "1 less the square, or noise and square added up", "The loss is the square alone."),
    Wrong(0.68, "that is the share of normal numbers within one standard deviation", SQUARES),
    *(Wrong(value, "that is the loss of the start, w = 5 and b = 0", "The true line is w = 3 and b = 2.")
      for value in (8.337, 8.987, 10.6)),
    Wrong(250, "a sum over 1,000 points stands where a mean should", SQUARES),
    *(Wrong(value, "that is the mean size of the noise, which is not squared", SQUARES) for value in (0.3989, 0.4124)),
    Wrong(2, "divided and not squared", "That is 1 / 0.5."),
    Wrong(4, "divided and not squared", "That is 1 / 0.5²."),
    *(Wrong(value, "the point stands in the wrong place", POINT) for value in (2.5, 0.025, 0.0025, 25)),
]
# fmt: on
WRONG = [
    ("in quotes", "answer = '0.25'"),
    ("one number is asked for", "answer = (0.25, 0.5)"),
    ("a function and not its result", "answer = lambda noise: noise**2"),
    ("is not the answer", "answer = 0.3"),
]


@exercise(
    "",
    "On new data, no line has a smaller loss on average: noise can't be predicted. Now you know when to stop.",
    slips=NAMED,
    wrong=WRONG,
)
def floor(answer, draw):
    """About how large the loss of the true line is when the noise has a standard deviation of 0.5.

    Within 15 % counts: the mean of 1,000 squared draws strays by √(2/1000), 4.5 % of itself, so nearly every loss that
    somebody measures, such as the lesson's 0.262, lies within three times that.
    """
    choose(
        answer,
        0.25,
        NAMED,
        "About how large is the mean of the squared noise?",
        within=0.15 * 0.25,
        formula=FORMULA,
        of={"noise": 0.5},
    )
