"""The training playground: whatever the learner's step does, what is drawn is what `train` gives."""

import asyncio
import json
import random
import re
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np
import pytest
import tensorflow as tf
from random_steps import draw_step, world
from steps import assert_same_history, guarded_step, sum_step

from course_utils import LinearModel, bowl, make_line_data, mean_squared_error, plots, train, train_step
from course_utils.playgrounds import PRESETS, TrainingPlayground
from course_utils.playgrounds.rows import code_of, pack
from course_utils.playgrounds.training_rows import packed

pytestmark = pytest.mark.filterwarnings("error")


def run(data, rate, epochs, **options):
    return train(LinearModel(), data.x, data.y, learning_rate=rate, epochs=epochs, **options)


@pytest.fixture(scope="module")
def shared(data):
    return TrainingPlayground(data)


@pytest.fixture
def playground(shared):
    """One playground for many tests, each of which finds it as if new: making one takes a second."""
    shared.keep.value = False
    shared.learning_rate.value, shared.epochs.value, shared.epoch.value = 0.1, 10, 10
    return shared


def preset(playground, name):
    return playground._take_rate(playground._controls.presets[name])


# ---- the controls ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate, epochs", [(0.1, 10), (0.1, 0), (0.5, 200), (3.0, 30), (10.0, 200)])
def test_history_is_that_of_train(playground, data, rate, epochs):
    playground.learning_rate.value, playground.epochs.value = rate, epochs
    assert_same_history(playground.history, run(data, rate, epochs))
    assert playground.history.learning_rate == rate


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_rate_that_is_no_number_never_shows(playground, value):
    playground.learning_rate.value = value
    assert not re.search(r"\b(nan|inf)\b", playground.summary)
    assert np.isfinite(playground.history.learning_rate)
    playground.learning_rate.value = 0.2
    assert playground.history.learning_rate == 0.2


def test_a_rate_that_a_browser_rounds_to_a_tick_is_not_taken_for_a_hand(playground):
    playground.learning_rate.value = 0.123456
    playground.learning_rate.value = 10 ** (round(np.log10(0.123456) / 0.02) * 0.02)
    assert playground.history.learning_rate == 0.123456
    playground.learning_rate.value = 10**-0.88
    assert playground.history.learning_rate == 10**-0.88


@pytest.mark.parametrize(
    "name, share, verdict",
    [
        ("too small", 0.05, "crawling"),
        ("about right", 0.5, "converged"),
        ("zig-zag", 0.95, "zig-zagging"),
        ("blows up", 1.05, "diverged"),
    ],
)
def test_presets_stand_at_shares_of_the_limit_of_the_data_shown(playground, data, name, share, verdict):
    limit = bowl.largest_stable_learning_rate(data.x)
    assert playground.largest_stable == pytest.approx(limit, rel=1e-3)
    rate = playground.screen.scene["controls"][0]
    assert f"holds below {playground.largest_stable:.3g}" in rate["html"]
    [at], stops = re.findall(r'--at: ([\d.]+)">holds', rate["html"]), rate["stops"]
    assert stops[round(float(at) * (len(stops) - 1))] == pytest.approx(limit, rel=0.03)
    preset(playground, name)
    assert playground.history.learning_rate == pytest.approx(share * limit, rel=1e-3) and PRESETS[name] == share
    assert playground.history.verdict.startswith(verdict) and verdict in playground.summary.lower()


def test_show_epoch_walks_through_the_run(playground):
    for epoch in (9, 0, 1, 10):
        playground.epoch.value = epoch
        assert playground.play.value == epoch
        assert f"epoch {epoch} of 10: w = {playground.history.w[epoch]:.4g}" in playground.summary
    playground.play.value = 7  # as the play button does
    assert playground.epoch.value == 7 and "epoch 7 of 10" in playground.summary


def test_new_epochs_show_the_end_of_the_new_run(playground):
    playground.epoch.value = 3
    for epochs in (20, 5, 0, 10):
        playground.epochs.value = epochs
        assert (playground.epoch.value, playground.epoch.max, playground.play.max) == (epochs, epochs, epochs)
        assert f"epoch {epochs} of {epochs}:" in playground.summary


