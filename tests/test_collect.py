"""What comes back is counted by the lesson's own list, whatever learners did to their notebooks."""

import copy
import random
from types import SimpleNamespace

import nbformat
import pytest
from lessons import NAMES, NOTEBOOKS
from returned import OF, answered, exercise_cells, fill, show, summary

from course_utils.teaching.collect import labels, lesson, results
from course_utils.teaching.exercises import Exercise, judged
from course_utils.teaching.notebooks import LESSONS


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_each_exercise_counts_alone(told, name):
    every = range(len(OF[name]))
    for number in every:
        notebook = answered(name, number, wrong=[k for k in every if k != number])
        assert told(mine=notebook) == [f"mine.ipynb: {summary(name, number)}"]
    assert told(mine=answered(name, *every)) == [f"mine.ipynb: {summary(name, *every)}"]
    assert "not yet" not in summary(name, *every)


@pytest.mark.parametrize(("answer", "correct"), [(-7, [1]), (7, []), (..., [])])
def test_a_real_check_is_read_back(told, answer, correct):
    from course_utils import check

    notebook = answered("02_model")
    fill(exercise_cells(notebook)[1])
    show(exercise_cells(notebook)[1], repr(check.by_hand(answer)))
    assert told(mine=notebook) == [f"mine.ipynb: {summary('02_model', *correct)}"]


def test_one_wrong_and_two_right_under_one_name_are_two(told):
    assert {OF["02_model"][1].answer, OF["02_model"][3].answer} == {"answer"}
    assert told(mine=answered("02_model", 1, 2, wrong=[3])) == [f"mine.ipynb: {summary('02_model', 1, 2)}"]


def deleted(notebook):
    notebook.cells.remove(exercise_cells(notebook)[1])


def cleared(notebook):
    for cell in exercise_cells(notebook)[1:]:
        cell.outputs = []


def rewritten(change):
    def all_of_them(notebook):
        for cell in exercise_cells(notebook):
            cell.source = change(cell.source)

    return all_of_them


def duplicated(notebook):
    for cell in exercise_cells(notebook):
        again = copy.deepcopy(cell) | {"id": f"{cell.id}-again", "outputs": []}
        notebook.cells.insert(notebook.cells.index(cell) + random.Random(0).choice([0, 1]), again)


def without_ids(notebook):
    for number, cell in enumerate(notebook.cells):
        cell.id = f"new-{number}"


def shuffled(notebook):
    random.Random(1).shuffle(notebook.cells)


def renamed(notebook):
    for number, cell in enumerate(exercise_cells(notebook)):
        before, _, call = cell.source.rpartition("check.")
        cell.source = f"{before}my_answer = {number}\n\ncheck.{call.partition('(')[0]}(my_answer)"


def in_colab(notebook):
    for cell in notebook.cells:
        cell.metadata["id"] = cell.pop("id")


def as_lines(notebook):
    for cell in notebook.cells:
        cell.source = cell.source.splitlines(keepends=True)


def asserted(notebook):
    """What is right says nothing then; what is not says so, and fails."""
    for cell in exercise_cells(notebook):
        cell.source = cell.source.replace("check.", "assert check.")
        text = cell.outputs[0].data["text/plain"]
        error = nbformat.v4.new_output("error", ename="AssertionError", evalue="", traceback=[])
        cell.outputs = [] if "✓" in text else [nbformat.v4.new_output("stream", text=f"{text}\n"), error]


def imported(notebook):
    names = sorted({cell.source.rpartition("check.")[2].partition("(")[0] for cell in exercise_cells(notebook)})
    rewritten(lambda text: text.replace("check.", "my_"))(notebook)
    imports = ", ".join(f"{name} as my_{name}" for name in names)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(f"from course_utils.check import {imports}"))


CHANGES = {
    "shuffled": [shuffled],
    "duplicated": [duplicated],
    "renamed": [renamed],
    "renamed, with other ids": [renamed, without_ids],
    "renamed and shuffled": [renamed, shuffled],
    "of Colab": [renamed, in_colab],
    "lines": [as_lines],
    "black": [rewritten(lambda text: text.replace("check.", "check . ").replace("(", "( ").replace(")", " )"))],
    "comments": [rewritten(lambda text: f"# check.nothing(of this)\n{text}  # my answer\n\n")],
    "several statements": [rewritten(lambda text: f"print('✓ done')\n{text}\nx = 1; y = 2")],
    "a magic": [rewritten(lambda text: f"%time x = 1\n!ls\n{text}")],
    "no Python": [rewritten(lambda text: f"{text}\nthis is (no Python")],
    "printed": [rewritten(lambda text: text.replace("check.", "print(check.") + ")")],
    "asserted": [asserted],
    "an alias": [rewritten(lambda text: "from course_utils import check as c\n" + text.replace("check.", "c."))],
    "imported": [imported],
}


