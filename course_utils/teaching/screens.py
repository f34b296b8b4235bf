"""Playgrounds in a page without a kernel: the numbers that a run of the lesson has made, and what draws them."""

import json
import os
from importlib.resources import files

from .notebooks import execute

KIND = "application/vnd.course.screen+json"
SWITCH = "COURSE_SAVE_SCREENS"  # the playgrounds of a kernel that has it in its environment save what they can draw
START = """
for (const place of document.querySelectorAll(".playground"))
  start(place, JSON.parse(place.querySelector("script").textContent)).then(() => dispatchEvent(new Event("drawn")));
"""


def revive(notebook, folder, always=False):
    """Run a notebook in a folder if it has playgrounds that are not saved yet for pages; it is changed.

    always: whether to run others, too.
    """
    if always or any(_has_playground(cell) and not _is_saved(cell) for cell in notebook.cells):
        before = os.environ.get(SWITCH)
        os.environ[SWITCH] = "1"
        try:
            execute(notebook, folder)
        finally:
            os.environ.pop(SWITCH) if before is None else os.environ.update({SWITCH: before})


def _has_playground(cell):
    return cell.cell_type == "code" and "Playground(" in cell.source


def _is_saved(cell):
    return any(KIND in output.get("data", {}) for output in cell.outputs)


def screen_html(output, picture):
    """Return a saved playground as HTML. picture: what stands in its place where no script runs."""
    saved = json.dumps(output.data[KIND], ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<div class="playground">{picture}<script type="application/json">{saved}</script></div>\n'


def parts(body):
    """Return (style, script) for a page with this body: empty where no playground is in it."""
    if '<div class="playground">' not in body:
        return "", ""
    style, code = (_read(f"screen.{ending}") for ending in ("css", "js"))
    return f"<style>{style}</style>\n", f'<script type="module">\n{code}{START}</script>\n'


def _read(name):
    return files(f"{__package__.partition('.')[0]}.playgrounds").joinpath(name).read_text(encoding="utf-8")
