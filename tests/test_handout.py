"""Copies for learners hold no solution and lose nothing else; what comes back is read right."""

import re
import sys

import handout
import nbformat
import pytest
from lessons import NAMES, NOTEBOOKS, exercises


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handout")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["handout.py", str(folder)])
        handout.main()
    return folder


def test_no_solution_and_no_speaker_note_is_left_in_any_copy(copies):
    for name in NAMES:
        text = (copies / f"{name}.ipynb").read_text(encoding="utf-8")
        assert not re.search("<summary>(Solution|What is wrong|For instructors)", text)
        assert text.count("<summary>Hint") == sum(c.source.count("<summary>Hint") for c in NOTEBOOKS[name].cells)
        lost = [cell.id for cell in NOTEBOOKS[name].cells if f'"id": "{cell.id}"' not in text]
        assert all(re.match("<details><summary>(Sol|What|For)", source) for source in sources(name, lost))
    for lesson, _, _, _, solution in exercises():
        prose = "".join(
            cell.source for cell in nbformat.read(copies / f"{lesson}.ipynb", 4).cells if cell.cell_type == "markdown"
        )
        assert solution not in prose


def sources(name, ids):
    return [cell.source for cell in NOTEBOOKS[name].cells if cell.id in ids]


def test_code_and_outputs_are_those_of_the_lesson(copies):
    for name in NAMES:
        copy = nbformat.read(copies / f"{name}.ipynb", as_version=4)
        codes = [[cell for cell in notebook.cells if cell.cell_type == "code"] for notebook in (copy, NOTEBOOKS[name])]
        assert codes[0] == codes[1]


def test_what_comes_back_is_read(copies, tmp_path):
    notebook = nbformat.read(copies / "03_loss.ipynb", as_version=4)
    [cell] = [cell for cell in notebook.cells if "check.mse(" in cell.source]
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "✓ Correct. Go on."})]
    (tmp_path / "ada").mkdir()
    nbformat.write(notebook, tmp_path / "ada" / "03_loss.ipynb")
    assert list(handout.read(tmp_path)) == ["ada/03_loss.ipynb: 1 of 3 correct; not yet: residuals, answer"]
