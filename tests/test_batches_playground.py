"""The playground of batches: the noise predicted is the noise measured, and a run is that of the learner's step."""

import json
import re

import numpy as np
import pytest
import tensorflow as tf
from steps import guarded_step, sum_step, timid_step

from course_utils import LinearModel, make_line_data, mean_squared_error, penguins, standardise, train_step
from course_utils.data import LineData
from course_utils.playgrounds import BatchPlayground, batch_rows
from course_utils.playgrounds.batch_rows import DRAWS, STEPS, BatchStep, predicted_noise, slopes_of_examples
from course_utils.playgrounds.batches import ARROW

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def birds():
    data = penguins()
    return LineData(standardise(data.x), standardise(data.y), None, None, None)


@pytest.fixture(scope="module")
def fan(birds):
    return BatchPlayground(birds)


@pytest.fixture
def few_draws(monkeypatch):
    """Draw few batches, where the noise of their gradients is not what is tested."""
    monkeypatch.setattr(batch_rows, "DRAWS", 20)


def go(fan, size, rate, step=STEPS):
    fan.size.index, fan.learning_rate.value = fan.sizes.index(size), rate
    fan.step.value = step


def test_the_predicted_noise_is_that_of_ten_thousand_draws(birds):
    slopes = slopes_of_examples(birds.x, birds.y, -1.0, 1.0)
    orders = np.random.default_rng(1).random((10_000, len(slopes))).argsort(axis=1)
    for size in (1, 4, 16, 64, 200):
        off = slopes[orders[:, :size]].mean(axis=1) - slopes.mean(axis=0)
        assert np.sqrt(np.mean(np.sum(off**2, axis=1))) == pytest.approx(predicted_noise(slopes, size), rel=0.03)


@pytest.mark.thorough
def test_the_measured_noise_is_that_of_the_step(fan, birds):
    assert fan.measured == pytest.approx(fan.predicted, rel=0.12, abs=2e-3)
    sums = BatchPlayground(birds, step=sum_step)
    assert sums.measured[-1] == pytest.approx(341 * np.hypot(3.742, 2.0), rel=0.01), "a sum is 342 times as steep"


@pytest.mark.parametrize("size, rate", [(1, 0.1), (16, 0.5), (64, 0.01), (342, 0.5), (1, 1.0)])
def test_a_run_is_that_of_the_step_on_the_same_batches(fan, birds, size, rate):
    go(fan, size, rate)
    model, batches = LinearModel(-1.0, 1.0), BatchStep(train_step, size, 342, (-1.0, 1.0)).batches.numpy()
    for step in range(STEPS):
        loss = mean_squared_error(birds.y, model(birds.x)).numpy()
        if not loss < 1e6:  # beyond, roundings grow, too
            break
        shown = [fan._shown[name][step] for name in ("w", "b", "loss")]
        np.testing.assert_allclose(shown, [model.w.numpy(), model.b.numpy(), loss], rtol=2e-3, atol=1e-4)
        train_step(model, tf.gather(birds.x, batches[step]), tf.gather(birds.y, batches[step]), rate)
    assert step > 5


@pytest.mark.parametrize("size", [1, 16, 64, 342])
def test_a_run_sees_every_example_once_before_any_comes_again(size):
    batches = BatchStep(train_step, size, 342, (0.0, 0.0)).batches.numpy()
    assert batches.shape == (STEPS + DRAWS, size)
    whole = 342 // size
    for first in range(0, STEPS - whole + 1, whole):
        seen = batches[first : first + whole].ravel()
        assert len(set(seen.tolist())) == whole * size
    assert all(len(set(batch.tolist())) == size for batch in batches)


def test_words_say_what_is_shown(fan):
    go(fan, 16, 0.1, 0)
    assert fan.summary.startswith("Batches of 16 from 342, learning rate 0.1, step 0: 0 examples seen, loss 4.742; the")
    go(fan, 16, 0.1, 50)
    assert "step 50: 800 examples seen" in fan.summary
    assert fan.summary.endswith(f"{fan.predicted[2]:.4g} predicted, {fan.measured[2]:.4g} measured.")


def test_the_fan_of_all_examples_is_one_line_and_that_of_one_is_wide(fan):
    spreads = []
    for size in fan.sizes:
        go(fan, size, 0.1)
        (path,) = [line for line in fan._view.axes[0].lines if line.get_label() == "10 batches"]
        spreads.append(np.ptp(path.get_xdata()[1::2]))
    assert spreads[0] > 1 and spreads[-1] < 1e-3 and spreads[0] > spreads[2] > spreads[-1]


def test_each_arrow_is_a_step_of_gradient_descent(fan, birds):
    model = LinearModel(*fan.start)
    train_step(model, birds.x, birds.y, ARROW)
    end = model.w.numpy(), model.b.numpy()
    constants = fan.saved()["scene"]["constants"]
    assert (constants["all_w"], constants["all_b"]) == pytest.approx(end, rel=1e-5)
    go(fan, len(birds.x), 0.1)
    (path,) = [line for line in fan._view.axes[0].lines if line.get_label() == "10 batches"]
    assert (path.get_xdata()[1], path.get_ydata()[1]) == pytest.approx(end, abs=1e-3)  # measured on the step


@pytest.mark.thorough
def test_no_state_says_nan_or_inf(fan):
    for size in fan.sizes:
        for rate in (0.01, 1.0):
            go(fan, size, rate)
            assert not re.search(r"\b(nan|inf)\b|[{}]", fan.summary)


@pytest.mark.thorough
def test_an_error_in_a_step_is_told(birds):
    def broken(model, x, y, learning_rate):
        raise ValueError("no such thing")

    fan = BatchPlayground(birds, step=broken)
    assert "no such thing" in fan.summary and fan.screen.scene["error"] == fan.summary
    fan.learning_rate.value = 0.3
    assert "no such thing" in fan.summary and fan.png


