"""Whatever state a step keeps, each run is that of `train` from the first state, and leaves all as it found it."""

import collections
import contextvars
import functools
import io
import os
import random
import secrets
import sys
import types
import weakref
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf
from random_steps import draw_step, world
from steps import adam_step, guarded_step, sum_step

from course_utils import LinearModel, make_line_data, mean_squared_error, train, train_step
from course_utils.engine import Engine, code, kinds

FIRST, END = map(int, os.environ.get("COURSE_RANDOM_STEPS", "0:50").split(":"))  # .ci/run tries 200
DATA = make_line_data(examples=60)
GRID = np.linspace(-2, 2, 5)


def engine_of(step, model=None, data=DATA):
    """Return an Engine that has compiled its step, if it can."""
    engine = Engine(model or LinearModel(), data.x, data.y, step, GRID)
    engine.compile(engine.run(0.1, 10))
    return engine


def states(history):
    return np.stack([history.w, history.b, history.loss])


def oracle(step, rate, epochs, model=None):
    return train(model or LinearModel(), DATA.x, DATA.y, learning_rate=rate, epochs=epochs, step=step)


# ---- steps drawn at random ------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(FIRST, END))
def test_a_step_drawn_at_random_is_run_as_train_runs_it(seed):
    words, source = draw_step(seed)
    draw, step, model = random.Random(seed), world(source), LinearModel()
    engine = engine_of(step, model)
    for _ in range(3):
        rate, epochs = draw.choice([0.01, 0.05, 0.1, 0.3, 0.6]), draw.choice([0, 1, 3, 7, 14])
        shown, moving = engine.run(rate, epochs).history, engine.sketch(rate, epochs).history
        wanted = states(oracle(world(source), rate, epochs))
        np.testing.assert_array_equal(states(shown), wanted, err_msg=words)
        np.testing.assert_allclose(states(moving), wanted, rtol=1e-4, atol=1e-5, err_msg=words)
    step = world(source)
    engine = engine_of(step, model)
    engine.run(0.3, 4)
    left = oracle(step, 0.1, 6, model)  # what the learner runs next finds all as it was
    np.testing.assert_array_equal(states(left), states(oracle(world(source), 0.1, 6)), err_msg=words)


# ---- each kind of state, and what it is called ----------------------------------------------------------------


def gradient_step(rate_of):
    """Return a step whose rate is rate_of(rate)."""

    def step(model, x, y, rate):
        return train_step(model, x, y, rate_of(rate))

    return step


class Trainer:
    """A learner's class whose method is the step."""

    def __init__(self):
        self.count, self.rates = 0, [1.0, 0.5]

    def step(self, model, x, y, rate):
        self.count += 1
        return train_step(model, x, y, rate * self.rates[self.count % 2])

    __call__ = step


def test_a_method_a_partial_and_an_object_that_is_called_keep_their_state():
    for make in (lambda: Trainer().step, Trainer, lambda: functools.partial(Trainer.step, Trainer())):
        np.testing.assert_array_equal(states(engine_of(make()).run(0.1, 7).history), states(oracle(make(), 0.1, 7)))


class BentModel(tf.Module):
    """w·x + a·x² + b: three Variables, as lesson 2 asks for."""

    def __init__(self):
        super().__init__()
        self.w, self.a, self.b = tf.Variable(1.0), tf.Variable(0.5), tf.Variable(0.0)

    def __call__(self, x):
        return self.w * x + self.a * x * x + self.b


def step_of_all(model, x, y, rate):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    for variable, gradient in zip(
        model.trainable_variables, tape.gradient(loss, model.trainable_variables), strict=True
    ):
        variable.assign_sub(rate * gradient)
    return loss


def test_a_model_with_more_variables_begins_each_run_with_all_of_them():
    model = BentModel()
    engine = engine_of(step_of_all, model)
    assert engine.compiled
    for epochs in (9, 3, 9):
        run = engine.run(0.05, epochs)
        np.testing.assert_array_equal(states(run.history), states(oracle(step_of_all, 0.05, epochs, BentModel())))
        assert run.same_as(engine.sketch(0.05, epochs))
    assert float(model.a) == 0.5
    trained = BentModel()
    oracle(step_of_all, 0.05, 9, trained)
    np.testing.assert_allclose(run.curves[-1], trained(tf.constant(GRID, tf.float32)), rtol=1e-6)
    np.testing.assert_allclose(run.curves[0], GRID + 0.5 * GRID**2, atol=1e-6)


