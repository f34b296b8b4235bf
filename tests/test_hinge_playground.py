"""The playgrounds of hinges: two by hand, and as many as one likes, trained by a learner's own step and model."""

import json

import numpy as np
import pytest
import tensorflow as tf
from hinges import Hinges, bent, step

from course_utils import mean_squared_error
from course_utils.playgrounds import HingePlayground, HingesByHandPlayground

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


@pytest.mark.thorough
def test_an_error_in_the_step_is_told():
    def broken(model, x, y, learning_rate):
        return model.weight

    assert "weight" in HingePlayground(Hinges, bent, broken).summary


def test_a_model_without_hinges_raises():
    with pytest.raises(TypeError, match=r"Variables w, b, a and c, got Module without w, b, a, c"):
        HingePlayground(lambda units: tf.Module(), bent, step)


def test_by_hand_the_loss_is_that_of_the_sum():
    data = bent(0.0)
    hand = HingesByHandPlayground(data)
    hand.w1.value, hand.w2.value = 1.0, -1.0
    assert hand.loss == pytest.approx(0, abs=1e-9) and "their sum is 0.000" in hand.summary
    hand.c.value = 0.5
    assert hand.loss == pytest.approx(0.25)
