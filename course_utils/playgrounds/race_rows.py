"""Runs of the race playground as columns for the browser, and the largest rate at which a step holds."""

import numpy as np

from .race_view import LONGEST

SHARES = (1e-4, 40.0)  # of the limit of plain descent, between which a limit is looked for
LOOK = 200  # epochs in which an error that grows is seen to grow


def columns_of(where, histories, unit):
    """Return the columns of a row by name, each a list of LONGEST + 1: a run that ended early stays where it was last.

    where: which data, in words. histories: of the runs. Each has w, b; off, the root of its loss, times unit, in units
    of y; and told, the verdict if it ended there, in lower case.
    """
    names = [f"{name}{k}" for k in range(len(histories)) for name in ("w", "b", "off", "told")]
    columns = [column for history in histories for column in _columns_of_one(history, unit)]
    return {"where": [where] * (LONGEST + 1)} | dict(zip(names, columns, strict=True))


def _columns_of_one(history, unit):
    finite = np.isfinite(history.w) & np.isfinite(history.b) & np.isfinite(history.loss)
    last = int(np.flatnonzero(finite)[-1])
    entries = np.minimum(np.arange(LONGEST + 1), last)
    w, b, loss = (getattr(history, name).astype(float)[entries] for name in ("w", "b", "loss"))
    told = [history.verdicts.at(min(epochs, history.epochs))[1] for epochs in range(LONGEST + 1)]
    return [w.tolist(), b.tolist(), (unit * np.sqrt(loss)).tolist(), told]


def kinds_of(count):
    """Return what `pack` wants to know of these columns."""
    kinds = [("w", "number"), ("b", "number"), ("off", "number"), ("told", "text")]
    return [["where", "text"], *([f"{name}{k}", kind] for k in range(count) for name, kind in kinds)]


def limit_of(engine, plain, top):
    """Return the largest learning rate at which the error along the steepest direction shrinks, as measured by runs.

    plain: the limit of plain gradient descent. top: the largest rate that anybody may choose. Returns a float, right
    within 1%; None where no rate that was tried makes the error grow, or none makes it shrink.
    """
    low, high = (share * plain for share in SHARES)
    if not _holds(engine, low):
        return None
    if _holds(engine, high):
        low, high = high, top
        if low >= high or _holds(engine, high):
            return None
    while high / low > 1.003:
        middle = np.sqrt(low * high)
        low, high = (middle, high) if _holds(engine, middle) else (low, middle)
    return float(low)


def _holds(engine, rate):
    try:
        history = engine.sketch(rate, LOOK).history
    except Exception:  # the learner's code may raise anything, and at some rates only
        return False
    if history.epochs < LOOK or not np.isfinite(history.loss[-1]):
        return False
    errors = np.abs(engine.bowl.errors(history.w, history.b)[:, 1])
    return errors[-LOOK // 4 :].max() <= max(errors[LOOK // 4 : LOOK // 2].max(), 1e-3 * errors[0])
