"""Pages: each lesson as one HTML file to read or print, with sliders that need no kernel and no network."""

from .cells import cell_html, language_of
from .document import document, title_of
from .notebooks import find, read, targets, write
from .screens import parts, revive

ENDING = ".html"


def page(notebook, name):
    """Return a notebook as one HTML page. name: its title where it has no heading."""
    cells = "".join(cell_html(cell, ENDING, language_of(notebook)) for cell in notebook.cells)
    style, script = parts(cells)
    return document(title_of(notebook, name), ["document", "page"], style, f"<main>\n{cells}</main>\n{script}")


def run(options):
    """Write a page of each lesson."""
    lessons = find(options.lessons)
    paths = targets(options.folder, lessons, ENDING, options.overwrite)
    for lesson, path in zip(lessons, paths, strict=True):
        notebook = read(lesson)
        revive(notebook, lesson.parent)
        write(path, page(notebook, lesson.stem))
