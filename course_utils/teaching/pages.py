"""Pages: each lesson as one HTML file to read or print, without scripts, its pictures with their words."""

from .cells import cell_html, language_of
from .document import document, title_of
from .notebooks import find, read, targets, write

ENDING = ".html"


def page(notebook, name):
    """Return a notebook as one HTML page. name: its title where it has no heading."""
    cells = "".join(cell_html(cell, ENDING, language_of(notebook)) for cell in notebook.cells)
    return document(title_of(notebook, name), ["document", "page"], "", f"<main>\n{cells}</main>")


def run(options):
    """Write a page of each lesson."""
    lessons = find(getattr(options, "lessons", None))
    paths = targets(options.folder, lessons, ENDING, options.overwrite)
    for lesson, path in zip(lessons, paths, strict=True):
        write(path, page(read(lesson), lesson.stem))
