"""The playgrounds of hinges: two by hand, and as many as one likes, trained by a learner's own step and model."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf
from hinges import Hinges, bent, step

from course_utils import mean_squared_error
from course_utils.playgrounds import HingePlayground, HingesByHandPlayground
from course_utils.playgrounds.hinges import NOISES

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def shown():
    return HingePlayground(Hinges, bent, step, learning_rate=0.05)


@pytest.mark.thorough
@pytest.mark.parametrize("units, noise", [(2, 0.2), (5, 0.0), (5, 0.4)])
def test_it_shows_what_the_step_does_to_the_model(shown, units, noise):
    training, validation = bent(noise, 20, 0), bent(noise, 200, 1)
    model = Hinges(units)
    shown.units.value, shown.noise.value = units, noise
    for epoch in range(101):
        if epoch % 50 == 0:
            shown.epochs.value = epoch
            losses = [float(mean_squared_error(data.y, model(data.x))) for data in (training, validation)]
            words = f"{units} hinges, noise {noise}, epoch {epoch}: loss "
            assert shown.summary.startswith(words)
            told = [float(part.split()[0]) for part in shown.summary.partition("loss ")[2].split(", ")]
            np.testing.assert_allclose(told, losses, rtol=2e-3)
        step(model, training.x, training.y, 0.05)


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
def test_a_bad_learning_rate_raises(rate):
    with pytest.raises(ValueError, match=r"^learning_rate must be a finite number above 0"):
        HingePlayground(Hinges, bent, step, learning_rate=rate)


def test_the_hinges_that_are_drawn_add_up_to_the_curve(shown):
    shown.units.value, shown.noise.value = 3, 0.2
    columns, grid = shown._find((3, 0.2))[0], shown._view.grid
    w, b, a = (np.array(columns[name])[-1] for name in "wba")
    assert (a[3:] < -1e8).all(), "a hinge that is not there can be seen"
    heights = (a[:3] * np.maximum(w[:3] * grid[:, None] + b[:3], 0)).sum(axis=1)
    assert np.ptp(np.array(columns["curve"])[-1] - heights) < 1e-4  # but for c


def test_the_lowest_validation_loss_is_where_it_says(shown):
    columns = shown._find((8, 0.4))[0]
    place = int(np.argmin(columns["valid"]))
    assert columns["when"][0] == 25 * place and columns["lowest"][0] == columns["valid"][place]


@pytest.mark.thorough
def test_the_model_is_left_as_it_was():
    models = {units: Hinges(units) for units in range(1, 9)}
    HingePlayground(models.get, bent, step)
    for units, model in models.items():
        np.testing.assert_array_equal(model.w, Hinges(units).w)


def test_a_run_that_blows_up_is_drawn_as_far_as_it_goes():
    wild = HingePlayground(Hinges, bent, step, learning_rate=100.0)
    assert "not finite" not in wild.summary and "nan" not in wild.summary
    json.dumps(wild.screen.scene, allow_nan=False)


@pytest.mark.thorough
def test_an_error_at_some_settings_is_told_there_and_nowhere_else():
    def few(model, x, y, learning_rate):
        if model.w.shape[0] > 6:
            raise ValueError("too many")
        return step(model, x, y, learning_rate)

    shown = HingePlayground(Hinges, bent, few, learning_rate=0.05)
    good = shown.summary
    shown.units.value = 7
    assert "too many" in shown.summary and shown.png
    shown.units.value = 2
    assert shown.summary == good
    rows = [key for pack in shown.saved()["packs"] for key, _ in pack["head"]["rows"]]
    assert {units for units, _ in rows} == {1, 2, 3, 4, 5, 6}


def test_the_browser_is_sent_the_row_that_it_lacks(shown, monkeypatch):
    sent = []
    monkeypatch.setattr(shown.screen, "send", lambda *message: sent.append(message[0]))
    shown._hear({"row": [4, 0.38], "epochs": 100})
    [key] = [key for message in sent for key, *_ in message.get("rows", ())]
    assert key == [4, 0.4]


@pytest.mark.thorough
def test_once_it_draws_the_browser_is_sent_every_row_or_its_error(monkeypatch):
    def few(model, x, y, learning_rate):
        if model.w.shape[0] > 6:
            raise ValueError("too many")
        return step(model, x, y, learning_rate)

    shown, sent = HingePlayground(Hinges, bent, few, learning_rate=0.05), []
    monkeypatch.setattr(shown.screen, "send", lambda *message: sent.append(message[0]))
    shown._hear({"draws": True})
    list(shown._pieces)  # what a kernel does between cells
    assert len(shown._tables) == 6 and all(table.wait(60) for table in shown._tables.values())
    found = [tuple(key) for message in sent for key, *_ in message.get("rows", ())]
    assert set(found) == {(units, noise) for units in range(1, 7) for noise in NOISES}
    shown._hear({"row": [7, 0.2], "epochs": 100})
    assert "too many" in sent[-1]["error"] and sent[-1]["at"] == [7, 0.2]
    shown._hear({"gone": True})


@pytest.mark.thorough
def test_an_error_in_the_step_is_told():
    def broken(model, x, y, learning_rate):
        return model.weight

    assert "weight" in HingePlayground(Hinges, bent, broken).summary


def test_a_model_without_hinges_raises():
    with pytest.raises(TypeError, match=r"Variables w, b, a and c, got Module without w, b, a, c"):
        HingePlayground(lambda units: tf.Module(), bent, step)


def test_a_model_in_the_place_of_its_class_raises():
    with pytest.raises(TypeError, match=r"^make_model must be the class, or a function of units, got a Hinges$"):
        HingePlayground(Hinges(4), bent, step)


@pytest.mark.parametrize(
    "make_data, words",
    [
        (lambda noise, examples, seed: bent(noise, 30, seed), r"must make 20 examples .*, got shape \(30,\)"),
        (
            lambda noise, examples, seed: bent(noise, examples, round(10 * noise) + 10 * seed),
            "the same x for each noise",
        ),
        (lambda noise, examples, seed: bent(noise, examples, 0), "other examples for another seed"),
    ],
)
def test_data_that_validate_nothing_raise(make_data, words):
    def first_examples(noise, examples, seed):  # a longer draw begins as a shorter one does
        long = make_data(noise, max(examples, 200), seed)
        return long if len(long.x) < 200 else replace(long, x=long.x[:examples], y=long.y[:examples])

    with pytest.raises(ValueError, match=words):
        HingePlayground(Hinges, first_examples, step)


@pytest.mark.thorough
def test_what_a_step_does_to_the_model_that_nobody_can_draw_is_told():
    def cut(model, x, y, learning_rate):
        if model.w.shape[0] == 6:
            model.w, model.b, model.a = (tf.Variable(part[:5]) for part in (model.w, model.b, model.a))
        return step(model, x, y, learning_rate)

    def leave(model, x, y, learning_rate):
        raise SystemExit

    shown = HingePlayground(Hinges, bent, cut)
    shown.units.value = 6
    assert "w, b and a must stay as long as they were" in shown.summary
    assert "the step ends Python" in HingePlayground(Hinges, bent, leave).summary


def test_hinges_that_are_none_are_not_drawn(shown):
    class Smooth(Hinges):
        def __call__(self, x):
            return tf.reduce_sum(self.a * tf.tanh(self.w * x[:, None] + self.b), axis=1) + self.c

    smooth, words = HingePlayground(Smooth, bent, step, learning_rate=0.05), "Its hinges are not drawn"
    assert words in smooth.summary and words not in shown.summary
    assert {a for entry in smooth._find((2, 0.2))[0]["a"] for a in entry} == {-1e9}
    assert smooth._find((2, 0.2))[0]["w"][0] == [0.0] * 8


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_losses_of_any_size_are_in_the_picture(size):
    def large(noise, examples, seed):
        data = bent(noise, examples, seed)
        return replace(data, y=size * data.y)

    shown = HingePlayground(Hinges, large, step, learning_rate=0.01)
    low, high = shown._view.axes[2].get_ylim()
    assert low < shown._find((2, 0.2))[0]["train"][0] < high


def test_a_run_that_blows_up_says_when():
    shown = HingePlayground(Hinges, bent, step, learning_rate=100.0)
    told = re.search(r"The run ends after epoch (\d+): the next loss is no finite number\.", shown.summary)
    assert 0 < int(told[1]) < 100
    shown.epochs.value = 0  # the browser tells a text of the whole run, too
    assert told[0] in shown.summary
    assert "The run ends" not in HingePlayground(Hinges, bent, step, learning_rate=0.01).summary


def test_by_hand_the_loss_is_that_of_the_sum():
    data = bent(0.0)
    hand = HingesByHandPlayground(data)
    hand.w1.value, hand.w2.value = 1.0, -1.0
    assert hand.loss == pytest.approx(0, abs=1e-9) and "their sum is 0.000" in hand.summary
    hand.c.value = 0.5
    assert hand.loss == pytest.approx(0.25)