def test_a_kept_run_stays_under_the_next(playground):
    playground.learning_rate.value = 0.3
    alone = playground.png
    playground.learning_rate.value = 0.1
    playground.keep.value = True
    playground.learning_rate.value = 0.3
    assert playground.png != alone
    assert playground.summary.endswith("Kept, dotted: learning rate 0.1, 10 epochs, loss 1.123.")
    playground.keep.value = False
    assert playground.png == alone and "Kept" not in playground.summary


@pytest.mark.parametrize("rate", [1.02, 1.5, 3.0, 10.0])
@pytest.mark.parametrize("epochs", [1, 10, 200])
def test_divergence_is_told_in_words_with_the_numbers_of_the_run(playground, data, rate, epochs):
    playground.learning_rate.value, playground.epochs.value = rate, epochs
    for epoch in (0, playground.history.epochs):
        playground.epoch.value = epoch
        assert not re.search(r"\b(nan|inf)\b", playground.summary)
    largest = 2 / bowl.largest_stable_learning_rate(data.x)
    assert playground.history.diverged
    assert f"each step multiplies the error by {1 - rate * largest:.3g}" in playground.summary
    assert f"The largest rate that holds is {playground.largest_stable:.3g}" in playground.summary
    if epochs > 3:
        assert "It leaves the picture at epoch " in playground.summary


# ---- the learner's own code -----------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(900, 912))
def test_a_step_drawn_at_random_is_drawn_as_train_runs_it(seed):
    data = make_line_data(examples=60)
    words, source = draw_step(seed)
    draw = random.Random(seed)
    playground = TrainingPlayground(data, step=world(source))
    for _ in range(3):
        rate, epochs = draw.choice([0.01, 0.05, 0.2, 0.6]), draw.choice([0, 1, 5, 14])
        playground.learning_rate.value, playground.epochs.value = rate, epochs
        wanted = train(LinearModel(), data.x, data.y, learning_rate=rate, epochs=epochs, step=world(source))
        np.testing.assert_array_equal(playground.history.loss, wanted.loss, err_msg=words)
        assert f"w = {wanted.w[-1]:.4g}" in playground.summary or not np.isfinite(wanted.w[-1])


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
    assert playground.summary.startswith("Your step raised ValueError: 5.0 is too large for me")
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
    assert playground.screen.scene["error"] == playground.summary
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
    assert "the step must leave model.w a Variable" in playground.summary
    assert model.w is w and float(w) == 5


def numpy_step(model, x, y, learning_rate):
    return train_step(model, x, y, learning_rate).numpy()


def test_a_step_that_cannot_be_compiled_says_so(data):
    playground = TrainingPlayground(data, step=numpy_step)
    playground.epochs.value = 5
    assert_same_history(playground.history, run(data, 0.1, 5))
    assert "(Run eagerly: the step can't be compiled, AttributeError.)" in playground.summary


def test_a_compiled_step_says_nothing_of_it(playground):
    assert "eager" not in playground.summary


def test_a_wrong_sign_is_drawn_and_found(data):
    playground = TrainingPlayground(data, step=lambda model, x, y, rate: train_step(model, x, y, -rate))
    assert playground.history.diverged and playground.history.w[1] > 5
    assert "uphill" in playground.summary and "no learning rate holds" in playground.summary
    assert playground.largest_stable is None and playground._controls.presets == {}


def test_a_sum_for_a_mean_has_a_limit_n_times_smaller(data):
    playground = TrainingPlayground(data, step=sum_step)
    limit = bowl.largest_stable_learning_rate(data.x) / len(data.x)
    assert playground.largest_stable == pytest.approx(limit, rel=1e-3)
    for name, diverged in {"blows up": True, "zig-zag": False}.items():
        preset(playground, name)
        assert playground.history.diverged == diverged and ("diverged" in playground.summary.lower()) == diverged


