"""Runs as rows of a table for the browser: what `screen.js` reads in `unpack`."""

import json
import math
import zlib

import numpy as np

NOT_FINITE = 1


def pack(rows, columns, ended=True):
    """Return (head, [numbers, texts]) of some rows, the latter two as deflated bytes.

    rows: pairs of a key, a list of numbers, and a dict of name to what stands in that column, equally long lists.
    columns: triples or pairs of a name, "number" or "text", and, for a list of numbers an entry, how many these are.
    ended: whether a row is all that can be had, and not only so long as was asked for.
    Numbers keep four digits, as the words show them.
    """
    texts, steps, sizes = {}, [], []
    for key, values in rows:
        for name, kind, *width in columns:
            whole = [texts.setdefault(text, len(texts)) for text in values[name]] if kind == "text" else values[name]
            for column in np.transpose(whole) if width else [whole]:
                codes = column if kind == "text" else [code_of(number) for number in np.asarray(column, float).tolist()]
                steps.append(np.diff(np.asarray(codes, np.int64), prepend=0))
        sizes.append([key, len(whole)])
    steps = np.concatenate(steps)
    folded = np.where(steps < 0, -2 * steps - 1, 2 * steps).astype("<u4")
    planes = folded.view(np.uint8).reshape(-1, 4).T.tobytes()
    parts = planes, json.dumps(list(texts), ensure_ascii=False).encode("utf-8")
    return {"rows": sizes, "columns": columns, "ended": ended}, [zlib.compress(part, 9) for part in parts]


def code_of(number):
    """Return a number's four leading digits and its power of ten in one whole number."""
    if number == 0 or not math.isfinite(number):
        return 0 if number == 0 else NOT_FINITE
    digits, power = f"{abs(number):.3e}".split("e")
    code = int(digits.replace(".", "")) + 10000 * (int(power) + 50)
    return code if number > 0 else -code
