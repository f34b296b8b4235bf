"""Stopping early: which epoch's model is kept."""

import numpy as np

from ..evidence import Words
from ..exercise import exercise
from ..slips import Slip, compare
from ..values import short


def _kept(
    losses,
    patience,
    *,
    first=0,
    better=lambda loss, best, losses: loss < losses[best],
    wait=lambda patience: patience,
    since=lambda epoch, best, losses: epoch - best,
    give=lambda best, epoch, losses: best,
    before=None,
    among=None,
):
    """Return the epoch of the lowest loss before `patience` epochs in a row brought no lower one."""
    if among:
        begin, end = among(len(losses), patience)
        return begin + int(np.argmin(losses[begin:end]))
    best = first
    for epoch, loss in enumerate(losses):
        if epoch > first and better(loss, best, losses):
            best = epoch
        if since(epoch, best, losses) >= wait(patience):
            break
    return epoch - patience if before else give(best, epoch, losses)


def _rises(epoch, best, losses):
    """Return how often in a row the loss was not below the one before."""
    count = 0
    while count < epoch and losses[epoch - count] >= losses[epoch - count - 1]:
        count += 1
    return count


def _in_all(epoch, best, losses):
    """Return how many losses up to an epoch were not the lowest so far."""
    return sum(losses[k] >= min(losses[:k]) for k in range(1, epoch + 1))


STOP, BACK = "epoch - best >= patience", "return best"
KEEP = "Return the epoch of the lowest loss so far."
WAIT = "Stop as soon as `patience` epochs in a row have brought no new lowest loss."
# fmt: off
SLIPS = [
    Slip("it always gives 0, the first epoch", KEEP, give=lambda best, epoch, losses: 0),
    Slip("only the first `patience` losses are looked at", "Wait from the lowest loss on.", among=lambda n, p: (0, p)),
    Slip("it never stops, and looks at all losses", WAIT, (STOP, "False"), wait=lambda patience: np.inf),
    Slip("the epoch at which it stops is given, and not the best one", KEEP, (BACK, "return epoch"),
         give=lambda best, epoch, losses: epoch),
    Slip("the loss is given, and not its epoch", KEEP, (BACK, "return losses[best]"),
         give=lambda best, epoch, losses: losses[best]),
    Slip("the loss at which it stops is given", KEEP, (BACK, "return losses[epoch]"),
         give=lambda best, epoch, losses: losses[epoch]),
    Slip("one too late", "Epochs are counted from 0, as in `losses`.", (BACK, "return best + 1"),
         give=lambda best, epoch, losses: best + 1),
    Slip("one too early", "Epochs are counted from 0, as in `losses`.", (BACK, "return best - 1"),
         give=lambda best, epoch, losses: best - 1),
    Slip("it stops one epoch too late", WAIT, (STOP, "epoch - best > patience"), wait=lambda patience: patience + 1),
    Slip("it stops one epoch too early", WAIT, (STOP, "epoch - best >= patience - 1"),
         wait=lambda patience: patience - 1),
    Slip("it stops at the first loss that is not lower, whatever the patience", WAIT, (STOP, "epoch > best"),
         wait=lambda patience: 1),
    Slip("it waits for so many rises in a row, though the loss is not the lowest", WAIT, since=_rises),
    Slip("it counts epochs from the start, not from the best one", WAIT, (STOP, "epoch >= patience"),
         since=lambda epoch, best, losses: epoch),
    Slip("it counts all epochs without a new lowest loss, not those in a row", WAIT, since=_in_all),
    Slip("an equal loss counts as a new lowest", WAIT, ("loss < losses", "loss <= losses"),
         better=lambda loss, best, losses: loss <= losses[best]),
    Slip("each loss is compared with the first one, and not with the lowest so far", WAIT,
         ("loss < losses[best]", "loss < losses[0]"), better=lambda loss, best, losses: loss < losses[0]),
    Slip("each loss is compared with the number of the best epoch, and not with its loss", WAIT,
         ("loss < losses[best]", "loss < best"), better=lambda loss, best, losses: loss < best),
    Slip("the first epoch is never looked at", "Epochs are counted from 0, as in `losses`.",
         (("best = 0", "best = 1"), ("enumerate(losses)", "enumerate(losses[1:], start=1)")),
         first=1),
    Slip("the epoch that lies `patience` before the end is given", KEEP, (BACK, "return epoch - patience"),
         before=True),
    Slip("it looks for the highest loss", "Lower is better.", ("loss < losses", "loss > losses"),
         better=lambda loss, best, losses: loss > losses[best]),
    Slip("how many epochs ran is given", KEEP, (BACK, "return epoch + 1"),
         give=lambda best, epoch, losses: epoch + 1),
    Slip("how long it waited is given", KEEP, (BACK, "return epoch - best"),
         give=lambda best, epoch, losses: epoch - best),
]
# fmt: on
WRONG = [
    ("it never stops", ("        if epoch - best >= patience:\n            break\n", "")),
    ("never uses `patience`", (STOP, "epoch - best >= 3")),
    ("gives it to nobody", (BACK, "print(best)")),
    ("stands after `return`", (BACK, "best")),
]
RIGHT = [
    """
def answer(losses, patience):
    lowest, kept, waited = float("inf"), 0, 0
    for epoch in range(len(losses)):
        if losses[epoch] < lowest:
            lowest, kept, waited = losses[epoch], epoch, 0
        else:
            waited += 1
        if waited == patience:
            return kept
    return kept
""",
    """
def answer(losses, patience):
    epoch = best = 0
    while epoch < len(losses) and epoch - best <= patience:
        best = epoch if losses[epoch] < losses[best] else best
        epoch += 1
    return best
""",
    """
def answer(losses, patience):
    losses = np.asarray(losses)
    for end in range(patience + 1, len(losses) + 1):
        if end - 1 - np.argmin(losses[:end]) >= patience:
            return int(np.argmin(losses[:end]))
    return int(np.argmin(losses))
""",
]


