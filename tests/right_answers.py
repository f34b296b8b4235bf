"""Right answers in unusual styles: {exercise: [code of `answer`]}. What counts is what they do.

More of them stand in the files of their exercises.
"""

RIGHT = {}


def right(call, *codes):
    RIGHT[call] = list(codes)


right(
    "double",
    "answer = lambda v: v.assign(v * 2)",
    "answer = lambda variable: variable.assign_add(variable)",
    "answer = lambda variable: variable.assign_sub(-variable)",
    "answer = lambda variable: variable.assign(variable.numpy() * 2)",
    "answer = lambda variable: variable.assign(2 * float(variable))",
    "@tf.function\ndef answer(variable):\n    variable.assign(2 * variable)",
    "def answer(variable: tf.Variable) -> None:\n    'Doubles it.'\n    variable.assign(variable.read_value() * 2)",
    "def answer(variable, factor=2):\n    new = factor * variable\n    variable.assign(new)\n    return new",
    "class Doubler:\n    def __call__(self, variable):\n        variable.assign(2 * variable)\nanswer = Doubler()",
    "import functools\ndef times(k, v):\n    v.assign(k * v)\nanswer = functools.partial(times, 2)",
)
WATCHED = """
def answer(function, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = function(x)
    return tape.gradient(y, x)
"""
right(
    "slope",
    WATCHED,
    WATCHED.replace("tf.constant(x)", "tf.constant(x, tf.float64)"),
    WATCHED.replace("return tape.gradient(y, x)", "return float(tape.gradient(y, x))"),
    WATCHED.replace("return tape.gradient(y, x)", "return tf.Variable(tape.gradient(y, x)).numpy()"),
    WATCHED.replace("return tape.gradient(y, x)", "[slope] = tape.gradient(y, [x])\n    return slope"),
    WATCHED.replace("GradientTape()", "GradientTape(persistent=True)").replace(
        "    return", "    tape.gradient(y, x)\n    return"
    ),
    WATCHED.replace("GradientTape()", "GradientTape(watch_accessed_variables=False)"),
    f"@tf.function{WATCHED}",
)
right(
    "descend",
    """
def answer(function, start, rate, steps):
    x = tf.constant(start)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x)
        x = x - rate * tape.gradient(y, x)
    return x
""",
    """
def answer(function, start, rate, steps):
    if steps == 0:
        return start
    x = tf.Variable(start)
    with tf.GradientTape() as tape:
        y = function(x)
    x.assign_sub(rate * tape.gradient(y, x))
    return answer(function, x.numpy(), rate, steps - 1)
""",
    """
def answer(function, start, rate, steps):
    x, optimizer = tf.Variable(start), keras.optimizers.SGD(rate)
    while steps:
        steps -= 1
        with tf.GradientTape() as tape:
            y = function(x)
        optimizer.apply_gradients([(tape.gradient(y, x), x)])
    return x.read_value()
""",
    """
def answer(function, start, rate, steps):
    x = start
    for _ in range(steps):
        v = tf.Variable(x)
        with tf.GradientTape() as tape:
            y = function(v)
        x = float(v - rate * tape.gradient(y, v))
    return x
""",
)
right(
    "by_hand",
    "answer = -7.0",
    "answer = int('-7')",
    "answer = np.float32(-7)",
    "answer = tf.constant(-7)",
    "answer = tf.Variable(4.0) * -2 + 1",
    "import fractions\nanswer = fractions.Fraction(-7)",
)
MODULE = """
class answer(tf.Module):
    def __init__(self, w=5.0, b=0.0, name=None):
        super().__init__(name=name)
        self.w = tf.Variable(w, dtype=tf.float32, name="w")
        self.b = tf.Variable(b, dtype=tf.float32, name="b")

    def __call__(self, x):
        return self.w * x + self.b
"""
right(
    "line_class",
    MODULE,
    MODULE.replace("self.w", "self.slope").replace("self.b", "self.height"),
    MODULE.replace("    def __call__", "    @tf.function\n    def __call__"),
    MODULE.replace("return self.w * x + self.b", "return tf.add(self.b, tf.multiply(x, self.w))"),
    MODULE.replace("    def __call__", "    def predict") + "    __call__ = predict\n",
    MODULE.replace("        self.w =", "        self.calls = tf.Variable(0, trainable=False)\n        self.w ="),
    MODULE.replace("        self.w =", "        self.history, self.seen = [], 0\n        self.w ="),
    MODULE.replace("class answer", "class Base") + "class answer(Base):\n    'inherits'\n    color = 'red'\n",
    "class answer(LinearModel):\n    pass",
)
right(
    "broadcast",
    "answer = 5, 5",
    "answer = [5, 5]",
    "answer = np.array([5, 5])",
    "answer = tf.TensorShape([5, 5])",
    "answer = tf.shape(tf.zeros(5) - tf.zeros((5, 1)))",
    "answer = (tf.zeros(5) - tf.zeros((5, 1))).shape",
)
right(
    "residuals",
    "answer = tf.subtract",
    "answer = lambda y_true, y_pred: -(y_pred - y_true)",
    "answer = lambda y_true, y_pred: y_true.numpy() - y_pred.numpy()",
    "answer = lambda y_true, y_pred: [t - p for t, p in zip(y_true, y_pred)]",
    "answer = lambda y_true, y_pred: tf.Variable(tf.cast(y_true, tf.float64) - tf.cast(y_pred, tf.float64))",
)
right(
    "mse",
    "answer = mean_squared_error",
    "answer = keras.losses.MeanSquaredError()",
    "answer = lambda y_pred, y_true: keras.losses.mean_squared_error(y_true, y_pred)",
    "answer = lambda y_true, y_pred: tf.reduce_sum((y_true - y_pred) ** 2) / len(y_true)",
    "@tf.function\ndef answer(t, p):\n    return tf.reduce_mean(tf.math.squared_difference(t, p))",
    """
def answer(y_true, y_pred):
    total = 0.0
    for t, p in zip(y_true, y_pred):
        total += (t - p) ** 2
    return total / len(y_true)
""",
)
right(
    "floor",
    *(f"answer = {value}" for value in ("0.25", "0.262", "0.24", "0.5**2", "tf.square(0.5)", "np.float64(0.26)")),
)
STEP = """
def answer(model, x, y, learning_rate):
    with tf.GradientTape(persistent=True) as tape:
        loss = mean_squared_error(y, model(x))
    for variable in (model.w, model.b):
        variable.assign_sub(learning_rate * tape.gradient(loss, variable))
    return loss
"""
right(
    "step",
    STEP,
    "answer = train_step",
    "answer = tf.function(train_step)",
    STEP.replace("return loss", "return loss.numpy()"),
    STEP.replace("    with", "    learning_rate = tf.constant(learning_rate)\n    with", 1),
    STEP.replace("mean_squared_error(y, model(x))", "tf.reduce_sum((y - model(x)) ** 2) / len(x)"),
    STEP.replace("mean_squared_error(y, model(x))", "tf.reduce_sum((y - model(x)) ** 2)").replace(
        "learning_rate * ", "learning_rate / len(x) * "
    ),
    """
def answer(model, x, y, learning_rate):
    residual = y - model(x)
    model.w.assign_add(2 * learning_rate * tf.reduce_mean(x * residual))
    model.b.assign_add(2 * learning_rate * tf.reduce_mean(residual))
    return float(tf.reduce_mean(tf.square(residual)))
""",
    """
def answer(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((y - model(x)) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    keras.optimizers.SGD(learning_rate, momentum=0.0).apply(gradients, model.trainable_variables)
    return loss
""",
)
right(
    "loop",
    "answer = lambda model, x, y, r, n: train(model, x, y, learning_rate=r, epochs=n).loss",
    """
def answer(model, x, y, learning_rate, epochs):
    losses = [mean_squared_error(y, model(x))]
    for _ in range(epochs):
        train_step(model, x, y, learning_rate)
        losses.append(mean_squared_error(y, model(x)))
    return tf.stack(losses)
""",
    """
def answer(model, x, y, learning_rate, epochs):
    losses = tuple(float(train_step(model, x, y, learning_rate)) for _ in range(epochs))
    return losses + (float(mean_squared_error(y, model(x))),)
""",
    """
def answer(model, x, y, learning_rate, epochs):
    losses = np.zeros(epochs + 1)
    for epoch in range(epochs + 1):
        losses[epoch] = mean_squared_error(y, model(x))
        if epoch < epochs:
            train_step(model, x, y, learning_rate)
    return losses
""",
)
right(
    "gradient",
    """
def answer(x, y, w, b):
    r = w * x + b - y
    return [2 * tf.reduce_mean(r * x), 2 * tf.reduce_mean(r)]
""",
    """
def answer(x, y, w, b):
    x, y = np.asarray(x, float), np.asarray(y, float)
    r = y - (w * x + b)
    return {0: -2 * np.mean(x * r), 1: -2 * np.mean(r)}[0], float(-2 * np.mean(r))
""",
    """
def answer(x, y, w, b):
    r = y - w * x - b
    return tf.stack([tf.reduce_sum(-2 * x * r), tf.reduce_sum(-2 * r)]) / len(x)
""",
)
right(
    "largest_rate",
    "answer = lambda curvature: 2 * curvature**-1",
    "answer = lambda k: tf.constant(2.0) / k",
    "answer = lambda curvature: np.float32(1 / (curvature / 2))",
)
KERAS = """
class answer(keras.Model):
    def __init__(self, **options):
        super().__init__(**options)
        self.w = self.add_weight(shape=(), name="slope", initializer="ones")
        self.b = self.add_weight(shape=(), name="height", initializer="zeros", trainable=True)

    def call(self, x, training=None):
        return self.w * x + self.b
"""
right(
    "keras_line",
    KERAS,
    KERAS.replace("shape=(), ", ""),
    KERAS.replace("keras.Model", "tf.keras.Model"),
    KERAS.replace("self.w * x + self.b", "keras.ops.add(keras.ops.multiply(self.w, x), self.b)"),
    KERAS.replace("def __init__(self, **options)", "def build(self, input_shape)").replace(
        "super().__init__(**options)", "super().build(input_shape)"
    ),
    KERAS.replace("class answer", "class Base") + "class answer(Base):\n    pass\n",
    "@keras.saving.register_keras_serializable()" + KERAS,
)
FIT = """
def answer(model, x, y, epochs):
    model.compile(optimizer=keras.optimizers.SGD(0.1, momentum=0.0), loss="mse")
    return model.fit(x, y, epochs=epochs, batch_size=len(y), verbose=0)
"""
right(
    "fit",
    FIT.replace('"mse"', "mean_squared_error").replace("len(y)", "1000"),
    "class Mine(keras.optimizers.SGD):\n    pass\n" + FIT.replace("keras.optimizers.SGD", "Mine"),
    FIT.replace("SGD(0.1", "SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 1.0)").replace(
        '"mse"', "lambda t, p: tf.reduce_mean((t - p) ** 2)"
    ),
    FIT.replace(
        "    return model.fit(x, y, epochs=epochs, batch_size=len(y), verbose=0)", "    for _ in range(epochs):\n"
    )
    + "        model.train_on_batch(x, y)\n",
)
right(
    "save",
    "answer = lambda model, folder: model.save_weights(filepath=folder + '/my.weights.h5', overwrite=True)",
    "import pathlib\nanswer = lambda m, f: m.save_weights(pathlib.Path(f) / 'line.weights.h5')",
    "import os\nanswer = lambda m, f: (os.mkdir(f'{f}/a'), m.save_weights(os.path.join(f, 'a', '1.weights.h5')))",
    "answer = lambda m, f: (m.save(f'{f}/line.keras'), m.save_weights(f'{f}/line.weights.h5'))",
)
