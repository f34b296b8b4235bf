"""The training loop and its record."""

import numpy as np
import tensorflow as tf

from ...model import LinearModel
from ..descent import after_loop, limit
from ..evidence import Words
from ..exercise import exercise
from ..reading import unused
from ..result import Mistake
from ..slips import compare
from ..values import apart, close
from .slips_of_a_loop import AFTER, INSIDE, LOSS, SLIPS, STEP
from .variables import in_place

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
        stayed = close(np.array([model.w.numpy(), model.b.numpy()]), np.array([w, b]))
        if (
            stayed
            and not unused(answer.value)
            and np.size(record) == epochs + 1
            and not close(record, np.full(epochs + 1, record.flat[0]))
        ):
            raise Mistake(
                "the model that is handed in ends as it began: train that one, by train_step(model, …), and leave it "
                "trained."
            )
        if np.size(record) and not np.any(record):
            raise Mistake("no loss is in the record. Append what train_step returns, at each epoch.")
        if np.size(record) and np.array_equal(record, np.arange(np.size(record))):
            raise Mistake("the record only counts the epochs: 0, 1, … Add the loss of each state to it.")
        if record.ndim > 1:
            raise Mistake("each entry of the record is a list. One number for each state is asked for.")
        return np.array([*np.ravel(record), model.w.numpy(), model.b.numpy()], float)

    cases = [
        draw.line(count) | {"learning_rate": draw.number(0.03, 0.12), "epochs": epochs}
        for count, epochs in ((5, draw.whole(3, 4)), (7, draw.whole(5, 6)))
    ]
    steep, flat = draw.line(5), draw.line(6)
    also = {
        "where the loss rises": steep | {"learning_rate": draw.number(1.2, 1.5) * limit(steep["x"]), "epochs": 5},
        "where there are 40 examples": draw.line(40) | {"learning_rate": draw.number(0.03, 0.12), "epochs": 3},
        "where there are many epochs": flat | {"learning_rate": 0.4 * limit(flat["x"]), "epochs": 60},
    }
    words = RecordWords("w = {w}, b = {b}, {epochs} epochs and the learning rate {learning_rate}")
    compare(answer, cases, after_loop, SLIPS, words, attempt, also=also, sized=("y", "w", "b"))


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
