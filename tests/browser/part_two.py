"""The playgrounds of part two, as their lessons make them."""

import inspect

import hinges

# For each: what makes it, how many rows it has, its states as random settings, a slider, and how these are set.
HINGES = inspect.getsource(hinges) + "from course_utils.playgrounds import HingePlayground, HingesByHandPlayground\n"
DEVICES = """
import tensorflow as tf
from course_utils import make_line_data
from course_utils.playgrounds import DevicesPlayground

def share(model, x, y, count):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(y - model(x))) / count
    return loss, tape.gradient(loss, [model.w, model.b])

shown = DevicesPlayground(make_line_data(examples=90), share, learning_rate=0.1)
shown
"""
BATCHES = """
from course_utils import LineData, penguins, standardise
from course_utils.playgrounds import BatchPlayground

birds = penguins()
shown = BatchPlayground(LineData(standardise(birds.x), standardise(birds.y), None, None, None))
shown
"""
RACE = """
import tensorflow as tf
from course_utils import mean_squared_error, penguins, train_step
from course_utils.playgrounds import RacePlayground

class Momentum:
    def __init__(self):
        self.velocity = tf.Variable([0.0, 0.0])

    def __call__(self, model, x, y, learning_rate):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        slopes = tf.stack(tape.gradient(loss, [model.w, model.b]))
        self.velocity.assign(0.9 * self.velocity - learning_rate * slopes)
        model.w.assign_add(self.velocity[0])
        model.b.assign_add(self.velocity[1])
        return loss

shown = RacePlayground(penguins(), {"plain": train_step, "momentum": Momentum()})
shown
"""
EACH = {
    "batches": (
        BATCHES,
        105,
        "dict(size=random.randint(0, 4), rate=random.choice(shown._stops), step=random.randint(0, 100))",
        "learning rate",
    ),
    "race": (
        RACE,
        162,
        "dict(data=random.randint(0, 1), rate=random.choice(shown._stops), epochs=random.choice([5, 20, 40, 100]), "
        "epoch=random.randint(0, 40))",
        "learning rate",
    ),
    "devices": (
        DEVICES,
        16,
        "{name: random.randint(low, high) for name, low, high in "
        "(('devices', 1, 4), ('divided', 0, 1), ('joined', 0, 1), ('step', 0, 20))}",
        "step",
    ),
    "hinges": (
        HINGES + "\nshown = HingePlayground(Hinges, bent, step, learning_rate=0.05)\nshown",
        40,
        "dict(units=random.randint(1, 8), noise=random.randint(0, 4) / 10, epochs=25 * random.randint(0, 40))",
        "units",
    ),
    "hinges by hand": (
        HINGES + "\nshown = HingesByHandPlayground(bent())\nshown",
        1,
        "{name: random.randint(-30, 30) / 10 for name in ('w1', 'b1', 'w2', 'b2', 'c')}",
        "w1",
    ),
}
