"""What the errors of Keras mean, in words."""

import re


def _of_no_targets(error, line, match):
    if line and ".evaluate(" in line.text:
        return "`evaluate` takes the inputs, then the targets: `model.evaluate(x, y)`"
    if line and ".fit(" in line.text:
        return "`fit` got no targets: it takes the inputs, then the targets, `model.fit(x, y, …)`"
    return ""


def _of_several(error, line, match):
    if line and re.search(r"losses\.[A-Z]\w*\(.+?, ", line.text):
        return "a loss of Keras is made first, and then called: `keras.losses.MeanSquaredError()(y_true, y_pred)`"
    if line and "from_tensor_slices(" in line.text:
        return "`from_tensor_slices` takes one thing, the pair `(x, y)` in brackets of its own"
    if line and line.text.startswith(("if ", "elif ", "while ", "assert ")):
        return "an array is compared, and that gives many truth values, where one is needed"
    return "an array stands where one number is needed: how many are there, `len(x)`"


NAMED = "the name is handed in by its name: `self.add_weight(shape=(), name='w')`"


def _of_shape(error, line, match):
    if line and re.search(r"add_weight\(f?[\"']", line.text):  # before 3.14 Keras took the first for a shape
        return NAMED
    return f"`{match[1]}` is no shape: that is how many numbers, () for one number, (3,) for three"


KERAS = [
    (ValueError, r"None values not supported", _of_no_targets),
    (ValueError, r"No loss to compute", "the model is compiled without a loss: `model.compile(…, loss='mse')`"),
    (
        ValueError,
        r"You must call `compile\(\)`",
        "the model is not compiled: `model.compile(optimizer=…, loss=…)` comes first",
    ),
    (
        ValueError,
        r"Could not interpret loss identifier",
        "Keras knows no loss of this name; 'mse' is the mean squared error",
    ),
    (
        ValueError,
        r"Could not interpret optimizer identifier: \w",
        "Keras knows no optimiser of this name; 'sgd' and 'adam' are two",
    ),
    (ValueError, r"Could not interpret optimizer", "an optimiser is made with brackets: `keras.optimizers.SGD(0.1)`"),
    (ValueError, r"Could not interpret ([\w ]+) identifier: (\w+)", r"Keras knows no \1 of the name \2"),
    (
        ValueError,
        r"Only input tensors may be passed as positional",
        "a layer of Keras takes tensors: `tf.constant([[5.0]])` is a table of one number",
    ),
    (ValueError, r"`name` must be passed as a keyword argument", NAMED),
    (
        (ValueError, AttributeError),
        r"(?:has not yet been|have not been|not|isn't) built|must build the layer|not yet been created",
        "the model has no weights yet: call it once, on some x, and it makes them",
    ),
    (ValueError, r"Unrecognized keyword arguments passed to (\w+): \{'(\w+)'", r"`\1` takes nothing of the name `\2`"),
    (ValueError, r"Arguments not recognized: \{'(\w+)'", r"it takes nothing of the name `\1`"),
    (
        ValueError,
        r"(?:Invalid dtype:|Cannot convert) '?(\w+)'?(?:$| to a mixed precision)",
        r"`\1` is no type of numbers; 'float32' is",
    ),
    (ValueError, r"Data cardinality", "`x` and `y` hold not equally many examples"),
    (
        ValueError,
        r"Unrecognized data type: x=",
        "Keras takes examples as tensors or arrays, and something else stands there",
    ),
    (ValueError, r"invalid value for `units`", "`units` is how many outputs a layer has, a whole number above 0"),
    (ValueError, r"[Ee]xpected `metrics`", "`metrics` is a list: `metrics=['mae']`"),
    (ValueError, r"`learning_rate` should be", "a learning rate is a number: `keras.optimizers.SGD(0.1)`"),
    (
        ValueError,
        r"`momentum` must be|Only one of `clipnorm`",
        "`SGD` takes the learning rate, and then the momentum, a number from 0 to 1; name what else you hand in",
    ),
    (
        (ValueError, KeyError),
        r"No gradients provided|empty set",
        "there is nothing to train with: the slopes are None, or the data are missing",
    ),
    (
        ValueError,
        r"When passing `grads` without `variables`",
        "`apply` takes the slopes and then the Variables: `optimizer.apply(slopes, model.trainable_variables)`",
    ),
    (
        AttributeError,
        r"EagerTensor' object has no attribute '_unique_id'",
        "`apply` takes the slopes first and then the Variables: `optimizer.apply(slopes, model.trainable_variables)`",
    ),
    (
        TypeError,
        r"'zip' has no len",
        "`apply` takes two lists, the slopes and the Variables; pairs by `zip` are for `apply_gradients`",
    ),
    (
        (ValueError, KeyError),
        r"Unknown variable",
        "an optimiser remembers its Variables, and this one began with others: make a new one for a new model",
    ),
    (
        (ValueError, TypeError),
        r"Only instances of `keras\.Layer`|'(?:Dense|Layer)' object is not iterable",
        "a Sequential takes a list of layers, each made with brackets: `[keras.layers.Dense(1)]`",
    ),
    (
        ValueError,
        r"incompatible with the layer: expected (?:min_)?ndim=(\d)",
        r"a layer takes a table of \1 dimensions, a row for each example: `x[:, None]` makes one",
    ),
    (
        ValueError,
        r"weight list of length (\d+), but the layer was expecting (\d+)",
        r"the model has \2 arrays of weights, and \1 stand in what is handed in",
    ),
    (
        RuntimeError,
        r"you forgot to call `super\(\).__init__\(\)`",
        "the first line of `__init__` must be `super().__init__()`, with both pairs of brackets",
    ),
    (ValueError, r"Cannot convert '(.*?)' to a shape", _of_shape),
    (
        ValueError,
        r"filename must end in `\.weights\.h5`",
        "the name of a file of weights must end in `.weights.h5`, as in `line.weights.h5`",
    ),
    (
        ValueError,
        r"Invalid filepath extension for saving",
        "`save` writes a whole model, to a name that ends in `.keras`; `save_weights` writes the weights",
    ),
    (NotImplementedError, r"does not have a `call\(\)`", "the class needs a method `call(self, x)`, and has none"),
    (
        ValueError,
        r"Sequential model \w+ .*no layers",
        "a Sequential is made of layers; your own `call` needs keras.Model",
    ),
    (ValueError, r"Argument\(s\) not recognized: \{'lr'", "the argument is called `learning_rate` now"),
    (ValueError, r"Argument\(s\) not recognized: \{'(\w+)'", r"the optimiser takes nothing of the name `\1`"),
    (ValueError, r"truth value of an array", _of_several),
]
