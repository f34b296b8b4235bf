"""The engine of exercises: results, the guard, values, slips, tapes, and what is read off a learner's code."""

import contextlib
import itertools
import math
import re
import signal
import sys
import textwrap
import threading
import time

import numpy as np
import pytest
import tensorflow as tf
from answers import given, made
from busy import compute

from course_utils import LinearModel, check, train
from course_utils.check import (
    beside,
    changes,
    draws,
    expressions,
    formulas,
    guard,
    properties,
    ratios,
    reading,
    rewriting,
    tapes,
    values,
)
from course_utils.check.evidence import Words
from course_utils.check.exercise import EXERCISES, exercise
from course_utils.check.lesson_04 import any_step, loop
from course_utils.check.lesson_08 import frozen_step
from course_utils.check.result import Mistake, NotAttempted
from course_utils.check.slips import Slip, compare

# ---- results --------------------------------------------------------------------------------------------------


def test_only_a_correct_result_is_true():
    states = {state: bool(check.Result(state, "")) for state in ("correct", "mistake", "not attempted", "unjudged")}
    assert [state for state, true in states.items() if true] == ["correct"]


def test_a_bare_assert_names_the_mistake_once(capsys):
    result = check.by_hand(9)
    with pytest.raises(AssertionError, match="the minus of x is lost"):
        assert result
    assert capsys.readouterr().out.count("✗ Not yet: the minus of x is lost") == 1
    assert not result
    assert capsys.readouterr().out == ""
    assert check.by_hand(-7)
    assert capsys.readouterr().out == ""


def test_a_result_shows_its_text_as_html_without_tags_of_the_learner():
    result = check.Result("mistake", "<b>&")
    assert repr(result) == "✗ Not yet: <b>&"
    assert "&lt;b&gt;&amp;" in result._repr_html_()


# ---- the guard ------------------------------------------------------------------------------------------------

SLEEP = "import time\nwhile True:\n    try:\n        time.sleep(0.01)\n    "
ENDLESS = {
    "plain": "while True:\n    pass",
    "sleeps": "import time\nwhile True:\n    time.sleep(0.01)",
    "TensorFlow": "while True:\n    variable.assign_add(0.0)",
    "catches Exception": "while True:\n    try:\n        1 / 0\n    except Exception:\n        pass",
    "catches KeyboardInterrupt": SLEEP + "except KeyboardInterrupt:\n        pass",
    "catches all": SLEEP + "except:\n        pass",
    "finally": SLEEP + "finally:\n        continue",
    "trains": """
data = make_line_data(examples=9)
while True:
    train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=5)
""",
}


def endless(way):
    """Return a function that never ends, in one of these ways."""
    return made("def answer(variable):\n" + textwrap.indent(ENDLESS[way], "    "))


@pytest.mark.parametrize("way", ENDLESS)
def test_code_that_never_ends_is_ended(way, monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 0.3)
    start = time.monotonic()
    result = check.double(endless(way))
    assert "it runs longer than 0.3 seconds. Does every loop in it end?" in str(result)
    assert time.monotonic() - start < 3
    for _ in range(100):
        if "learner" not in [thread.name for thread in threading.enumerate()]:
            return
        time.sleep(0.05)
    raise AssertionError("its thread still runs")


def test_the_time_limit_holds_where_interrupts_are_ignored(monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 0.2)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert "longer than" in str(check.double(endless("trains")))
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_time_limit_is_one_for_all_calls_of_a_check(monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 0.3)
    start = time.monotonic()
    result = check.double(lambda variable: (compute(0.2), variable.assign(2 * variable)))
    assert "longer than" in str(result) and time.monotonic() - start < 2


def test_waiting_for_a_busy_machine_is_no_computing(monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 0.3)
    assert check.double(lambda variable: (time.sleep(0.2), variable.assign(2 * variable)))


def test_a_stop_of_the_one_who_waits_ends_the_code_and_is_passed_on(monkeypatch):
    monkeypatch.setattr(guard, "SECONDS", 60)
    ended = threading.Event()

    def never_ending(variable):
        try:
            while True:
                time.sleep(0.01)
        finally:
            ended.set()

    stop = threading.Timer(0.3, lambda: signal.raise_signal(signal.SIGINT))
    stop.start()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            check.double(never_ending)
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.wait(3)


def test_an_interruption_that_the_code_raises_is_passed_on():
    def interrupted(variable):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check.double(interrupted)


def test_code_runs_in_a_thread_of_its_own_and_its_prints_show(capsys):
    threads = []

    def printing(variable):
        threads.append(threading.current_thread())
        print("seen")
        variable.assign(2 * variable)

    assert check.double(printing)
    assert threading.main_thread() not in threads and "seen\nseen" in capsys.readouterr().out


def test_what_runs_in_the_guard_gives_back_and_raises_as_it_is():
    assert guard.guarded(lambda: 3, 5) == 3
    with pytest.raises(ZeroDivisionError):
        guard.guarded(lambda: 1 / 0, 5)
    assert sys.gettrace() is None or "pytest" in str(sys.gettrace())


