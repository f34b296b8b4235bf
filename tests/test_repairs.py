"""The piece at which a learner's function goes wrong: found by trying, told in words, and nothing else is touched."""

import ast
import itertools

import pytest
from answers import EXERCISES, given, made

from course_utils.check import guard, pieces, repairs
from course_utils.check.reading import code_of, tree_of

RESIDUALS = "def answer(y_true, y_pred):\n    {}\n    return {}\n"
FOUND = [
    ("r = y_true - y_pred", "r / tf.math.reduce_std(r)", "`r` stood in the place of `r / tf.math.reduce_std(r)`"),
    ("r = y_true - y_pred", "tf.math.erf(tf.math.erf(r))", "`r` stood in the place of `tf.math.erf(tf.math.erf(r))`"),
    (
        "y_true += tf.math.erf(y_true)",
        "y_true - y_pred",
        "without `y_true += tf.math.erf(y_true)` in line 2 of its cell.",
    ),
    ("r = tf.math.erf(y_true - y_pred)", "r", "in line 2 of its cell `y_true - y_pred` stood in the place of"),
    ("r = y_true - y_pred", "r if len(r) > 99 else tf.math.erf(r)", "in line 3 of its cell `r` stood"),
    (
        "k = tf.math.erf(y_pred)",
        "y_true - tf.math.erf(y_true * 0 + k)",
        "look at `tf.math.erf(y_true * 0 + k)` in line 3",
    ),
    (
        "k = y_true - tf.math.erf(y_true)",
        "k + tf.math.erf(y_true) - y_pred + tf.math.erf(k)",
        "`k + tf.math.erf(y_true) - y_pred` stood",
    ),
]


@pytest.mark.parametrize(("first", "last", "words"), FOUND)
def test_the_piece_without_which_it_would_be_right_is_told(first, last, words):
    assert words in str(given("residuals", RESIDUALS.format(first, last)))


def test_what_stands_in_several_places_is_left_out_in_all():
    code = (
        "def answer(y_true, y_pred):\n    k = tf.math.erf(y_true)\n    return tf.stack([(y_true - y_pred)[0] * k[0],\n"
    )
    code += "        (y_true - y_pred)[1] * k[0], *tf.unstack(((y_true - y_pred) * k[0])[2:])])\n"
    assert "without `* k[0]` in lines 3 and 4 of its cell." in str(given("residuals", code))


def test_what_is_wrong_in_two_places_is_told_by_no_piece():
    code = RESIDUALS.format("y_true = tf.math.erf(y_true)", "y_true - tf.math.erf(y_pred)")
    result = given("residuals", code)
    assert result.state == "mistake" and "would be right" not in str(result)


@pytest.mark.parametrize(
    "line",
    [
        "open('kept', 'w').close()",
        "np.save('kept', y_true)",
        "tf.io.write_file('kept', '')",
        "exec('y_true = 1')",
        "os.unlink('kept')",
    ],
)
def test_code_that_can_change_more_than_numbers_is_never_run_with_changes(line, monkeypatch):
    tried = []
    monkeypatch.setattr(repairs, "_made", lambda *arguments: tried.append(arguments))
    code = "import os\n" + RESIDUALS.format(f"if len(y_true) > 99: {line}", "tf.math.erf(y_true - y_pred)")
    assert given("residuals", code).state == "mistake" and not tried
    helper = code.replace("answer", "helper") + RESIDUALS.format("pass", "helper(y_true, y_pred)")
    assert given("residuals", helper).state == "mistake" and not tried
    assert given("residuals", code.replace(line, "pass")).state == "mistake" and tried


def test_it_shows_nothing_in_the_cell_and_what_the_learner_has_stays(capsys):
    code = RESIDUALS.format("print(y_true)", "tf.math.erf(y_true - y_pred)")
    answer = made(f"kept = [0]\n{code}")
    space = dict(answer.__globals__)
    capsys.readouterr()
    assert "would be right" not in repairs.piece_at_fault(answer, lambda other, seconds: other.missing)
    assert capsys.readouterr().out == ""
    assert answer.__globals__ == space and answer.__globals__["answer"] is answer


def test_it_ends_when_its_time_is_over(monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 0)
    tried = []
    answer = made(RESIDUALS.format("r = y_true", "r - 1 - y_pred"))
    assert repairs.piece_at_fault(answer, lambda other, seconds: tried.append(other) or 1 / 0) == ""
    assert len(tried) <= 1


@pytest.mark.parametrize("value", [max, int, 3, lambda x: x, type("Line", (), {}), tree_of])
def test_what_is_no_function_of_a_cell_has_no_piece(value):
    assert repairs.piece_at_fault(value, lambda other, seconds: 1 / 0) == ""


@pytest.mark.parametrize(
    "code", sorted({solution for *_, solution in EXERCISES if solution.lstrip().startswith("def ")})
)
def test_every_change_is_told_and_taken_back(code):
    name = code.partition("(")[0].removeprefix("def ").strip()
    tree = tree_of(code_of(made(code, name)))
    before, told = ast.dump(tree), set()
    for words in itertools.islice(pieces.changed(tree), repairs.MOST):
        assert words.startswith("It would be right") and words.endswith(".") and "\n" not in words
        told.add(ast.dump(tree) != before)
    assert told == {True} and ast.dump(tree) == before
