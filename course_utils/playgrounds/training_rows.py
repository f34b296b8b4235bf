"""Runs of the training playground as rows for the browser."""

import math

import numpy as np

from .rows import pack


def row_of(run, story, is_line):
    """Return the columns of a Run: a dict of name to a list, an entry an epoch."""
    history = run.history
    columns = {name: getattr(history, name).astype(float).tolist() for name in ("w", "b", "loss")}
    columns["verdict"] = story.verdicts(history)
    return columns if is_line else columns | {"curve": run.curves.astype(float).tolist()}


def plain(rate, columns, wanted):
    """Return a key and its row as JSON has them. wanted: how many epochs were asked for."""
    length = len(columns["loss"])
    columns = {name: _for_json(values) for name, values in columns.items()}
    return [[rate], {"columns": columns, "length": length, "ended": length <= wanted}]


def _for_json(values):
    """Return a list as JSON can hold it: what is not finite is null."""
    if not isinstance(values[0], float):
        return values
    return [value if math.isfinite(value) else None for value in values]


def packed(rows, is_line):
    """Return (head, buffers) for the browser of pairs (rate, columns) that are as long as the sliders reach."""
    columns = [["w", "number"], ["b", "number"], ["loss", "number"], ["verdict", "text"]]
    if not is_line:
        columns.append(["curve", "number", np.shape(rows[0][1]["curve"])[1]])
    return pack([([rate], values) for rate, values in rows], columns)
