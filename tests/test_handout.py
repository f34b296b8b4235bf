"""Copies for learners hold no solution and no answer, and lose nothing else."""

import nbformat
import pytest
from lessons import NAMES, NOTEBOOKS, exercises, tags
from returned import OF, answered

from course_utils.__main__ import main

KEPT_BACK = {"solution", "answer"}


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handout")
    assert main(["handout", str(folder)]) == 0
    return {name: nbformat.read(folder / f"{name}.ipynb", as_version=4) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_kept_back_is_gone_and_nothing_else(copies, name):
    handed = {
        cell.id: cell
        for cell in NOTEBOOKS[name].cells
        if not KEPT_BACK & tags(cell) and cell.metadata.slideshow.slide_type != "notes"
    }
    assert {cell.id: cell for cell in copies[name].cells} == handed
    assert len(handed) < len(NOTEBOOKS[name].cells)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_lesson_folds_but_hints_is_kept_back(copies, name):
    text = "\n".join(cell.source for cell in copies[name].cells)
    kept = [text.count(f"<details><summary>{kind}") for kind in ("Hint ", "Aside")]
    assert text.count("<details>") == sum(kept) and kept[0] > 0


def test_no_solution_is_left_in_any_copy(copies):
    for exercise in exercises():
        text = "\n".join(cell.source for cell in copies[exercise.lesson].cells if cell.cell_type == "markdown")
        assert exercise.solution.strip() not in text
        assert [cell.source for cell in copies[exercise.lesson].cells].count(exercise.stub) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_folded_cell_of_a_lesson_has_the_tag_that_its_summary_asks_for(name):
    wanted = {
        "Hint": {"hint"},
        "Solution": {"solution"},
        "What": {"answer"},
        "Answer": {"answer"},
        "For": set(),
        "Aside": set(),
    }
    for cell in NOTEBOOKS[name].cells:
        for summary in cell.source.split("<summary>")[1:] if cell.cell_type == "markdown" else ():
            assert tags(cell) & {"hint", *KEPT_BACK} == wanted[summary.partition("<")[0].split()[0].rstrip(":")], (
                cell.id
            )


@pytest.mark.parametrize("command", ["handout", "nbgrader"])
def test_a_lesson_that_somebody_has_answered_is_not_handed_out(tmp_path, capsys, command):
    nbformat.write(answered("03_loss", 0, 2, wrong=[1]), tmp_path / "mine.ipynb")
    assert main([command, str(tmp_path / "out"), f"--lessons={tmp_path / 'mine.ipynb'}"]) == 2
    out, told = capsys.readouterr()
    assert out == "" and f"mine.ipynb: answered already: {OF['03_loss'][0].check}, {OF['03_loss'][2].check};" in told
    assert not (tmp_path / "out").exists()
