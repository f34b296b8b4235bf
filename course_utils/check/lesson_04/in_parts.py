"""One step on examples that come in parts."""

import numpy as np
import tensorflow as tf

from ...model import LinearModel
from ..descent import after_steps, slopes
from ..evidence import Words
from ..exercise import exercise
from ..result import Mistake
from ..slips import Slip, compare
from ..values import short
from .variables import in_place

SHARE = " / len(parts)"
W, B = (f"    model.{name}.assign_sub(learning_rate * total_{name} / len(parts))\n" for name in "wb")
ADD_W, ADD_B = "        total_w += dw\n", "        total_b += db\n"
LOSS = "mean_squared_error(y, model(x))"
LOOP = "for x, y in parts"
MEAN = "The loss of all is the mean of the parts' losses: divide the sum of their slopes by how many parts there are."
ALL = "Each part counts."
ONCE = "Add up the slopes of all parts first; then make one step."
BY_RATE = "Multiply by the learning rate, once."


def _of(place):
    """Return the function that cuts one of so many parts out of all examples."""

    def cut(x, y, parts):
        return np.array_split(x, parts)[place], np.array_split(y, parts)[place]

    return lambda x, y, parts: [cut(x, y, parts)]


def _each(x, y, parts):
    return list(zip(np.array_split(x, parts), np.array_split(y, parts), strict=True))


def _without(place):
    """Return the function that leaves one of so many parts out."""

    def cut(x, y, parts):
        kept = _each(x, y, parts)
        del kept[place]
        return [tuple(np.concatenate(some) for some in zip(*kept, strict=True))]

    return cut


