"""Training that gives back the best model it saw, by the loss on other data than it trains on."""

import functools

import numpy as np
import tensorflow as tf

from ...data import LineData
from ...model import LinearModel
from ..descent import limit, updated
from ..draws import Draw
from ..evidence import Words
from ..exercise import exercise
from ..reading import calls
from ..result import Mistake
from ..slips import SIZES, compare
from ..values import close
from .any_variables import any_variables
from .slips_of_keeping import COPY, LOSS, PUT, RATE, SLIPS, best_model

ONLY_W_AND_B = """
def answer(model, training, validation, epochs):
    lowest = float("inf")
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(training.y, model(training.x))
        slopes = tape.gradient(loss, model.trainable_variables)
        for variable, slope in zip(model.trainable_variables, slopes):
            variable.assign_sub(0.1 * slope)
        loss = mean_squared_error(validation.y, model(validation.x))
        if loss < lowest:
            w, b, lowest = model.w.numpy(), model.b.numpy(), loss
    model.w.assign(w)
    model.b.assign(b)
    return lowest
"""
WRONG = [
    ("it returns None", ("return lowest", "")),
    ("gives it to nobody", ("return lowest", "print(lowest)")),
    (
        "the best on the training data",
        (LOSS, "mean_squared_error(training.y, model(training.x))"),
        ("return lowest", "return loss"),
    ),
    ("never uses `epochs`", ("range(epochs)", "range(11)")),
    ("not the best", (PUT, "        pass\n")),
    ("took the place", (PUT, "        model.w = kept\n")),
    ("the last one, not the best", (COPY, "[variable for variable in model.variables]")),
    ("one number is asked for", ("return lowest", "return lowest, 1")),
    ("only w and b are kept", ONLY_W_AND_B),
]
RIGHT = [
    """
def answer(model, training, validation, epochs):
    found = []
    for _ in range(epochs):
        train_step(model, training.x, training.y, 0.1)
        loss = float(mean_squared_error(validation.y, model(validation.x)))
        found.append((loss, [v.numpy() for v in model.trainable_variables]))
    lowest, best = min(found, key=lambda pair: pair[0])
    for variable, value in zip(model.trainable_variables, best):
        variable.assign(value)
    return lowest
""",
    """
import copy
def answer(model, training, validation, epochs):
    lowest = np.inf
    for _ in range(epochs):
        train_step(model, training.x, training.y, 0.1)
        loss = mean_squared_error(validation.y, model(validation.x)).numpy()
        if loss < lowest:
            best, lowest = [tf.identity(v) for v in model.trainable_variables], loss
    for variable, kept in zip(model.trainable_variables, best):
        variable.assign(kept)
    return lowest
""",
    """
def answer(model, training, validation, epochs):
    best, lowest = None, 1e30
    for epoch in range(epochs):
        train_step(model, training.x, training.y, learning_rate=0.1)
        loss = mean_squared_error(validation.y, model(validation.x))
        if loss <= lowest:
            best, lowest = [tf.Variable(v) for v in model.variables], loss
    [v.assign(k) for v, k in zip(model.variables, best)]
    return lowest
""",
]


NOISE = {"zigzag": 0.8, "slow": 4.0}  # of the validation data: with much of it, the loss rises and falls slowly


@exercise(
    "keep_best(model, training, validation, epochs)",
    "It holds numbers, and numbers don't change. `restore_best_weights=True` does the same in Keras.",
    slips=SLIPS,
    wrong=WRONG,
    right=RIGHT,
)
def keep_best(answer, draw):
    """keep_best(model, training, validation, epochs) trains at rate 0.1, keeps the best model, returns its loss."""
    cases = _cases(draw.whole(0, 2**31))
    words = Words(_given, ("w", "b", "the loss that is given back"))
    at_the_end = []

    def attempt(**case):
        got, last = _kept(answer, **case), best_model(**case, keep=lambda states, best: states[-1])
        at_the_end.append(close(got[:2], last[:2]))
        return got

    def seen():
        put_back = calls(answer.value, "assign") or not all(at_the_end)
        return "" if put_back else "the model is the last one, not the best: `variable.assign(…)` puts numbers back"

    also = {size: _times(by, cases[0]) for size, by in SIZES.items()}
    compare(answer, cases, best_model, SLIPS, words, attempt, also=also, seen=seen)
    any_variables(answer, _case(draw, 8, 14, "middle"), draw.signed(1.2, 2.0))


