"""The lessons as documents: what they promise to learners, to instructors on a projector, and to CI."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import numpy as np
import pytest
from lessons import NAMES, NOTEBOOKS, asks_something, cells, is_folded, outputs, printed, slides, tags

from course_utils import LinearModel, make_line_data, mean_squared_error, train
from course_utils import data as data_room
from course_utils import loss as loss_room
from course_utils import model as model_room
from course_utils import training as training_room
from course_utils.teaching.notebooks import LESSONS, canonical

UNCOMPARED = {"nbval-ignore-output", "nbval-skip"}

lessons = pytest.mark.parametrize("name", NAMES)


@lessons
def test_the_file_is_canonical(name):
    text = (LESSONS / f"{name}.ipynb").read_text(encoding="utf-8")
    assert canonical(nbformat.reads(text, as_version=4)) == text, "run python .ci/refresh.py"


@lessons
def test_every_cell_was_run_once_and_in_order(name):
    counts = [cell.execution_count for cell in cells(name, "code")]
    assert counts == list(range(1, len(counts) + 1))


@lessons
def test_every_cell_has_a_slide_type_and_an_id_of_its_own(name):
    types = {cell.metadata["slideshow"]["slide_type"] for cell in NOTEBOOKS[name].cells}
    assert types <= {"slide", "subslide", "fragment", "skip", "notes", "-"}
    ids = [cell.id for cell in NOTEBOOKS[name].cells]
    assert len(set(ids)) == len(ids)


@lessons
def test_a_cell_fits_on_a_projector(name):
    assert [cell.source for cell in cells(name, "code") if len(cell.source.splitlines()) > 25] == []


@lessons
def test_at_most_one_cell_is_kept_from_comparison_and_the_prose_before_says_why(name):
    numbers = [k for k, cell in enumerate(NOTEBOOKS[name].cells) if UNCOMPARED & tags(cell)]
    assert len(numbers) <= 1
    assert all("not compared" in NOTEBOOKS[name].cells[k - 1].source for k in numbers)
    assert not any(re.search("NBVAL_", cell.source) for cell in cells(name, "code"))


@lessons
def test_outputs_hold_no_errors_no_stderr_and_nothing_of_this_machine(name):
    for output in outputs(name):
        assert output.output_type in ("stream", "execute_result", "display_data")
        assert output.get("name", "stdout") == "stdout"
    assert not re.search(r"(?<![\w.])/(root|tmp|work|home|Users)/|0x[0-9a-f]{8,}", printed(name))


@lessons
def test_pictures_say_in_words_what_they_show(name):
    pictures = [output for output in outputs(name) if "image/png" in output.get("data", {})]
    assert pictures
    for picture in pictures:
        assert picture.metadata["image/png"]["alt"] == picture.data["text/plain"]
        assert len(picture.data["text/plain"].split()) > 5


@lessons
def test_the_lesson_opens_with_title_badges_minutes_and_set_up(name):
    first, second = NOTEBOOKS[name].cells[:2]
    assert first.source.startswith(f"# {int(name[:2])} · ") and slides(name)[0] == [first]
    assert first.source.count(f"notebooks/{name}.ipynb)") == 2, "a badge opens another lesson"
    assert re.search(r"\*\*\d+ minutes\.\*\* You need", first.source)
    assert second.source == cells("01_variables", "code")[0].source and second.source.startswith("# @title ")
    assert is_folded(second), "no beginner should begin by reading it"
    assert re.search(r"^ *%pip install --quiet --no-deps \S+$", second.source, re.MULTILINE), "it would install more"


@lessons
def test_a_lesson_soon_asks_for_something_and_goes_on_asking(name):
    """Within five cells of its start, then at most six cells go by; notes, answers and solutions don't count."""
    counted = [
        cell
        for cell in NOTEBOOKS[name].cells
        if cell.metadata.slideshow.slide_type != "notes" and not {"answer", "solution"} & tags(cell)
    ]
    asking = [place for place, cell in enumerate(counted) if asks_something(cell)]
    assert asking[0] < 5, f"the first is {counted[asking[0]].id}"
    for place, following in pairwise([*asking, len(counted)]):
        assert following - place - 1 <= 6, f"too long after {counted[place].id}: {following - place - 1} cells"


