"""The line as a keras.Model."""

import numpy as np
import tensorflow as tf

from ..classes import LINE, computes_a_line, methods_are_spelt
from ..exercise import exercise
from ..reading import calls
from ..result import Mistake
from ..values import apart, close, described, short

W, B = 'self.add_weight(shape=(), name="w")', 'self.add_weight(shape=(), name="b")'
LINE_OF = "self.w * x + self.b"
RATE = 0.1
WRONG = [
    ("w is a tf.Variable", (W, "tf.Variable(1.0)")),
    ("fit would not train b", (B, "tf.Variable(1.0)")),
    ("w is a plain number", (W, "5.0")),
    ("the model has no w", ("self.w = ", "w = ")),
    (
        "w is made in `call`",
        (f"        self.w = {W}\n        self.b = {B}\n", ""),
        ("        return", f"        self.w = {W}\n        self.b = {B}\n        return"),
    ),
    ("did you mean `self.add_weight`", ("= self.add_weight", "= add_weight")),
    ("`name` must be passed as a keyword argument", ('(shape=(), name="w")', '("w")')),
    ("not a keras.Model", ("(keras.Model)", "(tf.Module)")),
    ("not a keras.Model", ("(keras.Model)", "(keras.layers.Layer)")),
    ("not a class", "class Model: pass\nanswer = Model()"),
    ("b is not trainable", ('name="b"', 'name="b", trainable=False')),
    ("adds a loss of its own", ('shape=(), name="w"', 'shape=(), name="w", regularizer="l2"')),
    ("nothing but its slope should move a weight", ('name="w"', 'name="w", constraint="non_neg"')),
    ("nothing but its slope should move a weight", ('name="b"', 'name="b", constraint=lambda value: 0.9 * value')),
    ("w has the shape (1,)", ('shape=(), name="w"', 'shape=(1,), name="w"')),
    ("no method `call`, and `__call__`", ("def call", "def __call__")),
    ("super().__init__()", ("        super().__init__()\n", "")),
    ("it returns None", ("return ", "")),
    ("it takes w, b", ("(self)", "(self, w, b)")),
    ("`self` is missing", ("(self, x)", "(x)")),
    ("no slope reaches w and b", (LINE_OF, "self.w.numpy() * x + self.b.numpy()")),
    ("3 trainable weights", ("self.w =", 'self.c = self.add_weight(shape=(), name="c")\n        self.w =')),
    ("each number with each is `*`", ("self.w * x", "self.w @ x")),
]


@exercise(
    "class MyKerasLine()",
    "Keras sees both weights, so fit can train them.",
    slips=LINE,
    wrong=WRONG,
)
def keras_line(answer, draw):
    """A keras.Model class without arguments, with weights w and b that Keras tracks, and call(x) = w·x + b."""
    import keras

    if not issubclass(answer.value, keras.Model):
        raise Mistake("not a keras.Model. Write `class MyKerasLine(keras.Model):`.")
    methods_are_spelt(answer.value, "call")
    model = answer()
    x = tf.constant([0.0, 3.0, -1.0])
    if "build" in vars(answer.value):  # which makes the weights when the model first runs
        answer.run(model, x)
    for name in "wb":
        _is_weight(model, name)
    answer.run(model, x)
    count = len(model.trainable_variables)
    if count != 2:
        raise Mistake(f"it has {count} trainable weights instead of 2, w and b.")
    computes_a_line(answer, model, model.w, model.b, draw)
    _learns(answer, model, x)


def _is_weight(model, name):
    """Raise Mistake unless the model has a trainable weight of Keras with this name that is one number."""
    import keras

    value = getattr(model, name, None)
    if isinstance(value, tf.Variable):
        raise Mistake(
            f"{name} is a tf.Variable. Keras 3 does not track it, so fit would not train {name}. Make it with "
            f"`self.{name} = self.add_weight(…)`."
        )
    if not isinstance(value, keras.Variable):
        if not hasattr(model, name) and calls(type(model).call, "add_weight"):
            raise Mistake(f"{name} is made in `call`, and once is enough. Make it in `__init__`, before any call.")
        now = f"{name} is {described(value)}" if hasattr(model, name) else f"the model has no {name}"
        raise Mistake(f"{now}. Make a weight of Keras, with `self.{name} = self.add_weight(…)`.")
    if tuple(value.shape) != ():
        raise Mistake(f"{name} has the shape {tuple(value.shape)}, not one number. Make it with `shape=()`.")
    if not value.trainable:
        raise Mistake(f"{name} is not trainable, so fit would not train {name}. Leave `trainable=False` out.")


def _learns(answer, model, x):
    """Raise Mistake unless steps of fit move both weights, and straight downhill."""
    import keras

    if model.losses:
        raise Mistake("the line is right, but fit would not find it: the model adds a loss of its own.")
    model.compile(optimizer=keras.optimizers.SGD(RATE), loss="mse")
    for side in (1, -2):  # far up, then far below 0
        off = tf.constant(side * (50 + 70 * x.numpy()))
        slopes = {"w": -2 * np.mean(off * x), "b": -2 * np.mean(off)}
        before = {name: float(getattr(model, name)) for name in slopes}
        answer.run(lambda off=off: model.train_on_batch(x, model(x) + off))
        for name, slope in slopes.items():
            _follows(name, before[name], float(getattr(model, name)), before[name] - RATE * slope)


def _follows(name, before, now, expected):
    """Raise Mistake unless a weight is where a step of fit should have led it."""
    if close(now, before):
        raise Mistake(f"the numbers are right, but fit does not move {name}. Compute with `self.{name}` itself.")
    if not close(now, expected):
        now, expected = apart(now, expected)
        raise Mistake(
            f"the numbers are right, but a step of fit at rate {RATE} leads {name} from {short(before)} to {now}, and "
            f"downhill is {expected}: nothing but its slope should move a weight, no `constraint` and no code."
        )
