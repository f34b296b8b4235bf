"""Hand-outs: copies of the lessons without solutions, answers and speaker notes. Hints and checks stay."""

from nbconvert.preprocessors import TagRemovePreprocessor

from .notebooks import canonical, find, read, slide_type, targets, write

KEPT_BACK = {"solution", "answer"}


def without_solutions(notebook):
    """Return a notebook without the cells that learners should not have; it is changed to that."""
    notebook.cells = [cell for cell in notebook.cells if slide_type(cell) != "notes"]
    remove = TagRemovePreprocessor(enabled=True, remove_cell_tags=KEPT_BACK)
    return remove.preprocess(notebook, {})[0]


def run(options):
    """Write a hand-out of each lesson."""
    lessons = find(options.lessons)
    paths = targets(options.folder, lessons, ".ipynb", options.overwrite)
    texts = [canonical(without_solutions(read(lesson))) for lesson in lessons]
    for path, text in zip(paths, texts, strict=True):
        write(path, text)
