"""Lessons as nbgrader's source notebooks; `nox -s nbgrader` marks them with nbgrader itself."""

import ast
import re

import nbformat
import pytest
from lessons import FOLDER, NAMES, exercises, tags

from course_utils.__main__ import main
from course_utils.teaching.nbgrader import source_notebook
from course_utils.teaching.notebooks import read, slide_type

REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n### END SOLUTION", re.DOTALL)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    assert main(["nbgrader", str(folder)]) == 0
    assert (folder / "nbgrader_config.py").is_file()
    return {name: nbformat.read(folder / "source" / name / f"{name}.ipynb", as_version=4) for name in NAMES}


def told(cell):
    return cell.metadata.get("nbgrader", {})


@pytest.mark.parametrize("name", NAMES)
def test_each_exercise_has_a_cell_to_answer_and_a_locked_point(sources, name):
    cells = [cell for cell in sources[name].cells if told(cell)]
    mine = [exercise for exercise in exercises() if exercise.lesson == name]
    assert [told(cell)["locked"] for cell in cells] == [False, True] * len(mine)
    assert len({told(cell)["grade_id"] for cell in cells}) == len(cells)
    for exercise, answer, check in zip(mine, cells[::2], cells[1::2], strict=True):
        assert REGION.search(answer.source)[1] == exercise.solution.strip()
        left = ast.unparse(ast.parse(REGION.sub("", answer.source)))
        assert f"{left}\ncheck.{exercise.check}({exercise.answer})" == ast.unparse(ast.parse(exercise.stub))
        assert check.source.endswith(f"\nassert check.{exercise.check}({exercise.answer})")
        assert told(check)["points"] == 1 and told(check)["grade"] and told(answer)["solution"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_of_the_lesson_tells_a_solution(sources, name):
    notebook = sources[name]
    assert not any({"solution", "answer"} & tags(cell) or slide_type(cell) == "notes" for cell in notebook.cells)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_settings_that_are_there_stay(tmp_path, capsys):
    settings = tmp_path / "nbgrader_config.py"
    settings.write_text("# mine\n", encoding="utf-8")
    lesson = FOLDER / f"{NAMES[0]}.ipynb"
    assert main(["nbgrader", str(tmp_path), f"--lessons={lesson}"]) == 0
    assert settings.read_text(encoding="utf-8") == "# mine\n"
    assert main(["nbgrader", str(tmp_path), f"--lessons={lesson}"]) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(("tag", "source"), [("solution", "No code."), ("exercise", "x = 1"), ("hint", "")])
def test_a_lesson_that_cannot_be_marked_is_refused(tag, source):
    notebook = read(FOLDER / f"{NAMES[0]}.ipynb")
    cell = next(cell for cell in notebook.cells if tag in tags(cell))
    if tag == "hint":
        notebook.cells = [cell for cell in notebook.cells if "solution" not in tags(cell)]
    cell.source = source
    with pytest.raises(ValueError, match=r"solution|check"):
        source_notebook(notebook)