@pytest.mark.parametrize("make_step", [lambda: train_step, lambda: sum_step, adam_step], ids=["plain", "sum", "Adam"])
def test_what_keeps_no_state_in_python_is_compiled_and_equal_bit_for_bit(make_step):
    engine = engine_of(make_step())
    assert engine.compiled and engine.note == ""
    for rate in (0.0005, 0.01, 0.3):
        np.testing.assert_array_equal(states(engine.sketch(rate, 12).history), states(oracle(make_step(), rate, 12)))


def test_compiled_runs_have_variables_of_their_own():
    model = LinearModel()
    engine = engine_of(train_step, model)
    model.w.assign(-7)
    assert engine.sketch(0.1, 3).history.w[0] == 5 and float(model.w) == -7


def test_a_run_that_diverges_ends_where_train_ends():
    engine = engine_of(train_step)
    for run in (engine.run(5.0, 200), engine.sketch(5.0, 200)):
        np.testing.assert_array_equal(states(run.history), states(oracle(train_step, 5.0, 200)))
        assert len(run.curves) == len(run.history.loss) < 100


KEEPERS = {
    "a list": (lambda: (lambda kept: gradient_step(lambda rate: kept.append(1) or rate / len(kept)))([]), "kept"),
    "an object": (
        lambda: (lambda kept: gradient_step(lambda rate: setattr(kept, "n", kept.n + 1) or rate / kept.n))(
            SimpleNamespace(n=0)
        ),
        "kept",
    ),
    "a generator of NumPy": (
        lambda: (lambda draws: gradient_step(lambda rate: rate * draws.uniform()))(np.random.default_rng(0)),
        "draws",
    ),
}


def step_by_defaults():
    def step(model, x, y, rate, shrink=1.0, *, count=0):
        step.__defaults__, step.__kwdefaults__ = (shrink * 0.8,), {"count": count + 1}
        return train_step(model, x, y, rate * shrink / (1 + count))

    return step


def step_by_model():
    counts = weakref.WeakKeyDictionary()

    def step(model, x, y, rate):
        counts[model] = counts.get(model, 0) + 1
        return train_step(model, x, y, rate / counts[model])

    return step


def step_by_class():
    class Quick:
        __slots__ = ("count",)

        def __init__(self):
            self.count = 0

        def __call__(self, model, x, y, rate):
            self.count += 1
            if self.count == 2:
                self.__class__ = Slow
            return train_step(model, x, y, rate * self.factor())

        def factor(self):
            return 1.0

    class Slow(Quick):
        __slots__ = ()

        def factor(self):
            return 0.1

    return Quick()


def step_by_a_new_part_of_a_class():
    class Counts:
        pass

    counts = Counts()

    def step(model, x, y, rate):
        Counts.made = getattr(counts, "made", 0) + 1
        return train_step(model, x, y, rate / counts.made)

    return step


KEEPERS |= {
    "a new part of a class": (step_by_a_new_part_of_a_class, "Counts"),
    "its own defaults": (step_by_defaults, "step"),
    "a dictionary by weak keys": (step_by_model, "counts.data"),
    "the class of an object": (step_by_class, "the step"),
}


@pytest.mark.parametrize(("make", "name"), KEEPERS.values(), ids=KEEPERS)
def test_the_note_names_what_keeps_the_state(make, name):
    engine = engine_of(make())
    assert not engine.compiled
    assert engine.note.startswith("(Run eagerly: the step keeps state in Python, in ") and f"`{name}`" in engine.note
    for epochs in (6, 2, 6):
        np.testing.assert_array_equal(states(engine.run(0.1, epochs).history), states(oracle(make(), 0.1, epochs)))


@pytest.mark.parametrize("name", ["numpy", "numpy.linalg", "tensorflow.python.eager.def_function", "keras", "math"])
def test_what_is_installed_is_nobodys_own(name):
    assert code.is_library(name) and code.is_library("course_utils.plots") and code.is_library("concurrent.futures")


@pytest.mark.parametrize("name", ["__main__", "", None, "their_own", "test_engine"])
def test_what_is_written_in_a_lesson_or_beside_it_is_the_learners(name, monkeypatch):
    monkeypatch.setattr(sys.modules["__main__"], "__file__", np.__file__, raising=False)  # a kernel's is installed
    code.is_library.cache_clear()
    assert not code.is_library(name)


