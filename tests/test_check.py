"""Every exercise: its stub is not attempted, its solution passes, and wrong answers are told their mistake by name."""

import inspect
import itertools
import re
import sys

import pytest
import tensorflow as tf
from answers import EXERCISES, edited, given, made, pairs_of, wrong_answers
from lessons import NOTEBOOKS
from said import NUMBER, change, is_on_record, known, record, slips

from course_utils import check
from course_utils.check import explaining, guard, values
from course_utils.check import slips as engine

CALLS = sorted(check.EXERCISES)
IDS = [f"{exercise.lesson}-{exercise.answer}" for exercise in EXERCISES]
SLOW = {"fit", "final_loss", "adam_loop"}  # each try trains Keras models


def test_every_lesson_closes_with_three_to_five_exercises_and_every_check_is_used():
    for lesson in NOTEBOOKS:
        source = "\n".join(cell.source for cell in NOTEBOOKS[lesson].cells)
        closing = source[source.index("\n## Exercises") :]
        assert 3 <= len(re.findall("(?m)^### \\d · |^## Your turn: open$", closing)) <= 5, lesson
    assert {exercise.check for exercise in EXERCISES} == set(check.EXERCISES)


def test_each_formula_computes_what_is_right(monkeypatch):
    """What an exercise compares with, and what it changes to find a small mistake, are written twice."""
    ran, computed = engine._ran, set()

    def looked_at(*arguments):
        held = sys._getframe(1).f_locals
        for formula in held["formulas"]:
            for case, right in zip(held["cases"], held["expected"], strict=True):
                assert values.close(formula(case), right), (formula.lines, case)
            computed.add(formula.lines)
        return ran(*arguments)

    monkeypatch.setattr(engine, "_ran", looked_at)
    for call in CALLS:
        assert check.EXERCISES[call](made(edited(call, [])), seed=0), call
    assert len(computed) > 15


@pytest.mark.parametrize(("lesson", "call", "name", "stub", "solution"), EXERCISES, ids=IDS)
def test_the_stub_is_not_attempted_and_the_solution_is_correct(lesson, call, name, stub, solution, capsys):
    assert check.EXERCISES[call](made(stub, name)).state == "not attempted"
    assert solution, "no folded solution below the exercise"
    for seed in range(1 if call in SLOW else 5):
        result = check.EXERCISES[call](made(solution, name), seed=seed)
        assert result.state == "correct", (seed, result)
    assert capsys.readouterr().out == "", "it is tried several times, and so would that be shown"


@pytest.mark.thorough
@pytest.mark.parametrize("call", CALLS)
def test_wrong_answers_are_told_their_mistake(call, monkeypatch):
    wrong, names = wrong_answers(call), {slip.name for slip in check.EXERCISES[call].slips}
    seconds = known(call)
    assert len(wrong) >= 15
    for (words, code), seed in itertools.product(wrong, range(1 if call in SLOW else 2)):
        monkeypatch.setattr(guard, "SECONDS", seconds[code])
        result = given(call, code, seed)
        assert result.state == "mistake" and words in str(result), f"{words!r}, seed {seed}:\n{code}\n{result}"
        if not seed:
            is_on_record(call, code, result)
        assert words not in names or "two things" not in str(result), f"one slip is told as two:\n{code}\n{result}"
        assert "For None" not in str(result), f"it does not say for which inputs:\n{code}\n{result}"


@pytest.mark.thorough
@pytest.mark.parametrize("call", CALLS)
def test_a_solution_is_told_what_is_on_record(call):
    code = edited(call, [])
    is_on_record(call, code, given(call, code))


@pytest.mark.parametrize("call", CALLS)
def test_what_is_on_record_are_the_known_answers(call):
    assert set(record(call)) == {change(call, code) for code in known(call)}, f"python tests/said.py {call}"


