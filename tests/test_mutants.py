"""The faults that are put into the project: of every kind that is promised, and each a fault."""

import ast
import json
import re

import nbformat
import pytest
from faults import Fault, faults_of
from lesson_faults import faults_of_lesson
from lessons import FOLDER, NAMES, ROOT
from mutants import PLAN, drawn, own_tests, rest, tried, without_effect
from reached import Reached, Traced
from trials import failed, in_tree

from course_utils.check import EXERCISES

pytestmark = pytest.mark.thorough

SOURCE = '''
"""Words of a room."""

TABLE = dict(colour="blue", width=2)


def step(model, x: float, rate=0.5):
    """Words of a function."""
    with model.lock:
        model.count = 0
    if rate <= 0:
        raise ValueError(f"the rate must be above {0}, got {rate:.2f}")
    model.add(x, -rate)
    return x + rate * 3 if not x else "·" + max(1, x, key=abs)
'''


def made(source, kind):
    """Return what the faults of one kind make of a source: (before, after)."""
    return [(fault.before, fault.after) for fault in faults_of("room.py", source) if fault.kind == kind]


@pytest.mark.parametrize(
    "kind, before, after",
    [
        ("sign", "x + rate * 3", "(x - rate * 3)"),
        ("sign", "-rate", "(rate)"),
        ("operator", "rate * 3", "(rate / 3)"),
        ("comparison", "rate <= 0", "(rate < 0)"),
        ("comparison", "not x", "(x)"),
        ("constant", "2", "3"),
        ("constant", "0.5", "1.0"),
        ("constant", '"blue"', "'bluex'"),
        ("constant", 'f"the rate must be above {0}, got {rate:.2f}"', 'f"the rate must be above {0}, got {rate:.3f}"'),
        ("message", 'f"the rate must be above {0}, got {rate:.2f}"', 'f"the rate must above {0}, got {rate:.2f}"'),
        ("arguments", "model.add(x, -rate)", "model.add(-rate, x)"),
        ("arguments", "max(1, x, key=abs)", "max(1, x)"),
        ("statement", "model.add(x, -rate)", "pass"),
        ("statement", "model.count = 0", "pass"),
        ("statement", "rate <= 0", "False"),
        ("lock", "with model.lock:\n", "if True:\n"),
        ("raise", 'raise ValueError(f"the rate must be above {0}, got {rate:.2f}")', "pass"),
    ],
)
def test_a_room_gets_faults_of_every_kind(kind, before, after):
    assert (before, after) in made(SOURCE, kind)


def test_what_makes_no_difference_is_no_fault():
    assert not [after for _, after in made("least = min(one, other)", "arguments")]
    assert made("least = least(one, other)", "arguments") == [("least(one, other)", "least(other, one)")]


def test_each_fault_of_a_room_is_one_change_that_compiles_and_no_change_of_words_about_it():
    faults = faults_of("room.py", SOURCE)
    good = ast.dump(ast.parse(SOURCE))
    for fault in faults:
        source = fault.edit(SOURCE)
        assert ast.dump(ast.parse(source)) != good, fault
        assert '"""Words of a room."""' in source and '"""Words of a function."""' in source and "x: float" in source
        assert SOURCE.splitlines()[fault.line - 1].strip().startswith(fault.before.split("\n")[0]) or (
            fault.before.split("\n")[0] in SOURCE.splitlines()[fault.line - 1]
        )
    assert len({fault.edit(SOURCE) for fault in faults}) == len(faults)


@pytest.mark.parametrize("name", NAMES)
def test_each_fault_of_a_lesson_is_one_change_of_a_notebook(name):
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    faults = faults_of_lesson(name, text)
    for fault in drawn(faults, 40, seed=0):
        assert json.loads(fault.edit(text)) != json.loads(text), fault
    kinds = {"swapped cells", "number in prose", "number in code", "number in output", "edited message"}
    assert kinds | {"dropped alt text", "deleted picture", "broken solution"} <= {fault.kind for fault in faults}


