"""What a learner hands in, checked: numbers, examples, a model, a loss. Each fault is told in one line."""

import math
import numbers

import numpy as np
import tensorflow as tf


def finite_number(name, value, *, minimum=None, above=None):
    """Return value as a float; raise TypeError or ValueError that names it, the value and what is allowed."""
    allowed = "a finite number"
    allowed += f" of at least {minimum}" if minimum is not None else f" above {above}" if above is not None else ""
    try:
        if isinstance(value, (str, bytes, bool)):
            raise TypeError
        number = float(value)
    except OverflowError:
        number = math.inf  # a whole number of more than 308 digits
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be {allowed}, got {value!r}") from None
    too_small = (minimum is not None and number < minimum) or (above is not None and number <= above)
    if not math.isfinite(number) or too_small:
        raise ValueError(f"{name} must be {allowed}, got {value!r}")
    return number


def whole_number(name, value, *, minimum):
    """Return value as an int; raise TypeError or ValueError that names it, the value and what is allowed."""
    allowed = f"a whole number of at least {minimum}"
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be {allowed}, got {value!r}")
    if not isinstance(value, numbers.Integral) or value < minimum:
        whole = value >= minimum and float(value).is_integer()  # 2.0 is whole, but no int
        write = f": write {int(value)}" if whole else ""
        raise ValueError(f"{name} must be {allowed}, got {value!r}{write}")
    return int(value)


def examples(x, y):
    """Return x and y as float32 tensors of one shape; raise ValueError if they differ, are empty or not finite.

    Raises TypeError if they are no numbers at all.
    """
    x, y = _float32("x", x), _float32("y", y)
    if x.shape != y.shape:
        raise ValueError(f"x and y must have the same shape, got {x.shape} and {y.shape}")
    if tf.size(x) == 0:
        raise ValueError(f"x and y must hold at least one example, got shape {x.shape}")
    for name, values in (("x", x), ("y", y)):
        wrong = ~np.isfinite(values.numpy())
        if wrong.any():
            first = values.numpy()[wrong][0]
            raise ValueError(f"{name} must be finite, got {first} in {wrong.sum()} of {wrong.size} places")
    return x, y


def _float32(name, values):
    try:
        return tf.cast(values, tf.float32)
    except (TypeError, ValueError, tf.errors.OpError):
        raise TypeError(f"{name} must be numbers of one shape, got {type(values).__name__}") from None


def check_model(model):
    """Raise TypeError unless model is callable and has Variables w and b, ValueError unless each is one number."""
    missing = [name for name in "wb" if not _is_variable(model, name)]
    if missing or not callable(model):
        lacks = " and ".join(missing) or "__call__"
        got = _the_class(model) or f"{type(model).__name__} without {lacks}"
        raise TypeError(f"model must be callable with Variables w and b, got {got}")
    for name in "wb":
        if np.shape(getattr(model, name)) != ():
            raise ValueError(f"model.{name} must be one number, got shape {np.shape(getattr(model, name))}")


def check_still_model(model):
    """Raise TypeError unless a step has left Variables where Variables were."""
    for name in "wb":
        if not _is_variable(model, name):
            got = type(getattr(model, name, None)).__name__
            change = f"model.{name}.assign_sub(…) changes it in place"
            raise TypeError(f"the step must leave model.{name} a Variable, got {got}: {change}")


def check_callable(model):
    """Raise TypeError unless a model can be called."""
    if isinstance(model, type) or not callable(model):
        raise TypeError(f"model must be callable, as model(x), got {_the_class(model) or type(model).__name__}")


def check_history(history):
    """Raise TypeError unless history is a record of w, b and the loss, as `train` returns it."""
    if not all(hasattr(history, name) for name in ("w", "b", "loss", "learning_rate")):
        ofwhom = " of Keras" if type(history).__module__.startswith("keras") else ""
        raise TypeError(f"history must be a History, as train returns it, got {type(history).__name__}{ofwhom}")


def _is_variable(model, name):
    return hasattr(getattr(model, name, None), "assign_sub")


def _the_class(model):
    return isinstance(model, type) and f"the class {model.__name__}: {model.__name__}() makes a model"


def called(function, *arguments):
    """Return what a learner's step returns.

    Raises what it raises; a RuntimeError in the place of StopIteration and SystemExit, which would end the loop around
    it, or Python, without a word.
    """
    try:
        return function(*arguments)
    except StopIteration as error:
        raise RuntimeError("the step asked an iterator that has no more to give") from error
    except SystemExit as error:
        raise RuntimeError("the step ends Python, by SystemExit") from error


def check_loss(loss):
    """Raise TypeError unless what a step gave back is one number."""
    wrong = ""
    if not tf.is_tensor(loss) and np.asarray(loss).dtype.kind not in "buif":
        wrong = "None" if loss is None else f"a {type(loss).__name__}"
    elif np.shape(loss) != ():
        wrong = f"shape {np.shape(loss)}"
    if wrong:
        raise TypeError(f"step must return the loss as a single number, got {wrong}")
