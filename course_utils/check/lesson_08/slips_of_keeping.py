"""What goes wrong where the best model of a training is kept, as Slips."""

import numpy as np

from ..descent import loss_of, updated
from ..slips import Slip

RATE = 0.1


def best_model(
    w,
    b,
    training,
    validation,
    epochs,
    *,
    count=lambda n: n,
    judged=lambda training, validation: validation,
    taught=lambda training, validation: training,
    choose=np.argmin,
    entries=slice(1, None),
    keep=lambda states, best: states[best],
    back=lambda losses, best: losses[best],
    way="on",
    rate=RATE,
    told=None,
    again=0,
):
    """Return [w, b, the loss that is given back] after training that keeps the best model, or what slips make of it.

    way: "on" to the end, "stop" at the first loss that is no new lowest one, or "back" to the best model after each.
    told: the data whose loss is given back. again: updates after the end.
    """
    states, train, test = [(w, b)], taught(training, validation), judged(training, validation)
    lowest, best = np.inf, (w, b)
    for _ in range(count(epochs)):
        states.append(updated(*(best if way == "back" else states[-1]), *train, rate))
        loss = loss_of(*test, *states[-1])
        if loss < lowest:
            lowest, best = loss, states[-1]
        elif way == "stop":
            break
    losses = [loss_of(*test, *state) for state in states]
    seen = np.arange(len(states))[entries]
    best = int(seen[choose(np.array(losses)[seen])])
    kept = keep(states, best)
    for _ in range(again):
        kept = updated(*kept, *train, rate)
    return np.array([*kept, loss_of(*told(training, validation), *states[best]) if told else back(losses, best)])


STEP = "        train_step(model, training.x, training.y, 0.1)\n"
LOSS = "mean_squared_error(validation.y, model(validation.x))"
COPY = "[variable.numpy() for variable in model.trainable_variables]"
PUT = "        variable.assign(kept)\n"
NUMBERS = "A list of Variables is no copy: they go on changing. Keep their numbers."
# fmt: off
SLIPS = [
    Slip("the model is the last one, not the best", NUMBERS, (COPY, "model.trainable_variables"),
         keep=lambda states, best: states[-1]),
    Slip("the model is the one of the first epoch", "Compare each loss with the lowest so far, and remember that one.",
         keep=lambda states, best: states[1]),
    Slip("the model with the highest loss is kept", "Lower is better.",
         (("loss < lowest", "loss > lowest"), ('float("inf")', "0.0")), choose=np.argmax),
    Slip("the best on the training data is kept", "Judge by the validation data.",
         (LOSS, "mean_squared_error(training.y, model(training.x))"), judged=lambda training, validation: training),
    Slip("it trains on the validation data", "Train on the training data only.",
         ("training.x, training.y", "validation.x, validation.y"), taught=lambda training, validation: validation),
    Slip("it stops at the first loss that is no new lowest one", "Go on to the last epoch.", way="stop"),
    Slip("each epoch begins again with the best model, so the training is thrown away", "Put it back after the loop.",
         way="back"),
    Slip("the loss of the last epoch is given back", "Return the lowest.", ("return lowest", "return loss"),
         back=lambda losses, best: losses[-1]),
    Slip("one epoch too few", "range(epochs) makes as many.", ("range(epochs)", "range(epochs - 1)"),
         count=lambda n: n - 1),
    Slip("one epoch too many", "range(epochs) makes as many.", ("range(epochs)", "range(epochs + 1)"),
         count=lambda n: n + 1),
    Slip("two updates in each epoch", "One epoch is one step.", (STEP, 2 * STEP), count=lambda n: 2 * n,
         entries=slice(2, None, 2)),
    Slip("only one epoch is made", "Put the end after the loop.", count=lambda n: 1),
    Slip("nothing is trained", "Call train_step in each epoch.", (STEP, ""), count=lambda n: 0, entries=slice(0, None)),
    Slip("the lowest loss stays infinite, so each epoch counts as the best", "Keep the loss beside the numbers.",
         (f"best, lowest = {COPY}, loss", f"best = {COPY}"), keep=lambda states, best: states[-1],
         back=lambda losses, best: np.inf),
    Slip("each loss is compared with the one before, and not with the lowest", "Only a lower one is the new lowest.",
         (f"            best, lowest = {COPY}, loss\n", f"            best = {COPY}\n        lowest = loss\n"),
         choose=lambda losses: np.flatnonzero(np.diff(losses, prepend=np.inf) < 0)[-1],
         back=lambda losses, best: losses[-1]),
    Slip("the root of the loss is given back", "Return the lowest loss.", ("return lowest", "return lowest**0.5"),
         back=lambda losses, best: losses[best] ** 0.5),
    *(Slip(f"the learning rate is {rate:g}", "Train at the rate 0.1.", (", 0.1)", f", {rate})"), rate=rate)
      for rate in (0.01, 0.05, 0.2, 0.001, 0.5)),
    Slip("the numbers are kept before the step, and the loss after it is told", "Keep both at the same time.",
         keep=lambda states, best: states[best - 1]),
    Slip("the loss is measured before the step, and the numbers after it are kept", "Measure after the step.",
         entries=slice(0, -1), keep=lambda states, best: states[best + 1]),
    Slip("only w is put back", "Put all Variables back.",
         keep=lambda states, best: (states[best][0], states[-1][1])),
    Slip("only b is put back", "Put all Variables back.",
         keep=lambda states, best: (states[-1][0], states[best][1])),
    Slip("it trains on after the best model is put back", "Put it back last.", again=1),
    Slip("the model is the one before training", "Keep the numbers in each epoch that is the best so far.",
         keep=lambda states, best: states[0]),
    Slip("the loss on the training data is given back", "Return the lowest of the validation data.",
         told=lambda training, validation: training),
    Slip("x and y of the validation data are swapped", "First y, then what the model says of x.",
         judged=lambda training, validation: validation[::-1]),
    Slip("the epoch is given back, and not the loss", "Return the lowest loss.", back=lambda losses, best: best),
    Slip("the epoch is given back, and not the loss", "Return the lowest loss.", back=lambda losses, best: best - 1),
]
# fmt: on