@pytest.mark.parametrize("call", CALLS)
def test_a_slip_has_a_name_within_a_sentence_and_tells_where_to_look_in_whole_ones(call):
    for slip in check.EXERCISES[call].slips:
        assert slip.name and not slip.name.endswith((".", "?")), slip
        assert not slip.look or slip.look.endswith((".", "?")), slip


@pytest.mark.parametrize("call", CALLS)
def test_what_is_on_record_are_the_slips_and_each_has_an_answer_that_is_told_it(call):
    start = f"{call}: "
    known, now = ({key: look for key, look in of.items() if key.startswith(start)} for of in (record("slips"), slips()))
    assert known == now, "if that is meant: python tests/said.py slips"
    told = " ".join(record(call).values())
    assert [slip for slip in check.EXERCISES[call].slips if NUMBER.sub("#", slip.name) not in told] == []


@pytest.mark.parametrize("call", CALLS)
def test_the_tests_are_handed_all_answers_that_stand_beside_a_check(call):
    exercise = check.EXERCISES[call]
    for name in ("slips", "wrong", "right"):
        table = vars(inspect.getmodule(exercise.__wrapped__)).get(name.upper())
        assert not isinstance(table, list) or getattr(exercise, name) is table


SIMPLER = "it never uses", "are those of", "it is as if", "it would be right, but"  # told before pairs are tried


@pytest.mark.thorough
def test_two_slips_in_one_answer_are_both_told():
    told, tried = 0, 0
    for call in sorted(set(CALLS) - SLOW):
        own = [slip for slip in check.EXERCISES[call].slips if getattr(slip, "edit", None)]
        pairs = [pair for pair in itertools.combinations(own, 2) if explaining.together(pair)]
        for one, other in pairs[::29]:
            try:
                code = edited(call, pairs_of(one.edit) + pairs_of(other.edit))
            except AssertionError:  # the first edit took away what the second changes
                continue
            result = given(call, code, seed=tried)
            assert result.state == "mistake", f"{one.name} and {other.name}:\n{code}\n{result}"
            tried += 1
            both = one.name in str(result) and other.name in str(result)
            told += both or any(words in str(result) for words in SIMPLER)
    assert tried > 40 and told > 0.75 * tried, (told, tried)


ODD = {
    "0": 0,
    "1.5": 1.5,
    "nan": float("nan"),
    "None": None,
    "text": "",
    "list": [],
    "ragged list": [[1, 2], [3]],
    "dict": {},
    "object": object(),
    "complex": 1 + 2j,
    "tensor": tf.zeros((2, 3)),
    "tensor of text": tf.constant("text"),
    "Variable": tf.Variable(1.0),
    "exception": ValueError("no"),
    "module": itertools,
    "builtin": len,
    "class": type("Empty", (), {}),
    "class of numbers": type("Number", (int,), {"__init__": lambda self, *arguments: None}),
    "takes nothing": lambda: None,
    "takes anything": lambda *arguments, **options: 1.0,
    "gives None": lambda *arguments: None,
    "gives a mess": lambda *arguments: ["a", [object(), float("nan")]],
    "gives infinity": lambda *arguments: float("inf"),
    "gives a function": lambda *arguments: print,
    "generator": lambda *arguments: (yield 1),
    "raises": lambda *arguments: 1 / 0,
    "exits": lambda *arguments: exit(),
}


@pytest.mark.thorough
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_answer_gets_an_answer_too(odd):
    for call in CALLS:
        result = check.EXERCISES[call](ODD[odd])
        assert result.state in ("mistake", "not attempted"), (call, result)
        assert "0x" not in str(result) and len(str(result)) < 600, (call, result)


@pytest.mark.parametrize(("call", "right"), [("by_hand", "-7"), ("broadcast", "(5, 5)"), ("floor", "0.25")])
def test_a_question_with_one_answer_never_tells_it(call, right):
    for _, code in wrong_answers(call):
        if right not in code:
            assert right not in str(given(call, code)), code
