"""What is said of a run is true: held against the closed form, for bowls round and narrow."""

import numpy as np
import pytest
import tensorflow as tf

from course_utils import History, LinearModel, make_line_data, train, train_step, verdict
from course_utils.bowl import Bowl, largest_stable_learning_rate

RUNS = 1000


def narrow_data(generator, condition):
    """Return x and y, float32 arrays of shape (n,), whose bowl is about so many times as steep as it is flat."""
    x = generator.normal(size=generator.integers(3, 40)) * 10 ** generator.uniform(-1, 1)
    x -= x.mean()
    for distance in np.geomspace(1e-3, 1e5, 300) * generator.choice([-1, 1]):
        squares = np.mean((x + distance) ** 2)
        low, high = np.linalg.eigvalsh([[squares, distance], [distance, 1]])
        if high / low > condition:
            break
    x += distance
    w, b = generator.normal(size=2) * 10 ** generator.uniform(-1, 2)
    y = w * x + b + generator.normal(size=len(x)) * 10 ** generator.uniform(-3, 1)
    return x.astype(np.float32), y.astype(np.float32)


def draw_run(seed):
    """Return (x, y, start, rate, epochs, share of the limit) of a run drawn at random."""
    generator = np.random.default_rng(seed)
    x, y = narrow_data(generator, 10 ** generator.uniform(0, 6))
    start = generator.normal(size=2) * 10 ** generator.uniform(-1, 2)
    share = 10 ** generator.uniform(-3, np.log10(1.2)) if seed % 3 else generator.uniform(0.85, 1.2)
    rate = share * 2 / Bowl(x, y).steepest
    return x, y, start, rate, int(10 ** generator.uniform(0, 3)), share


def descend(x, y, start, rate, epochs):
    """Run gradient descent as `train` does, in float32, without TensorFlow; return its History."""
    w, b = np.float32(start)
    states = []
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(epochs + 1):
            residuals = w * x + b - y
            states.append((w, b, np.mean(residuals**2)))
            if not np.isfinite(states[-1][2]):
                break
            w, b = w - np.float32(rate * 2 * np.mean(x * residuals)), b - np.float32(rate * 2 * np.mean(residuals))
    return History(*np.array(states, np.float32).T, rate, bowl=Bowl(x, y))


def fault(history, start, share, epochs):
    """Return what is wrong with a verdict by the closed form; empty where nothing is."""
    the, word = history.bowl, history.verdict.split(":")[0]
    begin, end = the.distance(*start), the.distance(history.w[-1], history.b[-1])
    factor = 1 - 2 * share
    swing = abs(factor) ** epochs * abs(the.errors(*np.float32(start)[:, None])[0, 1])
    faults = {
        "not called diverged beyond the limit": share > 1.001 and word != "diverged",
        "diverged below the limit": share < 0.999 and word == "diverged",
        "converged far from the best fit": word == "converged"
        and end > max(0.02 * begin, 1e-3 * (1 + max(abs(the.best)))),
        "at the best fit and not converged": share < 0.999 and end < 0.005 * begin and word != "converged",
        "crawling where the rate is not the reason": word == "crawling" and (share > 0.1 or end < 0.2 * begin),
        "zig-zagging without a swing": word == "zig-zagging" and factor > -0.05,
        "a swing that is not named": word == "converging" and factor < -0.2 and swing > 0.05 * begin,
        "diverged and verdict differ": history.diverged != (word == "diverged"),
    }
    return [name for name, wrong in faults.items() if wrong]


@pytest.mark.thorough
def test_a_thousand_runs_are_judged_as_the_closed_form_does():
    words = set()
    for seed in range(RUNS):
        x, y, start, rate, epochs, share = draw_run(seed)
        history = descend(x, y, start, rate, epochs)
        words.add(history.verdict.split(":")[0])
        assert fault(history, start, share, epochs) == [], (seed, history.verdict)
    assert words == {"converged", "converging", "crawling", "zig-zagging", "diverged"}


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(2000, 2030))
def test_runs_of_train_are_judged_so_too(seed):
    x, y, start, rate, epochs, share = draw_run(seed)
    epochs = min(epochs, 200)
    history = train(LinearModel(*start), x, y, learning_rate=rate, epochs=epochs)
    assert fault(history, start, share, epochs) == [], history.verdict


@pytest.mark.thorough
def test_the_verdict_on_part_of_a_run_is_that_of_the_shorter_run():
    for seed in range(60):
        x, y, start, rate, epochs, _ = draw_run(seed)
        whole = descend(x, y, start, rate, min(epochs, 60))
        for k in range(whole.epochs + 1):
            short = History(whole.w[: k + 1], whole.b[: k + 1], whole.loss[: k + 1], rate, bowl=whole.bowl)
            assert whole.verdicts.at(k) == (short.diverged, short.verdict), (seed, k)


