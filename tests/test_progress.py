"""The table of a class: who has which exercise of a lesson."""

import json

import pytest
from lessons import NAMES
from returned import OF, answered
from wcwidth import wcswidth

from course_utils.__main__ import main
from course_utils.teaching.progress import progress

ROWS = [
    ("ann/a.ipynb", "01_first", "half", "correct"),
    ("ann/a.ipynb", "01_first", "double", "wrong"),
    ("b.ipynb", "01_first", "half", "correct"),
    ("b.ipynb", "01_first", "double", "no verdict"),
    ("c.ipynb", "", "", "not a notebook"),
    ("b2.ipynb", "02_second", "slope", "correct"),
]
TABLE = """\
01_first     half     double
ann/a.ipynb  correct  wrong
b.ipynb      correct  no verdict
correct      2 of 2   0 of 2

02_second  slope
b2.ipynb   correct
correct    1 of 1"""


def test_each_lesson_has_its_table():
    assert progress(ROWS) == TABLE
    assert progress([]) == ""


def test_columns_stand_below_each_other_whatever_the_script():
    names = "王小明.ipynb", "Jo\u0308rg.ipynb", "🚀.ipynb"
    lines = progress([(name, "01_first", "half", "correct") for name in names]).splitlines()
    assert {wcswidth(line.rpartition("  ")[0]) for line in lines} == {wcswidth(names[0])}


@pytest.mark.parametrize("name", NAMES)
def test_collect_prints_it_by_wish(tmp_path, capsys, name):
    for learner, correct in (("ann", [0]), ("ben", range(len(OF[name])))):
        (tmp_path / learner).mkdir()
        notebook = json.dumps(answered(name, *correct))
        (tmp_path / learner / f"{name}.ipynb").write_text(notebook, encoding="utf-8")
    assert main(["collect", str(tmp_path), "--progress"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3].startswith(name) and lines[-1].split("  ", 1)[1].split() == ["2", "of", "2"] + ["1", "of", "2"] * (
        len(OF[name]) - 1
    )
