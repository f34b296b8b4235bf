"""No right answer is rejected, whatever its style, and none leaves the checks' own praise untrue."""

import pytest
from answers import given
from right_answers import RIGHT

from course_utils import check

SLOW = {"fit", "final_loss", "adam_loop"}


@pytest.mark.thorough
@pytest.mark.parametrize("call", sorted(check.EXERCISES))
def test_right_answers_of_any_style_are_correct(call):
    right = [*RIGHT.get(call, []), *check.EXERCISES[call].right]
    assert len(right) >= 3
    for code in right:
        for seed in range(1 if call in SLOW else 3):
            result = given(call, code, seed)
            assert result.state == "correct", f"seed {seed}:\n{code}\n{result}"


@pytest.mark.parametrize(
    ("call", "claim"),
    [
        ("step", "with another model"),  # a third parameter may stay
        ("largest_rate", "nothing helps"),  # momentum does
        ("floor", "no line gets below"),  # on the training data, the best fit does
    ],
)
def test_praise_claims_no_more_than_was_judged(call, claim):
    assert claim not in str(given(call, RIGHT[call][0]))