@lessons
def test_one_cell_of_a_slide_does_something(name):
    """Before it may stand a prediction, or what it calls, and below it a picture of what it did."""
    for slide in slides(name):
        for one, other in pairwise([cell for cell in slide if cell.cell_type == "code"]):
            shows = other.source.startswith("plots.") and len(ast.parse(other.source).body) == 1
            assert {"prediction"} & tags(one) or {"exercise"} & tags(other) or defines(one) or shows, other.id


def defines(cell):
    """Return whether a cell of code holds imports and definitions alone."""
    definitions = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return all(isinstance(node, definitions) for node in ast.parse(cell.source).body)


@lessons
def test_a_text_alone_on_its_slide_is_asked_of_or_shown_next_or_ends_its_part(name):
    for slide, (following, *_) in pairwise(slides(name)):
        if all(cell.cell_type == "markdown" for cell in slide):
            asks = following.source.endswith("?")
            begins = following.cell_type == "code" or following.source.startswith(("##", "<details>"))
            assert asks or begins, slide[0].id


@lessons
def test_what_a_text_calls_the_next_cell_is_next(name):
    below = [cell for cell in NOTEBOOKS[name].cells if cell.metadata.slideshow.slide_type != "notes"]
    for cell, following in pairwise(below):
        assert "next cell" not in cell.source or following.cell_type == "code", cell.id


@lessons
def test_what_is_predicted_is_run_next(name):
    of_lesson = NOTEBOOKS[name].cells
    for number, cell in enumerate(of_lesson):
        if "prediction" in tags(cell):
            after = of_lesson[number + 1]
            assert after.cell_type == "code" or after.metadata["slideshow"]["slide_type"] == "notes", cell.id


@lessons
def test_what_came_of_a_prediction_answers_its_question(name):
    assert "question asked last" not in printed(name)


@lessons
def test_an_exercise_stands_between_its_task_and_its_hint_and_solution(name):
    """What an exercise asks for comes before it, the hint after it, and the solution last."""
    shown = [cell for cell in NOTEBOOKS[name].cells if cell.metadata.slideshow.slide_type != "notes"]
    for before, cell, *after in zip(shown, shown[1:], shown[2:], shown[3:], strict=False):
        if "exercise" in tags(cell):
            assert before.cell_type == "markdown" and not {"hint", "solution"} & tags(before), cell.id
            found = [tags(one) for one in after]
            assert found[0] == {"solution"} or found == [{"hint"}, {"solution"}], cell.id
        if {"hint", "solution"} & tags(cell):
            assert {"exercise", "hint"} & tags(before), cell.id


@lessons
def test_only_what_need_not_be_read_is_folded(name):
    for cell in NOTEBOOKS[name].cells[2:]:
        assert not (cell.metadata.get("jupyter") or cell.metadata.get("cellView")) or "answer" in tags(cell), cell.id


@lessons
def test_an_answer_is_folded_with_what_it_shows(name):
    for cell in cells(name, "code"):
        if "answer" in tags(cell):
            assert is_folded(cell) and cell.metadata.jupyter.get("outputs_hidden"), cell.id


@lessons
def test_all_that_is_taught_is_on_a_slide_and_compared(name):
    """Off the slides are imports, what to hand in, answers to open tasks, and what became of a prediction."""
    for cell in cells(name, "code")[1:]:
        assert "nbval-skip" not in tags(cell)
        if cell.metadata.slideshow.slide_type == "skip" and not {"exercise", "answer"} & tags(cell):
            assert re.match("import |from ", cell.source) or "prediction.compare(" in cell.source, cell.id


@lessons
def test_a_comparison_that_is_printed_is_asserted_too(name):
    """Whoever runs a changed lesson again would else store "the same numbers: False"."""
    for cell in cells(name, "code"):
        shown = "".join(output.get("text", "") for output in cell.outputs)
        if re.search(r"\bsame\b.*: *(True|False)", shown):
            assert re.search(r"^assert |assert_", cell.source, re.MULTILINE), cell.id