def test_training_that_is_ended_leaves_training_as_it_was(monkeypatch, data):
    monkeypatch.setattr(guard, "SECONDS", 0.1)
    for _ in range(5):
        assert "longer than" in str(check.double(endless("trains")))
    assert train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=2).epochs == 2


# ---- exercises ------------------------------------------------------------------------------------------------


@pytest.fixture
def made_up():
    """A function that makes an exercise for one test."""
    names = set(EXERCISES)
    yield lambda judge, asks="made_up(x)", **options: exercise(asks, "Well.", **options)(judge)
    for name in set(EXERCISES) - names:
        del EXERCISES[name]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        (tf.ones((2, 1)), "a tensor of the shape (2, 1)"),
        (tf.constant(1.0), "a tensor"),
        (2.5, "a plain number (2.5)"),
        ([1], "a list"),
        (np.ones(2), "an array of the shape (2,)"),
        (OSError(), "an OSError"),
    ],
)
def test_a_thing_is_described_without_its_code(value, words):
    assert values.described(value) == words


def test_an_answer_that_turns_graphs_off_does_so_for_itself_alone(made_up):
    def judge(answer, draw):
        compare(answer, [{"x": 2.0}], lambda x: x, [], "{x}")

    assert made_up(judge)(lambda x: tf.config.run_functions_eagerly(True) or x)
    assert not tf.config.functions_run_eagerly()


def test_numbers_that_are_never_read_to_their_end_are_told(made_up, monkeypatch):
    class Endless(list):
        def __iter__(self):
            while True:
                pass

    def judge(answer, draw):
        compare(answer, [{"x": 2.0}], lambda x: x, [], "{x}")

    monkeypatch.setattr(guard, "SECONDS", 0.3)
    assert "it returns something that can't be read as numbers" in str(made_up(judge)(lambda x: Endless([x])))


def test_a_slip_shows_its_name():
    assert repr(Slip("it is doubled", "Divide by 2.", scale=2)) == "Slip('it is doubled')"


def test_the_example_of_how_to_write_an_exercise_works(made_up):
    slips = [
        Slip("it is doubled", "Divide by 2.", ("/ 2", "* 2"), scale=4),
        Slip("the sign is lost", "Keep it.", ("x / 2", "abs(x) / 2"), then=np.abs),
    ]

    def half(answer, draw):
        cases = [{"x": draw.number(1, 9)}, {"x": -draw.number(1, 9)}]
        compare(answer, cases, lambda x: x / 2, slips, "x = {x}")

    judged = made_up(half, "half(x)", slips=slips)
    assert repr(judged(lambda x: x / 2)) == "✓ Correct. Well."
    assert "it is doubled. For x = " in str(judged(lambda x: x * 2)) and "Divide by 2." in str(judged(lambda x: x * 2))
    assert "two things: it is doubled and the sign is lost" in str(judged(lambda x: abs(x) * 2))


def test_an_error_of_a_judge_is_never_called_the_learners(made_up):
    def broken(answer, draw):
        answer(1)
        raise KeyError("ours")

    result = made_up(broken)(lambda x: x)
    assert result.state == "unjudged" and not result
    assert "through no fault of yours (KeyError: 'ours')" in str(result) and "Your code" not in str(result)


def test_two_exercises_of_one_name_are_refused(made_up):
    def step(answer, draw): ...

    with pytest.raises(ValueError, match="two exercises called step"):
        made_up(step)


def test_what_belongs_to_the_caller_must_stay_as_it_is(made_up):
    def judge(answer, draw):
        answer([1.0, 2.0], np.zeros(2))

    judged = made_up(judge, "total(numbers, zeros)")
    assert judged(lambda numbers, zeros: sum(numbers))
    assert "it changes numbers, which belongs" in str(judged(lambda numbers, zeros: numbers.append(3.0)))
    assert "it changes zeros" in str(judged(lambda numbers, zeros: zeros.__setitem__(0, 1.0)))


def test_inputs_are_drawn_anew_and_a_seed_repeats_them():
    def inputs(seed):
        seen = []
        check.largest_rate(lambda curvature: seen.append(curvature) or 2 / curvature, seed=seed)
        return tuple(seen)

    assert inputs(1) == inputs(1)
    assert len({inputs(seed) for seed in (1, 2, None, None)}) == 4


@pytest.mark.parametrize("seed", range(50))
def test_drawn_numbers_are_no_special_case(seed):
    draw = draws.Draw(seed)
    number, signed, several = draw.number(1, 3), draw.signed(1, 3), draw.several(5)
    assert 1 <= number <= 3 and 1 <= abs(signed) <= 3
    assert all(round(abs(one) * 100) % 5 for one in (number, signed, *several))
    assert several.dtype == np.float32 and several.min() < 0 < several.max()
    assert draw.whole(2, 4) in (2, 3, 4)
    x, y, w, b = draw.line(6).values()
    assert len(set(x)) == 6 and abs(np.mean(x)) > 0.2 and min(y - w * x - b) < 0 < max(y - w * x - b)
    assert draw.line(300)["x"].shape == (300,)


