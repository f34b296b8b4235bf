"""Every exercise: its solution passes, its stub is not attempted, and wrong answers are told their mistake by name."""

import time

import keras
import numpy as np
import pytest
import tensorflow as tf
from lessons import NOTEBOOKS, exercises
from wrong_answers import WRONG

import course_utils
from course_utils import check

EXERCISES = exercises()
IDS = [f"{lesson}-{name}" for lesson, _, name, *_ in EXERCISES]


def run(code, name="answer"):
    """Return what the learner's code calls `name`, run with what the lessons import."""
    space = {"tf": tf, "np": np, "keras": keras, "check": check} | {
        n: getattr(course_utils, n) for n in course_utils.__all__
    }
    exec(code, space)
    return space[name]


def test_every_lesson_has_three_to_five_exercises_and_every_check_is_used():
    for lesson in NOTEBOOKS:
        source = "".join(cell.source for cell in NOTEBOOKS[lesson].cells)
        count = len({name for place, _, name, *_ in EXERCISES if place == lesson and not name.startswith("mended")})
        assert 3 <= count + source.count("## Your turn: open") <= 5, lesson
    assert {call for _, call, *_ in EXERCISES} == set(WRONG)


@pytest.mark.parametrize(("lesson", "call", "name", "stub", "solution"), EXERCISES, ids=IDS)
def test_the_stub_is_not_attempted_and_the_solution_is_correct(lesson, call, name, stub, solution):
    assert getattr(check, call)(run(stub, name)).state == "not attempted"
    assert solution, "no folded solution below the exercise"
    result = getattr(check, call)(run(solution, name))
    assert result.state == "correct", result


@pytest.mark.parametrize(
    ("call", "mistake", "code"),
    [(call, mistake, code) for call, wrong in WRONG.items() for mistake, code in wrong],
    ids=lambda value: value if "\n" not in str(value) and len(str(value)) < 30 else "",
)
def test_a_wrong_answer_is_told_its_mistake(call, mistake, code, monkeypatch):
    if "longer" in mistake:
        monkeypatch.setattr(check, "SECONDS", 1)
    result = getattr(check, call)(run(code))
    assert result.state == "mistake"
    assert mistake in str(result)


def test_at_least_six_wrong_answers_are_tried_for_each_exercise():
    assert min(len(wrong) for wrong in WRONG.values()) >= 6


def test_code_that_never_ends_gets_an_answer(monkeypatch):
    monkeypatch.setattr(check, "SECONDS", 0.2)

    def endless(variable):
        while True:
            time.sleep(0.01)

    assert "Does every loop in it end?" in str(check.double(endless))


def test_an_interruption_by_hand_is_passed_on():
    def interrupted(variable):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check.double(interrupted)


def test_a_result_shows_its_text_as_html_without_tags_of_the_learner():
    result = check.Result("mistake", "<b>&")
    assert repr(result) == "✗ Not yet: <b>&"
    assert "&lt;b&gt;&amp;" in result._repr_html_()


def test_a_prediction_stands_beside_what_happened():
    prediction = check.Prediction("Where does w go?", ["up", "down"])
    assert repr(prediction) == "Predict: Where does w go? (up / down)"
    assert repr(prediction.compare("down")) == "You made no prediction, and it was 'down'."
    [row] = prediction.rows.values()
    row.value = "up"
    assert repr(prediction.compare("down", "Because.")) == "You predicted 'up', and it was 'down' ✗.\nBecause."
    row.value = "down"
    assert "✓" in repr(prediction.compare("down"))
    with pytest.raises(ValueError, match="outcome must be one of"):
        prediction.compare("sideways")


def test_a_prediction_of_several_cases_has_a_row_for_each():
    prediction = check.Prediction("What will it do?", ["crawl", "blow up"], cases=["small", "large"])
    prediction.rows["small"].value = "crawl"
    compared = prediction.compare({"small": "crawl", "large": "blow up"})
    assert repr(compared).splitlines() == [
        "Small: you predicted 'crawl', and it was 'crawl' ✓.",
        "Large: you made no prediction, and it was 'blow up'.",
    ]
    data = prediction._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == prediction.widget.model_id


def test_a_prediction_needs_two_options():
    with pytest.raises(ValueError, match="options must hold at least two answers"):
        check.Prediction("Well?", ["yes"])
