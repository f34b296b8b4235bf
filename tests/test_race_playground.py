"""The race playground: each step is drawn as `train` runs it, on both kinds of data, and its limit is where it is."""

import dataclasses
import json
import re

import numpy as np
import pytest
import tensorflow as tf
from steps import guarded_step, sum_step, timid_step

from course_utils import LinearModel, mean_squared_error, penguins, standardise, train, train_step
from course_utils.bowl import Bowl
from course_utils.playgrounds import RacePlayground, race_rows

pytestmark = pytest.mark.filterwarnings("error")


class Momentum:
    def __init__(self, beta):
        self.beta, self.w, self.b = beta, tf.Variable(0.0), tf.Variable(0.0)

    def __call__(self, model, x, y, learning_rate):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        dw, db = tape.gradient(loss, [model.w, model.b])
        self.w.assign(self.beta * self.w - learning_rate * dw)
        self.b.assign(self.beta * self.b - learning_rate * db)
        model.w.assign_add(self.w)
        model.b.assign_add(self.b)
        return loss


@pytest.fixture(scope="module")
def race():
    return RacePlayground(penguins(), {"plain": train_step, "heavy": Momentum(0.9)})


@pytest.fixture
def short_look(monkeypatch):
    """Make the search for limits short, where a step is run eagerly and its limits are not what is tested."""
    monkeypatch.setattr(race_rows, "LOOK", 8)


def test_losses_are_drawn_by_their_powers_of_ten_and_bowls_are_not(race):
    assert [(view["x"]["log"], view["y"]["log"]) for view in race.screen.scene["views"]] == [
        (False, False),
        (False, False),
        (False, True),
    ]


def go(race, data, rate, epochs=100, epoch=None):
    race.choice.index, race.learning_rate.value, race.epochs.value = data, rate, epochs
    race.epoch.value = epochs if epoch is None else epoch


def worlds():
    """Return (x, y, start, unit) of the raw and of the standardised penguins; the start is the line y = 0."""
    data = penguins()
    mean, unit = np.mean(data.y, dtype=float), np.std(np.asarray(data.y, float))
    return [(data.x, data.y, (0.0, 0.0), 1.0), (standardise(data.x), standardise(data.y), (0.0, -mean / unit), unit)]


@pytest.mark.thorough
@pytest.mark.parametrize("data, rate", [(0, 1e-5), (0, 0.1), (0, 4e-5), (1, 0.01), (1, 0.5), (1, 1.5)])
def test_each_step_is_drawn_as_train_runs_it(race, data, rate):
    x, y, start, unit = worlds()[data]
    go(race, data, rate)
    columns = race._find((data, rate))[0]
    for place, step in enumerate((train_step, Momentum(0.9))):
        history = train(LinearModel(*start), x, y, learning_rate=rate, epochs=100, step=step)
        last = int(np.flatnonzero(np.isfinite(history.loss))[-1])
        for name, wanted in (("w", history.w), ("b", history.b), ("off", unit * np.sqrt(history.loss.astype(float)))):
            drawn = np.array(columns[f"{name}{place}"])
            np.testing.assert_allclose(drawn[: last + 1], wanted[: last + 1], rtol=1e-3, atol=1e-4)
            assert set(drawn[last:]) == {drawn[last]}, "a run that has ended moves on"
        assert history.verdict in race.summary


@pytest.mark.thorough
@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_the_limits_are_those_of_theory(beta):
    race = RacePlayground(penguins(), {"one": Momentum(beta)})
    for (where, found), (x, y, *_) in zip(race.limits.items(), worlds(), strict=True):
        assert found["one"] == pytest.approx(2 * (1 + beta) / Bowl(x, y).steepest, rel=0.01), where


def test_the_limit_of_a_sum_is_that_of_the_mean_by_the_number_of_examples():
    race = RacePlayground(penguins(), {"sum": sum_step})
    assert race.limits["Standardised"]["sum"] == pytest.approx(1 / 342, rel=0.01)


def test_a_step_whose_error_grows_or_shrinks_at_every_rate_has_no_limit():
    def with_its_own_rate(rate):
        return lambda model, x, y, _: train_step(model, x, y, rate)

    race = RacePlayground(penguins(), {"always": with_its_own_rate(0.2), "never": with_its_own_rate(2.0)})
    assert race.limits["Standardised"] == {"always": None, "never": None}


def test_marks_stand_at_the_limits_of_the_data_that_are_chosen(race):
    marks = race._scene["controls"][1]["marks"]
    assert [(mark["when"]["data"], mark["text"].split()[0]) for mark in marks] == [
        (world, name) for world in (0, 1) for name in ("plain", "heavy")
    ]
    limits = [limit for found in race.limits.values() for limit in found.values()]
    assert [10 ** (8 * mark["share"] - 6) for mark in marks] == pytest.approx(limits)
    html = race.screen.scene["controls"][1]["html"]
    assert html.count("data-when=") == 4 and f"plain {limits[0]:.3g}" in html