@pytest.mark.parametrize("seed", range(20))
def test_each_hinge_that_is_drawn_is_bent_by_some_of_the_examples(seed):
    draw = draws.Draw(seed)
    for _ in range(5):
        case = frozen_step._case(draw, 6)
        is_on = case["w"] * case["x"][:, None] + case["b"] > 0
        assert is_on.any(axis=0).all() and not is_on.all(axis=0).any()


FORMS = {"array": changes.OF_AN_ARRAY, "whole": changes.OF_A_WHOLE_NUMBER}
NUMPY = {"int": np.trunc} | {
    name: getattr(np, name) for name in ("abs", "sqrt", "round", "floor", "ceil", "mean", "sum")
}


@pytest.mark.parametrize(
    "kind, form", [(kind, form) for kind, forms in FORMS.items() for form in forms if "," not in form]
)
def test_what_is_said_of_a_changed_input_is_what_was_done_to_it(kind, form):
    values = np.array([1.7, 2.2, 0.0, 4.5]) if kind == "array" else 7
    with np.errstate(divide="ignore"):
        told = eval(form.replace("{}", "values"), NUMPY | {"values": values})
        assert np.allclose(FORMS[kind][form](values), told)


DONE = {
    "the sign is lost": "abs(v)",
    "its square root is taken": "sqrt(v)",
    "it is squared": "v * v",
    "it is upside down": "1 / v",
    "1 is added": "v + 1",
    "1 is subtracted": "v - 1",
    "it is taken away from 1": "1 - v",
    "its logarithm is taken": "log(v)",
    "only its sign is left": "v / abs(v)",
    "it is cut off at -1 and 1": "max(min(v, 1), -1)",
    "it is cut off at 0 and 1": "max(min(v, 1), 0)",
    "what is below 0 is cut off": "max(v, 0)",
    "it is rounded to 1 decimal": "round(v * 10) / 10",
    "it is rounded to 2 decimals": "round(v * 100) / 100",
    "it is rounded to 3 decimals": "round(v * 1000) / 1000",
    "it is rounded up to 1 decimal": "ceil(v * 10) / 10",
    "it is rounded up to 2 decimals": "ceil(v * 100) / 100",
    "it is rounded down to 1 decimal": "floor(v * 10) / 10",
    "it is rounded down to 2 decimals": "floor(v * 100) / 100",
    "it is rounded": "round(v)",
    "all behind the point is lost": "int(v)",
}
DONE_TO_SEVERAL = {
    "only their sum is left": "v[0] + v[1] + v[2] + v[3]",
    "only their mean is left": "(v[0] + v[1] + v[2] + v[3]) / 4",
    "only the first is left": "v[0]",
    "only the last is left": "v[3]",
    "only the middle one is left": "v[2]",
    "only the largest is left": "max(v)",
    "only the smallest is left": "min(v)",
    "they are turned round": "array([v[3], v[2], v[1], v[0]])",
    "they are sorted": "array(sorted(v))",
    "each is the sum of those so far": "array([v[0], v[0] + v[1], v[0] + v[1] + v[2], sum(v)])",
    "each is the mean of those so far": "array([v[0], (v[0] + v[1]) / 2, (v[0] + v[1] + v[2]) / 3, mean(v)])",
    "they are scaled to the length 1": "v / sqrt(sum(v * v))",
    "they are divided by the largest": "v / max(v)",
    "their mean is subtracted": "v - mean(v)",
    "they stand in a column, and not in a row": "array([[v[0]], [v[1]], [v[2]], [v[3]]])",
    "they stand in one more pair of brackets": "array([v])",
    "the first is missing": "array([v[1], v[2], v[3]])",
    "the last is missing": "array([v[0], v[1], v[2]])",
}


@pytest.mark.parametrize(("words", "form"), [*DONE.items(), *DONE_TO_SEVERAL.items()])
def test_what_is_said_to_be_done_to_a_result_is_what_was_done(words, form):
    signs = [1, 1, 1] if re.search("root|log", words) else [1, -1, -1]
    cases = [by * np.array(size) for by, size in zip(signs, (2.25374, 0.34128, 7.85341), strict=True)]
    if words in DONE_TO_SEVERAL:
        cases = [np.array([2.5, -1.2, 4.5, 0.3]), np.array([-0.7, 3.4, 1.1, 2.6])]
    known = READ | {"array": np.array, "sorted": sorted}
    assert changes.of_a_result([np.asarray(eval(form, known | {"v": one})) for one in cases], cases) == words


def test_each_thing_that_may_be_done_to_a_result_has_such_a_test():
    assert (DONE.keys(), DONE_TO_SEVERAL.keys()) == (changes.DONE.keys(), changes.DONE_TO_SEVERAL.keys())


