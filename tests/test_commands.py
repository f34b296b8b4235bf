"""What instructors run from a terminal: help, progress, and errors in one line."""

import sys
from pathlib import Path

import nbformat
import pytest
from lessons import ROOT

from course_utils.__main__ import main
from course_utils.teaching import notebooks
from course_utils.teaching.commands import COMMANDS

WRITERS = {"handout": ".ipynb", "pages": ".html", "slides": ".slides.html"}
OWN = ("01_first", "02_second")  # the lessons here, which take no time
every_writer = pytest.mark.parametrize("command", WRITERS)


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """A function that runs a command in an empty folder and returns (status, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    for name in ("dist/reset.css", "dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js", "LICENSE"):
        file = tmp_path / ".node" / "reveal.js" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    monkeypatch.setenv("COURSE_NODE_MODULES", str(tmp_path / ".node"))
    monkeypatch.setattr(notebooks, "LESSONS", tmp_path / ".lessons")
    for name in OWN:
        lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(f"# {name}\n\n" + "Read. " * 2000)])
        notebooks.LESSONS.mkdir(exist_ok=True)
        nbformat.write(lesson, notebooks.LESSONS / f"{name}.ipynb")

    def called(*arguments):
        try:
            status = main([*map(str, arguments)])
        except SystemExit as left:  # argparse leaves this way
            status = left.code
        return (status, *capsys.readouterr())

    return called


def refused(told, *words):
    """Assert that a command told its error in one line and wrote nothing else."""
    status, out, error = told
    assert (status, out, error.count("\n")) == (2, "", 1)
    assert error.startswith("python -m course_utils") and all(word in error for word in words), error


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_complete(run, command):
    status, told, _ = run(command, "--help")
    told = " ".join(told.split())
    assert status == 0 and f"{command} [-h] [--lessons PATH]" in told and "FOLDER" in told and "(default: " in told
    assert ("--overwrite" in told) == (command != "collect")
    assert ("--csv" in told) == (command == "collect")
    assert COMMANDS[command].split()[-1] in told


def test_the_list_of_commands_says_what_each_does(run):
    status, told, _ = run("--help")
    told = " ".join(told.split())
    assert status == 0 and all(f"{command} {purpose}" in told for command, purpose in COMMANDS.items())


def test_the_lessons_are_those_beside_the_package():
    assert notebooks.LESSONS == ROOT / "notebooks"


@every_writer
def test_each_lesson_is_told_when_it_is_written(run, command):
    status, told, errors = run(command, "out/deeper")
    assert (status, errors) == (0, "")
    paths = [Path("out", "deeper", f"{name}{WRITERS[command]}") for name in OWN]
    assert told.splitlines() == [str(path) for path in paths]
    assert all(path.stat().st_size > 10_000 and b"\r" not in path.read_bytes() for path in paths)


@every_writer
def test_nothing_is_written_over_but_by_wish(run, command, tmp_path):
    mine = tmp_path / "out" / f"02_second{WRITERS[command]}"
    mine.parent.mkdir()
    mine.write_text("my work", encoding="utf-8")
    refused(run(command, "out"), f"02_second{WRITERS[command]} is there already", "--overwrite")
    assert [path.name for path in mine.parent.iterdir()] == [mine.name] and mine.read_text(
        encoding="utf-8"
    ) == "my work"
    assert run(command, "out", "--overwrite")[0] == 0
    assert mine.stat().st_size > 10_000


def test_a_hand_out_never_replaces_the_lessons_themselves(run, tmp_path):
    original = (ROOT / "notebooks" / "01_variables.ipynb").read_bytes()
    lesson = tmp_path / "own.ipynb"
    lesson.write_bytes(original)
    refused(run("handout", tmp_path, "--lessons", lesson, "--overwrite"), "is where the lessons are")
    assert lesson.read_bytes() == original


@every_writer
def test_other_lessons_can_be_named(run, command, tmp_path):
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Mine")])
    (tmp_path / "own").mkdir()
    for name in ("b.ipynb", "a.ipynb"):
        nbformat.write(own, tmp_path / "own" / name)
    nbformat.write(own, tmp_path / "c.ipynb")
    status, told, _ = run(command, "out", "--lessons", "own", "--lessons", "c.ipynb")
    assert status == 0
    assert told.split() == [str(Path("out", f"{name}{WRITERS[command]}")) for name in "abc"]


@pytest.mark.parametrize("command", COMMANDS)
def test_lessons_that_cannot_be_had_are_told_in_one_line(run, command, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.ipynb").write_text("no notebook", encoding="utf-8")
    (tmp_path / "in").mkdir()
    for missing in ("empty", "nowhere"):
        refused(run(command, "in", "--lessons", missing), f"no notebook in {missing}", "--lessons")
    refused(run(command, "in", "--lessons", "text.ipynb"), "text.ipynb", "not a notebook")
    (tmp_path / "list.ipynb").write_text("[]", encoding="utf-8")
    told = run(command, "in", "--lessons", "list.ipynb")
    refused(told, "list.ipynb", "not a notebook")
    assert "object" not in told[2] and told[2].count("list.ipynb") == 1  # the words of another program


@pytest.mark.parametrize("command", ["handout", "nbgrader"])
def test_what_is_no_file_is_passed_over_and_a_broken_lesson_leaves_nothing_half_done(run, command, tmp_path):
    (notebooks.LESSONS / "00_folder.ipynb").mkdir()
    assert run(command, "out")[0] == 0
    (notebooks.LESSONS / "03_third.ipynb").write_text("{}", encoding="utf-8")
    refused(run(command, "in"), "03_third.ipynb is not a notebook")
    assert not [path for path in Path("in").rglob("*") if path.is_file()]


@every_writer
def test_two_lessons_of_one_name_are_told(run, command):
    lesson = ROOT / "notebooks" / "01_variables.ipynb"
    refused(
        run(command, "out", "--lessons", lesson, "--lessons", lesson), "two notebooks are called 01_variables.ipynb"
    )


@every_writer
def test_a_folder_that_cannot_be_made_is_told(run, command, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused(run(command, "file"), "file")
    refused(run(command, "file/below"), "file")


def test_the_table_of_what_came_back_takes_the_place_of_no_notebook(run, tmp_path):
    work = tmp_path / "ann.ipynb"
    work.write_text("her work", encoding="utf-8")
    refused(run("collect", ".", "--csv", "ann.ipynb"), "ann.ipynb is the name of a notebook")
    assert work.read_text(encoding="utf-8") == "her work"


def test_errors_of_files_are_told_without_their_numbers(run, monkeypatch):
    told = run("train", "--plot", Path("nowhere", "x.png"))
    refused(told, f"error: {Path('nowhere', 'x.png')}: ")
    assert "Errno" not in told[2]
    monkeypatch.setattr("course_utils.__main__.make_line_data", lambda **_: (_ for _ in ()).throw(MemoryError("full")))
    refused(run("train"), "full")


def test_collect_wants_a_folder_with_files(run, tmp_path):
    refused(run("collect", "nowhere"), "no folder nowhere")
    (tmp_path / "empty").mkdir()
    refused(run("collect", "empty"), "no file in empty")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_folder_is_needed_and_options_are_whole_words(run, command):
    refused(run(command), "FOLDER")
    refused(run(command, "out", "--les", "x"), "--les")


@pytest.mark.parametrize(
    ("command", "package", "extra"),
    [
        ("pages", "latex2mathml", "slides"),
        ("slides", "mistune", "slides"),
        ("handout", "nbconvert", "slides"),
        ("site", "sphinx", "site"),
    ],
)
def test_a_missing_package_is_told_with_what_to_install(run, monkeypatch, command, package, extra):
    for name in [*sys.modules]:
        if name.partition(".")[0] == package or (name.startswith("course_utils.teaching.") and "commands" not in name):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    refused(run(command, "out"), f"{command} needs the package {package}", f'pip install -e ".[{extra}]"')


def test_a_lesson_that_fails_is_told_in_one_line(tmp_path):
    cells = [nbformat.v4.new_code_cell("print(1)"), nbformat.v4.new_code_cell("1 / 0")]
    with pytest.raises(ValueError, match=r"^a cell fails: ZeroDivisionError: division by zero$"):
        notebooks.execute(nbformat.v4.new_notebook(cells=cells), tmp_path)


def test_what_is_executed_is_canonical(tmp_path):
    """Streams in one piece, no times, no widget state; a cell that tells the time keeps its output."""
    code = "import sys, time\nfor k in range(3):\n    print(k)\n    sys.stdout.flush()\n    time.sleep(0.2)"
    widget = "import ipywidgets\nipywidgets.IntSlider()"
    timed = nbformat.v4.new_code_cell("print('now')", metadata={"tags": [notebooks.UNCOMPARED]})
    timed.outputs = [nbformat.v4.new_output("stream", name="stdout", text="then\n")]
    codes = [nbformat.v4.new_code_cell(code), nbformat.v4.new_code_cell(widget), timed]
    notebook = nbformat.v4.new_notebook(cells=[*codes, nbformat.v4.new_markdown_cell("end")])
    notebooks.execute(notebook, tmp_path)
    assert notebook.metadata.get("widgets") is None and "execution" not in notebook.cells[0].metadata
    notebooks.canonical(notebook)
    assert [output.text for output in notebook.cells[0].outputs] == ["0\n1\n2\n"]
    assert set(notebook.cells[1].outputs[0].data) == {"text/plain"}
    assert notebook.cells[2].outputs[0].text == "then\n"
    assert [cell.get("execution_count") for cell in notebook.cells] == [1, 2, 3, None]
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