@pytest.mark.thorough
@pytest.mark.parametrize("options", [dict(examples=1), dict(noise=0), dict(examples=2, spacing="even")])
def test_small_and_exact_data_work(options, image):
    playground = TrainingPlayground(make_line_data(**options))
    for name in PRESETS:
        preset(playground, name)
        assert not re.search(r"\b(nan|inf)\b", playground.summary)
        image(playground.png)


class BentModel(tf.Module):
    def __init__(self):
        super().__init__()
        self.w, self.a, self.b = tf.Variable(1.0), tf.Variable(0.0), tf.Variable(0.0)

    def __call__(self, x):
        return self.w * x + self.a * x * x + self.b


def step_of_all(model, x, y, learning_rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    pairs = zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables), strict=True)
    for variable, gradient in pairs:
        variable.assign_sub(learning_rate * gradient)
    return loss


def test_a_bent_model_is_drawn_bent_and_without_a_bowl():
    data = make_line_data(examples=60)
    bent = type(data)(data.x, data.y + 2 * data.x**2, 3.0, 2.0, 1.0)
    playground = TrainingPlayground(bent, model=BentModel(), step=step_of_all)
    line, path, _ = playground.screen.scene["views"]
    moving = [item for item in line["items"] if item["geometry"] == "curve"]
    assert len(moving) == 2 and path["title"] == "Its path over w and b" and "still" not in path
    assert playground.largest_stable is None and "of the way" not in playground.summary
    playground.epochs.value = 100
    model = BentModel()
    train(model, bent.x, bent.y, learning_rate=0.1, epochs=100, step=step_of_all)
    x = playground._view.grid
    drawn = playground._view._runs[0].get_ydata()
    np.testing.assert_allclose(drawn, model(tf.constant(x, tf.float32)), rtol=1e-5)
    assert abs(drawn[0] - 2 * drawn[len(x) // 2] + drawn[-1]) > 5  # it bends


# ---- what the browser is sent ---------------------------------------------------------------------------------


def unpacked(head, buffers):
    """Read rows as screen.js does: {key: {column: values}}."""
    planes = np.frombuffer(zlib.decompress(buffers[0]), np.uint8).reshape(4, -1)
    folded = (planes.astype(np.int64) * np.array([[1], [256], [65536], [2**24]])).sum(axis=0)
    steps, texts = np.where(folded % 2, -(folded + 1) // 2, folded // 2), json.loads(zlib.decompress(buffers[1]))
    rows, place = {}, 0
    for key, length in head["rows"]:
        row = rows[tuple(key)] = {}
        for name, kind, *width in head["columns"]:
            parts = []
            for _ in range(*width or [1]):
                parts.append(np.cumsum(steps[place : place + length]))
                place += length
            values = [[texts[n] if kind == "text" else decimal(n) for n in part] for part in parts]
            row[name] = list(zip(*values, strict=True)) if width else values[0]
    assert place == len(steps)
    return rows


def decimal(code):
    size = abs(code)
    return (
        0.0
        if not size
        else float("nan")
        if size == 1
        else np.sign(code) * float(f"{size % 10000}e{size // 10000 - 53}")
    )


@pytest.mark.parametrize("value", [0, 1, -1, 3.14159, -0.000123456, 9999.6, 1e-30, -2.5e38, 0.99999, 12345])
def test_a_code_keeps_four_digits(value):
    assert f"{decimal(code_of(value)):.4g}" == f"{value:.4g}"


def test_what_is_not_finite_has_a_code_of_its_own():
    assert [code_of(value) for value in (np.inf, -np.inf, np.nan)] == [1, 1, 1]


def test_rows_are_read_as_they_were_written():
    values = {"w": [1.0, -2.5, 1e30], "verdict": ["a", "b", "a"], "curve": [[1.0, 2.0], [3.0, 4.0], [5.0, -6.0]]}
    columns = [["w", "number"], ["verdict", "text"], ["curve", "number", 2]]
    read = unpacked(*pack([([0.1], values), ([0.2, 3], {**values, "w": [7.0, 8.0, 9.0]})], columns))
    assert read[(0.1,)] == {"w": [1.0, -2.5, 1e30], "verdict": ["a", "b", "a"], "curve": [(1, 2), (3, 4), (5, -6)]}
    assert read[(0.2, 3)]["w"] == [7.0, 8.0, 9.0]


class Sent(list):
    """What a playground sends to the browser."""

    def __init__(self, playground, monkeypatch):
        monkeypatch.setattr(playground.screen, "send", lambda head, buffers=(): self.append((head, buffers)))

    def rows(self):
        return {key: row for head, buffers in self if "rows" in head for key, row in unpacked(head, buffers).items()}


def test_a_compiled_step_that_turns_out_to_differ_is_given_up(data, monkeypatch):
    playground = TrainingPlayground(data)
    sent, kept = Sent(playground, monkeypatch), playground._engine._compiled
    playground._engine._compiled = lambda rate, epochs: [np.zeros(epochs + 1), *kept(rate, epochs)[1:]]
    playground.learning_rate.value = 0.31
    assert_same_history(playground.history, run(data, 0.31, 10))
    [told] = [head for head, _ in sent if head.get("forget")]
    assert "other numbers" in told["constants"]["note"] and not playground._engine.compiled


@pytest.mark.thorough
def test_the_table_is_sent_in_pieces_the_nearest_rows_first(data, monkeypatch):
    playground = TrainingPlayground(data)
    sent = Sent(playground, monkeypatch)
    playground._hear({"draws": True})
    assert playground._table.wait(60)
    first = [key for [key], _ in sent[0][0]["rows"]]
    assert max(abs(np.log10(first) + 1)) < 0.2 and len(sent) > 10
    rows = sent.rows()
    assert len(rows) == 251 + 4 and sum(len(part) for _, buffers in sent for part in buffers) < 130_000
    for [rate], row in [*rows.items()][::50]:
        history = run(data, rate, 200)
        keep = np.isfinite(history.loss)
        assert [f"{w:.4g}" for w in np.array(row["w"])[keep]] == [f"{w:.4g}" for w in history.w[keep]]
        assert row["verdict"][-1].lower().startswith(history.verdict.split(":")[0])


@pytest.mark.thorough
def test_the_words_of_a_row_are_those_of_the_kernel(data, monkeypatch):
    playground = TrainingPlayground(data)
    sent = Sent(playground, monkeypatch)
    for rate in (0.02, 0.5, 0.95, 1.02, 6.0):
        playground._answer([rate], 0)
    for [rate], row in sent.rows().items():
        playground.learning_rate.value = rate
        for epochs in (0, 1, 7, 40):
            playground.epochs.value = epochs
            made = min(epochs, len(row["loss"]) - 1)
            assert row["verdict"][made] in playground.summary


@pytest.mark.thorough
def test_the_table_stops_when_its_cell_is_run_again(data, monkeypatch):
    playground = TrainingPlayground(data)
    sent = Sent(playground, monkeypatch)
    playground._hear({"draws": True})
    playground._hear({"gone": True})
    assert playground._table.wait(10) and len(sent.rows()) < 100


def test_a_step_that_cannot_be_compiled_is_not_tabulated_but_answered(data, monkeypatch):
    playground = TrainingPlayground(data, step=numpy_step)
    sent = Sent(playground, monkeypatch)
    playground._hear({"draws": True})
    playground._hear({"row": [0.25], "epochs": 7})
    [[head, _]] = sent
    [[key, row]] = head["plain"]
    assert key == [0.25] and row["length"] == 8
    np.testing.assert_allclose(row["columns"]["w"], run(data, 0.25, 7).w, rtol=1e-6)


@pytest.mark.thorough
def test_an_error_at_some_rates_is_told_there_and_nowhere_else(data):
    playground = TrainingPlayground(data, step=guarded_step)
    playground.epochs.value = 60
    good = playground.summary
    playground.learning_rate.value = 30.0
    assert "too large" in playground.summary and playground.png
    playground.learning_rate.value = 0.1
    assert playground.summary == good
    assert playground._row(30.0) is None and playground._row(0.1)
    assert playground.saved()["packs"]


def test_an_error_reaches_the_browser(data, monkeypatch):
    playground = TrainingPlayground(data, step=sinking_step)
    sent = Sent(playground, monkeypatch)
    playground._hear({"draws": True})
    playground._hear({"row": [5.0], "epochs": 7})
    assert sent[-1][0] == {"error": playground.summary, "at": [5.0]}


def test_where_the_browser_rests_the_kernel_is_too(data):
    playground = TrainingPlayground(data)
    playground._hear({"draws": True})
    playground.epoch.value = 3
    playground.learning_rate.value = 0.2
    assert "epoch 10 of 10:" in playground.summary, "a new run shows its end"
    playground._hear({"rests": True})  # there somebody went back to epoch 3, where the kernel's slider stands already
    assert "epoch 3 of 10:" in playground.summary
    playground.learning_rate.value = 9.0
    playground.epochs.value, playground.epoch.value = 40, 40
    playground._hear({"rests": True})
    assert "epoch 13 of 14:" in playground.summary


@pytest.mark.parametrize("said", [{"rests": True}, {"row": [0.3], "epochs": 7}], ids=["rests", "row"])
def test_the_browser_is_heard_when_the_kernel_is_done(playground, said, monkeypatch):
    monkeypatch.setattr(playground, "_redraw", lambda: None)  # it waits by itself
    with ThreadPoolExecutor(1) as pool:
        with playground._lock:
            heard = pool.submit(playground._hear, said)
            assert not wait([heard], timeout=0.3).done
        heard.result(30)


@pytest.mark.thorough
def test_what_is_saved_draws_without_a_kernel(data):
    saved = json.loads(json.dumps(TrainingPlayground(data).saved(), allow_nan=False))
    assert set(saved) == {"scene", "stills", "packs"} and len(json.dumps(saved)) < 400_000
    assert not any("number" in control["html"] for control in saved["scene"]["controls"])


def test_in_a_kernel_the_run_is_made_sure_between_cells(data):
    async def cell():
        playground = TrainingPlayground(data, step=numpy_step)
        playground._drawn = True
        playground.learning_rate.value = 0.4
        unsure = playground._shown.sure
        await asyncio.sleep(1.5)
        return unsure, playground._shown.sure, playground._shown.run.history

    unsure, sure, history = asyncio.run(cell())
    assert (unsure, sure) == (False, True)
    assert_same_history(history, run(data, 0.4, 10))


# ---- under load -----------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_sliders_may_be_driven_from_another_thread(playground, data):
    rates = np.geomspace(0.001, 10, 40)
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


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_a_hundred_random_events_leave_the_last_state_right(playground, data):
    generator = np.random.default_rng(0)
    playground.learning_rate.value, playground.epochs.value = 0.2, 33
    png, summary = playground.png, playground.summary
    for _ in range(100):
        match generator.integers(4):
            case 0:
                playground.learning_rate.value = 10 ** generator.uniform(-5, 2)
            case 1:
                playground.epochs.value = generator.integers(-5, 60)
            case 2:
                playground.epoch.value = generator.integers(0, 100)
            case 3:
                playground.keep.value = not playground.keep.value
    playground.keep.value = False
    playground.learning_rate.value, playground.epochs.value = 0.2, 33
    playground.epoch.value = 33
    assert (playground.png, playground.summary) == (png, summary)
    assert_same_history(playground.history, run(data, 0.2, 33))


def test_packing_takes_models_that_are_no_line():
    columns = {"w": [1.0], "b": [2.0], "loss": [3.0], "verdict": ["no"], "curve": [[1.0, 2.0, 3.0]]}
    head, buffers = packed([(0.1, columns)], is_line=False)
    assert unpacked(head, buffers)[(0.1,)]["curve"] == [(1, 2, 3)]
