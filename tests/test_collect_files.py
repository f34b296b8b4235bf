"""What comes back may be any file: one line for each, nothing lost, and a table."""

import csv
import json
import os
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from returned import OF, answered, summary

from course_utils.__main__ import main
from course_utils.teaching.collect import printable
from course_utils.teaching.notebooks import read

BROKEN = {
    "empty": "",
    "cut": '{"cells": [{"cell_type": "code", "sour',
    "list": "[1, 2]",
    "number": "7",
    "old": '{"nbformat": 3, "worksheets": []}',
    "odd-cells": '{"cells": [1, null]}',
    "odd-outputs": '{"cells": [{"cell_type": "code", "source": "check.mse(x)", "outputs": [3]}]}',
    "odd-metadata": '{"cells": [{"cell_type": "code", "metadata": [], "source": {}, "outputs": null}]}',
    "deep": '{"cells": ' + "[" * 100_000,
    "deep-code": json.dumps({"cells": [{"cell_type": "code", "source": "(" * 5000 + "check.mse(x)"}]}),
    "nul": json.dumps({"cells": [{"cell_type": "code", "source": "check.mse(x)\0"}]}),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_notebook_costs_one_line_and_no_other_notebook(told, kind):
    lines = told(a=answered("03_loss", 0), m=BROKEN[kind], z=answered("03_loss", 1))
    assert len(lines) == 3 and [line.partition(":")[0] for line in lines] == ["a.ipynb", "m.ipynb", "z.ipynb"]
    assert (lines[0], lines[2]) == (f"a.ipynb: {summary('03_loss', 0)}", f"z.ipynb: {summary('03_loss', 1)}")


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe and a link that leads nowhere")
def test_other_files_cost_one_line_each(told, tmp_path, monkeypatch):
    monkeypatch.setattr("course_utils.teaching.collect.LARGEST", 3e6)
    (tmp_path / "essay.pdf").write_bytes(b"%PDF")
    (tmp_path / "latin.ipynb").write_bytes('{"cells": "é"}'.encode("latin-1"))
    (tmp_path / "huge.ipynb").write_bytes(b" " * 4_000_000)
    (tmp_path / "away.ipynb").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "ada").mkdir()
    nbformat.write(answered("03_loss", 0), tmp_path / "ada" / "mine.IPYNB")
    assert told() == [
        "away.ipynb: not a file",
        "essay.pdf: not a notebook",
        "huge.ipynb: too large to read: 4 MB",
        "latin.ipynb: not a notebook, or a broken one",
        "pipe.ipynb: not a file",
        f"ada/mine.IPYNB: {summary('03_loss', 0)}",
    ]


def test_what_is_hidden_or_of_others_is_passed_over(told, tmp_path):
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    for folder in (".ipynb_checkpoints", ".git/lost", "__MACOSX", ".venv/lib", "env/lib/site-packages/it/tests"):
        (tmp_path / "ada" / folder).mkdir(parents=True)
        nbformat.write(answered("03_loss", 1), tmp_path / "ada" / folder / "03_loss.ipynb")
    assert told(mine=answered("03_loss", 0)) == [f"mine.ipynb: {summary('03_loss', 0)}"]


def test_notebooks_are_read_whatever_a_browser_or_an_editor_made_of_them(told, tmp_path):
    text = json.dumps(answered("03_loss", 0), ensure_ascii=False)
    for name, encoding in (("a.ipynb.txt", "utf-8"), ("b.ipynb.json", "utf-8-sig"), ("c.ipynb", "utf-16")):
        (tmp_path / name).write_text(text, encoding=encoding)
    said = summary("03_loss", 0)
    assert told() == [f"a.ipynb.txt: {said}", f"b.ipynb.json: {said}", f"c.ipynb: {said}"]


def test_one_notebook_alone_may_be_named(tmp_path, capsys):
    for name in ("mine", "yours"):
        nbformat.write(answered("03_loss", 0), tmp_path / f"{name}.ipynb")
    assert main(["collect", str(tmp_path / "mine.ipynb")]) == 0
    assert capsys.readouterr().out == f"mine.ipynb: {summary('03_loss', 0)}\n"


