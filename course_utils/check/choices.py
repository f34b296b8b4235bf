"""Questions with one answer, a value: the wrong ones that have a name are told it, and the right one is never told."""

from typing import Any, NamedTuple

import numpy as np

from .formulas import changed_line
from .result import Mistake
from .values import close, short


class Wrong(NamedTuple):
    """A wrong value, what it is (the rest of "not yet: …"), and where to look (a sentence)."""

    value: Any
    name: str
    look: str = ""


def choose(answer, right, named, look, *, within=None, formula=None, of=None):
    """Raise Mistake unless the answer is the right value, with its name where it is one of the Wrong ones.

    look: where to look if it is none of those. within: how far from the right value still counts, in its units; a wrong
    value is known as nearly, as a share of it. formula: the right computation, a `formulas.Formula`, from the numbers
    `of`, a dict, to find a small change of it.
    """
    value = answer.as_numbers(answer.value, "you gave")
    if close(value, right) or (within and value.shape == () and abs(value - right) <= within):
        return
    near = [wrong for wrong in named if within and _near(value, wrong.value, within / right)]
    near.sort(key=lambda wrong: abs(value - wrong.value))
    if found := [*(wrong for wrong in named if close(value, wrong.value)), *near]:
        raise Mistake(f"{found[0].name}. {found[0].look}".strip())
    shape = np.shape(right)
    if value.shape != shape and value.size == np.size(right) and not shape:
        raise Mistake(f"one number is asked for, and yours stands in brackets, [ ] or ( ). {look}")
    if value.shape != shape:
        wanted = f"{shape[0]} numbers" if shape else "one number"
        raise Mistake(f"{wanted} {'are' if shape else 'is'} asked for, and you gave {value.size}. {look}")
    if formula and (known := changed_line([formula], [of], [value], [np.asarray(right)])):
        raise Mistake(
            f"{short(value)} is not the answer: {known.replace('the numbers are those', 'that is the result')}. {look}"
        )
    raise Mistake(f"{short(value)} is not the answer. {look}")


def _near(value, wrong, share):
    return value.shape == np.shape(wrong) == () and abs(value - wrong) <= share * abs(wrong)