@pytest.mark.filterwarnings("error")
def test_a_line_that_has_left_all_numbers_is_still_one():
    engine = engine_of(train_step)
    run = engine.run(0.1, 3)
    run.history.w[2:], run.curves[2:] = np.inf, np.inf
    assert engine.is_line(run)
    run.curves[0, 0] += 1
    assert not engine.is_line(run)


def test_a_step_that_could_change_a_list_later_is_not_compiled():
    late = []

    def step(model, x, y, rate):
        if len(late) > 99:
            late.clear()
        return train_step(model, x, y, rate)

    engine = engine_of(step)
    why = "the step could change `late`, which a compiled one would not see"
    assert not engine.compiled and engine.note == f"(Run eagerly: {why}.)"


def test_threads_that_ask_for_compiled_runs_get_each_their_own():
    engine, rates = engine_of(train_step), [0.01, 0.1, 0.3, 0.5] * 5
    assert engine.compiled
    alone = {rate: states(engine.compiled_run(rate, 400).history) for rate in rates}
    with ThreadPoolExecutor(4) as pool:
        for rate, run in zip(rates, pool.map(lambda rate: engine.compiled_run(rate, 400), rates), strict=True):
            np.testing.assert_array_equal(states(run.history), alone[rate])


def test_a_step_that_changes_its_ways_unseen_is_found_by_its_numbers():
    """AutoGraph makes a branch of the `if`; what it stores in Python is lost in the graph, after epoch 12."""
    steps = tf.Variable(0)

    class Rates(tf.Module):
        pass

    rates = Rates()
    rates.factor = 1.0

    def step(model, x, y, rate):
        if steps.assign_add(1) > 12:
            rates.factor = 0.1
        return train_step(model, x, y, rate * rates.factor)

    engine = engine_of(step)
    run = engine.run(0.1, 30)
    steps.assign(0)
    assert not engine.compiled or not engine.sketch(0.1, 30).same_as(run)
    np.testing.assert_array_equal(states(engine.run(0.1, 30).history), states(run.history))


def test_a_step_that_prints_is_run_eagerly_for_the_true_reason(capsys):
    def step(model, x, y, rate):
        print("one step")
        return train_step(model, x, y, rate)

    engine = engine_of(step)
    capsys.readouterr()
    assert engine.note == "(Run eagerly: compiled, the step would print only once, while it is compiled.)"
    engine.sketch(0.1, 5)
    assert capsys.readouterr().out.count("one step") == 5


def test_what_nobody_can_put_back_is_said_in_words():
    batches = (k for k in range(1000))

    def step(model, x, y, rate):
        return train_step(model, x, y, rate / (1 + next(batches)))

    assert "`batches` (generator)" in engine_of(step).note


def test_each_run_has_a_context_of_its_own():
    def make():
        shrink, seen = contextvars.ContextVar("shrink"), contextvars.ContextVar("seen")
        seen.set([])

        def step(model, x, y, rate):
            shrink.set(0.8 * shrink.get(1.0))
            seen.get().append(1)
            return train_step(model, x, y, rate * shrink.get() / len(seen.get()))

        return step

    engine = engine_of(make())
    assert not engine.compiled and "`seen`" in engine.note
    for epochs in (6, 2, 6):
        wanted = states(oracle(make(), 0.1, epochs))
        np.testing.assert_array_equal(states(engine.run(0.1, epochs).history), wanted)


def test_what_nobody_can_put_back_is_not_used_up_by_a_trial():
    """Tracing it, or a step on trial, would end a generator that is sent what it needs."""
    sent = []

    def rolling():
        rate = 0.0
        while True:
            given = yield rate
            sent.append(rate := 0.5 * rate + float(given))

    ball = rolling()
    next(ball)

    def step(model, x, y, rate):
        return train_step(model, x, y, ball.send(rate))

    engine = engine_of(step)
    assert "would not go on with `ball` (generator)" in engine.note
    assert len(engine.run(0.1, 3).history.loss) == 4 and ball.gi_frame is not None


@pytest.mark.parametrize("make", [lambda: random.SystemRandom(), lambda: secrets.SystemRandom()])
def test_a_source_of_chance_without_a_state_is_no_error(make):
    dice = make()

    def step(model, x, y, rate):
        return train_step(model, x, y, rate * dice.random())

    assert "No two runs are the same" in engine_of(step).note