@pytest.mark.thorough
@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("name", NAMES)
def test_what_learners_do_to_their_cells_changes_no_count(told, name, changes):
    correct = range(0, len(OF[name]), 2)
    notebook = answered(name, *correct, wrong=range(1, len(OF[name]), 2))
    for change in changes:
        change(notebook)
    assert told(mine=notebook) == [f"mine.ipynb: {summary(name, *correct)}"]


@pytest.mark.parametrize("change", [deleted, cleared])
def test_what_is_deleted_or_cleared_is_not_yet_correct(told, change):
    every = range(len(OF["03_loss"]))
    notebook = answered("03_loss", *every)
    change(notebook)
    left = {deleted: [k for k in every if k != 1], cleared: [0]}[change]
    assert told(mine=notebook) == [f"mine.ipynb: {summary('03_loss', *left)}"]


def failed(cell):
    cell.outputs = [nbformat.v4.new_output("error", ename="NameError", evalue="", traceback=[])]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda cells, book: book.cells.remove(cells[1]), "missing"),
        (lambda cells, book: cells[1].update(cell_type="markdown"), "missing"),
        (lambda cells, book: cells[1].update(outputs=[]), "not attempted"),
        (lambda cells, book: show(cells[1], "✓ Correct."), "not attempted"),  # below the stub
        (lambda cells, book: (fill(cells[1]), cells[1].update(outputs=[])), "no verdict"),
        (lambda cells, book: (fill(cells[1]), failed(cells[1])), "error"),
        (lambda cells, book: (fill(cells[1]), show(cells[1], "⚠ Not judged.")), "not judged"),
        (lambda cells, book: (fill(cells[1]), show(cells[1], "✗ Not yet: a sign.")), "wrong"),
        (lambda cells, book: (fill(cells[1]), show(cells[1], "✓ Correct.")), "correct"),
    ],
)
def test_each_state_has_its_word(tmp_path, change, state):
    notebook = answered("03_loss", 0)
    change(exercise_cells(notebook), notebook)
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    [(_, found)] = results(tmp_path / "mine.ipynb", [lesson(LESSONS / "03_loss.ipynb")])
    assert [one.state for one in found] == ["correct", state] + ["not attempted"] * (len(found) - 2)


def test_two_checks_in_one_cell_show_the_last_one(told):
    notebook = answered("03_loss")
    first, second, *_ = exercise_cells(notebook)
    second.source = f"{first.source}\n{second.source}"
    show(second, "✓ Correct.")
    assert told(mine=notebook) == [f"mine.ipynb: {summary('03_loss', 1)}"]


def test_another_try_in_a_cell_below_counts_for_the_exercise_above(told):
    [step] = [number for number, one in enumerate(OF["04_training_loop"]) if one.check == "step"]
    notebook = answered("04_training_loop", wrong=[step])
    cell = exercise_cells(notebook)[step]
    attempt = nbformat.v4.new_code_cell("check.step(my_second_try)")
    show(attempt, "✓ Correct.")
    notebook.cells.insert(notebook.cells.index(cell) + 1, attempt)
    assert told(mine=notebook) == [f"mine.ipynb: {summary('04_training_loop', step)}"]


def test_where_a_lesson_calls_a_check_twice_the_exercises_are_told_apart():
    twice = [Exercise("step", f"mended_{k}", f"cell-{k}", f"check.step(mended_{k})") for k in (1, 5)]
    tries = [one._replace(state="wrong", source=f"mended = 0\n{one.source}") for one in twice]
    tries.append(Exercise("step", "my_second_try", "another", "check.step(my_second_try)", "correct"))
    assert [one.state for one in judged(twice, tries)] == ["wrong", "correct"]
    assert labels(SimpleNamespace(exercises=twice)) == ["step(mended_1)", "step(mended_5)"]


def test_lessons_are_known_by_title_cells_name_or_checks(told):
    strange = answered("03_loss", 0)
    strange.cells = [cell for cell in strange.cells if cell.cell_type == "code"]
    without_ids(strange)
    both = answered("02_model", 1)
    both.cells += answered("03_loss", 2).cells
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1)")])
    titled = nbformat.v4.new_notebook(cells=[NOTEBOOKS["05_keras"].cells[0]])
    of_all = {"Copy of 3": strange, "both": both, "other": other, "03_loss (2)": other, "title": titled}
    assert told(**of_all) == [
        f"03_loss (2).ipynb: {summary('03_loss')}",
        f"Copy of 3.ipynb: {summary('03_loss', 0)}",
        f"both.ipynb: {summary('02_model', 1)}",
        f"both.ipynb: {summary('03_loss', 2)}",
        "other.ipynb: no lesson of this course",
        f"title.ipynb: {summary('05_keras')}",
    ]
