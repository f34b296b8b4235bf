"""What a function's code reaches for by name, and what it writes to, read from its bytecode."""

import dis
import functools
import sys
import sysconfig
import types
from pathlib import Path
from typing import NamedTuple

PACKAGE = __name__.partition(".")[0]
INSTALLED = {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib", "stdlib", "platstdlib")}
PACKAGES = {"site-packages", "dist-packages"}


class Names(NamedTuple):
    """names: the globals that code reads or writes. writes: those that it rebinds, cells of enclosing functions among
    them. attributes: what it reads of other things by `.name`. stores: pairs (global or None, attribute) that it sets.
    """

    names: frozenset
    writes: frozenset
    attributes: frozenset
    stores: frozenset


@functools.lru_cache(maxsize=1000)
def names_in(code):
    """Return the Names of a code object and of the functions written inside it."""
    names, writes, attributes, stores = set(), set(), set(), set()
    before = None
    for one in dis.get_instructions(code):
        action, _, place = one.opname.partition("_")
        if place in ("GLOBAL", "NAME"):
            names.add(one.argval)
        if action in ("STORE", "DELETE") and (
            place == "GLOBAL" or (place == "DEREF" and one.argval in code.co_freevars)
        ):
            writes.add(one.argval)
        elif one.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            attributes.add(one.argval)
        elif one.opname in ("STORE_ATTR", "DELETE_ATTR"):
            stores.add((before.argval if before.opname in ("LOAD_GLOBAL", "LOAD_DEREF") else None, one.argval))
        before = one
    parts = [names_in(inner) for inner in code.co_consts if isinstance(inner, types.CodeType)]
    own = set(code.co_cellvars)  # a function inside that rebinds a local of this one keeps nothing between two calls
    return Names(
        frozenset(names.union(*(part.names for part in parts))),
        frozenset(writes.union(*(part.writes - own for part in parts))),
        frozenset(attributes.union(*(part.attributes for part in parts))),
        frozenset(stores.union(*(part.stores for part in parts))),
    )


@functools.lru_cache(maxsize=1000)
def is_library(module):
    """Return whether a module of this name was installed and not written by the learner: nobody changes its code."""
    root = (module or "").partition(".")[0]
    if root in ("__main__", ""):
        return False
    if root in sys.stdlib_module_names or root == PACKAGE:
        return True
    file = getattr(sys.modules.get(root), "__file__", None)
    if file is None:
        return False
    path = Path(file).resolve()
    return not PACKAGES.isdisjoint(path.parts) or not INSTALLED.isdisjoint(path.parents)