def test_three_epochs_at_a_good_rate_are_no_crawl(data):
    history = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=3)
    assert history.verdict == "converging: 50% of the way to the best fit is left"


def test_a_narrow_bowl_tells_how_far_the_run_has_come_in_each_direction(data):
    x = data.x + 10
    rate = 0.5 * largest_stable_learning_rate(x)
    history = train(LinearModel(), x, data.y, learning_rate=rate, epochs=300)
    words = "converging: along the flattest direction of the bowl 97% of the way is left, along the steepest nothing"
    assert history.verdict == words


def test_where_one_x_leaves_a_valley_its_floor_is_convergence():
    history = train(LinearModel(), [2.0, 2.0], [1.0, 3.0], learning_rate=0.15, epochs=60)
    assert history.verdict.startswith("converged") and history.loss[-1] == pytest.approx(1)


def test_a_start_at_the_best_fit_stays_converged(data):
    best = Bowl(data.x, data.y).best
    assert train(LinearModel(*best), data.x, data.y, learning_rate=0.1, epochs=5).verdict.startswith("converged")


def test_a_model_that_does_not_move_is_called_so(data):
    def step(model, x, y, learning_rate):
        return tf.constant(0.0)

    history = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=5, step=step)
    assert history.verdict == "standing still: w and b do not move" and not history.diverged


@pytest.mark.parametrize(
    ("errors", "swings"),
    [
        ([1, -1, 1, -1, 1], [0, 1, 1, 1, 1]),
        ([1, 0.5, 0.01, -0.01, 0.01, -0.01, 0.01], [0] * 7),  # too small to be seen
        ([1, -0.9, -0.8, -0.7, -0.6], [0, 1, 0, 0, 0]),  # once too far, and then slowly back
        ([1, 0.9, -0.8, 0.7, -0.6, 0.5], [0, 0, 0, 1, 1, 1]),
        ([1, -0.5, 0, 0, 0], [0, 1, 0, 0, 0]),
    ],
)
def test_a_run_swings_where_most_steps_that_can_be_seen_lead_to_the_other_side(errors, swings):
    assert verdict._swings(np.array(errors, float)).tolist() == list(map(bool, swings))


def test_a_step_uphill_diverges_by_its_factor(data):
    def step(model, x, y, learning_rate):
        return train_step(model, x, y, -learning_rate)

    best = Bowl(data.x, data.y).best
    history = train(LinearModel(*best), data.x, data.y, learning_rate=0.1, epochs=5, step=step)
    assert not history.diverged  # at the bottom there is no way up
    assert train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=1, step=step).diverged


def test_other_steps_are_judged_by_the_way_they_come(data):
    velocity = {"w": 0.0, "b": 0.0}

    def momentum(model, x, y, learning_rate):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        for name, gradient in zip("wb", tape.gradient(loss, [model.w, model.b]), strict=True):
            velocity[name] = 0.9 * velocity[name] + gradient
            getattr(model, name).assign_sub(learning_rate * velocity[name])
        return loss

    history = train(LinearModel(), data.x, data.y, learning_rate=0.02, epochs=20, step=momentum)
    assert history.verdict.startswith(("converging: ", "zig-zagging: ")) and "of the way" in history.verdict
    history = train(LinearModel(), data.x, data.y, learning_rate=0.02, epochs=200, step=momentum)
    assert history.verdict.startswith("converged")


def test_without_a_bowl_nobody_claims_that_a_run_has_arrived():
    state = np.linspace(5, 3, 11, dtype=np.float32)
    assert History(state, -state, state**2, 0.1).verdict.startswith(
        "converging: the loss began at 25, and the last step is "
    )
    swings = np.float32(3 + 2 * (-0.9) ** np.arange(11))
    assert History(swings, swings, swings**2, 0.1).verdict.startswith("zig-zagging")
    assert History(*np.float32([[1, 2], [0, 0], [1, np.inf]]), 0.1).verdict.startswith("diverged: at epoch 1 ")


@pytest.mark.filterwarnings("error")
def test_a_run_to_infinity_is_judged_without_a_warning():
    data = make_line_data(examples=20)
    far = np.float32([1, 1e30, np.inf])
    for b in (far, -far):
        history = History(far, b, np.float32([1, 1e38, np.inf]), 0.1, bowl=Bowl(data.x, data.y))
        assert history.verdict.startswith("diverged: at epoch 2 ")


def test_a_bowl_that_is_not_the_models_is_not_used():
    data = make_line_data(noise=0)
    bowl = Bowl(data.x, data.y)
    w = np.linspace(5, 3, 11, dtype=np.float32)
    history = History(w, w * 0 + 2, 7 + w, 0.1, bowl=bowl)
    assert "of the way" not in history.verdict
