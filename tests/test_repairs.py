"""The piece at which a learner's function goes wrong: found by trying, told in words, and nothing else is touched."""

import ast
import itertools
import textwrap
import warnings

import pytest
from answers import EXERCISES, given, made

from course_utils import check
from course_utils.check import guard, pieces, repairs
from course_utils.check.reading import code_of, tree_of

RESIDUALS = "def answer(y_true, y_pred):\n    {}\n    return {}\n"
WRONG = "tf.math.erf(y_true - y_pred)"
FOUND = [
    ("r = y_true - y_pred", "r / tf.math.reduce_std(r)", "line 3 of its cell `r` stood in the place of `r / tf.math"),
    ("r = y_true - y_pred", "tf.math.erf(tf.math.erf(r))", "`r` stood in the place of `tf.math.erf(tf.math.erf(r))`"),
    ("y_true += tf.math.erf(y_true)", "y_true - y_pred", "without `y_true += tf.math.erf(y_true)` in line 2 of its"),
    ("r = tf.math.erf(y_true - y_pred)", "r", "in line 2 of its cell `y_true - y_pred` stood in the place of"),
    ("r = y_true - y_pred", "r if len(r) > 99 else tf.math.erf(r)", "in line 3 of its cell `r` stood"),
    ("k = tf.math.erf(y_pred)", "y_true - tf.math.erf(y_true * 0 + k)", "for example at `tf.math.erf(y_true * 0 + k)`"),
    (
        "k = {'{}': 'Ü'}",
        "tf.math.erf(\n        y_true - y_pred\n    )",
        "in line 3 of its cell `y_true - y_pred` stood",
    ),
]


@pytest.mark.parametrize(("first", "last", "words"), FOUND)
def test_the_piece_without_which_it_would_be_right_is_told(first, last, words):
    function = made(RESIDUALS.format(first, last))
    assert words in repairs.piece_at_fault(function, hold), repairs.piece_at_fault(function, hold)


LOOP = """
    rows = []
    for k in range(len(y_true)):
        rows.append(y_true[k] - y_pred[k])
    return tf.stack(rows)
"""
WHILE = """
    k = 0
    rows = []
    while k < len(y_true):
        rows.append(y_true[k] - y_pred[k])
        k += 1
    return tf.stack(rows)
"""
TOTAL = """
    found = [0.0] * len(y_true)
    for k in range(len(y_true)):
        total = 0.0
        total += y_true[k]
        total -= y_pred[k]
        found[k] = total
    found = tf.stack(found)
    return found + 0.0
"""
EDITED = [
    (LOOP, ("", ""), ""),
    (LOOP, ("    return", "        return"), "if line 5 of its cell stood behind the loop, and not in it"),
    (LOOP, ("y_true[k]", "y_true[k - 1]"), "in line 4 of its cell `k` stood in the place of `k - 1`"),
    (LOOP, ("y_true[k] - y_pred[k]", "y_pred[k] - y_true[k]"), "for example at `y_pred[k] - y_true[k]` in line 4"),
    (
        LOOP,
        ("    rows = []\n    for k in range(len(y_true)):\n", "    for k in range(len(y_true)):\n        rows = []\n"),
        "line 3 of its cell stood before the loop",
    ),
    (LOOP, ("range(len(y_true))", "(0, 0, 1, 2)"), "without `0` in line 3"),
    (LOOP, ("tf.stack(rows)", "tf.concat([[rows[0]], rows], axis=0)"), "without `[rows[0]]` in line 5"),
    (
        TOTAL,
        (
            "    for k in range(len(y_true)):\n        total = 0.0\n",
            "    total = 0.0\n    for k in range(len(y_true)):\n",
        ),
        "line 3 of its cell stood in the loop, as its first line",
    ),
    (
        TOTAL,
        (
            "    found = [0.0] * len(y_true)\n    for k in range(len(y_true)):\n        total = 0.0\n",
            "    found, total = [0.0] * len(y_true), 0.0\n    for k in range(len(y_true)):\n",
        ),
        "if `total = 0.0` of line 2 of its cell stood in the loop, as its first line",
    ),
    (TOTAL, ("-=", "+="), "for example at `total += y_pred[k]` in line 6"),
    (
        TOTAL.replace("total -= y_pred[k]", "total += -y_pred[k]"),
        ("+= -", "= -"),
        "for example at `total = -y_pred[k]` in line 6",
    ),
    (TOTAL, ("        found[k]", "    found[k]"), "line 7 of its cell stood in the loop, as its last"),
    (TOTAL, ("    found = tf.stack(found)", "        found = tf.stack(found)"), "line 8 of its cell stood behind the"),
    (TOTAL, ("found + 0.0", "found + found**2 - found * found[0]"), "line 9"),
    (
        LOOP,
        (
            LOOP[LOOP.index("[]") :],
            "[0.0] * 3\n    for k in (1, 2, 3):\n        rows[k] = (y_true - y_pred)[k - 1]\n    return tf.stack(rows)",
        ),
        "for example at `rows[k]` in line 4",
    ),
    (LOOP, ("tf.stack(rows)", "(y_true - y_pred**2) / (y_true + y_pred)"), "for example at `y_true` in line 5"),
    (LOOP, ("tf.stack(rows)", "(3 * y_pred - y_true - y_true - y_true) / 3"), "for example at `(3 * y_pred - y_true"),
    (
        WHILE,
        ("k += 1", "k += 1\n        rows.append(0.0)"),
        "without `rows.append(0.0)` in line 7",
    ),
    (WHILE, ("y_pred[k]", "y_pred[k - 1]"), "in line 5 of its cell `k` stood in the place of `k - 1`"),
    (
        LOOP,
        ("tf.stack(rows)", "tf.reduce_sum([y_true, -y_pred]) + 0 * tf.reduce_sum([y_true], axis=0)"),
        "for example at `tf.reduce_sum([y_true, -y_pred])` in line 5",
    ),
]


