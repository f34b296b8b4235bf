"""What a step reaches: a walk through names, closures, `self`, lists and attributes to all that it could change."""

import collections
import contextlib
import contextvars
import functools
import random
import types
import weakref
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from . import kinds
from .code import is_library, names_in

PLAIN = (type(None), bool, int, float, complex, str, bytes, range, slice, type(...), np.generic, np.ufunc, np.dtype)
PLAIN += (tf.Tensor, tf.DType, tf.TensorShape, types.CodeType, types.GetSetDescriptorType, types.MemberDescriptorType)
GRAPHS = type(tf.function(lambda: None))
TRACKED = tf.Module.__mro__[-2]  # what all of TensorFlow's own objects with state have in common
# Things of Python's library that are written in Python, with all they hold in attributes.
HOLDERS = (types.SimpleNamespace, collections.UserDict, collections.UserList, collections.ChainMap)
HOLDERS += (weakref.WeakKeyDictionary, weakref.WeakValueDictionary, weakref.WeakSet)
BUILDERS = {"__init__", "build"}  # they run when a thing is made, not when it steps
# The random numbers that everybody shares. Their owners have no public name.
SHARED = (np.random.get_state.__self__, random.getstate.__self__, kinds.tensorflow_seeds())


class Owner(IntEnum):
    """Whose code changes a thing. A list on a Keras model that its class does not set can be the library's or not."""

    LIBRARY, UNSURE, LEARNER = range(3)


class Found(NamedTuple):
    """A thing that can change. name: in words."""

    kind: kinds.Kind
    thing: Any
    name: str
    owner: Owner