PARTS = {
    "only the first example is used": "v[0:1]",
    "only the last example is used": "v[-1:]",
    "only the first half of the examples is used": "v[: len(v) // 2]",
    "only the second half of the examples is used": "v[len(v) // 2 :]",
    "the first example is left out": "v[1:]",
    "the last example is left out": "v[:-1]",
    "the last fifth of the examples is left out": "v[: len(v) - len(v) // 5]",
    "only every second example is used": "v[::2]",
    "each is sorted by itself": "array(sorted(v))",
} | {f"only the first {k} examples are used": f"v[:{k}]" for k in (2, 3, 4, 5, 8, 10, 16, 20, 25, 30, 32)}


@pytest.mark.parametrize(("words", "form"), PARTS.items())
def test_which_examples_are_said_to_be_used_are_those_that_were(words, form):
    def gives(case):
        return np.mean(case["x"] * case["y"], keepdims=True)

    random = np.random.default_rng(0)
    cases = [{"x": random.normal(size=count), "y": random.normal(size=count)} for count in (35, 45)]
    known = {"array": np.array, "sorted": sorted, "len": len}
    got = [gives({name: eval(form, known | {"v": one}) for name, one in case.items()}) for case in cases]
    assert changes.of_an_input(gives, cases, got) == words


def test_each_part_of_the_examples_has_such_a_test():
    assert PARTS.keys() == changes.PARTS.keys()


def either(numpy_pair, numpy_all):
    return lambda *values: (numpy_pair if len(values) > 1 else numpy_all)(*values)


READ = NUMPY | {name: getattr(np, name) for name in ("square", "exp", "log", "sin", "median", "std", "var")}
READ |= {"max": either(np.maximum, np.max), "min": either(np.minimum, np.min)}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("numbers", [[1.0, 0.0], [0.0, 0.0], [np.inf, np.nan], [1e300, 1e-300]])
def test_numbers_that_cannot_be_divided_are_looked_at_without_a_warning(numbers):
    got, expected = [np.array(numbers)], [np.array(5.0)]
    assert beside.beside(got, expected) == ""
    assert not properties._near(got, [np.zeros(2)])


@pytest.mark.parametrize(
    ("lines", "changed"),
    [
        (["a = mean(x)", "b = mean(y)"], ["a = sum(x)", "b = sum(y)"]),
        (["a = mean(x)", "b = mean(y)"], ["a = (x)", "b = (y)"]),
        (["a = 2 * x + 22", "b = y ** 2"], ["a = 1 * x + 22", "b = y ** 1"]),
        (["a = 1 - w", "b = 1 - v"], ["a = w", "b = v"]),
        (["a = x - y", "b = w - v"], ["a = y - x", "b = v - w"]),
    ],
)
def test_one_slip_is_tried_in_several_lines(lines, changed):
    assert changed in list(rewriting.changes_of_several(lines, ["x", "y", "w", "v"]))


def test_each_change_of_a_formula_can_be_computed():
    formula, case = formulas.Formula("y = x * w"), {"x": np.array([0.5, 0.7]), "w": 0.25}
    changed = dict(formula.changed)
    assert set(changed) >= {"y = x * w * n", "y = x / w", "y = -(x * w)", "y = w * w"}
    assert [told for told, lines in changed.items() if not np.isfinite(formula(case, lines)).all()] == []


def test_a_formula_knows_how_many_examples_there_are():
    mean = formulas.Formula("mean = sum(x) / n")
    assert mean({"x": np.array([1.0, 2.0, 6.0])}) == 3 and mean({"x": 3.0}) == 3


def test_the_formula_of_an_update_gives_the_values_after_it_and_the_loss_before():
    case = {"a": 1.0, "w": 2.0, "b": 3.0, "x": np.array([1.0, 2.0]), "y": np.array([1.0, 2.0])}
    np.testing.assert_allclose(any_step.UPDATE(case | {"learning_rate": 0.0}), [1, 2, 3, (5**2 + 9**2) / 2])
    np.testing.assert_allclose(any_step.UPDATE(case | {"learning_rate": 0.1}), [-3.1, -0.3, 1.6, 53])


@pytest.mark.parametrize("leaves", [{"x": np.array([0.7, 2.2, 3.1])}, {"a": np.array(1.7), "b": np.array(0.6)}])
def test_an_expression_that_is_told_has_the_values_for_which_it_is_told(leaves):
    names = {name: value.astype(float) for name, value in leaves.items()}
    with np.errstate(all="ignore"):
        found = itertools.islice(expressions._expressions({name: [value] for name, value in names.items()}), 10_000)
        values = {text: value for text, [value] in found}
        wrong = [text for text in values if not np.allclose(eval(text, READ | names), values[text], equal_nan=True)]
    assert wrong == []
    assert "a" not in leaves or {"a + b", "a / (a + b)", "(a + b) / b"} <= set(values)


# ---- values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("-7", "text and not a number: '-7' stands in quotes"),
        (True, "True, a truth value and not a number"),
        (np.True_, "True, a truth value"),
        (print, "a function and not its result: `print` runs only with brackets"),
        ([1, [2, 3]], "parts of different shapes"),
        ({}, "a dict and not a number"),
        ((number for number in range(3)), "a generator and not a number"),
        (1j, "a complex and not a number"),
        (tf.constant("a"), "text and not"),
        (np.array(["a"]), "text and not"),
        (np.array([1j]), "an array of the shape (1,) that holds no numbers"),
        ([1.0, None], "None and not a number"),
    ],
)
def test_what_is_no_number_is_told_what_it_is(value, words):
    with pytest.raises(Mistake, match=re.escape(words)):
        values.plain(value)