class Counting(tf.Module):
    """A line that moves to the left whenever somebody asks it for anything."""

    def __init__(self, start):
        super().__init__()
        self.w, self.b, self.count = tf.Variable(5.0), tf.Variable(0.0), start

    def __call__(self, x):
        if isinstance(self.count, tf.Variable):
            self.count.assign_add(1.0)
        else:
            self.count += 1.0
        return self.w * (x + 0.05 * self.count) + self.b


@pytest.mark.parametrize("first", [float, tf.Variable])
def test_a_model_that_changes_when_it_is_called_is_called_as_often_as_train_does(first):
    model = Counting(first(0.0))
    engine = engine_of(train_step, model)
    assert engine.note == "(Run eagerly: whenever the model is called, something changes.)"
    for epochs in (5, 2, 5):
        wanted = states(oracle(train_step, 0.1, epochs, Counting(first(0.0))))
        np.testing.assert_array_equal(states(engine.run(0.1, epochs).history), wanted)
    assert float(model.count) == 0


def test_a_step_that_raises_at_small_rates_or_when_it_is_traced_can_be_shown_all_the_same():
    def step(model, x, y, rate):
        if rate < 0.01:
            raise ValueError("too small")
        return train_step(model, x, y, rate)

    engine = engine_of(step)
    assert engine.note == "(Run eagerly: the step can't be compiled, ValueError.)"
    np.testing.assert_array_equal(states(engine.run(0.1, 5).history), states(oracle(step, 0.1, 5)))


def test_an_iterator_that_ends_is_told_as_that():
    rates = iter([0.1, 0.1])

    def step(model, x, y, rate):
        return train_step(model, x, y, next(rates))

    with pytest.raises(RuntimeError, match="the step asked an iterator that has no more to give"):
        oracle(step, 0.1, 3)


def test_a_step_without_a_seed_differs_and_that_is_said():
    def step(model, x, y, rate):
        return train_step(model, x, y, rate * random.SystemRandom().random())

    assert "No two runs are the same" in engine_of(step).note


def test_a_tf_function_of_the_learner_is_traced_afresh_as_train_would():
    def make():
        count = tf.Variable(0)

        @tf.function
        def step(model, x, y, rate):
            count.assign_add(1)
            return train_step(model, x, y, rate / tf.cast(count, tf.float32))

        return step

    engine = engine_of(make())
    for rate in (0.1, 0.3, 0.1):
        np.testing.assert_array_equal(states(engine.run(rate, 5).history), states(oracle(make(), rate, 5)))


def test_a_step_that_puts_a_tensor_in_place_of_a_variable_is_mended():
    def step(model, x, y, rate):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        model.w = model.w - rate * tape.gradient(loss, model.w)
        return loss

    model = LinearModel()
    w = model.w
    engine = Engine(model, DATA.x, DATA.y, step, GRID)
    with pytest.raises(TypeError):
        engine.run(0.1, 3)
    assert model.w is w and float(w) == 5


def test_a_keras_optimizer_that_was_used_before_goes_on_from_there():
    def make():
        adam = keras.optimizers.Adam()
        model = LinearModel()

        def step(model, x, y, rate):
            with tf.GradientTape() as tape:
                loss = mean_squared_error(y, model(x))
            adam.learning_rate = rate
            adam.apply(tape.gradient(loss, [model.w, model.b]), [model.w, model.b])
            return loss

        oracle(step, 0.1, 3, model)
        return step, model

    step, model = make()
    engine = engine_of(step, model)
    assert engine.compiled
    for epochs in (5, 2, 5):
        other, its_model = make()
        wanted = states(oracle(other, 0.2, epochs, its_model))
        np.testing.assert_array_equal(states(engine.run(0.2, epochs).history), wanted)
        np.testing.assert_allclose(states(engine.sketch(0.2, epochs).history), wanted, rtol=1e-5)


def test_a_compiled_step_that_raises_at_some_rates_stays_compiled_for_the_others():
    engine = engine_of(guarded_step)
    assert engine.compiled and engine.note == ""
    assert engine.compiled_run(0.1, 60).same_as(engine.run(0.1, 60))
    assert engine.compiled_run(30.0, 60) is None
    with pytest.raises(tf.errors.InvalidArgumentError, match="too large"):
        engine.sketch(30.0, 60)
    assert engine.compiled


