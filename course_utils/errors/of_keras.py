"""What the errors of Keras mean, in words."""


def _of_no_targets(error, line, match):
    if line and ".fit(" in line.text:
        return "`fit` got no targets: it takes the inputs, then the targets, `model.fit(x, y, …)`"
    return ""


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
    (ValueError, r"Could not interpret optimizer", "an optimiser is made with brackets: `keras.optimizers.SGD(0.1)`"),
    (
        ValueError,
        r"Could not interpret (\w+) identifier: (\w+)",
        r"Keras knows no \1 of the name \2",
    ),
    (
        RuntimeError,
        r"you forgot to call `super\(\).__init__\(\)`",
        "the first line of `__init__` must be `super().__init__()`, with both pairs of brackets",
    ),
    (
        ValueError,
        r"Cannot convert '(.*?)' to a shape",
        r"\1 is no shape: that is how many numbers, () for one number, (3,) for three",
    ),
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
    (
        ValueError,
        r"truth value of an array",
        "an array stands where one number is needed: how many are there, `len(x)`",
    ),
]