def test_a_file_that_may_not_be_read_costs_one_line(told, monkeypatch):
    read = Path.read_bytes

    def refuse(path, **how):
        if path.name == "closed.ipynb":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, **how)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    lines = told(closed=answered("03_loss"), open=answered("03_loss", 0))
    assert lines == ["closed.ipynb: Permission denied", f"open.ipynb: {summary('03_loss', 0)}"]


def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path, monkeypatch, capsys):
    scandir = os.scandir

    def refused(place):
        if str(place) == str(tmp_path):
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refused)
    assert main(["collect", str(tmp_path)]) == 2
    assert f"{tmp_path}: Permission denied" in capsys.readouterr().err


def test_the_table_has_a_line_for_each_exercise_and_each_file(tmp_path, capsys):
    nbformat.write(answered("03_loss", 1, wrong=[0]), tmp_path / "mine.ipynb")
    (tmp_path / "essay.pdf").write_bytes(b"")
    table = tmp_path / "marks.csv"
    for _ in range(2):  # the second time it lies in the folder itself
        assert main(["collect", str(tmp_path), "--csv", str(table)]) == 0
        rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
        assert rows[:4] == [
            ["file", "lesson", "exercise", "result"],
            ["essay.pdf", "", "", "not a notebook"],
            ["mine.ipynb", "03_loss", OF["03_loss"][0].check, "wrong"],
            ["mine.ipynb", "03_loss", OF["03_loss"][1].check, "correct"],
        ]
        assert [row[3] for row in rows[4:]] == ["not attempted"] * (len(OF["03_loss"]) - 2)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("remarks.csv", "file,lesson,exercise,result,remark\n"),
        ("remarks.csv", "file,lesson,exercise,result\na,b,c,correct,well done\n"),
        ("marks.xlsx", "PK\x03\x04\0\xff"),
        ("mine.ipynb", "{}"),
    ],
)
def test_what_is_no_such_table_is_not_replaced(tmp_path, capsys, name, content):
    (tmp_path / name).write_text(content, encoding="latin-1")
    assert main(["collect", str(tmp_path), "--csv", str(tmp_path / name)]) == 2
    out, told = capsys.readouterr()
    assert out == "" and "name another file" in told and told.count("\n") == 1
    assert (tmp_path / name).read_text(encoding="latin-1") == content


def test_a_table_without_a_folder_is_told_before_anything_is_read(tmp_path, capsys):
    nbformat.write(answered("03_loss"), tmp_path / "mine.ipynb")
    assert main(["collect", str(tmp_path), "--csv", str(tmp_path / "away" / "marks.csv")]) == 2
    out, told = capsys.readouterr()
    assert out == "" and f"no folder {tmp_path / 'away'}" in told


def test_no_name_of_a_file_is_a_formula_of_a_spreadsheet(tmp_path):
    for name in ("=A1.ipynb", "+1.ipynb", "-1.ipynb", "@SUM.ipynb"):
        (tmp_path / name).touch()
    table = tmp_path / "marks.csv"
    assert main(["collect", str(tmp_path), "--csv", str(table)]) == 0
    _, *rows = csv.reader(table.read_text(encoding="utf-8").splitlines())
    assert [row[0] for row in rows] == ["./+1.ipynb", "./-1.ipynb", "./=A1.ipynb", "./@SUM.ipynb"]


def test_a_name_can_neither_turn_nor_end_its_line():
    assert printable("a\u202eb\n\u2028c\u2066") == r"a\u202eb\n\u2028c\u2066"
    assert printable("أحمد 王 👩\u200d💻 Ångström") == "أحمد 王 👩\u200d💻 Ångström"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_names_that_are_no_text_cost_one_line_too(told, tmp_path):
    for name in (b"a\xff.ipynb", b"b\nc.ipynb", "Zoë.ipynb".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()
    assert told() == ["Zoë.ipynb: an empty file", "a\\xff.ipynb: an empty file", "b\\nc.ipynb: an empty file"]
    table = tmp_path / "marks.csv"
    assert main(["collect", str(tmp_path), "--csv", str(table)]) == 0
    assert len(table.read_text(encoding="utf-8").splitlines()) == 4


def test_a_notebook_without_ids_is_read_without_a_warning_and_others_may_warn_as_before(tmp_path):
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}), encoding="utf-8")
    with warnings.catch_warnings():
        before = list(warnings.filters)
        assert read(path).cells == []
        assert warnings.filters == before