def test_words_say_where_each_run_stands(race):
    go(race, 0, 1e-5)
    assert race.summary.startswith("Raw data, learning rate 1e-05, epoch 100 of 100. plain: 563 g off, converging:")
    assert "along the flattest direction of the bowl 100% of the way is left, along the steepest" in race.summary
    assert race.summary.endswith("The best line: 393.1 g off.")
    go(race, 1, 0.5, 30, 0)
    words = "Standardised data, learning rate 0.5, epoch 0 of 30. plain: 4277 g off, converged"
    assert race.summary.startswith(words)
    go(race, 1, 0.5, 30, 1)
    assert "epoch 1 of 30. plain: 393.1 g off" in race.summary, "at half the limit of a round bowl one step arrives"


@pytest.mark.thorough
def test_no_state_says_nan_or_inf(race):
    for data in (0, 1):
        for rate in (1e-6, 3e-3, 100.0):
            for epochs, epoch in ((0, 0), (5, 3), (100, 100)):
                go(race, data, rate, epochs, epoch)
                assert not re.search(r"\b(nan|inf)\b|[{}]", race.summary)
                assert f"epoch {epoch} of {epochs}." in race.summary


def test_each_loss_is_drawn_up_to_its_epoch_with_a_dot_there(race):
    go(race, 1, 0.2, 60, 25)
    columns = race._find((1, 0.2))[0]
    for k, (line, dot) in enumerate(race._view._losses):
        np.testing.assert_array_equal(line.get_xydata(), list(enumerate(columns[f"off{k}"][:26])))
        np.testing.assert_array_equal(dot.get_xydata(), [(25, columns[f"off{k}"][25])])


@pytest.mark.thorough
def test_a_path_is_drawn_in_the_bowl_of_its_data_only(race, image):
    pictures = set()
    for data in (0, 1):
        go(race, data, 1e-5 if data == 0 else 0.2)
        pictures.add(image(race.png).tobytes())
        for other, ax in enumerate(race._view.axes[:2]):
            moving = [line for line in ax.lines if line in race._view.where]
            assert all(bool(len(line.get_xdata())) == (other == data) for line in moving)
            assert all(race._view.where[line]["when"] == {"data": other} for line in moving)
            assert [race._view.where[line]["geometry"] for line in moving] == ["path", "dot"] * 2
    assert len(pictures) == 2


@pytest.mark.thorough
def test_a_step_with_state_in_python_is_run_eagerly_and_right(short_look):
    state = {"rate": 1.0}

    def shrinking(model, x, y, learning_rate):
        state["rate"] *= 0.9
        return train_step(model, x, y, state["rate"] * learning_rate)

    race = RacePlayground(penguins(), {"shrinking": shrinking})
    assert "Run eagerly" in race.summary and not race._packs()
    x, y, start, _ = worlds()[1]
    go(race, 1, 0.3, 20)
    shown, state["rate"] = race._find((1, 0.3))[0], 1.0
    wanted = train(LinearModel(*start), x, y, learning_rate=0.3, epochs=20, step=shrinking)
    np.testing.assert_allclose(shown["w0"][:21], wanted.w, rtol=1e-5)


@pytest.mark.thorough
def test_an_error_in_a_step_is_told():
    def broken(model, x, y, learning_rate):
        raise ValueError("no such thing")

    race = RacePlayground(penguins(), {"plain": train_step, "broken": broken})
    assert "no such thing" in race.summary and race.screen.scene["error"] == race.summary
    race.learning_rate.value = 0.3
    assert "no such thing" in race.summary and race.png


@pytest.mark.thorough
@pytest.mark.parametrize("step, words", [(timid_step, "too bold"), (guarded_step, "too large")])
def test_an_error_at_some_rates_is_told_there_and_nowhere_else(step, words, short_look):
    race = RacePlayground(penguins(), {"plain": train_step, "careful": step})
    go(race, 1, 0.3)
    good = race.summary
    assert good.count("converged") == 2
    go(race, 1, 30.0)
    assert words in race.summary and race.screen.scene["error"] == ""
    go(race, 1, 0.3)
    assert race.summary == good


@pytest.mark.parametrize("steps", [[train_step], {1: train_step}, {" ": train_step}])
def test_steps_without_plain_names_raise(steps):
    with pytest.raises((TypeError, ValueError), match=r"steps must be a dict|each step must have a name"):
        RacePlayground(penguins(), steps)


@pytest.mark.parametrize("steps", [{}, dict.fromkeys("abcdefg", train_step)])
def test_too_few_or_too_many_steps_raise(steps):
    with pytest.raises(ValueError, match=f"steps must be one to six, by name, got {len(steps)}"):
        RacePlayground(penguins(), steps)


