"""The sliders of the course: each playground keeps its controls, its pictures and a summary in words in step."""

from .batches import BatchPlayground
from .devices import DevicesPlayground
from .hinges import HingePlayground
from .hinges_by_hand import HingesByHandPlayground
from .line import LinePlayground
from .race import RacePlayground
from .tangent import TangentPlayground
from .training import TrainingPlayground
from .training_controls import PRESETS

__all__ = [
    "PRESETS",
    "BatchPlayground",
    "DevicesPlayground",
    "HingePlayground",
    "HingesByHandPlayground",
    "LinePlayground",
    "RacePlayground",
    "TangentPlayground",
    "TrainingPlayground",
]
