"""What the errors of Variables, tapes, data sets and graphs of TensorFlow mean, in words."""

from .of_shapes import taken_for_an_axis

GRAPH = (
    "inside a `tf.function` there are no numbers yet: TensorFlow's own functions work there, and Python's and NumPy's "
    "do not"
)


def _of_an_axis(error, line, match):
    return taken_for_an_axis(line) or "a whole number is needed there, and something else is"


TENSORFLOW = [
    (ValueError, r"`initial_value` arg to `tf\.Variable`", "a Variable is made of its first value: `tf.Variable(1.0)`"),
    (
        RuntimeError,
        r"tf\.gradients is not supported",
        "`tf.gradients` is of TensorFlow 1. Now a slope comes from a tape: `with tf.GradientTape() as tape:`",
    ),
    (
        ValueError,
        r"Passed in object .* of type '\w+', not tf\.Tensor",
        "`tape.watch` watches tensors, and a plain number stands there: make a `tf.Variable` of it, which is watched "
        "by itself",
    ),
    (ValueError, r"singleton tf\.Variable", "a `tf.function` may not make a new Variable each time: make it outside"),
    (
        Exception,
        r"symbolic `?tf\.Tensor|KerasTensor|Cannot get value inside|'SymbolicTensor'(?! object is not callable)",
        GRAPH,
    ),
    (AttributeError, r"has no attribute '__index__'", _of_an_axis),
    (
        ValueError,
        r"Unbatching a tensor is only supported for rank >= 1",
        "a data set takes out one row after the other, and one number has none",
    ),
    (TypeError, r"dataset is infinite", "this data set has no end, and so no length"),
    (Exception, r"Batch size must be", "a batch holds at least one example"),
    (
        TypeError,
        r"_\w*Dataset' object is not (?:subscriptable|an iterator)",
        "a data set is gone through by a loop, `for`",
    ),
    (ValueError, r"positional args must be a list", "`run` takes the arguments as a tuple: `args=(x, y)`"),
]