def test_a_swapped_cell_is_counted_anew():
    text = (FOLDER / "01_variables.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    [k, *_] = [k for k in range(len(cells) - 1) if cells[k]["cell_type"] == cells[k + 1]["cell_type"] == "code"]
    [fault] = [fault for fault in faults_of_lesson("", text) if (fault.line, fault.kind) == (k, "swapped cells")]
    swapped = json.loads(fault.edit(text))["cells"]
    assert [cell["id"] for cell in swapped[k : k + 2]] == [cells[k + 1]["id"], cells[k]["id"]]
    counts = [cell["execution_count"] for cell in swapped if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_a_draw_is_the_same_for_a_seed_and_of_every_kind():
    faults = faults_of("room.py", SOURCE)
    some = drawn(faults, 10, seed=3)
    assert [str(fault) for fault in some] == [str(fault) for fault in drawn(faults, 10, seed=3)]
    assert some != drawn(faults, 10, seed=4)
    assert len({fault.kind for fault in some}) == len({fault.kind for fault in faults}) == 9
    assert sorted(map(str, drawn(faults, 10_000, seed=0))) == sorted(map(str, faults))


def test_every_file_has_tests_of_its_own_that_are_there():
    for pattern in [*PLAN["files"], *PLAN["tests"]]:
        assert any(ROOT.glob(pattern)), pattern
    for path in [path for pattern in PLAN["files"] for path in ROOT.glob(pattern)]:
        name = path.relative_to(ROOT).as_posix()
        words = [word for tests in own_tests(name) for word in tests.split()]
        assert any(list(ROOT.glob(word)) for word in words if word.startswith("tests/")), name
        asked = re.findall(r"\[(\w+)\]", " ".join(own_tests(name)))
        assert path.stem == "__init__" or set(asked) <= set(EXERCISES), f"{name} asks {asked}"


@pytest.mark.parametrize(
    "name, tests",
    [
        ("course_utils/bowl.py", ["tests/test_bowl.py"]),
        ("course_utils/__main__.py", ["tests/test_main.py"]),
        ("course_utils/other/runs.py", ["tests/test_runs.py", "tests/test_other*.py"]),
        ("course_utils/plots.py", ["tests/test_plots_*.py", "tests/test_plots.py"]),
        ("course_utils/check/lesson_03/pairs.py", ["tests/test_check*.py -k '[residuals] or [mse]'"]),
    ],
)
def test_a_file_is_tested_by_what_has_its_name_unless_the_plan_says_more(name, tests):
    assert own_tests(name) == tests


def test_a_lesson_is_executed_as_one_of_its_own_tests():
    assert "notebooks/03_loss.ipynb" in own_tests("notebooks/03_loss.ipynb")


def test_the_lessons_are_asked_of_what_they_show():
    assert rest("course_utils/verdict.py") == ["tests/test_*.py", *(f"notebooks/{name}.ipynb" for name in NAMES)]
    assert rest("course_utils/playgrounds/line.py") == rest("course_utils/plots.py") == rest("course_utils/verdict.py")
    assert rest("course_utils/check/beside.py") == rest("notebooks/03_loss.ipynb") == ["tests/test_*.py"]


def test_what_changes_nothing_says_why_and_is_still_a_fault(capsys):
    without_effect(ROOT)
    assert not capsys.readouterr().out
    for entry in PLAN["equivalent"]:
        assert set(entry) - {"line"} == {"file", "before", "after", "reason"} and len(entry["reason"].split()) > 2


def test_what_changes_nothing_is_found_in_rooms_and_lessons_by_its_words(monkeypatch, capsys):
    of_room = dict(file="course_utils/check/draws.py", before="sizes * signs", after="(sizes / signs)")
    of_lesson = dict(file="notebooks/04_training_loop.ipynb", before="1e-6", after="2e-06", line="assert abs(limit")
    gone = of_room | {"line": "no such line"}
    monkeypatch.setitem(PLAN, "equivalent", [of_room, of_lesson, gone])
    assert len(without_effect(ROOT)) == 2
    assert capsys.readouterr().out.count("is no fault any more") == 1


@pytest.mark.parametrize(
    "body, seconds, name",
    [
        ("pass", 100, ""),
        ("assert False", 100, "test_it.py::test_it"),
        ("import os; os.abort()", 100, "test_it.py::test_it"),
        ("while True: pass", 10, "test_it.py::test_it"),
        ("bytearray(2**34)", 100, "test_it.py::test_it"),
        ("pass\n\nimport no_such_module", 100, "test_*.py no_such_*.py --collect-only"),
    ],
)
def test_it_is_told_which_test_fails_crashes_or_hangs_in_a_copy(tmp_path, body, seconds, name):
    (tmp_path / "test_it.py").write_text(f"def test_it():\n    {body}\n", encoding="utf-8")
    assert failed(tmp_path, "test_*.py no_such_*.py", seconds) == name


@pytest.mark.parametrize("wrong, name", [("no such", ""), ("a == 1.5", "test_it.py::test_it[a == 1.5]")])
def test_the_test_that_fails_can_be_asked_again_alone(tmp_path, wrong, name):
    cases = "import pytest\n\n@pytest.mark.parametrize('a', ['1 + 1', 'a == 1.5'])\n"
    (tmp_path / "test_it.py").write_text(f"{cases}def test_it(a):\n    assert a != {wrong!r}\n", encoding="utf-8")
    told = failed(tmp_path, "test_it.py", seconds=100)
    assert told == name and failed(tmp_path, told or "test_it.py", seconds=100) == name


def test_a_fault_is_seen_by_what_passes_without_it_alone(tmp_path, monkeypatch):
    (tmp_path / "test_it.py").write_text("from room import a\n\ndef test_it():\n    assert a == 2\n")
    monkeypatch.setitem(PLAN, "tests", {"room.py": ["test_it.py"]})
    (tmp_path / "room.py").write_text("a = 1 + 1\n")
    faults = faults_of("room.py", "a = 1 + 1\n")
    assert tried(faults, [tmp_path], own=True) == [True] * len(faults)
    (tmp_path / "room.py").write_text("a = 1 + 3\n")
    with pytest.raises(SystemExit, match=r"must pass: test_it.py::test_it"):
        tried(faults[:1], [tmp_path], own=True)


def test_some_tests_of_a_file_can_be_asked_alone(tmp_path):
    text = "def test_a():\n    assert False\n\ndef test_b():\n    pass\n"
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    assert not failed(tmp_path, "test_it.py -k test_b", seconds=100)
    assert failed(tmp_path, "test_it.py -k test_a", seconds=100) == "test_it.py::test_a"


REACHED = {
    "course_utils/__init__.py": "",
    "course_utils/room.py": """
LEAST = 1

def larger(a):
    return max(
        a,
        LEAST,
    )

def smaller(a):
    return a - LEAST

def nowhere(a):
    return a
""",
    "course_utils/cellar.py": "DEPTH = 2\n\ndef depth():\n    return DEPTH\n",
    "course_utils/attic.py": "HEIGHT = 2\n",
    "tests/test_it.py": """
import pytest
from course_utils import room

@pytest.fixture(scope="module")
def made():
    return room.smaller(3)

def test_a():
    assert room.larger(2) == 2

def test_b(made):
    assert made == 2
""",
    "tests/test_lesson.py": """
from pathlib import Path

def test_c():
    from course_utils import cellar
    assert Path("notebooks/01_lesson.ipynb").read_text(encoding="utf-8")

def test_d():
    from course_utils import cellar
    assert cellar.depth() == 2
""",
    "notebooks/01_lesson.ipynb": "{}",
    "notebooks/02_lesson.ipynb": "{}",
}


def test_a_fault_is_not_asked_of_the_tests_that_do_not_reach_it(tmp_path, monkeypatch):
    for name, text in REACHED.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "found").mkdir()
    for name in ("test_it", "test_lesson"):
        assert in_tree(tmp_path, f"tests/{name}.py", [Traced(str(tmp_path / "found" / name))]) == 0
    monkeypatch.setattr("reached.ROOT", tmp_path)
    others = Reached(tmp_path / "found").others
    first, second = of_rooms = [f"tests/test_it.py::test_{letter}" for letter in "ab"]
    of_lessons = {f"tests/test_lesson.py::test_{letter}" for letter in "cd"}
    faults = faults_of("course_utils/room.py", REACHED["course_utils/room.py"])
    room = {(fault.line, fault.before): others(fault) for fault in faults}
    assert room[5, "return max(\n        a,\n        LEAST,\n    )"] == {second} | of_lessons
    assert room[11, "a - LEAST"] == of_lessons, "what is made once for a file is of all its tests"
    assert room[2, "1"] == room[14, "return a"] == of_lessons, "what no test reaches may be seen by any of the file's"
    assert others(faults_of("course_utils/attic.py", "HEIGHT = 2\n")[0]) == set()
    cellar = others(faults_of("course_utils/cellar.py", REACHED["course_utils/cellar.py"])[0])
    assert cellar == set(of_rooms), "what an import executes may be seen by more tests than the one that imports first"
    depth, within = faults_of("course_utils/cellar.py", REACHED["course_utils/cellar.py"])
    assert others(depth, own=True) == set() and others(within, own=True) == others(within) != set()
    lessons = [others(Fault(f"notebooks/0{k}_lesson.ipynb", 0, "", "", "", str)) for k in (1, 2)]
    assert lessons == [set(of_rooms), {*of_rooms, *of_lessons}]
    (tmp_path / "course_utils" / "room.py").write_text(REACHED["course_utils/room.py"].replace("a - ", "a + "))
    assert not failed(tmp_path, "tests/test_it.py", 100, others={second})
    assert failed(tmp_path, "tests/test_it.py", 100, others={first, "tests/test_it.py::test_c"}) == second


def test_what_has_passed_need_not_be_asked_again(tmp_path):
    text = "def test_a():\n    pass\n\ndef test_b():\n    assert False\n"
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    others = {"test_it.py::test_c"}
    assert not failed(tmp_path, "test_it.py -k test_a", 100, others)
    assert others == {"test_it.py::test_a", "test_it.py::test_c"}
    assert failed(tmp_path, "test_it.py", 100, others) == "test_it.py::test_b"
    assert others == {"test_it.py::test_a", "test_it.py::test_c"}, "a test that fails has not passed"


@pytest.mark.parametrize("tests", ["test_*.py", "test_none.py -k nothing"])
def test_where_there_are_no_tests_none_fails(tmp_path, tests):
    (tmp_path / "test_none.py").write_text("", encoding="utf-8")
    assert not failed(tmp_path, tests, seconds=100)


@pytest.mark.parametrize("shown, name", [("4", ""), ("5", "lesson.ipynb")])
def test_a_lesson_fails_where_it_shows_something_else(tmp_path, shown, name):
    output = nbformat.v4.new_output("stream", text=f"{shown}\n")
    cell = nbformat.v4.new_code_cell("print(2 + 2)", outputs=[output], execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "lesson.ipynb")
    assert failed(tmp_path, "lesson.ipynb", seconds=100) == name


def test_a_lesson_is_executed_anew_where_the_package_is_another(tmp_path):
    output = nbformat.v4.new_output("stream", text="4\n")
    cell = nbformat.v4.new_code_cell(
        "from course_utils import room\nprint(room.a)", outputs=[output], execution_count=1
    )
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "lesson.ipynb")
    (tmp_path / "course_utils").mkdir()
    (tmp_path / "course_utils" / "__init__.py").write_text("")
    for a, name in ((4, ""), (5, "lesson.ipynb"), (4, "")):
        (tmp_path / "course_utils" / "room.py").write_text(f"a = {a}\n")
        assert failed(tmp_path, "lesson.ipynb", seconds=100) == name