@pytest.mark.parametrize(("body", "edit", "words"), EDITED)
def test_statements_are_moved_and_parts_are_put_in_on_trial(body, edit, words):
    function = made(f"def answer(y_true, y_pred):{body}".replace(*edit))
    before = ast.unparse(tree_of(function.__code__))
    told = repairs.piece_at_fault(function, hold)
    assert told and words in told if words else told == ""
    assert ast.unparse(tree_of(function.__code__)) == before


def hold(other, seconds):
    """Raise unless a function gives residuals."""
    import tensorflow as tf

    y_true, y_pred = tf.constant([1.0, 3.0, -2.0]), tf.constant([0.5, 4.0, 1.0])
    found = other(y_true, y_pred)
    assert found.shape == y_true.shape and bool(tf.reduce_all(abs(found - (y_true - y_pred)) < 1e-6))


def test_a_learner_is_told_after_what_is_known_of_the_numbers():
    said = str(given("residuals", RESIDUALS.format("pass", WRONG)))
    assert "none of the usual mistakes" in said and said.endswith(f"stood in the place of `{WRONG}`.")


def test_the_line_of_an_argument_is_its_own():
    code = "def times(a, k=1):\n    return k * a\n\n"
    code += RESIDUALS.format("r = y_true - y_pred", "times(\n        r,\n        k=3,\n    )")
    assert repairs.piece_at_fault(made(code), hold) == "It would be right without `k=3` in line 8 of its cell."


def test_what_stands_in_several_places_is_left_out_in_all():
    code = """
    def answer(y_true, y_pred):
        k = tf.math.erf(y_true)[0]
        return tf.stack([(y_true - y_pred)[0] * k,
            (y_true - y_pred)[1] * k, *tf.unstack(((y_true - y_pred) * k)[2:])])
    """
    told = repairs.piece_at_fault(made(textwrap.dedent(code)), hold)
    assert told == "It would be right without each `* k` in lines 4 and 5 of its cell."


def test_long_code_is_not_quoted_in_part():
    long = " + ".join(["tf.math.erf(tf.math.erf(y_true))"] * 4)
    told = repairs.piece_at_fault(
        made(RESIDUALS.format("r = y_true - y_pred", f"tf.where(r > 9, {long}, r * 2)")), hold
    )
    assert told == "It would be right if in line 3 of its cell `r` stood in the place of `r * 2`."
    told = repairs.piece_at_fault(made(RESIDUALS.format("r = y_true - y_pred", f"r + ({long})")), hold)
    assert told == "It would be right if in line 3 of its cell `r` stood alone."
    code = "def times(a, b, k=1):\n    return k * a + 0 * b\n\n"
    code += RESIDUALS.format("r = y_true - y_pred", f"times(r, {long}, k=3)")
    assert repairs.piece_at_fault(made(code), hold) == "It would be right without `k=3` in line 6 of its cell."


def test_what_is_wrong_in_two_places_is_told_by_no_piece():
    code = RESIDUALS.format("y_true = tf.math.erf(y_true)", "y_true - tf.math.erf(y_pred)")
    result = given("residuals", code)
    assert result.state == "mistake" and "would" not in str(result)


@pytest.mark.parametrize("seed", [None, 3])
def test_no_piece_is_blamed_where_the_function_itself_is_right_at_times(seed):
    code = "import itertools\nturns = itertools.count()\n\ndef turn():\n    return next(turns)\n\n"
    code += RESIDUALS.format("k = 1 + np.random.rand() // 0.9", "k * (y_true - y_pred)")
    for _ in range(5):
        said = str(check.residuals(made(code), seed=seed))
        assert "1 + np.random.rand()" not in said or "`np.random.rand() // 0.9`" in said or "`k`" in said, said
    assert repairs.piece_at_fault(made(code), lambda other, seconds: None) == ""


