"""Hand-outs: copies of the lessons without solutions, answers and speaker notes. Hints and checks stay."""

from nbconvert.preprocessors import TagRemovePreprocessor

from .exercises import exercises
from .notebooks import canonical, find, naming, read, slide_type, tags, targets, write

KEPT_BACK = {"solution", "answer"}


def without_solutions(notebook):
    """Return a notebook without the cells that learners should not have; it is changed to that.

    Raises ValueError where an exercise is answered, as in a lesson that somebody has worked through.
    """
    found = exercises(cell for cell in notebook.cells if "exercise" in tags(cell))
    if answered := [one.check for one in found if one.state == "correct"]:
        raise ValueError(f"answered already: {', '.join(answered)}; learners would see it")
    notebook.cells = [cell for cell in notebook.cells if slide_type(cell) != "notes"]
    remove = TagRemovePreprocessor(enabled=True, remove_cell_tags=KEPT_BACK)
    return remove.preprocess(notebook, {})[0]


def run(options):
    """Write a hand-out of each lesson."""
    lessons, texts = find(options.lessons), []
    for lesson in lessons:
        notebook = read(lesson)
        with naming(lesson):
            texts.append(canonical(without_solutions(notebook)))
    paths = targets(options.folder, lessons, ".ipynb", options.overwrite)
    for path, text in zip(paths, texts, strict=True):
        write(path, text)
