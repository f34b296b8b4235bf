"""Predictions, and exercises that answer back.

`check.step(my_step)` runs what a learner wrote on inputs drawn anew, and gives a Result: correct, not attempted yet, or
the mistake by name with the evidence. Only behaviour is judged, not how it is written. There is one file for each
exercise, in a folder for each lesson; `exercise.py` says how to write one.
"""

import importlib
import pkgutil

from .exercise import EXERCISES
from .prediction import Comparison, Prediction
from .result import Result

for _room in pkgutil.walk_packages(__path__, f"{__name__}."):
    if ".lesson_" in _room.name:
        importlib.import_module(_room.name)
globals().update(EXERCISES)

__all__ = ["EXERCISES", "Comparison", "Prediction", "Result", *EXERCISES]
