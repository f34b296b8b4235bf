"""How each kind of thing that can change is read and put back in place, so that whoever holds it sees it as it was."""

import array
import collections
import copy
import functools
import io
import itertools
import random
import warnings

import numpy as np
import tensorflow as tf

MISSING = object()


def _tracked_list():
    module = tf.Module()
    module.values = []
    return type(module.values)


TRACKED_LIST = _tracked_list()  # what TensorFlow makes of a list that is set on a module or an optimizer


class Kind:
    """A way to keep things. read: the thing's content, as a copy. write: put such a copy back. same: compare two.

    holds_names: whether it keeps what names or attributes stand for, which code can change only by rebinding them.
    """

    def __init__(self, read, write, same=lambda one, other: one == other, holds_names=False):
        self.read, self.write, self.same, self.holds_names = read, write, same, holds_names


def identical(one, other):
    """Return whether two values are one object, or numbers or texts that nobody could tell apart."""
    plain = type(one) is type(other) and isinstance(one, (int, float, complex, str, bytes))
    return one is other or (plain and one == other)


def _same_items(one, other):
    return len(one) == len(other) and all(map(identical, one, other))


def _same_mapping(one, other):
    return list(map(id, one)) == list(map(id, other)) and _same_items(list(one.values()), list(other.values()))


def _same_array(one, other):
    return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()


def _write_mapping(mapping, saved):
    mapping = getattr(mapping, "__wrapped__", mapping)  # a dict that TensorFlow tracks
    kind = next(base for base in type(mapping).__mro__ if base in (dict, collections.OrderedDict))
    kind.clear(mapping)
    kind.update(mapping, saved)


def _write_list(sequence, saved):
    if isinstance(sequence, TRACKED_LIST):
        sequence._storage[:] = saved
    list.__setitem__(sequence, slice(None), saved)


def _write_sequence(sequence, saved):
    sequence[:] = saved


def _write_others(things, saved):
    things.clear()
    (things.update if isinstance(things, set) else things.extend)(saved)


def _write_buffer(buffer, saved):
    text, place = saved
    buffer.seek(0)
    buffer.truncate()
    buffer.write(text)
    buffer.seek(place)


def _read_name(where):
    namespace, name = where
    return namespace.get(name, MISSING)


def _write_name(where, saved):
    namespace, name = where
    if saved is MISSING:
        namespace.pop(name, None)
    else:
        namespace[name] = saved


def _read_cell(cell):
    try:
        return cell.cell_contents
    except ValueError:
        return MISSING


def _write_cell(cell, saved):
    if saved is MISSING:
        del cell.cell_contents
    else:
        cell.cell_contents = saved


def _read_slots(thing):
    names = [name for base in type(thing).__mro__ for name in _names(vars(base).get("__slots__", ()))]
    return {name: getattr(thing, name, MISSING) for name in names if name not in ("__dict__", "__weakref__")}


def _names(slots):
    return (slots,) if isinstance(slots, str) else slots


def _write_slots(thing, saved):
    for name, value in saved.items():
        if value is MISSING:
            if hasattr(thing, name):
                object.__delattr__(thing, name)
        else:
            object.__setattr__(thing, name, value)


def _read_class(cls):
    return {name: value for name, value in vars(cls).items() if not name.startswith("__")}


def _write_class(cls, saved):
    for name in _read_class(cls):
        if name not in saved:
            type.__delattr__(cls, name)
    for name, value in saved.items():
        if vars(cls).get(name, MISSING) is not value:
            type.__setattr__(cls, name, value)


def _same_state(one, other):
    """Return whether two states of a generator, dicts or tuples of numbers, texts and arrays, are the same."""
    return all(map(np.array_equal, tf.nest.flatten(one), tf.nest.flatten(other)))


def _write_defaults(function, saved):
    function.__defaults__, function.__kwdefaults__ = saved


def _read_seeds(context):
    return context._rng.getstate() if hasattr(context, "_rng") else None


def _write_seeds(context, saved):
    if saved is not None:
        context._rng.setstate(saved)
        context.clear_kernel_cache()  # an operation that is seeded alike would go on where it stopped


def tensorflow_seeds():
    """Return what draws seeds for tf.random.normal and its like after tf.random.set_seed. It has no public name."""
    from tensorflow.python.eager.context import context

    return context()