@functools.lru_cache(4)  # they take a while to find, and are the same for each change of an answer that is tried
def _cases(seed):
    draw, ways = Draw(seed), ((8, 14, "middle"), (6, 8, "late"), (10, 14, "zigzag"), (7, 12, "slow"))
    return [_case(draw, *way) for way in ways]


def _case(draw, count, epochs, where):
    """Return a case where the validation loss is lowest in the middle, late, amid a zigzag, or after a slow fall."""
    while True:
        x, y, states = _training(draw, count, epochs + 4, where)
        for _ in range(20):
            w, b = states[-1 if where in ("late", "slow") else draw.whole(4, epochs - 5)]
            there = draw.several(count, 0.2, 2.0)
            other = (w * there + b + NOISE.get(where, 0.1) * draw.several(count, 0.1, 1.0)).astype(np.float32)
            losses = np.mean((np.outer(states[:, 0], there) + states[:, 1:] - other) ** 2, axis=1)
            if _suits(losses, epochs, where):
                start = dict(zip("wb", states[0].tolist(), strict=True))
                return {**start, "training": (x, y), "validation": (there, other), "epochs": epochs}


def _training(draw, count, epochs, where):
    """Return x and y to train on, and w and b of each epoch, a float array of the shape (epochs + 1, 2)."""
    line = draw.line(count)
    x, y = line["x"] / np.float32(np.sqrt(np.mean(line["x"] ** 2))), line["y"]
    while where == "zigzag" and 0.87 * limit(x) > RATE:
        x *= np.float32(1.03)
    states = [(line["w"], line["b"])]
    for _ in range(epochs):
        states.append(updated(*states[-1], x.astype(float), y.astype(float), RATE))
    return x, y, np.array(states)


def _suits(losses, epochs, where):
    """Return whether the validation losses, of more epochs than are made, tell slips apart."""
    best, changes = int(np.argmin(losses)), np.diff(losses)
    if np.min(np.abs(changes)) <= 1e-3 * np.min(losses):
        return False
    if where in ("late", "slow"):
        return best > epochs + 1 and (where == "late" or losses[epochs - 1] < 1.008 * losses[epochs])
    if where == "zigzag" and not (np.any(changes[1:best] > 0) and losses[best : best + 2].max() < 1.5 * losses[best]):
        return False
    return 3 <= best <= epochs - 3


def _times(factor, case):
    """Return a case with all heights, and the line at the start, so many times as large."""
    factor = np.float32(factor)
    larger = {name: (case[name][0], factor * case[name][1]) for name in ("training", "validation")}
    return case | larger | {name: factor * case[name] for name in "wb"}


def _kept(answer, w, b, training, validation, epochs):
    """Return [w, b, the loss that is given back] after the learner's training."""
    model = LinearModel(w, b)
    variables = model.w, model.b
    data = [LineData(*map(tf.constant, pair), None, None, None) for pair in (training, validation)]
    given_back = answer(model, *data, epochs)
    if model.w is not variables[0] or model.b is not variables[1]:
        raise Mistake("something else took the place of the model's Variables. Change them in place, with assign.")
    loss = answer.as_numbers(given_back)
    if loss.shape != ():
        raise Mistake(f"one number is asked for, the lowest loss, and it gives back {loss.size}.")
    return np.array([model.w.numpy(), model.b.numpy(), loss], float)


def _given(case):
    return f"w = {case['w']:.4g}, b = {case['b']:.4g} and {case['epochs']} epochs"
