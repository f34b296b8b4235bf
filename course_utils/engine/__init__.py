"""From any step to its runs: always from the first state of all that it reaches, compiled where that gives the same."""

from .runs import Engine, Run

__all__ = ["Engine", "Run"]