@pytest.mark.parametrize(
    "value", [7, 7.0, np.float32(7), np.array(7), tf.constant(7), tf.Variable(7.0), tf.constant(7, tf.float64)]
)
def test_every_kind_of_number_is_one(value):
    assert values.plain(value) == 7.0 and values.plain([value, value]).shape == (2,)


def test_rows_of_many_are_numbers_and_a_tensor_of_a_graph_is_none():
    rows = tf.IndexedSlices(tf.constant([1.0]), tf.constant([1]), tf.constant([3]))
    assert values.plain(rows).tolist() == [0, 1, 0]
    of_graph = []
    tf.function(lambda x: of_graph.append(2 * x))(tf.constant(1.0))
    with pytest.raises(Mistake, match="a tensor that has no value outside of its graph"):
        values.plain(of_graph[0])


def test_ellipsis_in_a_value_is_not_attempted():
    for value in (..., (..., 1), [[...]]):
        with pytest.raises(NotAttempted):
            values.plain(value)


@pytest.mark.parametrize(
    ("value", "expected", "equal"),
    [
        (1.00005, 1.0, True),
        (1.0005, 1.0, False),
        ([1.0, 2.0], [1.0, 2.0], True),
        ([1.0], 1.0, False),
        (math.nan, math.nan, True),
        (math.inf, 1.0, False),
        ([1e-7, 5.0], [0.0, 5.0], True),
        (0.0, 1e-3, False),
    ],
)
def test_numbers_are_close_within_a_hundredth_of_a_per_cent(value, expected, equal):
    assert values.close(np.asarray(value), np.asarray(expected)) is equal


def test_numbers_are_printed_shortly_and_apart():
    assert values.short(1 / 3) == "0.3333" and values.short(-0.0) == "0" and values.short(2.0) == "2"
    assert (
        values.short(np.arange(9.0)) == "[0, 1, 2, 3, 4, 5, …]" and values.short([[1, 2], [3, 4]]) == "[[1, 2], [3, 4]]"
    )
    assert values.apart(np.array(1.00001), np.array(1.00002)) == ("1.00001", "1.00002")
    assert values.listed(["a"]) == "a" and values.listed(["a", "b", "c"]) == "a, b and c"


# ---- slips ----------------------------------------------------------------------------------------------------


@pytest.fixture
def scaled(made_up):
    """An exercise that asks for k·v."""
    slips = [
        Slip("too much", "Less.", scale=2),
        Slip("a sum", "No sum.", then=np.sum),
        Slip("zero", "No.", of=lambda v: 0 * v),
    ]

    def times(answer, draw):
        cases = [{"v": draw.several(3), "k": draw.number(2, 9)} for _ in range(3)]
        compare(answer, cases, lambda v, k, of=lambda v: v: k * of(v), slips, "v = {v} and k = {k}")

    return made_up(times, "times(v, k)")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda v, k: 2 * k * v, "Not yet: too much. For v = ["),
        (lambda v, k: tf.reduce_sum(2 * k * v), "two things: too much and a sum"),
        (lambda v, k: 3 * k * v, "always 3 times what it should be"),
        (lambda v, k: k * v + 5, "always 5 too large"),
        (lambda v, k: k * v * 1.01, "always 1.01 times what it should be"),
        (lambda v, k: k * v + 0.003 * v * v, "near, but not equal: off by "),
        (lambda v, k: v, "it never uses `k`"),
        (lambda v, k: v + 0 * k, "it is as if `k` were 1"),
        (lambda v, k: k + 0 * v[0], "it gives back `k` as it is"),
        (lambda v, k: tf.sin(3.3 * v) + 0 * k, "it does not depend on `k`"),
        (lambda v, k: [1.0, 2.0, 3.0] + 0 * k * v, "it gives the same, whatever it is given"),
        (lambda v, k: k * v[:2], "it would be right, but the last is missing"),
        (lambda v, k: tf.sin(k * v[:2]), "wrong shape: (2,) instead of (3,)"),
        (lambda v, k: (k + 1) * v, "it is as if `k + 1` stood in the place of `k`"),
        (lambda v, k: v / k * v, "the numbers are those of"),
        (lambda v, k: tf.minimum(k * v, 0.5), "it never goes above 0.5"),
        (lambda v, k: k * v * len(v) / 7, "times what it should be"),
        (lambda v, k: k * v / 0.0, "numbers that are not finite"),
        (lambda v, k: k * v if v[0] > 0 else k * v - 1, ", and not always"),
        (lambda v, k: tf.concat([k * v[:2], -k * v[2:]], 0), "the first 2 numbers are right"),
        (lambda v, k: k * v * np.random.default_rng().uniform(2, 3), "called twice with the same"),
        (lambda v, k: tf.reduce_sum(k * v) * 3, "two things: a sum, and then always 3 times that"),
        (lambda v, k: 2 * k * v if v[0] > 0 else k * v, ", but not always: too much. For v = ["),
        (lambda v, k: (k * v, v), "the first of 2 is what is asked for"),
        (lambda v, k: [v, k * v], "the second of 2 is what is asked for"),
        (lambda v, k: (k + 0 * v, v), "a comma makes two things of one: with `*` in its place"),
        (lambda v, k: tf.concat([[7.0], k * v], 0), "one number more than is asked for stands before the right ones"),
        (lambda v, k: tf.gather(k * v, [1, 0, 2]), "the right numbers are there, in another order"),
        (lambda v, k: 3 * v - 0.5 * k + 1.5, "the numbers are those of `3 * v - 0.5 * k + 1.5`"),
        (lambda v, k, seen=[]: seen.append(k) or v * sum(seen), "`seen=` is made once, and all calls share it"),
        (lambda v, k: k * v * v - 7 * v, "by none of the usual mistakes"),
        (lambda v, k: None, "it returns None. A function gives back only what stands after `return`."),
        (lambda v: v, "it takes v, and it is called with (v, k)."),
        (lambda v, k: v + tf.zeros(5), "the shapes [3] and [5] don't fit together."),
    ],
)
def test_what_goes_wrong_is_named_or_what_is_known_is_said(scaled, function, words):
    assert any(words in str(scaled(function, seed=seed)) for seed in range(4))  # one of them has v[0] of both signs


