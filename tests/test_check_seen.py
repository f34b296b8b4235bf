"""What is told of slips without code, and beyond slips: what was seen of a run, a small change of the formula."""

import pytest
from answers import edited, given
from named_answers import NAMED
from said import is_on_record
from seen_answers import SEEN

pytestmark = pytest.mark.thorough
ALL = [*SEEN, *NAMED]


@pytest.mark.parametrize(("call", "name", "edits"), ALL, ids=[f"[{call}] {name}" for call, name, _ in ALL])
def test_a_mistake_is_told_by_its_name(call, name, edits):
    for seed in range(2):
        code = edited(call, edits)
        result = given(call, code, seed)
        assert result.state == "mistake" and name in str(result), f"{name}, seed {seed}: {result}"
        if not seed:
            is_on_record(call, code, result)


def test_an_input_that_no_right_answer_needs_is_never_missed():
    result = given("momentum_gain", "answer = lambda curvature, beta: 1 + beta**2")
    assert result.state == "mistake" and "never uses" not in str(result), result


@pytest.mark.parametrize(
    ("call", "value", "name"),
    [
        ("floor", 0.75, "noise and square added up"),
        ("floor", 0.7, "a square root instead of a square"),
        ("slope_b", -3.694, "at w = 0 and b = 0"),
        ("by_hand", 13, "3 was the lesson's x"),
    ],
)
def test_the_nearest_wrong_value_is_told(call, value, name):
    assert name in str(given(call, f"answer = {value}"))
