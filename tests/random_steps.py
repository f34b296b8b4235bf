"""Training steps drawn at random, as source code: each keeps some state of its own, in one of the ways of Python."""

import collections
import functools
import itertools
import random

import keras
import numpy as np
import tensorflow as tf

import course_utils

BEGIN = """
class Memory:
    total = 0
    def __init__(self):
        self.count, self.values, self.by_name = 0, [], {}

class Slim:
    __slots__ = ("count",)
    def __init__(self):
        self.count = 0

memory, slim, count, things, table, marks = Memory(), Slim(), 0, [], {}, np.zeros(3)
generator, legacy, dice = np.random.default_rng(5), np.random.RandomState(5), random.Random(5)
queue, beat, turns = collections.deque([1.0], maxlen=4), itertools.count(), itertools.cycle([1.0, 0.5, 0.25])
drawn, log = set(), []
ticks, numbers = tf.Variable(0), tf.random.Generator.from_seed(3)
velocity = tf.Variable([0.0, 0.0])

def enclosed():
    inner, notes = 0, []
    def tick():
        nonlocal inner
        inner += 1
        notes.append(inner)
        return inner
    return tick

tick = enclosed()

@functools.cache
def remembered(n):
    return generator.uniform(0.5, 1.0)

def counted():
    global count
    count += 1
    return count

def gradients(model, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    return loss, tape.gradient(loss, [model.w, model.b])
"""

# Each gives `k`, how many steps were made, counted somewhere.
COUNTERS = {
    "a global": "k = counted()",
    "a global of the step": "global count\n    count += 1\n    k = count",
    "a closure": "k = tick()",
    "an attribute": "memory.count += 1\n    k = memory.count",
    "a slot": "slim.count += 1\n    k = slim.count",
    "a class": "Memory.total += 1\n    k = Memory.total",
    "the step": "step.k = getattr(step, 'k', 0) + 1\n    k = step.k",
    "a default": "seen.append(1)\n    k = len(seen)",
    "a list": "things.append(x)\n    k = len(things)",
    "a dict": "table['k'] = table.get('k', 0) + 1\n    k = table['k']",
    "a dict inside": "memory.by_name.setdefault('k', []).append(0)\n    k = len(memory.by_name['k'])",
    "an array": "marks[1] += 1\n    k = int(marks[1])",
    "a set": "drawn.add(len(drawn))\n    k = len(drawn)",
    "an iterator": "k = 1 + next(beat)",
    "a Variable": "k = ticks.assign_add(1)",
    "the model": "model.steps = getattr(model, 'steps', 0) + 1\n    k = model.steps",
    "nothing": "k = 1",
}
# Each changes the rate.
RATES = {
    "decay": "rate = rate * 0.9 ** float(k)",
    "decay by a global": "global shrink\n    shrink *= 0.9\n    rate = rate * shrink",
    "switch": "rate = rate * (0.1 if k > SWITCH else 1.0)",
    "graph switch": "rate = rate * tf.where(tf.cast(k, tf.int32) > SWITCH, 0.1, 1.0)",
    "cycle": "rate = rate * next(turns)",
    "queue": "queue.append(queue[-1] * 0.95)\n    rate = rate * queue[0]",
    "cache": "rate = rate * remembered(int(k) // 3)",
    "plain": "pass",
}
# Each chooses examples.
BATCHES = {
    "all": "pass",
    "NumPy": "chosen = generator.integers(0, len(x), 16)\n    x, y = tf.gather(x, chosen), tf.gather(y, chosen)",
    "legacy": "chosen = legacy.permutation(len(x))[:16]\n    x, y = tf.gather(x, chosen), tf.gather(y, chosen)",
    "shared": "chosen = np.random.randint(0, len(x), 16)\n    x, y = tf.gather(x, chosen), tf.gather(y, chosen)",
    "dice": "start = dice.randrange(len(x) - 16)\n    x, y = x[start:start + 16], y[start:start + 16]",
    "Python": "start = random.randrange(len(x) - 16)\n    x, y = x[start:start + 16], y[start:start + 16]",
    "in turn": "start = 16 * (int(k) % 3)\n    x, y = x[start:start + 16], y[start:start + 16]",
    "TensorFlow": "near = numbers.uniform([9], 0, 60, tf.int32)\n    x, y = tf.gather(x, near), tf.gather(y, near)",
    "seeded": "chosen = tf.random.uniform([9], 0, 60, tf.int32)\n    x, y = tf.gather(x, chosen), tf.gather(y, chosen)",
}
# Each moves the model.
MOVES = {
    "descent": "model.w.assign_sub(rate * dw)\n    model.b.assign_sub(rate * db)",
    "list": "memory.values = [0.9 * v + g for v, g in zip(memory.values or [0.0, 0.0], (dw, db))]\n"
    "    model.w.assign_sub(rate * memory.values[0])\n    model.b.assign_sub(rate * memory.values[1])",
    "Variable": "velocity.assign(0.9 * velocity + tf.stack([dw, db]))\n"
    "    model.w.assign_sub(rate * velocity[0])\n    model.b.assign_sub(rate * velocity[1])",
    "stale": "if int(k) % 4 == 1 or 'old' not in table:\n        table['old'] = dw, db\n    dw, db = table['old']\n"
    "    model.w.assign_sub(rate * dw)\n    model.b.assign_sub(rate * db)",
    "Adam": "adam.learning_rate = rate\n    adam.apply([dw, db], [model.w, model.b])",
    "SGD": "sgd.learning_rate = rate\n    sgd.apply([dw, db], [model.w, model.b])",
    "sum": "model.w.assign_sub(rate * 10 * dw)\n    model.b.assign_sub(rate * 10 * db)",
    "clipped": "size = max(1.0, abs(float(dw)))\n"
    "    model.w.assign_sub(rate * dw / size)\n    model.b.assign_sub(rate * db / size)",
}
QUIET = ["nothing", "a Variable"], ["plain", "graph switch"], ["all"], ["descent", "Variable", "Adam", "SGD", "sum"]
OPTIMIZERS = {"Adam": "adam = keras.optimizers.Adam()\n", "SGD": "sgd = keras.optimizers.SGD(momentum=0.9)\n"}


