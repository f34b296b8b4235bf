"""What beginners write that raises an error, and words of what the error is said to mean."""

import pytest
from answers import made

from course_utils import errors

TAPE = "w = tf.Variable(2.0)\nwith tf.GradientTape() as tape:\n    y = w * w\n"
CLASS = "class Line(tf.Module):\n    def __init__(self, w):\n        "
KERAS = "class Line(keras.Model):\n    def __init__(self):\n        super().__init__()\n        "
FIT = "model = keras.Sequential([keras.layers.Dense(1)])\nx = y = tf.ones((3, 1))\nmodel.compile('sgd', 'mse')\n"
MEANT = [
    ("len(tf.Variable(1.0))", "`len` counts the parts of a list or of a tensor, and a Variable has none."),
    ("len(tf.constant(1.0))", "one number has none"),
    ("tf.constant(list(tf.constant([1.0, 2.0])))", "`tf.stack` puts those together"),
    ("tf.constant([[tf.constant(1.0)], [tf.constant(2.0)]])", "`tf.stack` puts those together"),
    ("tf.constant([tf.Variable(1.0), tf.Variable(2.0)])", "`tf.stack` puts those together"),
    ("tf.constant([0.0, tf.constant(1.0)])", "`tf.stack` takes tensors, too"),
    ("v = tf.Variable([1.0])\nv[:] = 2", "`assign(…)` gives it a new value"),
    ("t = (1, 2)\nt[0] = 3", "A tuple never changes in part"),
    ("tf.gradients(1.0, 2.0)", "a slope comes from a tape"),
    ("with tf.GradientTape() as tape:\n    tape.watch(2.0)", "make a `tf.Variable` of it"),
    *((f"{value} ^ 2", "write `**`") for value in ("2.0", "tf.constant([1.0])", "np.array([1.0])", "tf.Variable(2.0)")),
    ("import torch", "another library, which the course does not use"),
    ("from keras.optimizers import sgd", "has nothing of the name `sgd`"),
    ("keras.optimizers.sgd(0.1)", "did you mean `SGD`?"),
    ("tf.Session()", "TensorFlow 2 computes at once"),
    ("tf.log(2.0)", "`tf.math.log`"),
    ("tf.constant(1.0).backward()", "a slope comes from a tape"),
    ("losses = 0\nlosses.append(1)", "`losses = []` makes one"),
    ("[1.0, 2.0][0.5]", "a whole number"),
    ("np.zeros(3)[3]", "There is no place 3 among 3"),
    ("tf.zeros(3)[3]", "There is no place 3"),
    ("tf.gather([1.0, 2.0], [5])", "There is no place 5 among 2"),
    ("{'loss': 1}['los']", "There is no key 'los'"),
    ("[1, 2] + 1", "adds nothing to its parts"),
    ("'w' + 3", "joins text with text alone, and a whole number is there"),
    ("None < 2", "None and a whole number can't be compared"),
    ("x = None\nx - 1", "One side is None, so nothing was given back there"),
    *((f"x = None\n{use}", "A value is None, so nothing was") for use in ("tf.square(x)", "x[0]", "w, b = x")),
    ("float('0,5')", "a decimal point, and no comma"),
    ("float(tf.ones(3))", "here are several"),
    ("range(1.5)", "a whole number is needed, as in `range(n)`, and a float stands there"),
    ("range(tf.constant(1.5))", "A whole number is needed"),
    ("import math\nmath.sqrt(-1)", "no number below 0"),
    *(
        (f"import statistics\n{of}([])", "there is nothing to take it from: the list is empty")
        for of in ("min", "max", "np.max", "statistics.mean")
    ),
    ("tf.data.Dataset.range(3).batch(0)", "A batch holds at least one example"),
    ("keras.layers.Dense(1, activation='rellu')", "Keras knows no activation function of the name rellu."),
    ("assert 1 == 2", "What this `assert` states does not hold."),
    ("raise ValueError", "It is your own code that says so, by `raise`."),
    ("tf.constant(2) / tf.constant(2.0)", "int32 and float32 meet"),
    ("tf.sqrt(4)", "whole numbers stand where floats are needed"),
    ("tf.square('a')", "Text in quotes"),
    ("tf.reduce_mean([1.0], [2.0])", "What stands second in `tf.reduce_mean(…)` is an axis, a whole number"),
    ("np.average(tf.ones(2), tf.ones(2))", "weights have a name, `weights=…`"),
    ("tf.gather([1.0], [0.0])", "A whole number is needed"),
    ("tf.ones((4, 2)) - tf.reduce_mean(tf.ones((4, 2)), axis=1)", "`axis=1` leaves one number for each row"),
    ("tf.ones(3) - tf.ones(2)", "3 numbers stand on one side, 2 on the other"),
    ("tf.function(lambda r: r * tf.ones(2))(tf.constant(1.0, tf.float16))", "types float32 and float16 meet"),
    ("+tf.ones(2)", "A number is needed there, and a tensor stands there"),
    ("keras.losses.MeanSquaredError(np.ones(2), np.ones(2))", "is made first, and then called"),
    ("tf.data.Dataset.from_tensor_slices(tf.ones(2), tf.ones(2))", "the pair `(x, y)` in brackets of its own"),
    ("np.ones(2) + np.ones(3)", "the shapes (2,) and (3,) don't fit together"),
    ("tf.reshape(tf.ones(3), (2, 2))", "There are 3 numbers, and the new shape has room for 4"),
    ("np.array([1, [2, 3]])", "not of one shape"),
    ("tf.Variable()", "made of its first value"),
    ("tf.Variable(1.0).assign(1, 2, 3, 4, 5)", "`assign` is handed 5 things and takes 4"),
    ("[1].append(1, 2)", "`append` is handed 2 things and takes 1"),
    ("(lambda x: x)(1, 2)", "A `lambda` is handed 2 things and takes 1"),
    (f"{TAPE}tape.gradient()", "'target' and 'sources' are missing"),
    (f"{CLASS}super.__init__()\nLine(1.0)", "`super().__init__()`"),
    (f"{CLASS}super().__init__(w, w)\nLine(1.0)", "takes nothing here"),
    (f"{CLASS}super().__init__(w)\nLine(1.0)", "takes nothing here"),
    (f"{CLASS}super().__init__()\n        self.variables = [w]\nLine(1.0)", "Take another name"),
    (f"{CLASS}return w\nLine(1.0)", "leave `return` out"),
    (f"{KERAS}self.w = self.add_weight('w')\nLine()", "name='w'"),
    (f"{KERAS}self.weights = []\nLine()", "Take another name"),
    ("keras.layers.Dense(1, input=1)", "`Dense` takes nothing of the name `input`"),
    ("keras.Sequential([keras.layers.Dense])", "each made with brackets"),
    (f"{FIT}model.fit(x, y, batch_size=-1, verbose=0)", "-3 is no size"),
    (f"{FIT}model.fit(x, y[:1], verbose=0)", "not equally many"),
    (f"{FIT}model.fit(x, y, verbose=0)['loss']", "`.history['loss']`"),
    (f"{FIT}model.fit(x, verbose=0)", "`fit` got no targets"),
    (f"{FIT}model.evaluate(x, verbose=0)", "`evaluate` takes the inputs, then the targets"),
    ("open('none.txt')", "There is no such file or folder"),
    ("keras.Sequential().save_weights('line')", "must end in `.weights.h5`"),
    ("tf.function(lambda x: float(x[0]))(tf.ones(2))", "Inside a `tf.function` there are no numbers yet"),
    ("math.sqrt(2)", "`import math` makes the module known"),
    ("numpy.mean(1)", "it is imported as `np`"),
    ("def inner(): return 1\ninner.x", "A function has no part `x`"),
    # What was told something else, or nothing.
    ("round(tf.constant(1.5))", "`tf.round` rounds tensors"),
    ("x = tf.constant([1.5])\nround(x.astype(int))", "it is `tf.cast"),
    ("order = tf.constant([1, 0])\n[1.0, 2.0][order]", "`tf.gather(x, order)` takes many places"),
    ("a = np.ones(2)\nnp.concatenate(a, a)", "as a list: `np.concatenate([a, b], axis=0)`"),
    ("a = tf.ones(2)\ntf.concat(a, a)", "as a list: `tf.concat([a, b], axis=0)`"),
    ("a = tf.constant(2.0)\ntf.stack(a, a)", "as a list: `tf.stack([a, b], axis=0)`"),
    ("a = tf.ones(2)\ntf.stack(a, a)", "as a list: `tf.stack([a, b], axis=0)`"),
    ("a = [tf.ones(2), tf.ones(2)]\nif tf.stack(a, 1) > 0: pass", "many truth values"),
    ("x = tf.constant(2.0)\ntf.stack([x[0]])", "leave out the square brackets"),
    ("np.zeros(3, 4)", "4 stands in the place of a type of numbers; a shape stands in brackets of its own"),
    ("x = tf.ones(2)\nf'{x:.2f}'", "a format such as `:.2f` writes one number, and an array stands there"),
    ("x = None\nf'{x:.2f}'", "a format such as `:.2f` writes one number, and None stands there"),
    ("'5' * 2.0", "Text in quotes stands where a number is needed"),
    ("x = 3.0\nx.numpy()", "only a tensor or a Variable has it"),
    ("x = [3.0]\nx.numpy()", "only a tensor or a Variable has it"),
    ("with tf.GradientTape() as tape:\n    y = LinearModel()(1.0)\ntape.gradient(y, LinearModel())", "along Variables"),
    ("tf.cast(1.0, 'whole')", "'whole' is no type of numbers"),
    ("np.ones(3).mean(axis=1)", "There is no axis 1, the array has 1 dimension(s)"),
    ("tf.gather(tf.ones(3), 5)", "There is no place 5 among 3"),
    ("sum(5)", "A list or a tensor is needed there"),
    ("np.random.permutation('a', 'b')", "`permutation` is handed 2 things and takes 1"),
    ("np.random.default_rng().permutation()", "`permutation` is handed 0 things and takes 1"),
    ("model = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile('adm', 'mse')", "no optimiser of this name"),
    ("model = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(keras.optimizers.SGD, 'mse')", "with brackets"),
    ("keras.layers.Dense(1)(5.0)", "A layer of Keras takes tensors"),
    (FIT + "history = model.fit(x, y, verbose=0)\nhistory.loss", "in `.history`, a dict: `.history['loss']`"),
    ("class Box: history = 5\nBox().loss", "There is no `loss`"),
    ("[1.0].append(2.0).append(3.0)", "`.append(…)` changes its list and gives back None"),
    ("x = [3.0, 1.0]\nx.sort()[0]", "`.sort(…)` changes its list and gives back None"),
    ("def f(x): pass\nlosses = []\nlosses.append(f(1).loss)", "What stands before `.loss` is None"),
    ("losses = []\nlosses.push(2.0)", "`.append(…)` puts something at its end"),
    ("losses = []\nlosses.length", "`len(…)` says how many things it holds"),
    ("losses = [1.0]\nlosses.mean()", "`tf.reduce_mean(…)` takes a list"),
    ("len(losses)", "No `losses` is known here."),
    ("optimizers.SGD(0.1)", "did you mean `tf.optimizers`?"),
    ("for value, slope in LinearModel().trainable_variables: pass", "`zip(…, …)` goes through two together"),
    ("with tf.distribute.MirroredStrategy.scope: pass", "a function is there: call it, with brackets"),
    ("with tf.distribute.MirroredStrategy.scope(): pass", "A class stands where an object of it is needed"),
    ("tf.constant('a') + 1.0", "Text in quotes stands where a number is needed"),
    ("np.array(['a']) * 2.0", "Text in quotes stands where a number is needed"),
    ("tf.data.Dataset.from_tensor_slices(1.0)", "takes out one row after the other"),
    ("range(3)[5]", "There is no such place"),
    ("range(0, 10, 0)", "A range with steps of 0 never ends"),
]


def raised(code):
    """Return the function whose body is the code, and what it raises."""
    body = "".join(f"    {line}\n" for line in code.splitlines())
    function = made(f"def answer():\n{body}")
    with pytest.raises(BaseException) as caught:
        function()
    return function, caught.value


def meaning(code):
    """Return what the error that code raises is said to mean."""
    function, error = raised(code)
    return errors.meaning(error, function)