class Reach:
    """What some roots, functions or objects by name, reach.

    found: each Found by a key of its own. writes: names of what the learner's code rebinds. iterators: those that can
    only be copied. uncopied: what can neither be put back nor copied, in words. prints: whether the code prints.
    """

    def __init__(self, roots):
        self.found, self.writes, self.iterators, self.uncopied, self.prints = {}, [], [], [], False
        self._seen, self._queue = {}, collections.deque()
        for name, value in roots.items():
            self._next(value, name, Owner.LEARNER)
        for source in SHARED:
            self._next(source, "shared random numbers", Owner.UNSURE)
        while self._queue:
            self._visit(*self._queue.popleft())

    def _next(self, value, name, owner):
        if not isinstance(value, PLAIN) and id(value) not in self._seen:
            self._seen[id(value)] = value  # kept alive, so that no other thing gets its id
            self._queue.append((value, name, owner))

    def _keep(self, kind, thing, name, owner, key=None):
        self.found[key or (id(thing), kind)] = Found(kind, thing, name, owner)
        return kind.read(thing)

    def _visit(self, value, name, owner):
        walk = next((walk for types, walk in WALKS if isinstance(value, types)), None)
        if walk:
            walk(self, value, name, owner)
        elif kind := kinds.content_kind(value):
            self._contents(kind, value, name, owner)
            if not is_library(type(value).__module__):
                self._instance(value, name)
        elif isinstance(value, kinds.COPIED) or kinds.is_empty_cache(value):
            self._iterator(value, name, owner)
        elif not is_library(type(value).__module__):
            self._instance(value, name)
        elif isinstance(value, kinds.CACHE) or hasattr(value, "__next__") or hasattr(value, "fileno"):
            self.uncopied.append(f"`{name}` ({type(value).__name__})")
        elif isinstance(value, (TRACKED, *HOLDERS)) or _root(type(value)) in ("keras", "course_utils"):
            self._library_instance(value, name)

    # ---- things of each kind ----------------------------------------------------------------------------------

    def _contents(self, kind, value, name, owner):
        saved = self._keep(kind, value, name, owner)
        if isinstance(saved, dict):
            parts = [*saved, *saved.values()]
        else:
            parts = saved if isinstance(saved, (list, set)) else ()
        for part in parts:
            self._next(part, name, owner)

    def _parts(self, value, name, owner):
        for part in value:
            self._next(part, name, owner)

    def _function(self, function, name, owner):
        if is_library(function.__module__):
            return
        code, namespace = names_in(function.__code__), function.__globals__
        for used in code.names:
            if used in namespace or used in code.writes:
                value = self._keep(kinds.NAME, (namespace, used), used, Owner.LEARNER, key=(id(namespace), used))
                self._module(value, code.attributes) if isinstance(value, types.ModuleType) else self._next(
                    value, used, True
                )
        cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
        for free, cell in cells.items():
            self._next(self._keep(kinds.CELL, cell, free, Owner.LEARNER), free, Owner.LEARNER)
        self._parts([function.__defaults__, function.__kwdefaults__, *vars(function).values()], name, Owner.LEARNER)
        self._keep(kinds.ATTRIBUTES, function, name, Owner.LEARNER)
        self._keep(kinds.DEFAULTS, function, name, Owner.LEARNER)
        self.prints |= "print" in code.names | code.attributes
        self.writes += code.writes
        if function.__name__ not in BUILDERS:
            known = {**namespace, **{free: kinds.CELL.read(cell) for free, cell in cells.items()}}
            self.writes += [f".{field}" for of, field in code.stores if not _is_property(known.get(of), field)]

    def _module(self, module, attributes):
        if is_library(module.__name__):
            return
        for used in attributes & vars(module).keys():
            value = self._keep(kinds.NAME, (vars(module), used), used, Owner.LEARNER, key=(id(vars(module)), used))
            self._next(value, used, Owner.LEARNER)

    def _class(self, cls, name, owner):
        if not is_library(cls.__module__):
            self._keep(kinds.CLASS, cls, name, Owner.LEARNER)
            written = [
                value for field, value in vars(cls).items() if field != "__annotations__"
            ]  # no code runs by them
            self._parts([*written, *cls.__bases__], name, Owner.LEARNER)

    def _context(self, variable, name, owner):
        """A context's variable: each run has a context of its own."""
        self.writes.append(name)
        with contextlib.suppress(LookupError):  # nothing is set
            self._next(variable.get(), name, owner)

    def _graph(self, function, name, owner):
        """A tf.function: what it has traced so far is state, too."""
        self._keep(kinds.ATTRIBUTES, function, name, False)
        self._next(function.python_function, name, owner)

    def _iterator(self, value, name, owner):
        try:
            kinds.fresh(value)
            self.iterators.append(value)
        except TypeError:
            self.uncopied.append(f"`{name}` ({type(value).__name__})")
        self._next(getattr(value, "__wrapped__", None), name, owner)

    def _instance(self, value, name):
        """An object of a class of the learner's, which may be made from a library's."""
        classes = type(value).__mro__[:-1]
        derived = any(is_library(cls.__module__) for cls in classes)
        own = Owner.LIBRARY if derived else Owner.LEARNER
        self._keep(kinds.TYPE, value, name, own)
        if hasattr(value, "__dict__"):
            fields = self._keep(kinds.ATTRIBUTES, value, name, own)
            written, theirs = (
                {field for cls in classes if is_library(cls.__module__) is library for field in _fields_set_by(cls)}
                for library in (False, True)
            )
            self._keep(kinds.public(theirs - written), value, name, Owner.LEARNER)
            for field, part in fields.items():
                guess = own if field.startswith("_") else Owner.UNSURE
                self._next(part, f"{name}.{field}", Owner.LEARNER if not derived or field in written else guess)
        for field, part in self._keep(kinds.SLOTS, value, name, own).items():
            self._next(part, f"{name}.{field}", own)
        self._next(type(value), type(value).__name__, Owner.LEARNER)

    def _library_instance(self, value, name):
        """An object of a library whose state is known to lie in plain attributes."""
        owner = Owner.LEARNER if isinstance(value, HOLDERS) else Owner.LIBRARY
        if hasattr(value, "__dict__"):
            for field, part in self._keep(kinds.ATTRIBUTES, value, name, owner).items():
                self._next(part, name if field == "__wrapped__" else f"{name}.{field}", owner)


def _root(cls):
    return cls.__module__.partition(".")[0]


def _fields_set_by(cls):
    """Return the names of the attributes that the code of a class sets."""
    functions = [function for function in vars(cls).values() if isinstance(function, types.FunctionType)]
    return {field for function in functions for _, field in names_in(function.__code__).stores}


def _is_property(thing, field):
    """Return whether to set thing.field calls a library's property, as that of an optimizer's learning_rate."""
    return (
        thing is not None
        and is_library(type(thing).__module__)
        and hasattr(getattr(type(thing), field, None), "__set__")
    )


WALKS = [
    (types.FunctionType, Reach._function),
    (types.ModuleType, lambda self, value, name, owner: None),
    (type, Reach._class),
    (
        (types.MethodType,),
        lambda self, value, name, owner: self._parts([value.__self__, value.__func__], name, owner),
    ),
    (types.BuiltinMethodType, lambda self, value, name, owner: self._next(value.__self__, name, owner)),
    (
        functools.partial,
        lambda self, value, name, owner: self._parts([value.func, value.args, value.keywords], name, owner),
    ),
    (GRAPHS, Reach._graph),
    (contextvars.ContextVar, Reach._context),
    ((staticmethod, classmethod), lambda self, value, name, owner: self._next(value.__func__, name, owner)),
    (property, lambda self, value, name, owner: self._parts([value.fget, value.fset], name, owner)),
    (np.random.Generator, lambda self, value, name, owner: self._next(value.bit_generator, name, owner)),
    ((tuple, frozenset, types.MappingProxyType), Reach._parts),
]
