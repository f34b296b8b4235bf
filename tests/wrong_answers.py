"""Wrong answers to every exercise, each with words that name its mistake: {exercise: [(mistake, code of `answer`)]}."""

STEP = """
def answer(model, x, y, rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    dw, db = tape.gradient(loss, [model.w, model.b])
    model.w.assign_sub(rate * dw)
    model.b.assign_sub(rate * db)
    return loss
"""

LOOP = """
def answer(model, x, y, rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(train_step(model, x, y, rate))
    losses.append(mean_squared_error(y, model(x)))
    return losses
"""

MODULE = """
class answer(tf.Module):
    def __init__(self, w, b):
        self.w = tf.Variable(w)
        self.b = tf.Variable(b)
    def __call__(self, x):
        return self.w * x + self.b
"""

KERAS = """
class answer(keras.Model):
    def __init__(self):
        super().__init__()
        self.w = self.add_weight(shape=(), name="w")
        self.b = self.add_weight(shape=(), name="b")
    def call(self, x):
        return self.w * x + self.b
"""

FIT = """
def answer(model, x, y, epochs):
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    model.fit(x, y, epochs=epochs, batch_size=len(x), verbose=0)
"""

DESCEND = """
def answer(function, start, rate, steps):
    x = tf.Variable(start)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = function(x)
        x.assign_sub(rate * tape.gradient(y, x))
    return x
"""

SLOPE = """
def answer(function, x):
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = function(x)
    return tape.gradient(y, x)
"""


def edited(code, *pairs):
    """Return code with each (old, new) replaced; every old must be in it."""
    for old, new in pairs:
        assert old in code
        code = code.replace(old, new)
    return code


def shown(expression, arguments):
    return f"answer = lambda {arguments}: {expression}"


def mse(expression):
    return shown(expression, "t, p")


def slopes(expression):
    return f"def answer(x, y, w, b):\n    r = y - (w * x + b)\n    mean, sum = tf.reduce_mean, tf.reduce_sum\n    return {expression}"


