"""The slope of something by a nudge: how much it changes, for each unit that what goes in has changed."""

import numpy as np

from .slips import Slip

NUDGE = 0.001
NEAR = 0.005  # of the slope: so near come a nudge from either side, a smaller one, and the tape


def ratio(at, place, *, nudge=NUDGE, begin=0.0, of=lambda after, before, nudge, place: (after - before) / nudge):
    """Return the change of at(distance) divided by the nudge, or what becomes of it by slips.

    at: what comes out when `place` is changed by a distance, a float.
    """
    return of(at(nudge), at(begin), nudge, place)


def taken_as(value, right, slope):
    """Return the right ratio where a float array is as near to the slope as any nudge comes, else the array itself."""
    return np.asarray(right) if value.shape == () and abs(value - slope) <= NEAR * abs(slope) else value


def slips_of(after, before, place):
    """Return the Slips of `return (after - before) / nudge`.

    after, before: the code of what comes out after the nudge and before. place: the name of what is nudged.
    """
    whole, difference = f"({after} - {before}) / nudge", f"({after} - {before})"
    back = before.replace(place, f"{place} - nudge")
    by = f"Divide by `nudge`, by which {place} has changed."
    order = "After the nudge minus before it."
    # fmt: off
    return [
        Slip("the change is not divided by the nudge", by, (whole, difference), of=lambda a, b, n, p: a - b),
        Slip("only the second number is divided", "Put brackets round the difference.", (difference, difference[1:-1]),
             of=lambda a, b, n, p: a - b / n),
        Slip("what was there before is not subtracted", order, (difference, after), of=lambda a, b, n, p: a / n),
        Slip(f"{place} itself is subtracted, not what comes out there", order, (f"- {before}", f"- {place}"),
             of=lambda a, b, n, p: (a - p) / n),
        Slip("it is multiplied by the nudge", by, ("/ nudge", "* nudge"), of=lambda a, b, n, p: (a - b) * n),
        Slip("it is upside down", by, (whole, f"nudge / {difference}"), of=lambda a, b, n, p: n / (a - b)),
        Slip(f"it is divided by {place}", by, ("/ nudge", f"/ {place}"), of=lambda a, b, n, p: (a - b) / p),
        Slip(f"it is divided by all of {place} + nudge", by, ("/ nudge", f"/ ({place} + nudge)"),
             of=lambda a, b, n, p: (a - b) / (p + n)),
        Slip("it is divided by what comes out, and not by the nudge", by, ("/ nudge", f"/ {before}"),
             of=lambda a, b, n, p: (a - b) / b),
        Slip(f"it is what comes out, divided by {place}", by, (whole, f"{before} / {place}"),
             of=lambda a, b, n, p: b / p),
        Slip("it is what comes out, and not how it changes", order, (whole, before), of=lambda a, b, n, p: b),
        Slip("it is what comes out after the nudge, and not how it changes", order, (whole, after),
             of=lambda a, b, n, p: a),
        Slip("the nudge is added to what comes out", f"It goes into {place}.", (after, f"{before} + nudge"),
             of=lambda a, b, n, p: 1),
        Slip("from one nudge below to one above is two nudges", "Divide by both.", (f"- {before}", f"- {back}"),
             begin=-NUDGE),
        Slip("the nudge is 1, and not 0.001", "A small one keeps to the place.", ("nudge = 0.001", "nudge = 1.0"),
             nudge=1.0),
        *(Slip(f"the nudge is {size:g}, and not 0.001", "A small one keeps to the place.", nudge=size)
          for size in (0.1, 0.5, 0.2, 0.05, 0.01, 2.0, 10.0)),
        Slip("the sign is wrong", order, (difference, f"({before} - {after})"), sign=-1),
        Slip("the sign is lost", "It tells whether it rises or falls.", (whole, f"abs({after} - {before}) / nudge"),
             then=np.abs),
        Slip("the change is rounded before it is divided", "Keep all digits.",
             (difference, f"round(float{difference}, 2)"), of=lambda a, b, n, p: np.round(a - b, 2) / n),
        Slip("what comes out is rounded before it is subtracted", "Keep all digits.",
             (difference, f"(round(float({after}), 2) - round(float({before}), 2))"),
             of=lambda a, b, n, p: (np.round(a, 2) - np.round(b, 2)) / n),
        Slip("nothing is nudged: both are taken at the same place", "One of them after the nudge, the other before it.",
             (difference, f"({after} - {after})"), of=lambda a, b, n, p: 0.0),
        Slip("it is rounded", "Keep all digits.", (whole, f"round({whole})"), then=np.round),
        Slip("`//` cuts off all behind the point", "Divide by `/`.", ("/ nudge", "// nudge"), then=np.floor),
    ]
    # fmt: on
