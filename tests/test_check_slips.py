"""Slips of which the exercises themselves hold no answer: somebody makes each, and is told its name."""

import pytest
from answers import edited, given
from said import is_on_record
from slip_answers import TRIED


@pytest.mark.thorough
@pytest.mark.parametrize(("call", "name", "edits"), TRIED, ids=[f"[{call}] {name}" for call, name, _ in TRIED])
def test_who_makes_a_slip_is_told_its_name(call, name, edits):
    for seed in range(2):
        code = edited(call, edits)
        result = given(call, code, seed)
        assert result.state == "mistake" and name in str(result), f"{name}, seed {seed}: {result}"
        assert "two things" not in str(result), result
        if not seed:
            is_on_record(call, code, result)
