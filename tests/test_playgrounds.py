import base64
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import ipywidgets as widgets
import numpy as np
import psutil
import pytest
import tensorflow as tf
from steps import adam_step, assert_same_history, sum_step

from course_utils import LinearModel, bowl, make_line_data, mean_squared_error, plots, train, train_step
from course_utils.playgrounds import PRESETS, LinePlayground, TangentPlayground, TrainingPlayground

pytestmark = pytest.mark.filterwarnings("error")


def parts(widget):
    """Yield a widget and all that is inside it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from parts(child)


def press(playground, description):
    """Press the one button of that name, wherever in the playground it is."""
    buttons = [w for w in parts(playground.widget) if isinstance(w, widgets.Button)]
    [button] = [button for button in buttons if button.description == description]
    button.click()


def run(data, rate, epochs, **options):
    return train(LinearModel(), data.x, data.y, learning_rate=rate, epochs=epochs, **options)


@pytest.fixture(scope="module")
def shared(data):
    return TrainingPlayground(data)


@pytest.fixture
def playground(shared):
    """One playground for many tests, each of which finds it as if new: making one takes a second."""
    shared.keep.value, shared.reduction.value = False, "mean"
    shared.learning_rate.value, shared.epochs.value, shared.epoch.value = 0.1, 10, 10
    return shared


# ---- what all playgrounds share -------------------------------------------------------------------------------

EACH = {
    "tangent": (lambda data: TangentPlayground(tf.square), "x", 2.0),
    "line": (lambda data: LinePlayground(data), "w", 3.0),
    "line and loss": (lambda data: LinePlayground(data, loss=True), "b", 1.0),
    "training": (lambda data: TrainingPlayground(data), "epochs", 4),
}


@pytest.fixture(scope="module", params=EACH.values(), ids=EACH)
def each(request, data):
    make, slider, value = request.param
    playground = make(data)
    return playground, getattr(playground, slider), value


def test_a_moved_slider_changes_picture_and_words_and_back(each, image):
    playground, slider, value = each
    first, png, summary = slider.value, playground.png, playground.summary
    slider.value = value
    assert playground.png != png and playground.summary != summary
    assert image(playground.png).size == image(png).size
    slider.value = first
    assert (playground.png, playground.summary) == (png, summary)


@pytest.mark.parametrize("end, beyond", [("max", 1e6), ("min", -1e6)])
def test_a_slider_driven_beyond_its_range_is_clamped(each, end, beyond):
    playground, slider, _ = each
    first = slider.value
    slider.value = beyond
    assert slider.value == getattr(slider, end)
    told = re.findall(r"-?\d+\.?\d*", playground.summary)
    assert f"{slider.value:g}" in {f"{float(number):g}" for number in told}
    slider.value = first


def test_it_leaves_a_widget_a_picture_and_words_behind(each, image):
    playground, *_ = each
    data, metadata = playground._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == playground.widget.model_id
    assert data["text/plain"] == metadata["image/png"]["alt"] == playground.summary
    width, height = image(base64.b64decode(data["image/png"])).size
    assert (metadata["image/png"]["width"], metadata["image/png"]["height"]) == (width / 2, height / 2)


def test_the_words_are_shown_and_announced_to_screen_readers(each):
    playground, *_ = each
    [shown] = [w for w in parts(playground.widget) if isinstance(w, widgets.HTML) and "aria-live" in w.value]
    assert playground.summary in shown.value


# ---- tangent and line -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("x, slope, way", [(2, 4, "rising"), (0, 0, "flat here"), (-1, -2, "falling")])
def test_tangent_reads_the_slope_of_the_tape(x, slope, way):
    playground = TangentPlayground(tf.square, x=x)
    assert playground.slope == pytest.approx(slope)
    assert f"at {x**2:.2f} and its slope is {slope:.2f}: {way}" in playground.summary


def test_line_states_the_loss_of_the_line_that_is_shown(data):
    playground = LinePlayground(data, loss=True)
    playground.w.value, playground.b.value = 5, 0
    loss = float(mean_squared_error(data.y, 5 * data.x))
    assert playground.loss == pytest.approx(loss)
    assert f"Its loss is {loss:.3f}; the lowest possible on these data is 1.042" in playground.summary


# ---- training: the controls -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rate, epochs", [(0.1, 10), (0.1, 0), (0.5, 200), (3.0, 30), (10.0, 200)])
def test_history_is_that_of_train(playground, data, rate, epochs):
    playground.learning_rate.value, playground.epochs.value = rate, epochs
    assert_same_history(playground.history, run(data, rate, epochs))
    assert playground.history.learning_rate == rate


def test_slider_and_number_box_hold_the_same_rate(playground):
    playground.learning_rate.value = 0.25
    assert playground.rate_box.value == playground.history.learning_rate == 0.25
    playground.rate_box.value = 0.123456
    assert playground.learning_rate.value == playground.history.learning_rate == 0.123456
    for control in (playground.rate_box, playground.learning_rate):
        control.value = 1e9
        assert playground.rate_box.value == playground.learning_rate.value == playground.history.learning_rate == 10


@pytest.mark.parametrize("control", ["learning_rate", "rate_box"])
def test_a_rate_that_is_no_number_never_shows(playground, control):
    getattr(playground, control).value = float("nan")
    assert not re.search(r"\bnan\b", playground.summary)
    assert np.isfinite(playground.history.learning_rate)
    playground.learning_rate.value = 0.2
    assert playground.rate_box.value == playground.history.learning_rate == 0.2


@pytest.mark.parametrize(
    "preset, share, verdict",
    [
        ("too small", 0.05, "crawling"),
        ("about right", 0.5, "converged"),
        ("zig-zag", 0.95, "zig-zagging"),
        ("blows up", 1.05, "diverged"),
    ],
)
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_presets_stand_at_shares_of_the_limit_of_the_data_shown(playground, data, reduction, preset, share, verdict):
    playground.reduction.value = reduction
    limit = bowl.largest_stable_learning_rate(data.x) / (len(data.x) if reduction == "sum" else 1)
    assert playground.largest_stable == pytest.approx(limit, rel=1e-3)
    assert f"{playground.largest_stable:.3g}" in playground.limit.value
    press(playground, preset)
    assert playground.history.learning_rate == pytest.approx(share * limit, rel=1e-3) and PRESETS[preset] == share
    assert playground.history.verdict.startswith(verdict) and verdict in playground.summary.lower()


def test_sum_is_the_mean_with_a_rate_n_times_as_large(playground, data):
    playground.reduction.value = "sum"
    playground.rate_box.value = 0.0001
    np.testing.assert_allclose(playground.history.w, run(data, 0.1, 10).w, rtol=1e-5)
    assert playground.history.learning_rate == 0.0001 and "1000 times the mean's" in playground.summary
    playground.reduction.value = "mean"
    assert playground.learning_rate.value == playground.rate_box.value == playground.history.learning_rate


def test_step_step_back_and_reset_walk_through_the_epochs(playground):
    for button, epoch in [("Step", 10), ("Step back", 9), ("Reset", 0), ("Step back", 0), ("Step", 1), ("Step", 2)]:
        press(playground, button)
        assert playground.epoch.value == playground.play.value == epoch
        assert f"epoch {epoch} of 10: w = {playground.history.w[epoch]:.4g}" in playground.summary
    playground.play.value = 7  # as the play button does
    assert playground.epoch.value == 7 and "epoch 7 of 10" in playground.summary


def test_new_epochs_show_the_end_of_the_new_run(playground):
    playground.epoch.value = 3
    for epochs in (20, 5, 0, 10):
        playground.epochs.value = epochs
        assert (playground.epoch.value, playground.epoch.max, playground.play.max) == (epochs, epochs, epochs)


def test_a_kept_run_stays_under_the_next(playground):
    playground.learning_rate.value = 0.3
    alone = playground.png
    playground.learning_rate.value = 0.1
    playground.keep.value = True
    playground.learning_rate.value = 0.3
    assert playground.png != alone and "Kept run, dotted: learning rate 0.1, 10 epochs" in playground.summary
    playground.keep.value = False
    assert playground.png == alone and "Kept" not in playground.summary


@pytest.mark.parametrize("rate", [1.02, 1.5, 3.0, 10.0])
@pytest.mark.parametrize("epochs", [1, 10, 200])
def test_divergence_is_told_in_words_with_the_numbers_of_the_run(playground, data, rate, epochs):
    playground.learning_rate.value, playground.epochs.value = rate, epochs
    for epoch in (0, playground.history.epochs):
        playground.epoch.value = epoch
        assert not re.search(r"\b(nan|inf)\b", playground.summary)
    if playground.history.diverged:
        largest = 2 / bowl.largest_stable_learning_rate(data.x)
        assert f"each step multiplies the error by {1 - rate * largest:.3g}" in playground.summary
        assert f"The largest rate that holds is {playground.largest_stable:.3g}" in playground.summary
    else:
        assert epochs == 1  # one step too far can still end lower


# ---- training: the learner's own code -------------------------------------------------------------------------


def test_the_model_is_left_as_it_was_even_where_it_is_trained_elsewhere(data):
    model = LinearModel(1, 4)
    playground = TrainingPlayground(data, model=model)
    playground.learning_rate.value = 10
    assert (float(model.w), float(model.b)) == (1, 4)
    model.w.assign(-7)
    playground.learning_rate.value = 0.1
    assert (float(model.w), float(model.b)) == (-7, 4)
    assert (playground.history.w[0], playground.history.b[0]) == (1, 4)  # the start that the picture shows


@pytest.mark.parametrize(
    "model, error, words",
    [
        (object(), TypeError, "model must be callable with Variables w and b, got object"),
        (LinearModel(float("nan")), ValueError, "model must"),
        (LinearModel(1e30), ValueError, "model must"),
    ],
)
def test_a_model_that_cannot_be_drawn_raises(data, model, error, words):
    with pytest.raises(error, match=words):
        TrainingPlayground(data, model=model)


@pytest.mark.parametrize("Playground", [TrainingPlayground, LinePlayground])
def test_bad_data_raise(Playground):
    good = make_line_data(examples=3)
    bad = type(good)(good.x, tf.constant([1.0, 2.0, np.nan]), 3.0, 2.0, 1.0)
    with pytest.raises(ValueError, match="y must be finite, got nan in 1 of 3 places"):
        Playground(bad)


def test_the_tangent_lies_on_a_curve_that_is_in_the_picture(image):
    playground = TangentPlayground(lambda x: tf.square(x) + 20, x=1.5)
    assert playground.slope == pytest.approx(3.0)
    blue = np.all(np.abs(np.array(image(playground.png), int) - [0, 114, 178]) < 12, axis=2)
    assert blue.any(axis=0).mean() > 0.5  # the curve spans most of the columns


def sinking_step(model, x, y, learning_rate):
    """Too large a rate raises: plain Python that no graph can hold."""
    if float(learning_rate) > 1:
        raise ValueError(f"{float(learning_rate):.1f} is too large for me")
    return train_step(model, x, y, learning_rate)


def test_an_error_in_a_step_is_told_and_the_sliders_stay_alive(data):
    model = LinearModel()
    playground = TrainingPlayground(data, model=model, step=sinking_step)
    png, summary = playground.png, playground.summary
    playground.learning_rate.value = 5
    assert playground.summary.startswith("Your step raised ValueError: 5.0 is too large for me. Line ")
    assert 'raise ValueError(f"' in playground.summary
    assert playground.png == png and float(model.w) == 5
    playground.epoch.value = 3  # the last run that worked can be walked through; the words stay
    assert playground.png != png and playground.summary.startswith("Your step raised")
    playground.learning_rate.value = 0.1
    assert (playground.png, playground.summary) == (png, summary)


@pytest.mark.parametrize("decorate", [lambda step: step, tf.function], ids=["plain", "tf.function"])
def test_a_step_that_never_works_still_leaves_a_picture(data, image, decorate):
    @decorate
    def step(model, x, y, learning_rate):
        raise RuntimeError("not written yet")

    playground = TrainingPlayground(data, step=step)
    assert re.match(r"Your step raised RuntimeError: .*not written yet", playground.summary)
    image(playground.png)


def rebinding_step(model, x, y, learning_rate):
    """The trap of lesson 01: after this, model.w is no Variable any more."""
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    model.w = model.w - learning_rate * tape.gradient(loss, model.w)
    return loss


def test_a_step_that_rebinds_a_variable_is_caught_and_mended(data):
    model = LinearModel()
    w = model.w
    playground = TrainingPlayground(data, model=model, step=rebinding_step)
    assert "Your step raised TypeError" in playground.summary and "model.w = model.w - " in playground.summary
    assert model.w is w and float(w) == 5


def printing_step(model, x, y, learning_rate):
    print("one step")
    return train_step(model, x, y, learning_rate)


def numpy_step(model, x, y, learning_rate):
    loss = train_step(model, x, y, learning_rate)
    return loss.numpy()


@pytest.mark.parametrize("step", [printing_step, numpy_step])
def test_a_step_that_cannot_be_traced_runs_eagerly_and_says_so(data, step, capsys):
    model = LinearModel()
    playground = TrainingPlayground(data, model=model, step=step)
    capsys.readouterr()
    playground.epochs.value = 5
    assert_same_history(playground.history, run(data, 0.1, 5))
    assert "Run eagerly" in playground.summary and (float(model.w), float(model.b)) == (5, 0)
    assert capsys.readouterr().out.count("one step") == (5 if step is printing_step else 0)


def test_a_traced_step_says_nothing_of_it(playground):
    assert "eager" not in playground.summary


def test_a_wrong_sign_is_drawn_and_found(data):
    playground = TrainingPlayground(data, step=lambda model, x, y, rate: train_step(model, x, y, -rate))
    assert playground.history.diverged and playground.history.w[1] > 5
    assert "uphill" in playground.summary and "no learning rate holds" in playground.summary
    assert playground.largest_stable is None and "no stable limit" in playground.limit.value


def test_a_sum_for_a_mean_has_a_limit_n_times_smaller(data):
    playground = TrainingPlayground(data, step=sum_step)
    limit = bowl.largest_stable_learning_rate(data.x) / len(data.x)
    assert playground.largest_stable == pytest.approx(limit, rel=1e-3)
    for preset, diverged in {"blows up": True, "zig-zag": False}.items():
        press(playground, preset)
        assert playground.history.diverged == diverged and ("diverged" in playground.summary.lower()) == diverged


def numpy_adam_step():
    step = adam_step()
    return lambda *arguments: step(*arguments).numpy()


@pytest.mark.parametrize("make_step, eager", [(adam_step, False), (numpy_adam_step, True)], ids=["traced", "eager"])
def test_an_optimizer_in_the_step_starts_each_run_afresh(data, make_step, eager):
    playground = TrainingPlayground(data, step=make_step())
    for epochs in (30, 10):
        playground.epochs.value = epochs
        assert_same_history(playground.history, run(data, 0.1, epochs, step=adam_step()))
    assert ("Run eagerly" in playground.summary) == eager


@pytest.mark.parametrize("options", [dict(examples=1), dict(noise=0), dict(examples=2, spacing="even")])
def test_small_and_exact_data_work(options, image):
    playground = TrainingPlayground(make_line_data(**options))
    for preset in PRESETS:
        press(playground, preset)
        assert not re.search(r"\b(nan|inf)\b", playground.summary)
        image(playground.png)


# ---- under load -----------------------------------------------------------------------------------------------


def test_sliders_may_be_driven_from_another_thread(playground, data):
    rates = np.geomspace(0.001, 10, 200)
    stop = threading.Event()

    def drive():
        try:
            for rate in rates:
                playground.learning_rate.value = rate
        finally:
            stop.set()

    with ThreadPoolExecutor(1) as pool:
        driven = pool.submit(drive)
        expected, rounds = plots.line(data, LinearModel()).png(), 0
        while not stop.is_set() or rounds == 0:
            rounds += 1
            history = run(data, 0.1, 10)
            playground.epochs.value = rounds % 50  # two threads at the same slider
            assert plots.line(data, LinearModel()).png() == expected  # no figure is mixed up with another
            assert history.w[-1] == pytest.approx(3.268, abs=1e-3)
        driven.result()
    playground.epochs.value = 12
    assert_same_history(playground.history, run(data, 10.0, 12))


def test_callbacks_on_two_threads_wait_for_each_other(data):
    busy, overlaps = threading.Lock(), []

    def step(*arguments):
        alone = busy.acquire(blocking=False)
        try:
            overlaps.extend([] if alone else ["a second run began inside the first"])
            time.sleep(0.001)  # lets the other thread in
            return train_step(*arguments).numpy()
        finally:
            if alone:
                busy.release()

    playground = TrainingPlayground(data, step=step)

    def drive(rates):
        for rate in rates:
            playground.learning_rate.value = rate

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(drive, np.geomspace(0.01, 0.5, 20).reshape(2, 10)))
    assert not overlaps


def test_three_hundred_random_events_leave_the_last_state_right(playground, data):
    generator = np.random.default_rng(0)
    playground.learning_rate.value, playground.epochs.value = 0.2, 33
    png, summary = playground.png, playground.summary

    def drive(events):
        for _ in range(events):
            match generator.integers(4):
                case 0:
                    playground.learning_rate.value = 10 ** generator.uniform(-5, 2)
                case 1:
                    playground.epochs.value = generator.integers(-5, 100)
                case 2:
                    playground.epoch.value = generator.integers(0, 100)
                case 3:
                    playground.rate_box.value = generator.uniform(0, 2)

    drive(100)
    memory = psutil.Process().memory_info().rss
    drive(900)
    assert psutil.Process().memory_info().rss - memory < 30e6
    playground.learning_rate.value, playground.epochs.value = 0.2, 33
    playground.epoch.value = 33
    assert (playground.png, playground.summary) == (png, summary)
    assert_same_history(playground.history, run(data, 0.2, 33))
