"""What a learner's code gives back, as plain numbers; and numbers in a few digits."""

import inspect

import numpy as np
import tensorflow as tf

from .result import Mistake, NotAttempted

ANYTHING = np.finfo(float).max  # stands where a number may be any
CLOSE = 1e-4  # numbers count as equal within 0.01 %: float32 and the order of operations make smaller differences


def plain(value):
    """Return what holds numbers (number, list, array, tensor, Variable, shape) as a float array of its shape.

    Raises Mistake in words where it holds anything else, NotAttempted where it is or holds `...`.
    """
    if value is ...:
        raise NotAttempted
    if isinstance(value, (bool, np.bool_)):
        raise Mistake(f"{value}, a truth value and not a number. To compare, as by `==`, gives one.")
    if isinstance(value, (int, float, np.number)):
        return np.asarray(value, float)
    if isinstance(value, (str, bytes)):
        raise Mistake(f"text and not a number: {value!r:.40} stands in quotes.")
    if isinstance(value, tf.TensorShape):
        value = value.as_list() if value.rank is not None else None
    if isinstance(value, (list, tuple)):
        return _stacked(value)
    if isinstance(value, np.ndarray) or tf.is_tensor(value) or hasattr(value, "assign"):
        return _array(value)
    if hasattr(value, "loss") and hasattr(value, "learning_rate"):
        raise Mistake(f"a {type(value).__name__} and not numbers: its record of losses is `.loss`.")
    if inspect.isroutine(value) or hasattr(value, "python_function"):
        raise Mistake(f"a function and not its result: `{value.__name__}` runs only with brackets behind it.")
    try:
        return np.asarray(float(value))  # fractions and other kinds of numbers
    except Exception:
        raise Mistake(f"{described(value)} and not a number.") from None


def _stacked(values):
    try:
        parts = [plain(part) for part in values]
    except Mistake as mistake:
        raise Mistake(f"{described(values)} that holds {mistake}") from None
    shapes = {part.shape for part in parts}
    if len(shapes) > 1:
        raise Mistake(f"parts of different shapes: {' and '.join(map(str, sorted(shapes)[:2]))}.")
    return np.stack(parts) if parts else np.zeros(0)


def _array(value):
    if isinstance(value, tf.IndexedSlices):
        value = tf.convert_to_tensor(value)
    try:
        array = np.asarray(value)
    except Exception:  # a tensor that belongs to a graph
        raise Mistake(f"{described(value)} that has no value outside of its graph.") from None
    if array.dtype.kind in "OSUb":
        return plain(array.tolist())
    if array.dtype.kind not in "iuf":
        raise Mistake(f"{described(value)} that holds no numbers.")
    return array.astype(float)


def close(value, expected):
    """Return whether two arrays have one shape and are equal but for rounding; nan is equal to nan."""
    if np.shape(value) != np.shape(expected):
        return False
    size = np.nan_to_num(np.abs(expected), posinf=0).max(initial=0)
    return np.allclose(value, expected, rtol=CLOSE, atol=1e-5 * size + 1e-6, equal_nan=True)


def short(value, digits=4):
    """Return numbers in few digits, and a long array by its beginning. What is no number says itself what it is."""
    if not isinstance(value, (int, float, list, tuple, np.ndarray, np.number)):
        return str(value)
    value = np.asarray(value, float)
    if value.ndim == 0:
        return f"{value + 0:.{digits}g}"
    first = [short(part, digits) for part in value[:6]]
    return f"[{', '.join(first + ['…'] * (len(value) > 6))}]"


def apart(value, expected):
    """Return both in so many digits that they differ, if they do."""
    for digits in (4, 6, 8):
        pair = short(value, digits), short(expected, digits)
        if pair[0] != pair[1]:
            break
    return pair


def described(value):
    """Return what an object is, in words that never run its code."""
    if value is None:
        return "None"
    if tf.is_tensor(value):
        return f"a tensor of the shape {tuple(value.shape)}" if value.shape.rank else "a tensor"
    if isinstance(value, np.ndarray):
        return f"an array of the shape {value.shape}"
    if isinstance(value, (int, float, np.number)):
        return f"a plain number ({short(value)})"
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"


def listed(words, joiner="and"):
    """Return words as one phrase: a, b and c."""
    words = list(words)
    return f" {joiner} ".join([", ".join(words[:-1])] * (len(words) > 1) + words[-1:])
