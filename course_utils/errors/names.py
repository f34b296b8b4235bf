"""Names and parts of objects that are not there, and the nearest that are."""

import builtins
import difflib
import functools
import inspect
import sys

MODULES = {
    "tensorflow": "it is imported as `tf`",
    "numpy": "it is imported as `np`",
    **dict.fromkeys(("torch", "plt", "pd", "jnp", "nn", "F"), "the course does not use that library"),
}


def unknown_name(error, line, match):
    """Return what to do about a name that is not known, as far as the line that raised shows it."""
    name, names = match[1], line.names if line else {}
    if line and f"{name}.append" in line.text:
        return f"no list `{name}` is known here: make it before the loop, by `{name} = []`"
    if name == "tape" and line and "tape." in line.text:
        return "no `tape` is known here: `with tf.GradientTape() as tape:` gives it that name"
    if name in sys.stdlib_module_names or name in MODULES:
        return f"no `{name}` is known here: {MODULES.get(name) or f'`import {name}` makes the module known'}"
    if name == "self":
        return "each method of a class has `self` as its first parameter: `def call(self, x):`"
    if line and f"loss={name}" in line.text.replace(" ", ""):
        return f"Keras takes a loss by its name in quotes: loss='{name}'"
    held = [place for owner, value in names.items() for place in _places(owner, value, name)]
    if line and f"{name}." not in line.text:  # a module alone is no value
        held = [place for place in held if not _is_a_module(names, place)]
    nearest = difflib.get_close_matches(name, names, 1, 0.85)
    near = difflib.get_close_matches(name, [*names, *dir(builtins)], 1)
    longer = [known for known in names if known.endswith(f"_{name}")]
    likely = [*nearest, *longer, *sorted(held, key=lambda place: not place.startswith(("self.", "tf."))), *near]
    return f"no `{name}` is known here" + (f"; did you mean `{likely[0]}`?" if likely else "")


NO_HELP = {"check", "plots"}  # rooms of the course, which no exercise needs


def _places(owner, value, name):
    """Yield how a name is written where a value of the notebook, or a part of a module, holds it."""
    if owner.startswith("_") or owner in NO_HELP or isinstance(value, (str, type)) or inspect.isroutine(value):
        return
    if name in dir(value):
        yield f"{owner}.{name}"
    for part, inner in vars(value).items() if inspect.ismodule(value) else ():
        if inspect.ismodule(inner) and not part.startswith("_") and name in vars(inner):
            yield f"{owner}.{part}.{name}"


def _is_a_module(names, place):
    """Return whether a name with points stands for a module in a module."""
    owner, *parts = place.split(".")
    if not inspect.ismodule(names[owner]):
        return False
    return inspect.ismodule(functools.reduce(lambda module, part: getattr(module, part, None), parts, names[owner]))


OF_LISTS = {
    **dict.fromkeys(("add", "push", "push_back", "put"), "`.append(…)` puts something at its end"),
    **dict.fromkeys(("length", "len", "size", "shape"), "`len(…)` says how many things it holds"),
    **dict.fromkeys(("mean", "sum", "max", "min"), "`tf.reduce_{}(…)` takes a list"),
}
ELSEWHERE = {
    **dict.fromkeys(("backward", "grad", "autograd"), "a slope comes from a tape: `tape.gradient(loss, …)`"),
    **dict.fromkeys(("zero_grad", "no_grad"), "a tape begins anew each time, and there is nothing to set to zero"),
    **dict.fromkeys(("parameters", "named_parameters"), "the Variables of a model are `model.trainable_variables`"),
    **dict.fromkeys(("state_dict", "load_state_dict"), "the weights of a model are written by `save_weights`"),
    **dict.fromkeys(("data", "mul_", "fill_", "copy_", "assign_mul", "assign_div"), "`assign` sets a Variable"),
    **dict.fromkeys(("add_", "sub_"), "`assign_add` and `assign_sub` change a Variable in place"),
    **dict.fromkeys(("item", "detach", "tolist"), "`float(…)` and `.numpy()` make plain numbers"),
    **dict.fromkeys(("Session", "placeholder", "global_variables_initializer"), "TensorFlow 2 computes at once"),
    **dict.fromkeys(("gradients", "grads", "get_gradient"), "a slope comes from `tape.gradient`"),
    "assign": "a Variable has it: `v.assign(…)`",
    "append": "a list has it, and `losses = []` makes one",
    "step": "an optimiser moves Variables by `optimizer.apply(slopes, variables)`",
    "log": "it is `tf.math.log`",
    "numpy": "only a tensor or a Variable has it; numbers, lists and arrays are used as they are",
    "astype": "it is `tf.cast(…, tf.float32)`",
    "GradientDescentOptimizer": "it is `keras.optimizers.SGD`",
}


def unknown_attribute(error, line, match):
    """Return what to do about a part that an object has not."""
    obj = getattr(error, "obj", None)
    if inspect.isroutine(obj):
        return f"a function has no part `{match[1]}`: call it, with brackets, and use what it gives back"
    if line and match[1] not in line.text:  # it is no word of the learner's
        return ""
    if isinstance(obj, list) and match[1] in OF_LISTS:
        return f"a list has no `{match[1]}`: {OF_LISTS[match[1]].format(match[1])}"
    if isinstance(record := getattr(obj, "history", None), dict) and match[1] in record:
        return f"what `fit` gives back holds its record in `.history`, a dict: `.history['{match[1]}']`"
    if match[1] in ELSEWHERE and not (isinstance(obj, (list, dict, str)) and match[1] not in ("append", "numpy")):
        return f"there is no `{match[1]}` here: {ELSEWHERE[match[1]]}"
    if line and match[1] in line.names and hasattr(getattr(error, "obj", None), "shape"):
        return f"a point takes a part of what stands before it, and `{match[1]}` is no part but a name of its own"
    name, known = match[1], [word for word in dir(getattr(error, "obj", None)) if not word.startswith("_")]
    longer = [word for word in known if word.endswith(f"_{name}")]
    held = [place for owner, value in (line.names if line else {}).items() for place in _places(owner, value, name)]
    alike = [word for word in known if word.lower() == name.lower()]
    likely = alike + longer + held + difflib.get_close_matches(name, known, 1)
    return f"there is no `{name}`" + (f"; did you mean `{likely[0]}`?" if likely else "")


def attribute_of_self(error, line, match):
    """Return what to do about a part of `self` that never got a value, or ""."""
    name = match[1]
    owner = getattr(error, "obj", None)
    if line and owner is line.names.get("self") and not difflib.get_close_matches(name, dir(owner), 1, 0.8):
        return f"`self.{name}` has no value yet: give it one in `__init__`, by `self.{name} = …`"
    return ""
