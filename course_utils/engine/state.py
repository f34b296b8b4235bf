"""The state of all that a step reaches: kept as it is now, compared with later, put back."""

from typing import Any, NamedTuple

from . import kinds
from .reach import Found, Owner, Reach


class Kept(NamedTuple):
    """A Found thing and how it was."""

    found: Found
    saved: Any

    def changed(self):
        return not self.found.kind.same(self.saved, self.found.kind.read(self.found.thing))


class State:
    """What some roots reach, as it is now: Variables, names, lists, arrays, generators, attributes and so on.

    roots: functions and objects, by name. earlier: a State of which all is kept, too, though nothing may hold it now.
    """

    def __init__(self, roots, earlier=None):
        self.reach = Reach(roots)
        found = self.reach.found | (earlier.reach.found if earlier else {})
        self.kept = [Kept(thing, thing.kind.read(thing.thing)) for thing in found.values()]
        self._pristine = {id(iterator): (iterator, kinds.fresh(iterator)) for iterator in self.reach.iterators}

    def put_back(self):
        """Put everything back as it was."""
        self._write({})

    def begin(self):
        """Put everything back as it was, for a run: in place of iterators it finds copies, so that it uses up none."""
        self._write({key: kinds.fresh(pristine) for key, (_, pristine) in self._pristine.items()})

    def _write(self, fresh):
        for kept in self.kept:
            saved = _replaced(kept.saved, fresh) if fresh else kept.saved
            if saved is not kept.saved or kept.changed():
                kept.found.kind.write(kept.found.thing, saved)

    def changed(self):
        """Return the names of what is no longer as it was, but for Variables and what libraries keep for themselves."""
        ours = [kept for kept in self.kept if kept.found.owner > Owner.LIBRARY]
        names = [kept.found.name for kept in ours if kept.found.kind is not kinds.VARIABLE and kept.changed()]
        return list(dict.fromkeys(names))

    def untouched(self):
        """Return whether all is as it was, Variables too."""
        return not any(kept.changed() for kept in self.kept)

    def variables(self):
        """Return pairs of each tf.Variable and its value, an array."""
        return [(kept.found.thing, kept.saved) for kept in self.kept if kept.found.kind is kinds.VARIABLE]

    def restless(self):
        """Return the names of what the learner's code rebinds or could change in place, but for Variables."""
        ours = [kept.found for kept in self.kept if kept.found.owner is Owner.LEARNER]
        contents = [found.name for found in ours if not found.kind.holds_names and found.kind is not kinds.VARIABLE]
        return list(dict.fromkeys([*self.reach.writes, *contents, *(["an iterator"] if self.reach.iterators else [])]))


def _replaced(saved, fresh):
    """Return what was saved of a thing with fresh copies in place of the iterators in it: {id: copy}."""
    if isinstance(saved, dict):
        return (
            {key: fresh.get(id(value), value) for key, value in saved.items()}
            if any(id(value) in fresh for value in saved.values())
            else saved
        )
    if isinstance(saved, list):
        return [fresh.get(id(value), value) for value in saved] if any(id(value) in fresh for value in saved) else saved
    return fresh.get(id(saved), saved)