def test_two_slips_with_the_same_numbers_are_both_named(made_up):
    slips = [Slip("one", "", scale=2), Slip("other", "", of=lambda x: 2 * x)]

    def judge(answer, draw):
        compare(answer, [{"x": draw.number(1, 9)}], lambda x, of=lambda x: x: of(x), slips, "{x}")

    assert "Not yet: one (or: other)." in str(made_up(judge)(lambda x: 2 * x))


@pytest.mark.parametrize(
    ("given", "right", "words"),
    [
        (np.zeros(3), np.array(1.0), "one number is asked for, and there are 3"),
        (np.zeros(1), np.array(1.0), "a number in a list, [ ]"),
        (np.zeros((2, 1)), np.zeros(2), "wrong shape: (2, 1) instead of (2,)"),
    ],
)
def test_a_wrong_shape_is_told(given, right, words):
    assert Words("").shapes(given, right) == words


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (0, "the record is empty. To add a number to a list, write `losses.append(…)`"),
        (1, "the record has 1 entry instead of 5, the start and one for each epoch"),
        (4, "the record has 4 entries instead of 5, the start and one for each epoch"),
    ],
)
def test_how_long_a_record_is_is_told(entries, words):
    assert loop.RecordWords("").shapes(np.zeros(entries + 2), np.zeros(7)) == words  # w and b stand behind it


def test_how_far_off_numbers_are_is_told_of_the_worst_case(made_up):
    def judge(answer, draw):
        compare(answer, [{"x": 1.0}, {"x": 20.0}], lambda x: x, [], "{x}")

    check = made_up(judge)
    assert "near, but not equal: off by 2 %" in str(check(lambda x: x + 0.02 * x**0.5))
    assert "by none of the usual mistakes" in str(check(lambda x: x + 0.2 * x**0.5))  # 4 % of 20, but 20 % of 1


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ((0, 1), "b is right, w is not moved"),
        ((0, 0), "w and b are not moved"),
        ((1, 2), "w is right, b is moved always 2 times as far as it should"),
        ((3, 3), "w and b are moved always 3 times as far as they should"),
    ],
)
def test_what_is_changed_is_told_by_how_far_it_was_moved(times, told):
    cases, moves = [{"w": 1.0, "b": 2.0}, {"w": 3.0, "b": -1.0}], np.array([[0.5, -0.25], [0.2, 0.3]])

    def before(case):
        return np.array([case["w"], case["b"]])

    starts = np.array([before(case) for case in cases])
    got, right = [*(starts - np.array(times) * moves)], [*(starts - moves)]
    assert properties.of_labels(cases, got, right, Words("", ("w", "b")), before) == told


PAIR = [{"w": 2.0, "b": 3.0}, {"w": -1.0, "b": 5.0}]
SEVERAL = [{"x": np.array([1.0, 2.0, 4.0])}, {"x": np.array([1.0, 2.0, 4.0, 5.0])}]


