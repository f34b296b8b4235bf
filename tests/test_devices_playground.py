"""The playground of devices: parts of the examples, joined by a sum or a mean."""

import json

import numpy as np
import pytest
import tensorflow as tf

from course_utils import LinearModel, make_line_data, mean_squared_error, train
from course_utils.playgrounds import DevicesPlayground
from course_utils.playgrounds.devices import KEYS

pytestmark = pytest.mark.filterwarnings("error")


def share(model, x, y, count):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(y - model(x))) / count
    return loss, tape.gradient(loss, [model.w, model.b])


@pytest.fixture(scope="module")
def data():
    return make_line_data(examples=90)


@pytest.fixture(scope="module")
def shown(data):
    return DevicesPlayground(data, share, learning_rate=0.1)


@pytest.mark.parametrize("devices", [1, 2, 3, 4])
def test_shares_of_all_examples_add_up_to_the_run_of_one_device(shown, data, devices):
    history = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=20)
    row = shown._find((devices, 0, 0))[0]
    for name in ("w", "b", "loss"):
        np.testing.assert_allclose(row[name], getattr(history, name), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("divided", "joined", "times"), [(0, 0, 1), (1, 1, 1), (1, 0, 3), (0, 1, 1 / 3)])
def test_a_wrong_way_is_wrong_by_the_number_of_devices(shown, data, divided, joined, times):
    shown.devices.value, shown.divided.index, shown.joined.index, shown.step.value = 3, divided, joined, 0
    loss = times * float(mean_squared_error(data.y, LinearModel()(data.x)))
    assert f"reported loss {loss:.4g}" in shown.summary
    assert f"is {times:.4g} times that of all examples" in shown.summary


def test_the_joined_gradient_is_drawn_as_the_sum_of_those_of_the_devices(shown):
    assert len(KEYS) == 16
    for devices, divided, joined in KEYS:
        row = shown._find((devices, divided, joined))[0]
        for part in "wb":
            own = np.array(row[f"c{part}{devices - 1}"])
            np.testing.assert_allclose(row[f"g{part}"], own / (devices if joined else 1), rtol=1e-6, atol=1e-9)
            assert row[f"c{part}3"] == row[f"c{part}{devices - 1}"], "a device that is not there adds something"


def test_the_gradients_of_the_devices_lie_on_the_joined_one_which_shows_on_both_sides(shown):
    view = shown._view
    assert view._joined.get_marker() == "None", "its ends hide where the parts begin and end"
    for line in view._own:
        assert line.get_linewidth() < view._joined.get_linewidth() / 2
        assert line.get_zorder() >= view._joined.get_zorder()


def test_a_run_that_blows_up_stays_where_it_was_last():
    wild = DevicesPlayground(make_line_data(examples=40), share, learning_rate=1e12)
    json.dumps(wild.screen.scene, allow_nan=False)
    wild.step.value = 20
    assert "not finite" not in wild.summary


@pytest.mark.thorough
@pytest.mark.parametrize(
    "found, got",
    [
        *((1.0, "a number"), (None, "None"), ((1.0, None), "(a number, None)"), ((1.0, [1.0]), "(a number, a list)")),
        *((([1.0, 2.0], 1.0), "(a list, a number)"), ([1.0, tf.zeros([2, 3])], "[a number, a tensor of shape (2, 3)]")),
        *(((1.0, {"w": 1.0, "b": 2.0}), "(a number, a dict)"), ((1.0, [1.0, "2"]), "(a number, a list)")),
    ],
)
def test_what_is_no_loss_with_two_slopes_is_told(data, found, got):
    shown = DevicesPlayground(data, lambda model, x, y, count: found)
    words = f"replica_step must return a loss and [its slope along w, its slope along b], got {got}."
    assert words in shown.summary


