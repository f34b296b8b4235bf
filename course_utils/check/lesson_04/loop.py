"""The training loop and its record."""

import numpy as np
import tensorflow as tf

from ...model import LinearModel
from ..descent import after_loop, scaled
from ..evidence import Words
from ..exercise import exercise
from ..result import Mistake
from ..slips import Slip, compare
from ..values import apart, close
from .variables import MEANS, in_place


def _swapped(x, y):
    return y, x


STEP, LOSS = "train_step(model, x, y, learning_rate)", "mean_squared_error(y, model(x))"
INSIDE, AFTER = f"        losses.append({STEP})\n", f"    losses.append({LOSS})\n"
ONCE = "Record once before each update, and once at the end."
AS_MANY = "range(epochs) makes just as many; the last loss needs no update."
EACH = "One entry for each epoch, and one at the end."
FIRST = "Put `return` after the loop."
XY = "Hand them on in their order: model, x, y."
SLIPS = [
    Slip(
        "the last state is missing",
        "After the loop, add the loss of the trained model.",
        (AFTER, ""),
        entries=lambda n: range(n),
    ),
    Slip(
        "the record is off by one, because state 0 is missing",
        "Record before the first update.",
        ((INSIDE, f"        {STEP}\n"), (AFTER, f"    {AFTER}")),
        entries=lambda n: range(1, n + 1),
    ),
    Slip(
        "the record begins after the first update",
        "Record state 0 first.",
        ("    losses = []\n", f"    losses = []\n    {STEP}\n"),
        entries=lambda n: range(1, n + 2),
        updates=lambda n: n + 1,
    ),
    Slip("one update too many", AS_MANY, (LOSS, STEP), updates=lambda n: n + 1),
    Slip(
        "one update too few",
        AS_MANY,
        ("range(epochs)", "range(epochs - 1)"),
        updates=lambda n: n - 1,
        entries=lambda n: range(n),
    ),
    Slip("one update too few", AS_MANY, updates=lambda n: n - 1),
    Slip(
        "two updates in each epoch",
        "One epoch is one step.",
        (INSIDE, f"{INSIDE}        {STEP}\n"),
        updates=lambda n: 2 * n,
        entries=lambda n: range(0, 2 * n + 1, 2),
    ),
    Slip(
        "two updates in each epoch",
        "One epoch is one step.",
        (INSIDE, f"        {STEP}\n{INSIDE}"),
        updates=lambda n: 2 * n,
        entries=lambda n: [*range(1, 2 * n, 2), 2 * n],
    ),
    Slip("the model never moves", "Call train_step in each epoch.", (STEP, LOSS), updates=lambda n: 0),
    Slip(
        "the loss is stale",
        "It is computed once. Compute it anew in each epoch.",
        (
            ("losses = []", f"losses = []\n    loss = {LOSS}"),
            (INSIDE, f"        {STEP}\n        losses.append(loss)\n"),
            (AFTER, "    losses.append(loss)\n"),
        ),
        entries=lambda n: [0] * (n + 1),
    ),
    Slip(
        "the start stands twice, and the last state is missing",
        ONCE,
        (("losses = []", f"losses = [{LOSS}]"), (AFTER, "")),
        entries=lambda n: [0, *range(n)],
    ),
    Slip(
        "the last but one state stands twice, and the last is missing",
        "After the loop, compute the loss of the trained model anew.",
        (LOSS, "losses[-1]"),
        entries=lambda n: [*range(n), n - 1],
    ),
    Slip("the start stands twice", ONCE, ("losses = []", f"losses = [{LOSS}]"), entries=lambda n: [0, *range(n + 1)]),
    Slip(
        "the end stands twice, and the start is missing",
        "Record before each update, not after.",
        (INSIDE, f"        {STEP}\n    {AFTER}"),
        entries=lambda n: [*range(1, n + 1), n],
    ),
    Slip(
        "each epoch has two entries",
        EACH,
        (INSIDE, f"{INSIDE}    {AFTER}"),
        entries=lambda n: [*(k + more for k in range(n) for more in (0, 1)), n],
    ),
    Slip(
        "each epoch has two entries",
        EACH,
        (INSIDE + AFTER, f"{INSIDE}    {AFTER}"),
        entries=lambda n: [k + more for k in range(n) for more in (0, 1)],
    ),
    Slip(
        "only the last two losses are there",
        "Make the list before the loop, and append inside it.",
        (("    losses = []\n", ""), (INSIDE, f"        losses = []\n{INSIDE}")),
        entries=lambda n: [n - 1, n],
    ),
    Slip(
        "only the last loss is there",
        "Return the list of all.",
        ("return losses", "return losses[-1]"),
        entries=lambda n: [n],
    ),
    Slip("only the loss before the last update is there", "Return the list of all.", entries=lambda n: [n - 1]),
    Slip(
        "the loop ends after its first round",
        FIRST,
        (AFTER + "    return losses", f"    {AFTER}        return losses"),
        updates=lambda n: 1,
        entries=lambda n: range(2),
    ),
    Slip("the loop ends after its first round", FIRST, updates=lambda n: 1, entries=lambda n: range(1)),
    Slip(
        "the record is turned round",
        "The untrained model comes first.",
        ("return losses", "return losses[::-1]"),
        entries=lambda n: range(n, -1, -1),
    ),
    Slip("the learning rate is forgotten", "Hand it on.", ("learning_rate))", "1.0))"), size=lambda rate: 1),
    Slip("the learning rate is squared", "Hand it on.", ("learning_rate))", "learning_rate**2))"), size=np.square),
    Slip("the model walks uphill", "Subtract the gradient.", ("learning_rate))", "-learning_rate))"), towards=1),
    Slip("a sum instead of the mean", MEANS, along=scaled(lambda n: n)),
    Slip("x and y are swapped in the training", XY, (STEP, "train_step(model, y, x, learning_rate)"), data=_swapped),
    Slip(
        "x and y are swapped",
        XY,
        ((STEP, "train_step(model, y, x, learning_rate)"), (LOSS, "mean_squared_error(x, model(y))")),
        data=_swapped,
        at_end=_swapped,
    ),
]
BUG_3 = (
    ("losses = []", f"losses = []\n    loss = {LOSS}"),
    ("range(epochs)", "range(epochs + 1)"),
    (INSIDE, f"        losses.append(loss)\n        {STEP}\n"),
    (AFTER, ""),
)
WRONG = [
    ("two things: one update too many and the loss is stale", *BUG_3),
    ("its record of losses is `.loss`", ("return losses", "return train(model, x, y, learning_rate=0.1, epochs=3)")),
    ("the record is empty", (AFTER, ""), ("losses.append(", "losses += (")),
    ("only counts the epochs", (STEP, "len(losses)"), (LOSS, "epochs")),
    ("each entry of the record is a list", (STEP, f"[{STEP}]"), (LOSS, f"[{LOSS}]")),
    ("does a `return` miss", (INSIDE, f"        losses = losses.append({STEP})\n")),
    ("a function and not its result", (STEP, "train_step")),
    ("`range(n)`, not `n`", ("range(epochs)", "epochs")),
    ("stands after `return`", ("return losses", "")),
    ("gives it to nobody", ("return losses", "print(losses)")),
    ("never uses `learning_rate`", ("learning_rate))", "0.1))")),
    ("never uses `epochs`", ("range(epochs)", "range(10)")),
    ("never uses `model`", ("    losses = []", "    model = LinearModel()\n    losses = []")),
    ("the first 2 numbers are right", (INSIDE, f"{INSIDE}        learning_rate = 0.7 * learning_rate\n")),
    (
        "longer than",
        ("for _ in range(epochs)", "while True"),
        (INSIDE, "        train(model, x, y, learning_rate=0.1, epochs=9)\n"),
    ),
]


