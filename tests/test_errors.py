"""The errors of beginners, told in words: what each means, and never a wrong meaning."""

import pytest
from raised_errors import MEANT, meaning, raised
from said import record

from course_utils import errors
from course_utils.errors import meanings


@pytest.mark.parametrize(("code", "told"), MEANT, ids=[code.splitlines()[-1] for code, _ in MEANT])
def test_an_error_is_told_in_words(code, told):
    means = meaning(code)
    assert told.lower() in means.lower(), means
    assert record("errors")[code] == means, "If that is meant: python tests/said.py errors"


@pytest.mark.thorough
def test_each_meaning_is_that_of_a_known_error(monkeypatch):
    used = set()

    def noted(rule):
        kinds, pattern, words = rule

        def noting(error, line, match):
            means = words(error, line, match) if callable(words) else match.expand(words)
            used.update([pattern] * bool(means))
            return means

        return kinds, pattern, noting

    known = [pattern for _, pattern, _ in meanings.RULES]
    monkeypatch.setattr(meanings, "RULES", [*map(noted, meanings.RULES)])
    for code, _ in MEANT:
        meaning(code)
    assert [pattern for pattern in known if pattern not in used] == []


def test_what_is_on_record_are_the_known_errors():
    assert set(record("errors")) == {code for code, _ in MEANT}


@pytest.mark.parametrize("name", ["LinearModel", "train_step", "np.polyfit", "sorted", "tf.reduce_mean"])
def test_a_call_with_too_much_is_told_in_words(name):
    function, error = raised(f"{name}({', '.join('1' * 20)})")
    assert "thing" in errors.meaning(error, function), error


def test_a_line_whose_text_nobody_knows_is_told_by_its_number():
    space = {}
    exec(compile("def answer():\n    return 1 / 0\n", "<no source>", "exec"), space)
    with pytest.raises(ZeroDivisionError) as caught:
        space["answer"]()
    assert errors.place(caught.value, space["answer"]) == "It is line 2 of its cell."
