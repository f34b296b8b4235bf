"""Faults that a hand could slip into a lesson: in its cells, its prose, its pictures and its solutions."""

import json
import re

from faults import Fault, faults_of

NUMBER = re.compile(r"(?<![\w.#])\d+(?:\.\d+)?(?![\w.]*\w)")
NOT_PROSE = re.compile(r"```.*?```|https?://\S+|\]\([^)]*\)", re.DOTALL)
FENCE = re.compile(r"(?<=```python\n).*?(?=```)", re.DOTALL)


def faults_of_lesson(file, text):
    """Return every Fault of one lesson; the line of each is the place of its cell, counted from 0."""
    cells = json.loads(text)["cells"]
    found = [
        Fault(file, k, "swapped cells", f"cell {k}", f"cell {k + 1}", _edit(_swap, k)) for k in range(len(cells) - 1)
    ]
    for k, cell in enumerate(cells):
        source = "".join(cell["source"])
        for kind, before, after, changed in [*_of_source(cell, source), *_of_solution(cell, source)]:
            found.append(Fault(file, k, kind, before, after, _edit(_replace_source, k, changed)))
        for place, output in enumerate(cell.get("outputs", ())):
            for kind, before, after, keys, value in _of_output(output, cells):
                found.append(Fault(file, k, kind, before, after, _edit(_change_output, k, place, keys, value)))
    return found


def _edit(change, *where):
    def edited(text):
        notebook = json.loads(text)
        change(notebook["cells"], *where)
        return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"

    return edited


def _swap(cells, k):
    """Swap two cells and count them anew, as somebody who moves a cell and runs all again does."""
    cells[k], cells[k + 1] = cells[k + 1], cells[k]
    for count, cell in enumerate([cell for cell in cells if cell["cell_type"] == "code"], start=1):
        for counted in (cell, *cell["outputs"]):
            if "execution_count" in counted:
                counted["execution_count"] = count


def _replace_source(cells, k, source):
    cells[k]["source"] = source.splitlines(keepends=True)


def _change_output(cells, k, place, keys, value):
    """Give what the keys lead to in one output another value, or take it away where the value is None."""
    holder = cells[k]["outputs"][place]
    for key in keys[:-1]:
        holder = holder[key]
    holder[keys[-1]] = value
    if value is None:
        del holder[keys[-1]]


def _of_source(cell, source):
    """Yield (kind, before, after, source) for the numbers of a cell and for the messages of its code."""
    if cell["cell_type"] == "markdown":
        hidden = NOT_PROSE.sub(lambda found: " " * len(found[0]), source)
        for found in NUMBER.finditer(hidden):
            start, end = found.span()
            yield "number in prose", *_another_digit(source, start, end)
    elif not re.search(r"(?m)^\s*[%!]", source):
        for fault in faults_of("cell", source):
            if fault.kind == "message":
                yield "edited message", fault.before, fault.after, fault.edit(source)
            elif fault.kind == "constant" and fault.before[0].isdigit():
                yield "number in code", fault.before, fault.after, fault.edit(source)


def _another_digit(text, start, end):
    """Return what stands around a number, the same with another last digit, and the whole text with it."""
    changed = f"{text[: end - 1]}{(int(text[end - 1]) + 1) % 10}{text[end:]}"
    around = slice(max(start - 20, 0), end + 20)
    return text[around], changed[around], changed


def _of_solution(cell, source):
    """Yield (kind, before, after, source) for faults in the code of a folded solution."""
    if "solution" in cell["metadata"].get("tags", ()):
        for code in FENCE.finditer(source):
            for fault in faults_of("solution", code[0]):
                changed = f"{source[: code.start()]}{fault.edit(code[0])}{source[code.end() :]}"
                yield "broken solution", fault.before, fault.after, changed


def _of_output(output, cells):
    """Yield (kind, before, after, keys, value) for faults in what a cell has left behind."""
    data = output.get("data", {})
    if "image/png" in data:
        words = "".join(data["text/plain"])
        yield "dropped alt text", words, "", ("metadata", "image/png", "alt"), None
        yield "deleted picture", words, "", ("data", "image/png"), None
        for other, told in [found for found in _pictures(cells) if found[0] != data["image/png"]][:1]:
            yield "another picture", words, told, ("data", "image/png"), other
    keys = ("text",) if "text" in output else ("data", "text/plain")
    text = "".join(output["text"] if "text" in output else data.get("text/plain", ""))
    numbers = list(NUMBER.finditer(text))
    for found in numbers[len(numbers) // 2 :][:1]:
        before, after, changed = _another_digit(text, *found.span())
        yield "number in output", before, after, keys, changed.splitlines(keepends=True)


def _pictures(cells):
    """Return every picture of a lesson, with its words."""
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", ())]
    return [(data["image/png"], "".join(data["text/plain"])) for data in outputs if "image/png" in data]
