from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from steps import sum_step

from course_utils import History, LinearModel, mean_squared_error, train, train_step, training
from course_utils.bowl import best_fit, largest_stable_learning_rate

pytestmark = pytest.mark.filterwarnings("error")  # a run that diverges warns of nothing
NAN, INF = float("nan"), float("inf")


# ---- one step and the loop ------------------------------------------------------------------------------------


def test_a_step_moves_against_the_gradient_and_returns_the_loss_before():
    model = LinearModel(5, 0)
    loss = train_step(model, tf.constant([1.0, 2.0]), tf.constant([5.0, 8.0]), 0.1)
    # residuals w·x + b − y are 0 and 2: loss 2, dw = 2·(0·1 + 2·2)/2 = 4, db = 2·(0 + 2)/2 = 2
    assert loss.shape == () and float(loss) == 2.0
    np.testing.assert_allclose([model.w.numpy(), model.b.numpy()], [4.6, -0.2], rtol=1e-6)


def test_history_starts_before_any_update_and_ends_after_the_last(data):
    model, by_hand = LinearModel(), LinearModel()
    history = train(model, data.x, data.y, learning_rate=0.1, epochs=3)
    for k in range(4):
        assert (history.w[k], history.b[k]) == (by_hand.w.numpy(), by_hand.b.numpy())
        assert history.loss[k] == mean_squared_error(data.y, by_hand(data.x)).numpy()
        train_step(by_hand, data.x, data.y, 0.1)
    assert history.w.shape == history.b.shape == history.loss.shape == (4,)
    assert (history.epochs, history.learning_rate, history.diverged) == (3, 0.1, False)
    assert (history.w[-1], history.b[-1]) == (model.w.numpy(), model.b.numpy())


def test_no_epochs_leave_the_model_as_it_is(data):
    model = LinearModel()
    history = train(model, data.x, data.y, learning_rate=0.1, epochs=0)
    assert (history.w.tolist(), history.b.tolist(), history.epochs) == ([5.0], [0.0], 0)
    assert history.verdict == "no updates yet" and not history.diverged
    assert (float(model.w), float(model.b)) == (5.0, 0.0)


def test_plain_lists_will_do():
    history = train(LinearModel(), [0, 1, 2], [1, 3, 5], learning_rate=0.3, epochs=100)
    np.testing.assert_allclose([history.w[-1], history.b[-1]], [2, 1], atol=1e-4)


def test_a_converged_run_ends_at_the_best_fit(data):
    history = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=100)
    np.testing.assert_allclose([history.w[-1], history.b[-1], history.loss[-1]], best_fit(data.x, data.y), atol=1e-4)


# ---- bad input ------------------------------------------------------------------------------------------------

RATE, EPOCHS = "learning_rate must be a finite number above 0", "epochs must be a whole number of at least 0"