@pytest.mark.parametrize(
    ("cases", "got", "words"),
    [
        (PAIR, [2.0, -1.0], "it gives back `w` as it is"),
        (PAIR, [4.0, -2.0], "always 2 times `w`"),
        (PAIR, [2.5, -0.5], "always 0.5 more than `w`"),
        (PAIR, [2.5, 4.5], "always 0.5 less than `b`"),
        (PAIR, [[2.0, 3.0], [-1.0, 5.0]], "it gives back `w` and `b` as they are"),
        (PAIR, [3.0, -3.0], ""),
    ],
)
def test_an_input_in_what_is_given_is_told(cases, got, words):
    assert properties.an_input(cases, [*map(np.array, got)]) == words


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ((0.25, 0.25), "always 0.25 (1 / 4) times what it should be"),
        ((3, 4), "always n times what it should be, and n is how many examples there are"),
        ((6, 8), "always 2 · n times what it should be, and n is how many examples there are"),
        ((3 / 2, 4 / 3), "always n / (n - 1) times what it should be, and n is how many examples there are"),
        ((3, 5), ""),
    ],
)
def test_a_factor_is_told_by_what_it_is(times, words):
    right = [np.array([1.0, 2.0]), np.array([3.0, 5.0])]
    assert ratios.ratio([by * one for by, one in zip(times, right, strict=True)], right, SEVERAL) == words


def test_a_factor_of_the_numbers_of_one_case_is_told():
    right = np.array([1.0, 2.0])
    assert ratios.ratio([3 * right], [right], [{}]) == "always 3 times what it should be"
    assert ratios.ratio([right + 2], [right], [{}]) == "always 2 too large"
    assert ratios.ratio([np.array(3.0)], [np.array(1.0)], [{}]) == ""  # by chance it is many things


def test_what_numbers_are_off_by_is_told_by_the_inputs():
    assert ratios.off_by(PAIR, np.array([4.0, -2.0])) == "off by 2 · `w`"
    assert ratios.off_by(PAIR, np.array([3.0, -2.5])) == "off by 0.5 · `w` · `b`"
    assert ratios.off_by(PAIR, np.array([1.0, 3.0])) == ""


def test_what_is_right_for_one_number_of_examples_alone_is_told():
    got, right = [np.array(7 / 3), np.array(12 / 3)], [np.array(7 / 3), np.array(3.0)]
    told = properties._sometimes(SEVERAL, got, right, Words("x = {x}"))
    assert told == "it is right for 3 examples, and not for another number, as if that one were fixed"


def test_the_last_of_many_that_is_the_right_one_is_told():
    got = [np.array([9.0, 8.0, 7.0, 6.0, 5.0, 4.0, last]) for last in (1.0, 2.0)]
    assert beside.beside(got, [np.array(1.0), np.array(2.0)]).startswith("the last of all is what is asked for")


def test_code_that_is_right_for_the_first_case_and_raises_for_another_is_told_so(made_up):
    def judge(answer, draw):
        compare(answer, [{"x": 1.0}, {"x": 2.0}], lambda x: x, [], "x = {x}")

    told = str(made_up(judge)(lambda x: x if x < 1.5 else [][0]))
    assert "it is right for x = 1, but not for x = 2: there is no such place" in told


# ---- tapes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("v = tf.Variable(x)\nwith tape: y = v * v\nreturn tape.gradient(y, v)", ""),
        ("with tape: y = x * x\nreturn tape.gradient(y, x)", "along a plain number (3)"),
        ("v = tf.constant(x)\nwith tape: y = v * v\nreturn tape.gradient(y, v)", "it is a constant tensor"),
        ("v = tf.Variable(3)\nwith tape: y = v * v\nreturn tape.gradient(y, v)", "the Variable holds whole numbers"),
        ("v = tf.Variable(x)\ny = v * v\nwith tape: pass\nreturn tape.gradient(y, v)", "the tape saw no Variable"),
        (
            "v = tf.Variable(x)\nu = tf.Variable(x)\nwith tape: y = u * u\nreturn tape.gradient(y, v)",
            "for another Variable",
        ),
        (
            "v = tf.Variable(x)\nwith tape: y = tf.constant(v.numpy()) + 0 * v.numpy()\nreturn tape.gradient(y, v)",
            "saw the Var",
        ),
        ("v = tf.Variable(x, trainable=False)\nwith tape: y = v * v\nreturn tape.gradient(y, v)", "`trainable=False`"),
        ("v = tf.Variable(x)\nwith tape: y = v * v\nreturn tape.gradient(v, y)", "are swapped"),
        ("v = tf.Variable(x)\nwith tape: y = (v * v).numpy()\nreturn tape.gradient(y, v)", "a tape can't follow those"),
        ("v = tf.Variable(x)\nwith tape: y = abs\nreturn tape.gradient(y, v)", "call the function first"),
    ],
)
def test_why_a_slope_is_none(lines, words):
    body = "\n".join(f"    {line}" for line in lines.splitlines())
    code = f"def answer(x):\n    tape = tf.GradientTape()\n{body}"
    with tapes.recorded() as asked, contextlib.suppress(AttributeError, TypeError):
        made(code)(3.0)
    assert words in tapes.why_none(asked) and bool(words) == bool(tapes.why_none(asked))


def test_recording_leaves_the_tape_as_it_was():
    before = tf.GradientTape.gradient
    with pytest.raises(KeyError), tapes.recorded():
        raise KeyError
    assert tf.GradientTape.gradient is before