def draw_step(seed):
    """Return (words, source) of a step drawn at random; the source defines `step`."""
    draw = random.Random(seed)
    counter, rate, batch, move = (draw.choice(list(kinds)) for kinds in (COUNTERS, RATES, BATCHES, MOVES))
    if draw.random() < 0.5:  # nothing that a graph could not hold
        counter, rate, batch, move = (draw.choice(kinds) for kinds in QUIET)
    notes = ["pass"] if counter in QUIET[0] else ["pass", "log.append(loss)", "memory.by_name['loss'] = loss"]
    body = [
        COUNTERS[counter],
        RATES[rate].replace("SWITCH", str(draw.randrange(1, 12))),
        BATCHES[batch],
        "loss, (dw, db) = gradients(model, x, y)",
        MOVES[move],
        draw.choice(notes),
        "return loss",
    ]
    seen = ", seen=[]" if counter == "a default" else ""
    start = BEGIN + "shrink = 1.0\n" + OPTIMIZERS.get(move, "")
    source = f"{start}\ndef step(model, x, y, rate{seen}):\n    " + "\n    ".join(body)
    if draw.random() < 0.3:  # the same as the method of an object
        source += "\n\nclass Trainer:\n    def __call__(self, *arguments):\n        return inner(*arguments)\n"
        source += "\ninner, step_of = step, Trainer()\nstep = step_of\n" if "step." not in source else ""
    return f"{counter}, {rate}, {batch}, {move}", source


def world(source):
    """Return `step`, made by running its source anew; the random numbers that everybody shares begin anew, too."""
    for seed in (random.seed, np.random.seed, tf.random.set_seed):
        seed(1)
    space = {name: getattr(course_utils, name) for name in course_utils.__all__} | {"__name__": "a_lesson"}
    for module in (collections, functools, itertools, keras, random):
        space[module.__name__] = module
    space |= dict(tf=tf, np=np)
    exec(source, space)
    return space["step"]