@lessons
def test_an_error_that_a_lesson_shows_is_the_one_it_means(name):
    """An except that catches too much, or tells too little, would hide a call that TensorFlow no longer knows."""
    outdated = r"has no attribute|is not defined|unexpected keyword|No module named|positional argument"
    for cell in cells(name, "code")[1:]:
        shown = "".join(output.get("text", "") for output in cell.outputs)
        for kind in re.findall(r"^ *except\b(.*):$", cell.source, re.MULTILINE):
            error = re.fullmatch(r" (\w+Error) as error", kind)
            assert error and f"{error[1]}: " in shown and not re.search(outdated, shown), cell.id


@lessons
def test_speaker_notes_are_folded_short_and_their_minutes_add_up_to_those_of_the_lesson(name):
    notes = [cell.source for cell in NOTEBOOKS[name].cells if cell.metadata["slideshow"]["slide_type"] == "notes"]
    parts = [re.search(r"\*\*(\d+) min\.\*\* \*\*Ask:\*\* .+ \*\*Wait for:\*\* .+", note) for note in notes]
    assert all(parts) and all(note.startswith("<details><summary>For instructors</summary>") for note in notes)
    assert max(len(note.split()) for note in notes) < 40
    kinds = [cell.metadata["slideshow"]["slide_type"] for cell in NOTEBOOKS[name].cells]
    answers = [number for number, cell in enumerate(NOTEBOOKS[name].cells) if "answer" in tags(cell)]
    assert not any(kinds[number - 1] == "notes" for number in answers)  # what a cell asks, it answers at once
    following = {kind for before, kind in pairwise(kinds) if before == "notes"}
    assert following <= {"slide", "subslide"}  # they are the last of their slide
    minutes = re.search(r"\*\*(\d+) minutes\.\*\*", NOTEBOOKS[name].cells[0].source)
    assert sum(int(part[1]) for part in parts) == int(minutes[1])


def taught(name, definition):
    """Return the one function or class of that name that a lesson writes, as a syntax tree."""
    found = [
        node
        for cell in cells(name, "code")
        if definition in cell.source and "%pip" not in cell.source
        for node in ast.parse(cell.source).body
        if getattr(node, "name", "") == definition
    ]
    assert len(found) == 1
    return found[0]


class Bare(ast.NodeTransformer):
    """Take docstrings and annotations away."""

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.returns = None
        return self.visit_ClassDef(node, visited=True)

    def visit_ClassDef(self, node, visited=False):
        if not visited:
            self.generic_visit(node)
        if ast.get_docstring(node):
            node.body = node.body[1:]
        return node

    def visit_arg(self, node):
        node.annotation = None
        return node


@pytest.mark.parametrize(
    ("name", "room", "definition"),
    [
        ("02_model", model_room, "LinearModel"),
        ("03_loss", loss_room, "mean_squared_error"),
        ("04_training_loop", training_room, "train_step"),
        ("06_real_data", data_room, "standardise"),
    ],
)
def test_what_a_lesson_writes_is_what_the_helpers_hold(name, room, definition):
    tree = ast.parse(Path(room.__file__).read_text(encoding="utf-8"))
    [helper] = [node for node in tree.body if getattr(node, "name", "") == definition]
    assert ast.unparse(Bare().visit(taught(name, definition))) == ast.unparse(Bare().visit(helper))


def test_train_behaves_as_the_loop_of_lesson_04():
    rooms = {"mean_squared_error": mean_squared_error, "train_step": training_room.train_step}
    exec(ast.unparse(taught("04_training_loop", "training_loop")), rooms)
    data = make_line_data(examples=100)
    w, b, loss = rooms["training_loop"](LinearModel(), data.x, data.y, 0.2, 15)
    history = train(LinearModel(), data.x, data.y, learning_rate=0.2, epochs=15)
    for theirs, ours in ((w, history.w), (b, history.b), (loss, history.loss)):
        np.testing.assert_array_equal(theirs, ours)