@pytest.mark.parametrize("start", [{"w": float("nan")}, {"b": "0"}])
def test_a_start_that_is_no_number_raises(start):
    with pytest.raises((ValueError, TypeError), match=f"{next(iter(start))} must be a finite number"):
        RacePlayground(penguins(), {"plain": train_step}, **start)


@pytest.mark.thorough
def test_both_starts_are_one_line():
    race = RacePlayground(penguins(), {"plain": train_step}, w=10.0, b=700.0)
    losses = [race._find((data, 1e-6))[0]["off0"][0] for data in (0, 1)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    assert losses[0] == pytest.approx(np.sqrt(np.mean((penguins().y - 10 * penguins().x - 700) ** 2)), rel=1e-5)


def test_the_browser_is_told_what_it_lacks_and_a_page_has_all_of_it(race, monkeypatch):
    sent = []
    monkeypatch.setattr(race.screen, "send", lambda *message: sent.append(message))
    race._hear({"row": [1, 0.123], "epochs": 100})
    [[[key, row]]] = [message[0]["plain"] for message in sent]
    assert key == [1, 0.123] and row["ended"] and row["length"] == 101
    saved = json.loads(json.dumps(race.saved()))
    assert len(saved["packs"][0]["head"]["rows"]) == 2 * 81
    assert saved["scene"]["controls"][0]["html"].count('type="radio"') == 2
    assert len(saved["packs"][0]["buffers"][0]) < 300_000


def test_a_compiled_step_that_turns_out_to_differ_is_given_up(race, monkeypatch):
    engine, sent = race._engines[1][0], []
    monkeypatch.setattr(race.screen, "send", lambda head, buffers=(): sent.append(head))
    kept, note = engine._compiled, engine.note
    try:
        engine._compiled = lambda rate, epochs: [np.zeros(epochs + 1), *kept(rate, epochs)[1:]]
        go(race, 1, 0.31, 10)
        before = race._shown["w0"][10]
        assert race.summary and engine._compiled is None
        assert before == 0 != race._shown["w0"][10], "what is shown is still the sketch"
        assert "compiled, the step gives other numbers" in engine.note
        [told] = [head for head in sent if head.get("forget")]
        assert "other numbers" in told["constants"]["note"]
    finally:
        engine._compiled, engine.note = kept, note


def test_names_are_shown_as_they_are_written(short_look):
    names = ["_own", r"5 $, not $\frac{$", "<b>bold", "{w}", "a name that is longer than any legend can show it"]
    race = RacePlayground(penguins(), dict.fromkeys(names, train_step))
    assert all(f" {name}: " in race.summary for name in names)
    told = [text.get_text() for text in race._view.figure.legends[0].get_texts()]
    assert told[-5:] == [" _own", names[1], "<b>bold", "{w}", "a name that is longer t…"]
    race._view.figure.draw_without_rendering()
    legend, figure = race._view.figure.legends[0].get_window_extent(), race._view.figure.bbox
    assert figure.x0 <= legend.x0 and legend.x1 <= figure.x1


def test_an_error_names_its_step(short_look):
    def ended(model, x, y, learning_rate):
        raise SystemExit

    race = RacePlayground(penguins(), {"plain": train_step, "ended": ended})
    assert race.summary.startswith("Your step `ended` raised RuntimeError: the step ends Python, by SystemExit.")


def test_no_limit_is_shown_of_a_step_that_is_another_one_each_time(short_look):
    def noisy(model, x, y, learning_rate):
        model.w.assign_add(np.random.default_rng().normal())
        return train_step(model, x, y, learning_rate)

    race = RacePlayground(penguins(), {"noisy": noisy})
    assert set(race.limits["Raw"].values()) == {None} and "No two runs are the same" in race.summary


def test_a_limit_far_above_that_of_plain_steps_is_found(monkeypatch):
    def newton(model, x, y, learning_rate):
        residual = y - model(x)
        w = tf.reduce_mean((x - tf.reduce_mean(x)) * (residual - tf.reduce_mean(residual))) / tf.math.reduce_variance(x)
        model.b.assign_add(learning_rate * (tf.reduce_mean(residual) - w * tf.reduce_mean(x)))
        model.w.assign_add(learning_rate * w)
        return tf.reduce_mean(tf.square(residual))

    assert RacePlayground(penguins(), {"newton": newton}).limits["Raw"]["newton"] == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize("constant", ["x", "y"])
def test_what_nobody_can_standardise_raises(constant):
    data = dataclasses.replace(penguins(), **{constant: tf.fill([342], 4200.0)})
    with pytest.raises(ValueError, match=f"^{constant} can't be standardised, it is 4200 everywhere$"):
        RacePlayground(data, {"plain": train_step})


def test_whole_numbers_and_tables_are_taken_as_the_numbers_they_are(race):
    class Table:
        x, y = (np.asarray(values, np.int64) for values in (penguins().x, penguins().y))

    of_table = RacePlayground(Table(), {"plain": train_step})
    assert of_table.limits["Raw"]["plain"] == race.limits["Raw"]["plain"]
