"""Helpers of the course: data, model, loss, training, pictures and sliders.

The lessons write out `LinearModel`, `mean_squared_error` and `train_step` before they import them from here.
"""

import logging
import os

# TensorFlow reads these once, at its import: no start-up lines, and the same last digits on every x86 machine.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
# A new home has no font cache. To tell so where it is built slowly is a warning about nothing.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

from .data import LineData, make_line_data, penguins, standardise
from .loss import mean_squared_error
from .model import LinearModel
from .training import History, train, train_step

__all__ = [
    "History",
    "LineData",
    "LinearModel",
    "make_line_data",
    "mean_squared_error",
    "penguins",
    "standardise",
    "train",
    "train_step",
]
