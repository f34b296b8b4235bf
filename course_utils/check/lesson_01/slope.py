"""Ask for a slope, with a tape."""

import numpy as np

from ..exercise import exercise
from ..formulas import Formula
from ..result import Mistake
from ..slips import Slip, compare
from .curves import cubic, parabola, wave


def _rise(step):
    """Return how much a curve rises over a step, divided by the step."""
    return lambda f, x: (f(x + step) - f(x)) / step


def _around(step):
    """Return how much a curve rises from a step below to a step above, divided by both."""
    return lambda f, x: (f(x + step) - f(x - step)) / (2 * step)


def _times_x(f, x):
    return f(x) + x * f.slope(x)


def _squared(f, x):
    return 2 * f(x) * f.slope(x)


def _twice(f, x):
    return f.slope(float(f(x))) * f.slope(x)


def _at(lines, case):
    """Return the result of a formula of the slope, the value and the place."""
    function, x = case["function"], case["x"]
    return FORMULA.once(lines, case | {"slope": function.slope(x), "value": function(x)})


GRADIENT = "tape.gradient(y, x)"
ASK = "Return what tape.gradient gives."
NEAR = "The tape finds the slope itself, without a step."
TAKE = "Take the function as it is."
STEPS = 0.0001, 0.001, 0.01, 0.1, 0.5
AS_IT_IS = "Give the slope as it is."
SLIPS = [
    Slip("it is the value and not the slope", ASK, (GRADIENT, "y"), of=lambda f, x: f(x)),
    Slip("it is x itself", ASK, (GRADIENT, "x"), of=lambda f, x: x),
    *(
        Slip(
            "it is a step downhill, and not the slope",
            ASK,
            ("return ", f"return x - {rate} * "),
            of=lambda f, x, rate=rate: x - rate * f.slope(x),
        )
        for rate in (1, 0.1, 0.01)
    ),
    Slip(
        "the square of the lesson stands around the function",
        TAKE,
        ("y = function(x)", "y = (function(x) - 3) ** 2"),
        of=lambda f, x: 2 * (f(x) - 3) * f.slope(x),
    ),
    Slip("it is the value divided by x", ASK, (GRADIENT, "y / x"), of=lambda f, x: f(x) / x),
    Slip(
        "it is the slope from 0 to x", NEAR, (GRADIENT, "(y - function(0.0)) / x"), of=lambda f, x: (f(x) - f(0.0)) / x
    ),
    Slip("it is the slope of the slope", "Ask for the gradient once.", of=lambda f, x: f.bend(x)),
    Slip("it is the rise over a step of 1", NEAR, (GRADIENT, "function(x + 1) - y"), of=_rise(1)),
    Slip("it is the rise over a step of 0.1", NEAR, (GRADIENT, "(function(x + 0.1) - y) / 0.1"), of=_rise(0.1)),
    *(Slip(f"it is the rise over a step of {h:g}", NEAR, of=_rise(h)) for h in (0.01, 0.001)),
    *(Slip("a rise is not divided by its step", NEAR, of=lambda f, x, h=h: f(x + h) - f(x)) for h in STEPS),
    *(Slip("a rise is not divided by its step", NEAR, of=lambda f, x, h=h: f(x + h) - f(x - h)) for h in STEPS),
    *(
        Slip("only the second value is divided by the step", "Put brackets round the difference.", of=of)
        for h in STEPS
        for of in (lambda f, x, h=h: f(x + h) - f(x) / h, lambda f, x, h=h: f(x + h) - f(x - h) / (2 * h))
        if h < 0.5
    ),
    *(Slip(f"it is the rise from {h:g} below to {h:g} above", NEAR, of=_around(h)) for h in (0.1, 0.5, 1.0)),
    Slip("the function is multiplied by x", TAKE, ("y = function(x)", "y = function(x) * x"), of=_times_x),
    Slip("the function is squared", TAKE, ("y = function(x)", "y = function(x) ** 2"), of=_squared),
    Slip("the function is taken of its own value", TAKE, ("y = function(x)", "y = function(function(x))"), of=_twice),
    Slip("it is the slope at 0", "Ask at x.", of=lambda f, x: f.slope(0.0)),
    Slip("it is the slope at 1", "Ask at x.", of=lambda f, x: f.slope(1.0)),
    Slip("one step downhill was made before", "Ask at x itself.", of=lambda f, x: f.slope(x - f.slope(x))),
    Slip("the sign is wrong", "The slope of a rising curve is above 0.", ("return ", "return -"), sign=-1),
    Slip("the sign is lost", "The slope of a falling curve is below 0.", (GRADIENT, f"abs({GRADIENT})"), then=np.abs),
    Slip("it is twice the slope", "Is the function counted twice?", ("y = ", "y = 2 * "), scale=2),
    Slip("it is half the slope", AS_IT_IS, ("return ", "return 0.5 * "), scale=0.5),
    Slip("it is squared", AS_IT_IS, (GRADIENT, f"{GRADIENT} ** 2"), then=np.square),
    Slip("only the direction is left", AS_IT_IS, (GRADIENT, f"tf.sign({GRADIENT})"), then=np.sign),
]
FORMULA = Formula("answer = slope", names=("value", "x"), run=_at)
MAKE, TAPE, RUN = "    x = tf.Variable(x)\n", "    with tf.GradientTape() as tape:\n", "        y = function(x)\n"
WRONG = [
    ("along a plain number", (MAKE, "")),
    ("a constant tensor", ("tf.Variable(x)", "tf.constant(x)")),
    ("the tape saw no Variable", (TAPE + RUN, "    y = function(x)\n" + TAPE + "        pass\n")),
    ("another Variable", (GRADIENT, "tape.gradient(y, tf.Variable(x))")),
    ("are swapped", (GRADIENT, "tape.gradient(x, y)")),
    ("whole numbers", ("function(x)", "x * x"), ("tf.Variable(x)", "tf.Variable(int(x))")),
    (
        "A 0 in its place is no slope",
        ("tf.Variable(x)", "tf.constant(x)"),
        ("return tape.gradient(y, x)", "slope = tape.gradient(y, x)\n    return 0.0 if slope is None else slope"),
    ),
    ("trainable=False", ("tf.Variable(x)", "tf.Variable(x, trainable=False)")),
    ("a tape can't follow those", (RUN, "        y = function(x).numpy()\n")),
    ("call the function first", (RUN, "        y = function\n")),
    ("stands after `return`", ("return ", "")),
    ("with brackets", ("GradientTape()", "GradientTape")),
    ("answers only once", ("    return", f"    {GRADIENT}\n    return")),
    ("'sources' is missing", (GRADIENT, "tape.gradient(y)")),
    ("never uses `function`", ("function(x)", "x**2")),
    ("never uses `x`", ("tf.Variable(x)", "tf.Variable(3.0)")),
    ("a function has no part `slope`", (GRADIENT, "function.slope(x)")),
    ("near, but not equal", (GRADIENT, "(function(x + 0.004) - function(x)) / 0.004")),
]


@exercise(
    "slope(function, x)",
    "You can now ask for the slope of anything that TensorFlow computes with floats.",
    slips=SLIPS,
    wrong=WRONG,
)
def slope(answer, draw):
    """slope(function, x) returns the slope of function at x, a float. A difference that is exact enough counts, too."""
    falling = {"function": parabola(draw.number(1, 3), draw.number(1, 3)), "x": -draw.number(1, 4)}
    rising = {"function": cubic(draw.number(1, 3), draw.number(1, 3)), "x": draw.signed(1.2, 2.5)}
    right = {"function": parabola(draw.number(1, 3), draw.number(1, 2)), "x": draw.number(3, 5)}
    cases = [falling, rising, right, {"function": wave(draw.number(0.5, 0.9)), "x": draw.signed(0.3, 1)}]

    def attempt(function, x):
        value = answer.numbers(function.value, x)
        if not value.any() and (reason := answer.why_none()):
            raise Mistake(f"the slope is None: {reason}. A 0 in its place is no slope.")
        return value

    compare(answer, cases, _slope, SLIPS, "{function} at x = {x}", attempt, [FORMULA])


def _slope(function, x, *, of=lambda f, x: f.slope(x)):
    return of(function, x)