@exercise(
    "best_epoch(losses, patience)",
    "Its price: a lower loss that comes later is never seen. A larger patience costs time.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def best_epoch(answer, draw):
    """best_epoch(losses, patience) returns the epoch whose model is kept; losses: of validation, one an epoch."""
    cases = [_case(draw, patience, steady) for patience, steady in ((3, False), (2, True), (4, False))]
    start = round(draw.number(1.1, 1.9), 2)
    also = {
        "where the patience never runs out": {"losses": [round(start - 0.1 * k, 2) for k in range(6)], "patience": 3},
        "where the first loss is the lowest": {"losses": [round(start + 0.1 * k, 2) for k in range(6)], "patience": 3},
        "where the lowest loss comes first, and again": {"losses": [start, start, start + 0.1], "patience": 4},
        "where a loss comes twice": {"losses": [start + 0.3, start, start + 0.2, start, start + 0.1], "patience": 4},
        "where a loss is a little lower": {"losses": [start, start - 0.0008, start + 0.1], "patience": 4},
    }
    compare(answer, cases, _kept, SLIPS, Words(_given), also=also)


def _case(draw, patience, steady):
    """Return losses that fall, rise nearly as long as one waits, fall lower, rise just as long as that, and fall again.

    steady: whether that last rise goes up all the time, or up and down.
    """
    losses = [draw.number(2.1, 2.9)]
    losses += [losses[0] * 1.04] * steady  # so that the first is not always the highest
    for _ in range(patience + draw.whole(1, 2)):
        losses.append(losses[-1] * 0.9)
    for wait in (patience - 1, patience - 1, patience, 2 * patience + 2):
        ups = [1 + 0.03 * k + (0 if steady or k % 2 else 0.04) for k in range(1, wait + 1)]
        losses += [losses[-1] * up for up in ups]
        losses.append(min(losses) * 0.8)
    return {"losses": [round(loss, 3) for loss in [*losses, losses[-1] * 1.1]], "patience": patience}


def _given(case):
    return f"losses = {[float(short(loss)) for loss in case['losses']]} and patience = {case['patience']}"