def _stepped(
    w,
    b,
    x,
    y,
    learning_rate,
    parts,
    *,
    times=lambda parts, size: 1,
    on=lambda x, y, parts: [(x, y)],
    pick=np.positive,
    running=False,
    weigh=None,
    **how,
):
    """Return (w, b) after one step on all examples, or what becomes of it by slips.

    times: what multiplies the slopes, one number or one for each. on: from (x, y) and the number of parts to the
    examples of each update. running: whether each part makes a step with the sum of the slopes so far.
    weigh: from the number of parts to what multiplies the slopes of each.
    """
    if running:
        sums = np.zeros(2)
        for part in _each(x, y, parts):
            sums += slopes(*part, w, b)
            w, b = np.array([w, b]) - learning_rate * sums / parts
        return np.array([w, b])
    if weigh:
        how = how | {
            "along": lambda x, y, w, b: sum(
                by * slopes(*part, w, b) for by, part in zip(weigh(parts), _each(x, y, parts), strict=True)
            )
        }
    share = np.array(times(parts, len(x) // parts))
    return after_steps(
        w,
        b,
        x,
        y,
        learning_rate,
        1,
        back=None,
        data=lambda x, y: on(x, y, parts),
        **{"along": lambda *where: share * pick(slopes(*where))} | how,
    )[:2]


# fmt: off
SLIPS = [
    Slip("the slopes of the parts are added up, and that is all", MEAN, (SHARE, ""), times=lambda parts, size: parts),
    Slip("divided by the number of examples in a part, and not by the number of parts", MEAN, (SHARE, " / len(x)"),
         times=lambda parts, size: parts / size),
    Slip("divided by the number of parts twice", MEAN, (SHARE, f"{SHARE} / len(parts)"),
         times=lambda parts, size: 1 / parts),
    Slip("the learning rate is divided anew for each part", "Divide once, by how many parts there are.",
         ((SHARE, ""), (ADD_B, f"{ADD_B}        learning_rate /= len(parts)\n")),
         times=lambda parts, size: parts / parts**parts),
    Slip("the running total is divided anew for each part, so early parts hardly count",
         "Divide once, after the loop.",
         ((SHARE, ""), (ADD_W, "        total_w = (total_w + dw) / len(parts)\n"),
          (ADD_B, "        total_b = (total_b + db) / len(parts)\n")),
         weigh=lambda parts: [1 / parts ** (parts - k) for k in range(parts)]),
    Slip("each part is divided by how many there were so far", "Divide once, by how many parts there are.",
         weigh=lambda parts: [1 / (k + 1) for k in range(parts)]),
    Slip("divided by the number of all examples", MEAN, (SHARE, " / sum(len(x) for x, y in parts)"),
         times=lambda parts, size: 1 / size),
    Slip("divided by one less than the number of parts", MEAN, (SHARE, " / (len(parts) - 1)"),
         times=lambda parts, size: parts / (parts - 1)),
    Slip("divided by the root of the number of parts", MEAN, (SHARE, " / len(parts) ** 0.5"),
         times=lambda parts, size: parts**0.5),
    Slip("multiplied by the number of parts, and not divided", MEAN, (SHARE, " * len(parts)"),
         times=lambda parts, size: parts**2),
    *(Slip("a smaller learning rate stands where a division by the number of parts should", MEAN,
           times=lambda parts, size, by=by: parts * by) for by in (0.1, 0.01)),
    Slip("dw and db are swapped", "Each moves by its own slope.", pick=np.flip),
    *(Slip(f"the {name} part is left out", ALL, on=_without(place), times=lambda parts, size: 1 - 1 / parts)
      for name, place in (("last", -1), ("first", 0))),
    *(Slip(f"the {name} part is left out", ALL, on=_without(place)) for name, place in (("last", -1), ("first", 0))),
    Slip("a sum over the examples of each part stands where their mean should", MEAN,
         (LOSS, "tf.reduce_sum(tf.square(y - model(x)))"), times=lambda parts, size: size),
    *(Slip(f"divided by {count}, and there are not always {count} parts", MEAN, (SHARE, f" / {count}"),
           times=lambda parts, size, count=count: parts / count) for count in (20, 2)),
    Slip("the mean so far and the next part are halved, so late parts count for more", MEAN,
         weigh=lambda parts: [0.5 ** (parts - k) for k in range(parts)]),
    Slip("the mean so far and the next part are halved, so late parts count for more", MEAN,
         weigh=lambda parts: [0.5 ** (parts - max(k, 1)) for k in range(parts)]),
    Slip("each part makes a step with the sum of all slopes so far", ONCE, ((W, f"    {W}"), (B, f"    {B}")),
         running=True),
    Slip("the slopes along w are added up, and not divided", MEAN, (W, W.replace(SHARE, "")),
         times=lambda parts, size: (parts, 1)),
    Slip("the slopes along b are added up, and not divided", MEAN, (B, B.replace(SHARE, "")),
         times=lambda parts, size: (1, parts)),
    Slip("only the last part counts", ALL, ((ADD_W, "        total_w = dw\n"), (ADD_B, "        total_b = db\n"),
         (SHARE, "")), on=_of(-1)),
    Slip("only the first part counts", ALL, ((LOOP, "for x, y in parts[:1]"), (SHARE, "")), on=_of(0)),
    Slip("one step is made for each part", ONCE, ((W, f"    {W}".replace("total_w / len(parts)", "dw")),
         (B, f"    {B}".replace("total_b / len(parts)", "db"))), on=_each),
    Slip("the gradient is added", "That is uphill. Subtract it.", ("assign_sub", "assign_add"), towards=1),
    Slip("the learning rate is forgotten", BY_RATE, ("learning_rate * ", ""), size=lambda rate: 1),
    Slip("the learning rate is squared", BY_RATE, ("learning_rate * ", "learning_rate**2 * "), size=np.square),
    Slip("it divides by the learning rate", BY_RATE, ("learning_rate * ", "1 / learning_rate * "),
         size=lambda rate: 1 / rate),
    Slip("only w moved", "b must move too.", (B, ""), moved=(1, 0)),
    Slip("only b moved", "w must move too.", (W, ""), moved=(0, 1)),
    Slip("nothing moved", "Change model.w and model.b in place.", ((W, ""), (B, "")), moved=(0, 0)),
    Slip("the step itself becomes the value", "assign_sub subtracts; assign replaces.", ("assign_sub", "assign"),
         becomes=lambda old, move: -move),
]
# fmt: on
WRONG = [
    ("never uses `learning_rate`", ("learning_rate * ", "0.1 * ")),
    ("a tensor took the place of model.w", ("model.w.assign_sub(", "model.w = model.w - (")),
    ("did you mean `parts`", ("len(parts)", "len(part)")),
    ("a tape can't follow those", (LOSS, f"{LOSS}.numpy()")),
]
RIGHT = [
    """
def answer(model, parts, learning_rate):
    with tf.GradientTape() as tape:
        loss = sum(mean_squared_error(y, model(x)) for x, y in parts) / len(parts)
    for variable, slope in zip([model.w, model.b], tape.gradient(loss, [model.w, model.b])):
        variable.assign_sub(learning_rate * slope)
""",
    """
def answer(model, parts, learning_rate):
    x = tf.concat([x for x, _ in parts], axis=0)
    y = tf.concat([y for _, y in parts], axis=0)
    return train_step(model, x, y, learning_rate)
""",
    """
def answer(model, parts, learning_rate):
    slopes, count = np.zeros(2), 0
    for x, y in parts:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(y - model(x)))
        slopes += np.array(tape.gradient(loss, [model.w, model.b]))
        count += len(x)
    model.w.assign_sub(learning_rate * slopes[0] / count)
    model.b.assign_sub(learning_rate * slopes[1] / count)
""",
]


@exercise(
    "in_parts(model, parts, learning_rate)",
    "The parts make the step that all examples together make, however many parts there are.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def in_parts(answer, draw):
    """in_parts(model, parts, learning_rate) makes one step of a LinearModel on all examples.

    parts: a list of pairs (x, y), all of one size.
    """

    def attempt(w, b, x, y, learning_rate, parts):
        model = LinearModel(w, b)
        variables = model.w, model.b
        pairs = [(tf.constant(some), tf.constant(others)) for some, others in _each(x, y, parts)]
        answer(model, pairs, learning_rate)
        if reason := answer.why_none():
            raise Mistake(f"a slope is None: {reason}.")
        in_place(model, variables)
        return np.array([model.w.numpy(), model.b.numpy()], float)

    cases = [  # each count can be cut into each number of parts
        draw.line(count) | {"learning_rate": draw.number(0.03, 0.12), "parts": parts}
        for parts, count in ((3, 12), (4, 24), (2, 12))
    ]
    compare(answer, cases, _stepped, SLIPS, Words(_given, ("w", "b")), attempt, sized=("y", "w", "b"))


def _given(case):
    start = f"w = {short(case['w'])}, b = {short(case['b'])}, {len(case['x'])} examples in {case['parts']} parts"
    return f"{start} and the learning rate {short(case['learning_rate'])}, after one step"