@exercise(
    "loop(model, x, y, learning_rate, epochs)",
    "Entry k is the state after k updates, so your curves will fit those of everybody who counts from 0.",
    slips=SLIPS,
    wrong=WRONG,
)
def loop(answer, draw):
    """loop(model, x, y, learning_rate, epochs) returns the epochs + 1 losses, the untrained one first."""

    def attempt(w, b, x, y, learning_rate, epochs):
        model = LinearModel(w, b)
        variables = model.w, model.b
        record = answer.numbers(model, tf.constant(x), tf.constant(y), learning_rate, epochs)
        in_place(model, variables)
        if np.array_equal(record, np.arange(np.size(record))) and np.size(record) > 1:
            raise Mistake("the record only counts the epochs: 0, 1, … Add the loss of each state to it.")
        if record.ndim > 1:
            raise Mistake("each entry of the record is a list. One number for each state is asked for.")
        return np.array([*np.ravel(record), model.w.numpy(), model.b.numpy()], float)

    cases = [
        draw.line(count) | {"learning_rate": draw.number(0.03, 0.12), "epochs": epochs}
        for count, epochs in ((5, draw.whole(3, 4)), (7, draw.whole(5, 6)))
    ]
    words = RecordWords("w = {w}, b = {b}, {epochs} epochs and the learning rate {learning_rate}")
    compare(answer, cases, after_loop, SLIPS, words, attempt)


class RecordWords(Words):
    """Tells [the record, w, b]."""

    def shapes(self, got, expected):
        if len(got) == 2:
            return "the record is empty. To add a number to a list, write `losses.append(…)`"
        entries = "1 entry" if len(got) == 3 else f"{len(got) - 2} entries"
        return f"the record has {entries} instead of {len(expected) - 2}, the start and one for each epoch"

    def evidence(self, case, got, expected):
        if not close(got[:-2], expected[:-2]):
            one, other = apart(got[:-2], expected[:-2])
            return f"For {self.given(case)} you gave {one}, expected {other}."
        one, other = apart(got[-2:], expected[-2:])
        return f"For {self.given(case)} the model ends at (w, b) = {one}, expected {other}."
