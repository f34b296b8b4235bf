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
    (tmp_path / "ada" / ".ipynb_checkpoints").mkdir(parents=True)
    nbformat.write(answered("03_loss", 0), tmp_path / "ada" / "mine.IPYNB")
    nbformat.write(answered("03_loss"), tmp_path / "ada" / ".ipynb_checkpoints" / "mine-checkpoint.ipynb")
    assert told() == [
        "away.ipynb: not a file",
        "essay.pdf: not a notebook",
        "huge.ipynb: too large to read: 4 MB",
        "latin.ipynb: not a notebook, or a broken one",
        "pipe.ipynb: not a file",
        f"ada/mine.IPYNB: {summary('03_loss', 0)}",
    ]


def test_a_file_that_may_not_be_read_costs_one_line(told, monkeypatch):
    read = Path.read_text

    def refuse(path, **how):
        if path.name == "closed.ipynb":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, **how)

    monkeypatch.setattr(Path, "read_text", refuse)
    lines = told(closed=answered("03_loss"), open=answered("03_loss", 0))
    assert lines == ["closed.ipynb: Permission denied", f"open.ipynb: {summary('03_loss', 0)}"]


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