NAME = Kind(_read_name, _write_name, identical, holds_names=True)
CELL = Kind(_read_cell, _write_cell, identical, holds_names=True)
DEFAULTS = Kind(
    lambda function: (function.__defaults__, function.__kwdefaults__), _write_defaults, _same_items, holds_names=True
)
TYPE = Kind(type, lambda thing, saved: object.__setattr__(thing, "__class__", saved), identical, holds_names=True)
ATTRIBUTES = Kind(
    lambda thing: dict(vars(thing)),
    lambda thing, saved: _write_mapping(vars(thing), saved),
    _same_mapping,
    holds_names=True,
)
SLOTS = Kind(_read_slots, _write_slots, _same_mapping, holds_names=True)
CLASS = Kind(_read_class, _write_class, _same_mapping, holds_names=True)
MAPPING = Kind(lambda mapping: dict(mapping.items()), _write_mapping, _same_mapping)
SEQUENCE = Kind(list, _write_list, _same_items)
QUEUE = Kind(list, _write_others, _same_items)
SET = Kind(set, _write_others)
BYTES = Kind(bytes, _write_sequence)
TYPED = Kind(lambda typed: typed[:], _write_sequence)
ARRAY = Kind(np.copy, lambda thing, saved: np.copyto(thing, saved), _same_array)
BUFFER = Kind(lambda buffer: (buffer.getvalue(), buffer.tell()), _write_buffer)
VARIABLE = Kind(
    lambda variable: variable.numpy(),
    lambda variable, saved: variable.assign(saved),
    lambda one, other: _same_array(np.asarray(one), np.asarray(other)),
)
BITS = Kind(
    lambda bits: copy.deepcopy(bits.state),
    lambda bits, saved: setattr(bits, "state", copy.deepcopy(saved)),
    _same_state,
)
OLD_RANDOM = Kind(lambda source: source.get_state(), lambda source, saved: source.set_state(saved), _same_state)
PYTHON_RANDOM = Kind(lambda source: source.getstate(), lambda source, saved: source.setstate(saved))
SEEDS = Kind(_read_seeds, _write_seeds)

CONTENTS = [
    (tf.Variable, VARIABLE),
    (np.ndarray, ARRAY),
    (np.random.BitGenerator, BITS),
    (np.random.RandomState, OLD_RANDOM),
    (random.Random, PYTHON_RANDOM),
    (type(tensorflow_seeds()), SEEDS),
    (dict, MAPPING),
    (list, SEQUENCE),
    (set, SET),
    (collections.deque, QUEUE),
    (bytearray, BYTES),
    (array.array, TYPED),
    ((io.StringIO, io.BytesIO), BUFFER),
]


def public(but):
    """Return a Kind for the attributes with public names, but for some; ATTRIBUTES puts them back."""

    def read(thing):
        return {name: value for name, value in vars(thing).items() if not name.startswith("_") and name not in but}

    return Kind(read, lambda thing, saved: None, _same_mapping, holds_names=True)


# Iterators that can't be set back, but copied: a run is given copies, and the learner's own stay where they are.
COPIED = (type(iter([])), type(iter(())), type(iter(range(0))), type(iter("")), type(iter("ü")), type(reversed([])))
COPIED += (itertools.count, itertools.cycle, itertools.chain, itertools.repeat, itertools.islice, enumerate, zip)
CACHE = type(functools.lru_cache(lambda: None))


def is_empty_cache(thing):
    """Return whether a thing is what functools.cache makes of a function, and holds nothing yet."""
    return isinstance(thing, CACHE) and thing.cache_info().currsize == 0


def fresh(thing):
    """Return a copy of an iterator or of an empty cache. Raises TypeError where it can't be copied."""
    if isinstance(thing, CACHE):
        return functools.lru_cache(**thing.cache_parameters())(thing.__wrapped__)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        return copy.deepcopy(thing)


def content_kind(thing):
    """Return the Kind that keeps what is in a thing, or None where it holds nothing that can change in this way."""
    if isinstance(thing, random.SystemRandom) or (isinstance(thing, np.ndarray) and not thing.flags.writeable):
        return None
    return next((kind for types, kind in CONTENTS if isinstance(thing, types)), None)
