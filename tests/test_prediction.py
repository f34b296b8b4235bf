"""Predictions: what was chosen stands beside what happened."""

import ipywidgets
import pytest

from course_utils import check


def choose(prediction, case, place):
    """Choose an option, counted from 0, as a click does."""
    prediction.rows[case].index = place


def test_a_prediction_stands_beside_what_happened():
    prediction = check.Prediction("Where does w go?", ["up", "down"])
    assert repr(prediction) == "Predict: Where does w go? (up / down)"
    assert repr(prediction.compare("down")) == "You made no prediction, and it was 'down'."
    choose(prediction, "", 0)
    assert repr(prediction.compare("down", "Because.")) == "You predicted 'up', and it was 'down' ✗.\nBecause."
    choose(prediction, "", 1)
    assert repr(prediction.compare("down")) == "You predicted 'down', and it was 'down' ✓."


def test_a_prediction_of_several_cases_has_a_row_for_each():
    prediction = check.Prediction("What will it do?", ["crawl", "blow up"], cases=["small", "large"])
    assert repr(prediction) == "Predict: What will it do? [small, large] (crawl / blow up)"
    choose(prediction, "small", 0)
    compared = prediction.compare({"small": "crawl", "large": "blow up"})
    assert repr(compared).splitlines() == [
        "Small: you predicted 'crawl', and it was 'crawl' ✓.",
        "Large: you made no prediction, and it was 'blow up'.",
    ]


@pytest.mark.parametrize(
    ("options", "place", "outcome", "said"),
    [
        ([0, 1], 0, 0, "You predicted 0, and it was 0 ✓."),
        ([0, 1], None, 0, "You made no prediction, and it was 0."),
        ([0.5, 2], 1, 0.5, "You predicted 2, and it was 0.5 ✗."),
        (["0", "0.5"], 0, 0.5, "You predicted '0', and it was '0.5' ✗."),
        ([1, 2], 0, "1", "You predicted 1, and it was 1 ✓."),
        ([None, "a number"], 0, None, "You predicted None, and it was None ✓."),
        ([True, False], 1, False, "You predicted False, and it was False ✓."),
    ],
)
def test_options_may_be_numbers_and_0_is_a_choice(options, place, outcome, said):
    prediction = check.Prediction("How many?", options)
    assert repr(prediction) == f"Predict: How many? ({options[0]} / {options[1]})"
    choose(prediction, "", place)
    assert repr(prediction.compare(outcome)) == said


def test_a_line_begins_with_a_capital_but_a_name_of_one_letter_stays_as_it_is():
    prediction = check.Prediction("And then?", ["up", "down"], cases=["w = 5", "a line", "`w`"])
    lines = repr(prediction.compare("up", "w goes up.")).splitlines()
    assert [line[:6] for line in lines] == ["w = 5:", "A line", "`w`: y", "w goes"]
    assert "<code>w</code>: you made" in prediction.compare("up")._repr_html_()


def test_cases_may_be_numbers():
    prediction = check.Prediction("And then?", ["up", "down"], cases=[0, 0.5])
    assert repr(prediction) == "Predict: And then? [0, 0.5] (up / down)"
    assert [row.description for row in prediction.rows.values()] == ["0", "0.5"]
    assert repr(prediction.compare({0: "up", 0.5: "down"})).startswith("0: you made no prediction")


def test_an_outcome_that_nobody_could_choose_is_told_without_a_mark():
    prediction = check.Prediction("Where?", ["up", "down"], cases=["small", "large"])
    choose(prediction, "small", 0)
    assert repr(prediction.compare({"small": "sideways", "large": None})).splitlines() == [
        "Small: you predicted 'up', and it was 'sideways', which is none of the options of the question asked last.",
        "Large: you made no prediction, and it was None, which is none of the options of the question asked last.",
    ]


@pytest.mark.parametrize("outcomes", [{"small": "up", "larg": "up"}, {"small": "up"}, dict.fromkeys("abc", "up")])
def test_an_outcome_of_another_question_says_which_one_was_asked(outcomes):
    prediction = check.Prediction("Where does it go?", ["up", "down"], cases=["small", "large"])
    [line] = repr(prediction.compare(outcomes, "Because.")).splitlines()
    assert line.startswith("The question asked last is another one (“Where does it go?”).")


@pytest.mark.parametrize(
    ("options", "cases", "words"),
    [
        (["yes"], ("",), "options must hold at least two answers"),
        (["1", 1], ("",), "must differ"),
        (["up", "down"], ["a", "a"], "must differ"),
    ],
)
def test_a_question_without_a_choice_is_refused(options, cases, words):
    with pytest.raises(ValueError, match=words):
        check.Prediction("Well?", options, cases)


def test_it_shows_as_a_widget_with_its_text_beside_it_and_without_tags_of_its_words():
    prediction = check.Prediction("<b>?", ["<i>", "&"])
    shown = prediction._repr_mimebundle_()
    assert shown["text/plain"] == repr(prediction)
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == prediction.widget.model_id
    assert "&lt;b&gt;?" in prediction.widget.children[0].value
    assert "&lt;i&gt;" in prediction.compare("<i>")._repr_html_()
    assert isinstance(prediction.rows[""], ipywidgets.RadioButtons) and prediction.rows[""].index is None
