"""Gradient descent on a line, in NumPy: what a training step and a training loop do, and what slips make of them."""

import numpy as np

from .values import ANYTHING


def loss_of(x, y, w, b):
    """Return the mean squared error of the line."""
    return np.mean((y - (w * x + b)) ** 2)


def limit(x):
    """Return the learning rate beyond which the loss of a line on these x grows: 2 / (largest curvature)."""
    curvatures = 2 * np.array([[np.mean(x**2), np.mean(x)], [np.mean(x), 1]])
    return 2 / float(np.linalg.eigvalsh(curvatures)[-1])


def slopes(
    x,
    y,
    w,
    b,
    *,
    residual=lambda x, y, w, b: y - (w * x + b),
    times=lambda x, w, b: (x, 1 + 0 * x),
    over=lambda factor, r: np.mean(factor * r),
    pick=lambda dw, db: (dw, db),
):
    """Return the slopes (dw, db) of the mean squared error: −2·mean(x·r) and −2·mean(r), with the residuals r."""
    r = residual(x, y, w, b)
    dw, db = (-2 * over(factor, r) for factor in times(x, w, b))
    return np.array(pick(dw, db))


def scaled(factor):
    """Return the function of those slopes times a factor, itself a function of the number of examples."""
    return lambda x, y, w, b: factor(len(x)) * slopes(x, y, w, b)


def updated(
    w,
    b,
    x,
    y,
    rate,
    *,
    towards=-1,
    size=lambda rate: rate,
    along=slopes,
    moved=(1, 1),
    first=None,
    becomes=lambda old, move: old + move,
):
    """Return the new w and b after one update.

    towards: −1 for downhill. along: the slopes. moved: how far each goes. first: "w" or "b" where that one moves before
    the slope of the other is taken. becomes: what `assign_sub` does.
    """

    def moves(w, b):
        return towards * size(rate) * along(x, y, w, b) * moved

    new = becomes(np.array([w, b]), moves(w, b))
    if first == "w":
        new[1] = becomes(b, moves(new[0], b)[1])
    if first == "b":
        new[0] = becomes(w, moves(w, new[1])[0])
    return new


def after_steps(
    w, b, x, y, learning_rate, calls, *, rounds=1, back=lambda losses: losses[-2], data=lambda x, y: [(x, y)], **how
):
    """Return [w, b, what the last step gives back] after so many calls of a training step.

    rounds: updates in each call. back: from the losses of all states (the first, and after each call) to what is given
    back; None where that may be anything. data: from (x, y) to the examples of each update, a list.
    """
    losses = [loss_of(x, y, w, b)]
    for _ in range(calls):
        for part in rounds * data(x, y):
            w, b = updated(w, b, *part, learning_rate, **how)
        losses.append(loss_of(x, y, w, b))
    return np.array([w, b, back(losses) if back else ANYTHING])


def after_loop(
    w,
    b,
    x,
    y,
    learning_rate,
    epochs,
    *,
    updates=lambda n: n,
    entries=lambda n: range(n + 1),
    data=lambda x, y: (x, y),
    batches=lambda x, y: [(x, y)],
    at_end=lambda x, y: (x, y),
    rate_at=lambda rate, epoch, epochs: rate,
    of=lambda losses, states, n: losses,
    over=lambda record: record,
    ends=-1,
    **how,
):
    """Return [the record, w, b] after a training loop.

    entries: the states, counted in updates, that it records. data, at_end: the examples of the updates and of the loss
    of the last state. batches: what one epoch makes an update for, each. rate_at: the rate in an epoch. of: what is
    recorded of each state; over: what is done to the whole record. ends: the state in which the model is left.
    """
    states, losses = [(w, b)], []
    for epoch in range(updates(epochs)):
        state = states[-1]
        for part in batches(*data(x, y)):
            loss, state = loss_of(*part, *state), updated(*state, *part, rate_at(learning_rate, epoch, epochs), **how)
        losses.append(loss)
        states.append(state)
    losses.append(loss_of(*at_end(x, y), *states[-1]))
    kept = of(np.array(losses), np.array(states), len(x))
    record = np.ravel(over(np.array([kept[min(entry, len(kept) - 1)] for entry in entries(epochs)])))
    return np.array([*record, *states[ends]])
