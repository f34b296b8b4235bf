"""The sliders of the course: each playground keeps its controls, its pictures and a summary in words in step."""

from .line import LinePlayground
from .race import RacePlayground
from .tangent import TangentPlayground
from .training import TrainingPlayground
from .training_controls import PRESETS

__all__ = ["PRESETS", "LinePlayground", "RacePlayground", "TangentPlayground", "TrainingPlayground"]