LINES = [
    "open('kept', 'w').close()",
    "np.savez('kept', y_true)",
    "y_true.numpy().tofile('kept')",
    "tf.io.write_file('kept', '')",
    "tf.print(y_true)",
    "print(y_true)",
    "display(y_true)",
    "exec('y_true = 1')",
    "os.unlink('kept')",
    "from os import rename",
    "log.clear()",
    "line.w.assign(0.0)",
    "global log; log = []",
    "keras.callbacks.ModelCheckpoint('kept')",
    "tf.config.run_functions_eagerly(True)",
    "Kept()",
    "plots.loss_curve(y_true)",
]


WORDS = "io print config debugging callbacks compile evaluate fit predict train_on_batch"
PARTS = "save load write file dump export checkpoint set_ enable disable functions"
LINES += [f"tf.{word}" for word in WORDS.split()] + [f"tf.my_{part}it" for part in PARTS.split()]


@pytest.mark.parametrize("line", [*LINES, "(lambda: log.clear())()", "list(map(lambda kept: os.unlink(kept), y_true))"])
def test_code_that_does_more_than_compute_is_never_run_with_changes(line):
    before = "import os\nfrom course_utils import plots\nlog, line = [1], LinearModel()\n"
    before += "display = print\n\nclass Kept:\n    pass\n\n"
    code = before + RESIDUALS.format(f"if len(y_true) > 99: {line}", WRONG)
    tried = []
    assert repairs.piece_at_fault(made(code), lambda other, seconds: tried.append(other)) == "" and not tried
    helper = code.replace("answer", "helper") + RESIDUALS.format("pass", "helper(y_true, y_pred)")
    assert repairs.piece_at_fault(made(helper), lambda other, seconds: tried.append(other)) == "" and not tried
    repairs.piece_at_fault(made(code.replace(line, "pass")), lambda other, seconds: tried.append(other))
    assert tried, "so it was the line"


def test_defaults_and_decorators_are_not_run_again_and_names_stay():
    code = "made = []\ndef at(value):\n    made.append(value)\n    return value\n\n"
    code += "def answer(y_true, y_pred, k=at(2.0)) -> at(float):\n    return tf.math.erf(k) * (y_true - y_pred)\n"
    answer = made(code)
    space = dict(answer.__globals__)
    assert repairs.piece_at_fault(answer, hold).startswith(
        "It would be right if in line 7 of its cell `y_true - y_pred`"
    )
    assert answer.__globals__ == space and answer.__globals__["made"] == [2.0, float]
    assert (
        repairs.piece_at_fault(made(f"import functools\n@functools.cache\n{RESIDUALS.format('pass', WRONG)}"), hold)
        == ""
    )


@pytest.mark.filterwarnings("ignore")
def test_what_python_warns_of_is_said_once_and_not_again_for_each_change():
    answer = made(RESIDUALS.format("if y_true is 3: pass", WRONG))
    with warnings.catch_warnings(record=True, action="always") as warned:
        assert repairs.piece_at_fault(answer, hold)
    assert warned == []


def test_it_ends_when_its_time_is_over(monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 0)
    tried = []
    answer = made(RESIDUALS.format("r = y_true", "r - 1 - y_pred"))
    assert repairs.piece_at_fault(answer, lambda other, seconds: tried.append(other) or 1 / 0) == ""
    assert len(tried) == 1


def test_a_change_that_never_ends_is_the_last_one(monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 1)
    code = RESIDUALS.format("k = 3\n    while k:\n        k -= 1", f"{WRONG} - k")
    result = check.residuals(made(code))
    assert result.state == "mistake" and "none of the usual" in str(result)


def test_stop_ends_the_trying_and_the_mistake_is_told(monkeypatch):
    def stopped(function, hold):
        raise KeyboardInterrupt

    monkeypatch.setattr("course_utils.check.exercise.piece_at_fault", stopped)
    assert "none of the usual mistakes" in str(given("residuals", RESIDUALS.format("pass", WRONG)))


@pytest.mark.parametrize("value", [max, int, 3, lambda x: x, type("Line", (), {}), tree_of])
def test_what_is_no_function_of_a_cell_has_no_piece(value):
    assert repairs.piece_at_fault(value, lambda other, seconds: None) == ""


@pytest.mark.thorough
@pytest.mark.parametrize(
    "code", sorted({solution for *_, solution in EXERCISES if solution.lstrip().startswith("def ")})
)
def test_every_change_is_told_and_taken_back(code):
    name = code.partition("(")[0].removeprefix("def ").strip()
    tree = tree_of(code_of(made(code, name)))
    before, told = ast.dump(tree), set()
    for words in itertools.islice(pieces.changed(tree), repairs.MOST):
        assert words.startswith(("It would be right", "One change would")) and words.endswith(".") and "\n" not in words
        told.add(ast.dump(tree) != before)
    assert told == {True} and ast.dump(tree) == before