WRONG = {
    "double": [
        ("the Variable did not change", "def answer(v):\n    v = v * 2"),
        ("the Variable did not change", shown("v * 2", "v")),
        ("two was added", shown("v.assign_add(2.0)", "v")),
        ("it was set to two", shown("v.assign(2.0)", "v")),
        ("it was tripled", shown("v.assign_add(2 * v)", "v")),
        ("it was squared", shown("v.assign(v * v)", "v")),
        ("raised AttributeError", shown("v.double()", "v")),
    ],
    "slope": [
        ("the gradient is None", edited(SLOPE, ("tf.Variable", "tf.constant"))),
        ("the gradient is None", edited(SLOPE, ("return ", ""))),
        ("the gradient is None", edited(SLOPE, ("        y = f", "        pass\n    y = f"))),
        ("it is the value and not the slope", shown("function(x)", "function, x")),
        ("the sign is wrong", edited(SLOPE, ("return ", "return -"))),
        ("it is x itself", edited(SLOPE, ("return tape.gradient(y, x)", "return x"))),
        ("it is twice the slope", edited(SLOPE, ("y = function(x)", "y = function(x) + function(x)"))),
    ],
    "descend": [
        ("it walks uphill", edited(DESCEND, ("assign_sub", "assign_add"))),
        ("the rate is forgotten", edited(DESCEND, ("rate * ", ""))),
        ("it never moved", edited(DESCEND, ("x.assign_sub(rate * tape.gradient(y, x))", "tape.gradient(y, x)"))),
        ("only one step", edited(DESCEND, ("    return x", "        return x"))),
        ("one step too few", edited(DESCEND, ("range(steps)", "range(1, steps)"))),
        ("one step too many", edited(DESCEND, ("range(steps)", "range(steps + 1)"))),
        ("it returns None", edited(DESCEND, ("return x", ""))),
        ("raised TypeError", edited(DESCEND, ("x.assign_sub(rate * tape.gradient(y, x))", "x = x - rate * tape.gradient(y, x)"))),
        ("runs longer than", edited(DESCEND, ("for _ in range(steps)", "while True"))),
    ],
    "by_hand": [
        ("b is forgotten", "answer = -8"),
        ("the sign of x is lost", "answer = 9"),
        ("b is subtracted", "answer = -9"),
        ("w and b are swapped", "answer = 2"),
        ("b is added too early", "answer = -4.0"),
        ("all is added", "answer = 3"),
        ("another value", "answer = 7"),
        ("not a number", "answer = 'minus seven'"),
    ],
    "line_class": [
        ("not a class", "class Line: pass\nanswer = Line()"),
        ("not a tf.Module", edited(MODULE, ("(tf.Module)", ""))),
        ("0 trainable Variables", edited(MODULE, ("tf.Variable(w)", "w"), ("tf.Variable(b)", "b"))),
        ("1 trainable Variables", edited(MODULE, ("tf.Variable(b)", "tf.constant(b)"))),
        ("b is forgotten", edited(MODULE, (" + self.b", ""))),
        ("w and b are swapped", edited(MODULE, ("self.w * x + self.b", "self.b * x + self.w"))),
        ("b is added too early", edited(MODULE, ("x + self.b", "(x + self.b)"))),
        ("w is forgotten", edited(MODULE, ("self.w * x", "x"))),
        ("it returns None", edited(MODULE, ("return ", ""))),
    ],
    "broadcast": [
        ("they are not paired up", "answer = (5,)"),
        ("it is not the column", "answer = (5, 1)"),
        ("it is the count and not the shape", "answer = 25"),
        ("it is flattened", "answer = (25,)"),
        ("one dimension is stretched", "answer = (1, 5)"),
        ("the lengths do not add", "answer = (10,)"),
        ("wrong shape", "answer = (5, 5, 1)"),
    ],
    "residuals": [
        ("the sign is wrong", mse("p - t")),
        ("the sign is lost", mse("tf.abs(t - p)")),
        ("they are squared", mse("tf.square(t - p)")),
        ("it is their mean", mse("tf.reduce_mean(t - p)")),
        ("it is their sum", mse("tf.reduce_sum(t - p)")),
        ("they are added", mse("t + p")),
        ("it returns None", "def answer(t, p):\n    t - p"),
    ],
    "mse": [
        ("a sum instead of the mean", mse("tf.reduce_sum(tf.square(t - p))")),
        ("the square is forgotten", mse("tf.reduce_mean(t - p)")),
        ("the square is forgotten and turned round", mse("tf.reduce_mean(p - t)")),
        ("absolute values instead of squares", mse("tf.reduce_mean(tf.abs(t - p))")),
        ("a square root too many", mse("tf.sqrt(tf.reduce_mean(tf.square(t - p)))")),
        ("the mean is squared and not the residuals", mse("tf.square(tf.reduce_mean(t - p))")),
        ("half the mean", mse("tf.reduce_mean(tf.square(t - p)) / 2")),
        ("the mean is forgotten", mse("tf.square(t - p)")),
        ("a Python number", mse("float(tf.reduce_mean(tf.square(t - p)))")),
        ("it returns None", "def answer(t, p):\n    tf.reduce_mean(tf.square(t - p))"),
        ("wrong shape", mse("tf.reduce_mean(tf.square(t - p), keepdims=True)")),
        ("raised NameError", mse("reduce_mean(tf.square(t - p))")),
    ],
    "floor": [
        ("the standard deviation and not the variance", "answer = 0.5"),
        ("no line predicts noise", "answer = 0"),
        ("that is the floor for noise one", "answer = 1"),
        ("a square root instead of a square", "answer = 0.5**0.5"),
        ("twice and not squared", "answer = 0.125"),
        ("a loss is never negative", "answer = -0.25"),
    ],
    "gradient": [
        ("the sign is wrong", slopes("2 * mean(x * r), 2 * mean(r)")),
        ("the 2 is forgotten", slopes("-mean(x * r), -mean(r)")),
        ("sign and 2", slopes("mean(x * r), mean(r)")),
        ("a sum instead of the mean", slopes("-2 * sum(x * r), -2 * sum(r)")),
        ("the x is forgotten", slopes("-2 * mean(r), -2 * mean(r)")),
        ("dw and db are swapped", slopes("-2 * mean(r), -2 * mean(x * r)")),
        ("only one slope", slopes("-2 * mean(x * r)")),
        ("wrong shape", slopes("-2 * x * r, -2 * r")),
    ],
    "step": [
        ("the gradient is added", edited(STEP, ("assign_sub", "assign_add"))),
        ("the learning rate is forgotten", edited(STEP, ("rate * ", ""))),
        ("the loss was computed outside the tape", edited(STEP, ("    with", "    y_pred = model(x)\n    with"), ("y, model(x)", "y, y_pred"))),
        ("a Variable was replaced by a tensor", edited(STEP, ("model.w.assign_sub(rate * dw)", "model.w = model.w - rate * dw"))),
        ("a sum instead of the mean", edited(STEP, ("mean_squared_error(y, model(x))", "tf.reduce_sum(tf.square(y - model(x)))"))),
        (
            "w moved before the gradient of b was taken",
            """
def answer(model, x, y, rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    model.w.assign_sub(rate * tape.gradient(loss, model.w))
    with tf.GradientTape() as tape:
        late = mean_squared_error(y, model(x))
    model.b.assign_sub(rate * tape.gradient(late, model.b))
    return loss
""",
        ),
        ("only w moved", edited(STEP, ("model.b.assign_sub(rate * db)", ""))),
        ("only b moved", edited(STEP, ("model.w.assign_sub(rate * dw)", ""))),
        ("nothing moved", edited(STEP, ("model.w.assign_sub(rate * dw)", ""), ("model.b.assign_sub(rate * db)", ""))),
        ("dw and db are swapped", edited(STEP, ("dw, db =", "db, dw ="))),
        ("the loss after the update", edited(STEP, ("return loss", "return mean_squared_error(y, model(x))"))),
        ("the loss is stale", edited(STEP, ("return loss", "answer.first = getattr(answer, 'first', {}); return answer.first.setdefault(id(model), loss)"))),
        ("it returns None", edited(STEP, ("return loss", ""))),
        ("raised", edited(STEP, ("model.w.assign_sub", "model.w.subtract"))),
    ],
    "loop": [
        ("the last state is missing", edited(LOOP, ("    losses.append(mean_squared_error(y, model(x)))\n", ""))),
        ("the record is off by one because state 0 is missing", edited(LOOP, ("        losses.append(train_step(model, x, y, rate))\n    losses", "        train_step(model, x, y, rate)\n        losses"))),
        ("the record is off by one", edited(LOOP, ("    losses = []", "    losses = []\n    train_step(model, x, y, rate)"))),
        ("the loss is stale", edited(LOOP, ("losses = []", "losses = []; loss = mean_squared_error(y, model(x))"), ("losses.append(train_step(model, x, y, rate))", "train_step(model, x, y, rate); losses.append(loss)"), ("losses.append(mean_squared_error(y, model(x)))", "losses.append(loss)"))),
        ("the start stands twice", edited(LOOP, ("losses = []", "losses = [mean_squared_error(y, model(x))]"), ("    losses.append(mean", "    (mean"))),
        ("the end stands twice", edited(LOOP, ("losses.append(train_step(model, x, y, rate))", "train_step(model, x, y, rate); losses.append(mean_squared_error(y, model(x)))"))),
        ("only the last loss", edited(LOOP, ("return losses", "return losses[-1]"))),
        ("it returns None", edited(LOOP, ("return losses", ""))),
    ],
    "largest_rate": [
        ("that is where the factor is zero", shown("1 / c", "c")),
        ("upside down", shown("c / 2", "c")),
        ("multiplied and not divided", shown("2 * c", "c")),
        ("the 2 belongs above the line", shown("1 / (2 * c)", "c")),
        ("that makes the factor plus one", shown("0.0", "c")),
        ("squared", shown("2 / c**2", "c")),
    ],
    "keras_line": [
        ("w is a tf.Variable", edited(KERAS, ('self.add_weight(shape=(), name="w")', "tf.Variable(1.0)"))),
        ("b is a tf.Variable", edited(KERAS, ('self.add_weight(shape=(), name="b")', "tf.Variable(1.0)"))),
        ("w is no weight of Keras", edited(KERAS, ('self.add_weight(shape=(), name="w")', "1.0"))),
        ("not a keras.Model", edited(MODULE, ("self, w, b", "self, w=1.0, b=0.0"))),
        ("not a class", KERAS + "answer = answer()"),
        ("it has 1 trainable weights", edited(KERAS, ('name="b"', 'name="b", trainable=False'))),
        ("b is forgotten", edited(KERAS, (" + self.b", ""))),
        ("w and b are swapped", edited(KERAS, ("self.w * x + self.b", "self.b * x + self.w"))),
        ("b is added too early", edited(KERAS, ("x + self.b", "(x + self.b)"))),
    ],
    "fit": [
        ("the default batch size", edited(FIT, (" batch_size=len(x),", ""))),
        ("another optimiser", edited(FIT, ("SGD", "Adam"))),
        ("another learning rate", edited(FIT, ("SGD(0.1)", "SGD()"))),
        ("another loss", edited(FIT, ('"mse"', '"mae"'))),
        ("the model is not compiled", "answer = lambda model, x, y, epochs: model"),
        ("the model is never fitted", edited(FIT, ("    model.fit(x, y, epochs=epochs, batch_size=len(x), verbose=0)\n", ""))),
        ("another number of steps", edited(FIT, ("epochs=epochs, ", ""))),
        ("raised", edited(FIT, ("model.fit(x", "model.train(x"))),
    ],
    "save": [
        ("wrong filename", shown("model.save_weights(f'{folder}/line.h5')", "model, folder")),
        ("wrong filename", shown("model.save(f'{folder}/line')", "model, folder")),
        ("that is the whole model", shown("model.save(f'{folder}/line.keras')", "model, folder")),
        ("nothing is saved in the folder", shown("model.get_weights()", "model, folder")),
        ("no weights file", "def answer(model, folder):\n    open(f'{folder}/line.txt', 'w').write(str(model.w))"),
        ("after loading", shown("(model.w.assign(0.0), model.save_weights(f'{folder}/line.weights.h5'))", "model, folder")),
    ],
}  # fmt: skip