@pytest.mark.thorough
@pytest.mark.parametrize("step, words", [(timid_step, "too bold"), (guarded_step, "too large")])
def test_an_error_at_some_rates_is_told_there_and_nowhere_else(birds, step, words, few_draws):
    fan = BatchPlayground(birds, step=lambda model, x, y, rate: step(model, x, y, 40 * rate if rate > 0.9 else rate))
    go(fan, 16, 0.1)
    good = fan.summary
    go(fan, 16, 1.0)
    assert words in fan.summary and fan.screen.scene["error"] == ""
    go(fan, 16, 0.1)
    assert fan.summary == good


@pytest.mark.thorough
def test_an_error_at_some_sizes_is_told_there_and_nowhere_else(birds, few_draws):
    def even(model, x, y, learning_rate):
        return train_step(model, tf.reshape(x, [2, -1])[0], tf.reshape(y, [2, -1])[0], learning_rate)

    fan = BatchPlayground(birds, step=even)
    assert fan.summary.startswith("Batches of 16")
    go(fan, 1, 0.1)
    assert "InvalidArgumentError" in fan.summary
    go(fan, 64, 0.1)
    assert fan.summary.startswith("Batches of 64")
    assert {head for head, _ in fan.saved()["packs"][0]["head"]["rows"] for head in head[:1]} == {1, 2, 3, 4}


@pytest.mark.thorough
def test_a_page_has_all_of_it(fan):
    saved = json.loads(json.dumps(fan.saved(), allow_nan=False))
    assert len(saved["packs"][0]["head"]["rows"]) == len(fan.sizes) * 21
    assert saved["scene"]["controls"][0]["html"].count('type="radio"') == len(fan.sizes)
    assert len(saved["packs"][0]["buffers"][0]) < 150_000


def test_the_browser_is_told_what_it_lacks(fan, monkeypatch):
    sent = []
    monkeypatch.setattr(fan.screen, "send", lambda *message: sent.append(message))
    fan._hear({"row": [1, 0.123], "epochs": STEPS})
    [[[key, row]]] = [message[0]["plain"] for message in sent]
    assert key == [1, 0.123] and row["length"] == STEPS + 1 and row["columns"]["size"][0] == "4"


@pytest.mark.parametrize("bad", [{"w": float("nan")}, {"b": "0"}])
def test_a_start_that_is_no_number_raises(birds, bad):
    with pytest.raises((ValueError, TypeError), match=f"{next(iter(bad))} must be a finite number"):
        BatchPlayground(birds, **bad)


def test_too_few_examples_raise():
    with pytest.raises(ValueError, match="data must hold at least 8 examples, got 7"):
        BatchPlayground(make_line_data(examples=7))


def test_a_run_that_blows_up_says_when_and_its_fan_is_drawn_in_any_units(birds):
    fan = BatchPlayground(penguins())  # in mm and g: far too steep for every rate of the slider
    go(fan, 16, 0.1)
    assert fan._measured[2] == pytest.approx(fan.predicted[2], rel=0.1)
    for step, seen in [(0, 0), (3, 48), (4, 48), (100, 48)]:  # the browser tells a text of the whole run, too
        go(fan, 16, 0.1, step)
        assert f"step {step}: {seen} examples seen" in fan.summary
        assert "The run ends after step 3: the next loss is no finite number." in fan.summary
    assert "The run ends" not in BatchPlayground(birds).summary


def test_batches_that_lead_to_no_number_have_no_arrows(birds):
    def own_scale(model, x, y, learning_rate):
        scale = (x - tf.reduce_mean(x)) / tf.math.reduce_std(x)  # 0/0 where the batch is one example
        return train_step(model, scale, y, learning_rate)

    fan = BatchPlayground(birds, step=own_scale)
    go(fan, 1, 0.1)
    assert "The run ends after step 0" in fan.summary and "not finite measured" in fan.summary
    json.dumps(fan._find((0, 0.1))[0], allow_nan=False)


def test_only_the_size_that_is_shown_is_compiled_at_once(birds, monkeypatch):
    fan, sent = BatchPlayground(birds), []
    assert [engine.compiled for [engine] in fan._engines] == [False, False, True, False, False]
    monkeypatch.setattr(fan.screen, "send", lambda *message: sent.append(message[0]))
    fan._hear({"draws": True})
    assert all(engine.compiled for [engine] in fan._engines)
    assert fan._table.wait(60)
    assert sum(len(message["rows"]) for message in sent) == len(fan.sizes) * 21


def test_the_sizes_next_to_the_one_that_is_shown_are_found_out_first(birds, monkeypatch):
    fan, order = BatchPlayground(birds), []
    fan.size.index = 3
    monkeypatch.setattr(fan, "_find_out", order.append)
    list(fan._find_out_all())
    assert order[0] == 3 and set(order[1:3]) == {2, 4} and order[3:] == [1, 0]


def test_the_browser_is_told_what_is_found_out_later(birds, monkeypatch, few_draws):
    def looks(model, x, y, learning_rate):
        if x.shape[0] == 4:
            x.numpy()  # no graph can do that
        return train_step(model, x, y, learning_rate)

    fan, sent = BatchPlayground(birds, step=looks), []
    before = fan.screen.scene["constants"]["note"]
    monkeypatch.setattr(fan.screen, "send", lambda *message: sent.append(message[0]))
    fan._hear({"row": [1, 0.1], "epochs": STEPS})
    assert before == "" and "the step can't be compiled" in sent[0]["constants"]["note"] and "plain" in sent[1]