def test_a_loss_with_two_slopes_may_come_in_any_order_of_tuples_lists_and_numbers(data, shown):
    def other(model, x, y, count):
        loss, slopes = share(model, x, y, count)
        return [loss.numpy(), tf.stack(slopes)]

    assert DevicesPlayground(data, other, learning_rate=0.1)._find((4, 0, 0)) == shown._find((4, 0, 0))


def test_a_device_that_moves_the_model_is_told(data):
    def moves(model, x, y, count):
        model.w.assign_add(0.1)
        return share(model, x, y, count)

    assert "replica_step must leave w and b to the joined gradient" in DevicesPlayground(data, moves).summary


def test_the_picture_moves_with_the_sliders(data):
    shown = DevicesPlayground(data, share)
    shown.step.value = 7
    assert len(shown._view._path.get_xdata()) == 8
    shown.joined.index = 1
    np.testing.assert_allclose(shown._view._path.get_xdata(), shown._find((4, 0, 1))[0]["w"][:8])


@pytest.mark.parametrize("size", [1e-4, 1.0, 1e6])
def test_a_loss_of_any_size_is_in_the_picture(data, size):
    def sized(model, x, y, count):
        loss, slopes = share(model, x, y, count)
        return size * loss, slopes

    shown = DevicesPlayground(data, sized)
    low, high = shown._view.axes[2].get_ylim()
    assert low < min(shown._find((4, 0, 0))[0]["loss"]) < max(shown._find((4, 0, 0))[0]["loss"]) < high


@pytest.mark.thorough
def test_a_start_that_is_not_finite_is_told(data):
    shown = DevicesPlayground(data, lambda model, x, y, count: (np.nan, [1.0, 1.0]))
    assert "replica_step must return finite numbers" in shown.summary


def test_fewer_examples_than_devices_raise():
    with pytest.raises(ValueError, match="data must hold at least 4 examples, got 3"):
        DevicesPlayground(make_line_data(examples=3), share)


def test_each_part_is_computed_on_a_device_of_its_own_as_far_as_there_are(data, monkeypatch):
    used, device = [], tf.device
    monkeypatch.setattr(tf, "device", lambda name: used.append(name) or device(name))
    DevicesPlayground(data, share, learning_rate=0.1)
    assert set(used) == {one.name for one in tf.config.list_logical_devices("CPU")}


@pytest.mark.thorough
def test_an_error_at_some_settings_is_told_there_and_nowhere_else(data):
    def whole(model, x, y, count):
        if len(x) < 30:
            raise ValueError("too few")
        return share(model, x, y, count)

    shown = DevicesPlayground(data, whole)
    assert "too few" in shown.summary and shown.png
    shown.devices.value = 3
    assert shown.summary.startswith("Devices: 3.")
    shown.devices.value = 4
    assert "too few" in shown.summary


@pytest.mark.thorough
def test_an_error_is_told(data):
    assert "weight" in DevicesPlayground(data, lambda model, x, y, count: model.weight).summary


@pytest.mark.parametrize("rate", [0, -1, float("nan")])
def test_a_bad_learning_rate_raises(data, rate):
    with pytest.raises(ValueError, match="learning_rate must be a finite number above 0"):
        DevicesPlayground(data, share, learning_rate=rate)


@pytest.mark.thorough
def test_only_what_is_shown_is_made_at_once_and_a_page_has_all(data):
    shown = DevicesPlayground(data, share)
    assert set(shown._found) == {(4, 0, 0), (1, 0, 0)}
    assert len(json.loads(json.dumps(shown.saved(), allow_nan=False))["scene"]["rows"]) == 16


@pytest.mark.thorough
def test_the_browser_is_sent_every_row(data, monkeypatch):
    shown, sent = DevicesPlayground(data, share), []
    monkeypatch.setattr(shown.screen, "send", sent.append)
    shown._hear({"row": [3, 1, 0], "epochs": 20})
    for _ in shown._fill():
        pass
    assert [tuple(message["plain"][0][0]) for message in sent] == [(3, 1, 0), *KEYS]