def test_a_class_of_which_somebody_has_read_the_annotations_is_compiled():
    class Line(tf.Module):
        def __init__(self):
            super().__init__()
            self.w, self.b = tf.Variable(5.0), tf.Variable(0.0)

        def __call__(self, x):
            return self.w * x + self.b

    assert vars(Line).get("__annotations__", Line.__annotations__) == {}  # to read them makes a dict on the class
    assert engine_of(train_step, Line()).compiled


def test_a_run_in_pieces_is_the_same_and_lets_others_work_between_them():
    velocity = [0.0, 0.0]

    def step(model, x, y, rate):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        for k, gradient in enumerate(tape.gradient(loss, [model.w, model.b])):
            velocity[k] = 0.9 * velocity[k] + gradient
            (model.w, model.b)[k].assign_sub(rate * velocity[k])
        return loss

    model = LinearModel()
    engine = engine_of(step, model)
    between, pieces = [], []
    for piece in engine.pieces(0.02, 12, seconds=0):
        between.append((*velocity, float(model.w)))
        pieces.append(piece)
    assert between == [(0, 0, 5)] * len(between) and len(between) >= 13
    np.testing.assert_array_equal(states(pieces[-1].history), states(engine.run(0.02, 12).history))


# Steps that count their calls, in n, by what stands before them and in them.
COUNTS = {
    "a module": ("theirs = types.ModuleType('theirs')\ntheirs.n = 0", "theirs.n += 1\nn = theirs.n"),
    "a name that is none at first": ("", "global n\ntry:\n    n += 1\nexcept NameError:\n    n = 1"),
    "a slot that is empty at first": (
        "class Box:\n    __slots__ = ('n',)\nbox = Box()",
        "box.n = getattr(box, 'n', 0) + 1\nn = box.n",
    ),
    "bytes": ("counts = bytearray(1)", "counts[0] += 1\nn = counts[0]"),
    "a set": ("seen = set()", "seen.add(len(seen))\nn = len(seen)"),
    "a queue": ("seen = collections.deque()", "seen.append(0)\nn = len(seen)"),
}


@pytest.mark.parametrize(("before", "line"), COUNTS.values(), ids=COUNTS)
def test_a_step_that_counts_its_calls_begins_anew_with_each_run(before, line):
    body = "\n".join(f"    {one}" for one in [*line.splitlines(), "return train_step(model, x, y, rate / n)"])

    def made():
        space = {"__name__": "a_lesson", "train_step": train_step, "types": types, "collections": collections}
        exec(f"{before}\ndef step(model, x, y, rate):\n{body}\n", space)
        return space["step"]

    engine = engine_of(made())
    for epochs in (5, 2, 5):
        np.testing.assert_array_equal(states(engine.run(0.2, epochs).history), states(oracle(made(), 0.2, epochs)))


def test_a_variable_of_a_function_that_is_empty_at_first_is_empty_again():
    def made():
        def step(model, x, y, rate):
            nonlocal n
            try:
                n += 1
            except NameError:
                n = 1
            return train_step(model, x, y, rate / n)

        if not step:
            n = 0
        return step

    engine = engine_of(made())
    for epochs in (5, 2, 5):
        np.testing.assert_array_equal(states(engine.run(0.2, epochs).history), states(oracle(made(), 0.2, epochs)))


def test_an_iterator_that_has_begun_and_has_no_copy_is_told():
    rates = iter(lambda: 0.1, None)

    def step(model, x, y, rate):
        return train_step(model, x, y, next(rates))

    assert "`rates` (callable_iterator)" in engine_of(step).note


def test_a_buffer_is_left_as_it_was_found():
    notes = io.StringIO("before")
    notes.read()

    def step(model, x, y, learning_rate):
        notes.write(f"{model.w.numpy()} ")
        return train_step(model, x, y, learning_rate)

    engine_of(step).run(0.2, 5)
    assert (notes.getvalue(), notes.tell()) == ("before", 6)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(300, 300, True), ("ab", "ab", True), (1, 1.0, False), (1, True, False), ([1], [1], False), (None, None, True)],
)
def test_what_nobody_can_tell_apart_is_identical(one, other, same):
    one = eval(repr(one))  # another object, where there can be one
    assert kinds.identical(one, other) is same and kinds.identical(other, one) is same
