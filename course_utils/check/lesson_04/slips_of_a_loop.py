"""What goes wrong in training loops and their records, as Slips."""

import numpy as np

from ..descent import scaled
from ..slips import Slip
from .variables import MEANS


def _swapped(x, y):
    return y, x


def _smoothed(share, last=0):
    """Return the function that mixes each entry with the one before, and leaves so many at the end as they are."""

    def smoothed(record):
        mixed = [record[0]]
        for entry in record[1 : len(record) - last]:
            mixed.append(share * mixed[-1] + (1 - share) * entry)
        return [*mixed, *record[len(record) - last :]]

    return smoothed


def _falling(record):
    """Return the entries that are smaller than all before them."""
    return [entry for k, entry in enumerate(record) if k == 0 or entry < min(record[:k])]


def _batches(x, y):
    return [(x[k : k + 32], y[k : k + 32]) for k in range(0, len(x), 32)]


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
    Slip(
        "each round of the loop makes all epochs",
        "`train` is a whole loop: call train_step.",
        (STEP, "train(model, x, y, learning_rate=learning_rate, epochs=epochs).loss[0]"),
        updates=lambda n: n * n,
        entries=lambda n: range(0, n * n + 1, n),
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
        "the first entry stays empty, each loss stands one place late, and the last state is missing",
        "The loss before the first update belongs to place 0.",
        (("losses = []", "losses = [0.0]"), (AFTER, "")),
        of=lambda losses, states, n: [0.0, *losses[:-1]],
    ),
    Slip(
        "the last but one state stands twice, and the last is missing",
        "After the loop, compute the loss of the trained model anew.",
        (LOSS, "losses[-1]"),
        entries=lambda n: [*range(n), n - 1],
    ),
    Slip(
        "the last entry is the first loss again",
        "After the loop, compute the loss of the trained model anew.",
        (("losses = []", f"losses = []\n    loss = {LOSS}"), (AFTER, "    losses.append(loss)\n")),
        entries=lambda n: [*range(n), 0],
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
    *(
        Slip(f"{what} is recorded, and not the loss", "Append what train_step returns.", of=of)
        for what, of in (
            ("w", lambda losses, states, n: states[:, 0]),
            ("b", lambda losses, states, n: states[:, 1]),
            ("the square root of the loss", lambda losses, states, n: losses**0.5),
            ("the loss divided by the number of examples", lambda losses, states, n: losses / n),
            ("a sum over the examples", lambda losses, states, n: losses * n),
        )
    ),
    Slip("x and y are swapped in the last loss", XY, (LOSS, "mean_squared_error(x, model(y))"), at_end=_swapped),
    Slip(
        "the last entry is a sum over the examples",
        MEANS,
        (LOSS, "tf.reduce_sum(tf.square(y - model(x)))"),
        of=lambda losses, states, n: [*losses[:-1], n * losses[-1]],
    ),
    *(
        Slip(
            f"{name} is recorded, and not the loss, but for the last entry",
            "Append what train_step returns.",
            of=lambda losses, states, n, k=k: [*states[:-1, k], losses[-1]],
        )
        for k, name in enumerate("wb")
    ),
    Slip("a running average is recorded", EACH, over=lambda r: np.cumsum(r) / np.arange(1, len(r) + 1)),
    *(Slip("a running average is recorded", EACH, over=_smoothed(share)) for share in (0.5, 0.9, 0.1)),
    *(Slip("a running average is recorded", EACH, over=_smoothed(share, 1)) for share in (0.5, 0.9, 0.1)),
    Slip("each entry is the sum of all so far", EACH, over=np.cumsum),
    Slip("each entry is the smallest so far", EACH, over=np.minimum.accumulate),
    Slip("losses that do not fall are left out", EACH, over=_falling),
    Slip("losses that do not fall are left out", EACH, over=lambda r: [*_falling(r[:-1]), r[-1]]),
    Slip("only the sum of all losses is there", "Return the list of all.", over=np.sum),
    Slip("only the mean of all losses is there", "Return the list of all.", over=np.mean),
    Slip("the losses are rounded", "Keep all digits.", over=np.round),
    Slip(
        "the record is sorted",
        "Keep it in the order of time.",
        ("return losses", "return sorted(losses)"),
        over=np.sort,
    ),
    Slip("only every second state is recorded", EACH, entries=lambda n: [*range(0, n, 2), n]),
    Slip("one update too many", AS_MANY, updates=lambda n: n + 1, entries=lambda n: range(n + 2)),
    *(
        Slip("the learning rate changes from epoch to epoch", "Hand it on as it is.", rate_at=rate_at)
        for rate_at in (
            lambda rate, k, n: rate / 2**k,
            lambda rate, k, n: rate * 0.9**k,
            lambda rate, k, n: rate * 0.99**k,
            lambda rate, k, n: rate / (k + 1),
            lambda rate, k, n: rate * (k + 1),
        )
    ),
    Slip("the learning rate is divided by the epochs", "Hand it on as it is.", rate_at=lambda rate, k, n: rate / n),
    Slip("each epoch makes an update for each batch of 32", "One epoch is one step here.", batches=_batches),
    Slip(
        "each epoch makes an update for each example",
        "One epoch is one step here.",
        batches=lambda x, y: [(x[k : k + 1], y[k : k + 1]) for k in range(len(x))],
    ),
    Slip("only the first 32 examples are trained on", "Hand on all of x and y.", data=lambda x, y: (x[:32], y[:32])),
    Slip("only the first example is trained on", "Hand on all of x and y.", data=lambda x, y: (x[:1], y[:1])),
]
