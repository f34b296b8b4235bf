"""Change in place: a Variable is doubled."""

import numpy as np
import tensorflow as tf

from ..exercise import exercise
from ..reading import sets, unused
from ..result import Mistake
from ..slips import Slip, compare
from ..values import close, short

MULTIPLY = "To double is to multiply by 2."
SLIPS = [
    *(Slip(f"{number} was added", MULTIPLY, to=lambda v, number=number: v + number) for number in (1, 3, 4, 5, 10)),
    Slip("two was added", MULTIPLY, ("2 * variable", "variable + 2"), to=lambda v: v + 2),
    Slip("it was set to two", "The new value depends on the old.", ("2 * variable", "2.0"), to=lambda v: 0 * v + 2),
    Slip("it was tripled", "assign_add adds to what is there.", ("assign(", "assign_add("), to=lambda v: 3 * v),
    Slip("it was squared", MULTIPLY, ("2 * variable", "variable**2"), to=np.square),
    Slip("it is zero", "Its value was taken away from itself.", ("2 * variable", "0.0"), to=lambda v: 0 * v),
    Slip("it was doubled twice", "Once is enough.", ("2 * variable", "4 * variable"), to=lambda v: 4 * v),
    Slip("it was halved", MULTIPLY, ("2 * variable", "variable / 2"), to=lambda v: v / 2),
    Slip("all behind the point is lost", "`int` cuts it off.", ("2 * variable", "2.0 * int(variable)"), whole=np.trunc),
    Slip("the sign is lost", "Twice −3 is −6.", ("2 * variable", "2 * abs(variable)"), then=np.abs),
    Slip("the sign is wrong", "Twice 3 is 6.", ("assign(2", "assign(-2"), sign=-1),
]
DOUBLED = "variable.assign(2 * variable)"
WRONG = [
    ("a new name for a new tensor", (DOUBLED, "variable = 2 * variable")),
    ("`var *= value` with `tf.Variable`s is not supported", (DOUBLED, "variable *= 2")),
    (
        "a Variable that training does not change stays",
        (f"    {DOUBLED}", f"    if variable.trainable:\n        {DOUBLED}"),
    ),
    ("it gives back twice the value, but", (DOUBLED, "return 2 * variable")),
    ("twice the value, in a new Variable", (DOUBLED, "return tf.Variable(2 * variable)")),
    ("the Variable did not change", (DOUBLED, "print(2 * variable)")),
    ("brackets behind its name", (DOUBLED, "return variable.assign")),
    ("`variable.value = …`", (DOUBLED, "variable.value = 2 * variable")),
    ("there is no `double`", (DOUBLED, "variable.double()")),
    ("'value' is missing", ("2 * variable", "")),
    ("it never uses `variable`", (DOUBLED, "tf.Variable(1.0).assign(2.0)")),
]


@exercise(
    "double(variable)",
    "The Variable changed in place, so everybody who holds it sees the new value. Training rests on that.",
    slips=SLIPS,
    wrong=WRONG,
)
def double(answer, draw):
    """double(variable) doubles the value of a Variable in place."""
    returned = []

    def attempt(value, trainable=True):
        variable = tf.Variable(value, trainable=trainable)
        before = set(vars(variable))
        returned[:] = [answer(variable)]
        if new := set(vars(variable)) - before:
            raise Mistake(
                f"`variable.{min(new)} = …` sets something else of the object, and its value stays. Only `assign`, "
                "`assign_add` and `assign_sub` change the value, with brackets behind them: `variable.assign(…)`."
            )
        return answer.as_numbers(variable, "the Variable becomes")

    starts = draw.number(3, 9), -draw.number(3, 9)
    if all(close(attempt(start), start) for start in starts):
        raise Mistake(f"{_unmoved(answer, returned[0], starts[1])} It held {short(starts[1])}, and still does.")
    cases = [{"value": start} for start in starts]
    also = {"where a Variable holds several numbers": {"value": draw.several(3)}}
    try:
        attempt(**also["where a Variable holds several numbers"])
    except Mistake:
        also = {}  # `float(variable)` takes one number, and one is asked for
    compare(answer, cases, _doubled, SLIPS, "a Variable of {value}", attempt, also=also, sized=("value",))
    if close(attempt(starts[0], trainable=False), starts[0]):
        raise Mistake("it is right, but a Variable that training does not change stays as it is: double that one, too.")


def _doubled(value, *, whole=lambda v: v, to=lambda v: 2 * v):
    return to(whole(value))


def _unmoved(answer, returned, start):
    """Return why a Variable kept its value, as far as can be seen."""
    if unused(answer.value):
        return f"the Variable did not change: it never uses `{unused(answer.value)[0]}`, which it is given."
    if sets(answer.value, 0):
        return "the Variable did not change: with `=` its name becomes a new name for a new tensor. Use `assign`."
    if callable(returned):
        return "the Variable did not change: a method runs only with brackets behind its name."
    if returned is not None and close(answer.as_numbers(returned), 2 * start):
        where = ", in a new Variable" if hasattr(returned, "assign") else ""
        return f"it gives back twice the value{where}, but the Variable itself did not change. Use `assign`."
    return "the Variable did not change. Only `assign`, `assign_add` and `assign_sub` change it."