@pytest.mark.parametrize(
    "bad, error, words",
    [
        *[(dict(learning_rate=rate), ValueError, f"{RATE}, got {rate}") for rate in (0, -0.1, NAN, INF, 10**400)],
        *[(dict(learning_rate=rate), TypeError, f"{RATE}, got {rate!r}") for rate in ("0.1", None, True, [0.1, 0.2])],
        *[(dict(epochs=epochs), ValueError, f"{EPOCHS}, got {epochs}") for epochs in (-1, 2.5, NAN)],
        *[(dict(epochs=epochs), TypeError, f"{EPOCHS}, got {epochs!r}") for epochs in ("10", None, True)],
        (dict(y=[1.0, 2.0]), ValueError, "x and y must have the same shape, got (3,) and (2,)"),
        (dict(y=[[1.0], [2.0], [3.0]]), ValueError, "x and y must have the same shape, got (3,) and (3, 1)"),
        (dict(x=[], y=[]), ValueError, "x and y must hold at least one example, got shape (0,)"),
        (dict(x=[1.0, NAN, NAN]), ValueError, "x must be finite, got nan in 2 of 3 places"),
        (dict(y=[1.0, 2.0, -INF]), ValueError, "y must be finite, got -inf in 1 of 3 places"),
        (dict(x=["a", "b", "c"]), TypeError, "x must"),
        (dict(y=None), TypeError, "y must"),
        (dict(model=object()), TypeError, "model must be callable with Variables w and b, got object without w and b"),
        (dict(model=SimpleNamespace(w=tf.Variable(1.0), b=2.0)), TypeError, "got SimpleNamespace without b"),
        (dict(model=abs), TypeError, "without w and b"),
        (dict(step="train_step"), TypeError, "step must be a function of (model, x, y, learning_rate), got 'train_st"),
    ],
)
def test_bad_input_raises_in_one_line_before_anything_is_changed(bad, error, words):
    model, calls = LinearModel(), []
    good = dict(model=model, x=[1.0, 2.0, 3.0], y=[1.0, 2.0, 3.0], learning_rate=0.1, epochs=5)
    arguments = good | dict(step=lambda *_: calls.append(1)) | bad
    with pytest.raises(error) as raised:
        train(**arguments)
    assert words in str(raised.value) and "\n" not in str(raised.value)
    assert not calls and (float(model.w), float(model.b)) == (5.0, 0.0)
    assert (good["x"], good["y"]) == ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])


bad_rates = st.floats(max_value=0) | st.sampled_from([NAN, INF]) | st.text() | st.none() | st.booleans()
bad_epochs = st.integers(max_value=-1) | st.floats() | st.text() | st.none() | st.booleans()


@given(st.fixed_dictionaries({"learning_rate": bad_rates}) | st.fixed_dictionaries({"epochs": bad_epochs}))
def test_every_bad_rate_and_number_of_epochs_raises(bad):
    model = LinearModel()
    with pytest.raises((ValueError, TypeError), match=f"^{next(iter(bad))} must be .*, got "):
        train(model, [1.0, 2.0], [1.0, 2.0], **dict(learning_rate=0.1, epochs=1) | bad)
    assert (float(model.w), float(model.b)) == (5.0, 0.0)


@pytest.mark.parametrize("returned, got", [(None, "None"), (tf.constant([1.0, 2.0]), "shape (2,)")])
def test_a_step_must_return_one_number(returned, got):
    with pytest.raises(TypeError, match="step must return the loss as a single number") as raised:
        train(LinearModel(), [1.0], [1.0], learning_rate=0.1, epochs=1, step=lambda *_: returned)
    assert str(raised.value).endswith(f"got {got}")


@pytest.mark.parametrize("name", ["w", "b"])
def test_a_step_must_leave_the_variables(name):
    def step(model, x, y, learning_rate):
        setattr(model, name, getattr(model, name) - learning_rate)
        return 1.0

    with pytest.raises(TypeError, match=rf"leave model\.{name} a Variable, got EagerTensor: model\.{name}\.assign_sub"):
        train(LinearModel(), [1.0], [1.0], learning_rate=0.1, epochs=2, step=step)


def test_a_model_has_one_slope_and_one_intercept():
    model = LinearModel()
    model.w = tf.Variable([5.0])
    with pytest.raises(ValueError, match=r"^model\.w must be one number, got shape \(1,\)$"):
        train(model, [1.0], [1.0], learning_rate=0.1, epochs=1)


# ---- the record of a run --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "share, epochs, verdict",
    [
        (0.01, 10, "crawling"),
        (0.1, 10, "converging"),
        (0.5, 50, "converged"),
        (0.95, 10, "zig-zagging"),
        (0.9, 100, "converged: under 1% of the way to the best fit is left, after zig-zagging"),
        (1.05, 50, "diverged: the loss rose above its start, 8.987"),
        (2.0, 300, "diverged: at epoch "),
    ],
)
def test_verdict_says_how_a_run_went(data, share, epochs, verdict):
    rate = share * largest_stable_learning_rate(data.x)
    history = train(LinearModel(), data.x, data.y, learning_rate=rate, epochs=epochs)
    assert history.verdict.startswith(verdict)
    assert history.diverged == (share > 1)