# ---- reading --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "stub"),
    [
        ("def answer(x):\n    pass", True),
        ("def answer(x):\n    ...", True),
        ("def answer(x):\n    pass  # your code here", True),
        ("def answer(x):\n    'What it does.'", True),
        ("def answer(x):\n    '''What it does.'''\n    pass", True),
        ("def answer(x):\n    return None", False),
        ("def answer(x):\n    return", False),
        ("def answer(x):\n    print(x)", False),
        ("answer = lambda x: None", False),
        ("@tf.function\ndef answer(x):\n    pass", True),
        ("class answer(tf.Module):\n    pass", True),
        ("class answer(tf.Module):\n    'What it is.'", True),
        ("class answer(keras.Model):\n    pass", True),
        ("class answer(tf.Module):\n    def __init__(self, w, b):\n        pass", True),
        ("class answer(tf.Module):\n    def __init__(self, w, b):\n        self.w = w", False),
        ("class answer(tf.Module):\n    color = 'red'", False),
        ("class answer(tf.Module):\n    w: float", False),
        ("class answer(LinearModel):\n    pass", False),
        ("answer = None", True),
        ("answer = ...", True),
        ("answer = 0", False),
    ],
)
def test_a_stub_is_untouched_and_an_attempt_is_none(code, stub):
    assert reading.untouched(made(code)) is stub


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("answer = lambda a, b: a", ["b"]),
        ("def answer(a, b):\n    a = 3\n    return a + b", ["a"]),
        ("def answer(a, b):\n    return [a * k for k in range(b)]", []),
        ("def answer(a, b):\n    def inner():\n        return a\n    return inner() + b.a", []),
        ("def answer(a):\n    a += 1\n    return a", []),
        ("def answer(w, model):\n    return model.w", ["w"]),
        ("@tf.function\ndef answer(a, b):\n    return a", ["b"]),
        ("answer = len", []),
    ],
)
def test_parameters_that_are_never_read_are_found(code, names):
    assert reading.unused(made(code)) == names


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("for k in a:\n        return k", "`return` stands inside the loop"),
        ("for k in a:\n        print(k)\n        break", "`break` stands inside the loop"),
        ("for k in a:\n        if k:\n            return k", ""),
        ("t = 0\n    for k in a:\n        t = k\n    return t", "each round sets `t` anew"),
        ("t = 0\n    for k in a:\n        t = t + k\n    return t", ""),
        ("for k in a:\n        t = k\n    return t", ""),
    ],
)
def test_a_loop_that_ends_early_or_forgets_is_found(body, words):
    found = reading.odd_loop(made(f"def answer(a):\n    {body}"))
    assert words in found and bool(found) == bool(words)


def test_code_that_runs_as_a_graph_is_told_its_own_line():
    code = """
@tf.function
def answer(y_true, y_pred):
    if y_true[0] > 0:
        pass
    return tf.reduce_men(y_true)
"""
    text = str(given("mse", code))
    assert "there is no `reduce_men`; did you mean `reduce_mean`?" in text and "Line 6 of its cell: return" in text


def test_a_list_that_keeps_what_an_earlier_call_put_into_it_is_named():
    code = """
losses = []
def answer(model, x, y, learning_rate, epochs):
    for _ in range(epochs):
        losses.append(train_step(model, x, y, learning_rate))
    losses.append(mean_squared_error(y, model(x)))
    return list(losses)
"""
    assert "Make the list anew, inside the function" in str(given("loop", code))


@pytest.mark.parametrize(
    ("call", "code", "unread"),
    [
        (
            "double",
            "def answer(variable):\n    # variable.assign(2 * variable)\n    pass",
            "variable.assign(2 * variable)",
        ),
        ("double", 'def answer(variable):\n    """Doubles.\n\n    v = 2 * v\n    """', "v = 2 * v"),
        ("line_class", "class answer(tf.Module):\n    def __call__(self, x):\n        'x + 1'", "x + 1"),
    ],
)
def test_code_that_python_never_reads_is_no_stub(call, code, unread):
    assert f"`{unread}` stands in quotes or behind #" in str(check.EXERCISES[call](made(code)))
    assert check.EXERCISES[call](made(code.replace(unread, "Here goes what you write."))).state == "not attempted"


@pytest.mark.parametrize("call", ["double", "line_class", "by_hand"])
def test_none_is_no_stub(call):
    kind = {"double": "no function", "line_class": "not a class"}.get(call, "nothing was given back there")
    assert kind.replace("no f", "not a f") in str(check.EXERCISES[call](None))


@pytest.mark.parametrize(("body", "state"), [("pass", "not attempted"), ("return 6.0", "mistake")])
def test_a_stub_is_known_where_its_source_is_not(body, state):
    space = {}
    exec(f"def answer(variable):\n    {body}", space)
    assert check.double(space["answer"]).state == state


@pytest.mark.parametrize("table", ["DONE", "PARTS"])
def test_no_two_changes_are_the_same(table):
    numbers = np.array([-2.5, -0.3, 0.8, 0.2, 3.4, 120.25, *range(40, 80)]) * math.pi
    with np.errstate(all="ignore"):
        changed = [str(np.round(change(numbers), 12).tolist()) for change in getattr(changes, table).values()]
    assert len(set(changed)) == len(changed)