@pytest.mark.parametrize("share", [0.95, 1.05])
@pytest.mark.parametrize("epochs", [10, 50])
def test_the_verdict_judges_a_sum_by_its_own_limit(data, share, epochs):
    rate = share * largest_stable_learning_rate(data.x) / len(data.x)
    history = train(LinearModel(), data.x, data.y, learning_rate=rate, epochs=epochs, step=sum_step)
    assert history.diverged == (share > 1)


def test_a_diverging_run_stops_at_the_first_loss_that_is_not_finite(data):
    history = train(LinearModel(), data.x, data.y, learning_rate=10.0, epochs=1000)
    assert history.epochs < 100
    assert np.all(np.isfinite(history.loss[:-1])) and not np.isfinite(history.loss[-1])
    assert history.diverged
    assert f"at epoch {history.epochs} the loss is no longer a finite number" in history.verdict


@pytest.mark.parametrize("epochs, shown", [(0, [0]), (3, [0, 1, 2, 3]), (20, range(21)), (1000, range(0, 1001, 100))])
def test_str_is_the_epoch_table(epochs, shown):
    state = np.linspace(5, 3, epochs + 1, dtype=np.float32)
    head, *rows = str(History(state, -state, state**2, 0.1)).splitlines()
    assert head.split() == ["epoch", "w", "b", "loss"]
    assert [int(row.split()[0]) for row in rows] == list(shown)
    assert rows[-1].split()[1:] == [f"{value:.3f}" for value in (state[-1], -state[-1], state[-1] ** 2)]
    assert {len(row) for row in rows} == {len(head)}


def test_the_epoch_table_keeps_its_columns_when_a_run_diverges(data):
    history = train(LinearModel(), data.x, data.y, learning_rate=10.0, epochs=1000)
    assert len({len(row) for row in str(history).splitlines()}) == 1


@pytest.mark.parametrize("before_update", [True, False])
def test_an_interrupted_run_keeps_its_history_so_far(data, before_update):
    calls = []

    def step(model, x, y, learning_rate):
        calls.append(1)
        if len(calls) == 4 and before_update:
            raise KeyboardInterrupt
        loss = train_step(model, x, y, learning_rate)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return loss

    model = LinearModel()
    history = train(model, data.x, data.y, learning_rate=0.1, epochs=10, step=step)
    whole = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=10)
    assert history.epochs == 3 and history.interrupted
    np.testing.assert_array_equal(history.loss[:3], whole.loss[:3])
    assert np.isfinite(history.w).all() and len(history.w) == len(history.loss) == 4
    assert history.verdict.endswith("(interrupted after 3 epochs)")


def test_a_run_that_is_interrupted_before_it_begins_is_none(data):
    class Slow(LinearModel):
        def __call__(self, x):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(Slow(), data.x, data.y, learning_rate=0.1, epochs=3)


def test_a_cell_that_was_stopped_begins_no_other_run(data, monkeypatch):
    def stopped(model, x, y, learning_rate):
        cell.steps += 1
        if cell.steps == 3:
            raise KeyboardInterrupt
        return train_step(model, x, y, learning_rate)

    cell = SimpleNamespace(execution_count=7, steps=0)
    monkeypatch.setattr(training, "get_ipython", lambda: cell)
    monkeypatch.setattr(training, "_stopped", set())
    assert train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=5, step=stopped).interrupted
    with pytest.raises(KeyboardInterrupt, match="stopped in an earlier run"):
        train(LinearModel(), data.x, data.y, learning_rate=0.2, epochs=5)
    cell.execution_count = 8
    assert train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=5).epochs == 5


@pytest.mark.parametrize("progress", [True, False])
def test_a_bar_shows_progress_where_asked_for(progress, capsys):
    train(LinearModel(), [1.0], [1.0], learning_rate=0.1, epochs=7, progress=progress)
    told = capsys.readouterr().err
    assert ("7/7" in told and "epochs" in told) if progress else told == ""
