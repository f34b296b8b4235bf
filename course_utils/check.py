"""Predictions, and exercises that answer back.

Each check is called with what the learner wrote, runs it on several inputs, and gives a Result: correct, not attempted
yet, or the mistake by name with the evidence. Numbers count as equal within 0.01 %. Only behaviour is compared.
"""

import _thread
import contextlib
import functools
import html
import os
import re
import tempfile
import threading

import ipywidgets as widgets
import numpy as np
import tensorflow as tf

from .data import make_line_data
from .loss import mean_squared_error
from .model import LinearModel
from .playgrounds import error_words
from .training import train

MARKS = {"correct": "✓ Correct.", "not attempted": "○ Not attempted yet.", "mistake": "✗ Not yet:"}
SECONDS = 10  # a learner's loop that takes longer has probably no end


# ---- what a check says ----------------------------------------------------------------------------------------


class Result:
    """The answer of a check. state: "correct", "not attempted" or "mistake"; str(result) is what it says."""

    def __init__(self, state, text):
        self.state, self.text = state, text

    def __repr__(self):
        return f"{MARKS[self.state]} {self.text}"

    def _repr_html_(self):
        return f'<div style="border-left:4px solid; padding:4px 12px; max-width:60em">{html.escape(repr(self))}</div>'


class Mistake(Exception):
    """A mistake with a name; raised by a judge with the name, the evidence and where to look."""


class NotAttempted(Exception):
    """What was handed in is the untouched stub."""


def exercise(correct):
    """Turn a judge, a function that raises Mistake, into a check that never raises. correct: what to say then."""

    def decorate(judge):
        @functools.wraps(judge)
        def check(answer):
            try:
                if _untouched(answer):
                    raise NotAttempted
                with _time_limit():
                    judge(answer)
            except NotAttempted:
                return Result("not attempted", "Fill in the stub, then run the cell again.")
            except Mistake as mistake:
                return Result("mistake", str(mistake))
            except TimeoutError:
                return Result("mistake", f"it runs longer than {SECONDS} seconds. Does every loop in it end?")
            except Exception as error:  # the learner's code may raise anything
                return Result("mistake", error_words(error, answer, "Your code"))
            return Result("correct", correct)

        return check

    return decorate


def _untouched(answer):
    code = getattr(answer, "__code__", None)
    return answer is ... or (code is not None and code.co_code == _untouched_stub.__code__.co_code)


def _untouched_stub(): ...


@contextlib.contextmanager
def _time_limit():
    late = threading.Event()
    timer = threading.Timer(SECONDS, lambda: (late.set(), _thread.interrupt_main()))
    timer.start()
    try:
        yield
    except KeyboardInterrupt:
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()


def expect(given, value, expected, **mistakes):
    """Raise Mistake unless value is close to expected; named where it is close to one of the mistakes.

    given: what the learner's code got, in words. mistakes: name=(wrong value, where to look).
    """
    value = _plain(value)
    if _close(value, expected):
        return
    evidence = f"For {given} you gave {_short(value)}, expected {_short(expected)}."
    for name, (wrong, pointer) in mistakes.items():
        if _close(value, wrong):
            raise Mistake(f"{name.replace('_', ' ')}. {evidence} {pointer}")
    if np.shape(value) != np.shape(expected):
        raise Mistake(f"wrong shape: {np.shape(value)} instead of {np.shape(expected)}. {evidence}")
    raise Mistake(f"another value. {evidence}")


def _plain(value):
    if value is ... or (isinstance(value, (tuple, list)) and any(part is ... for part in value)):
        raise NotAttempted
    if value is None:
        raise Mistake("it returns None. A function gives back only what stands after `return`.")
    with contextlib.suppress(Exception):
        return np.asarray(value, float)
    raise Mistake(f"not a number. You gave {value!r:.60}.")


def _close(value, expected):
    return np.shape(value) == np.shape(expected) and np.allclose(value, expected, rtol=1e-4, atol=1e-6)


def _short(value):
    return np.array2string(np.asarray(value, float), precision=4, separator=", ", suppress_small=True)


# ---- predictions ----------------------------------------------------------------------------------------------


class Prediction:
    """A question to answer before the run that answers it. Without widgets it shows as text and blocks nothing.

    question: a sentence. options: possible answers. cases: what to answer for, one row each; none for one answer.
    Raises ValueError for fewer than two options.
    """

    def __init__(self, question, options, cases=("",)):
        if len(options) < 2:
            raise ValueError(f"options must hold at least two answers, got {options!r}")
        self.question, self.options = question, list(options)
        layout = widgets.Layout(width="auto", max_width="100%", margin="2px 24px 2px 2px")  # columns must not touch
        self.rows = {
            case: widgets.RadioButtons(
                options=self.options, value=None, description=case or "Your answer", layout=layout
            )
            for case in cases
        }
        title = widgets.HTML(f"<b>{html.escape(question)}</b>")
        row = widgets.Layout(flex_flow="row wrap")
        self.widget = widgets.VBox([title, widgets.HBox(list(self.rows.values()), layout=row)])

    def __repr__(self):
        about = f" [{', '.join(self.rows)}]" if "" not in self.rows else ""
        return f"Predict: {self.question}{about} ({' / '.join(self.options)})"

    def _repr_mimebundle_(self, include=None, exclude=None):
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        return {"text/plain": repr(self), "application/vnd.jupyter.widget-view+json": view}

    def compare(self, outcomes, because=""):
        """Return a Comparison of what was chosen and what happened.

        outcomes: one of the options, or a dict of case to option. Raises ValueError where it is not an option.
        """
        if not isinstance(outcomes, dict):
            outcomes = dict.fromkeys(self.rows, outcomes)
        lines = []
        for case, outcome in outcomes.items():
            if outcome not in self.options:
                raise ValueError(f"outcome must be one of {self.options}, got {outcome!r}")
            said = self.rows[case].value
            you = f"you predicted {said!r}" if said else "you made no prediction"
            same = "" if not said else " ✓" if said == outcome else " ✗"
            lines.append(f"{f'{case}: ' if case else ''}{you}, and it was {outcome!r}{same}.")
        return Comparison([*lines, because] if because else lines)


class Comparison:
    """Predictions beside outcomes, a line each, and why."""

    def __init__(self, lines):
        self.lines = [line[0].upper() + line[1:] for line in lines]

    def __repr__(self):
        return "\n".join(self.lines)

    def _repr_html_(self):
        lines = "<br>".join(html.escape(line) for line in self.lines)
        return f'<div style="border-left:4px solid; padding:4px 12px; max-width:60em">{lines}</div>'


# ---- lesson 01 ------------------------------------------------------------------------------------------------


@exercise("The Variable changed in place, so everybody who holds it sees the new value. Training rests on that.")
def double(answer):
    """double(variable) doubles the value of a Variable in place."""
    for start in (5.0, -1.5):
        variable = tf.Variable(start)
        answer(variable)
        expect(
            f"a Variable of {start}", variable, 2 * start,
            the_Variable_did_not_change=(start, "With `=` a name gets a new tensor. Use one of the assign methods."),
            two_was_added=(start + 2, "To double is not to add 2."),
            it_was_set_to_two=(2.0, "The new value depends on the old one."),
            it_was_tripled=(3 * start, "assign_add adds to what is there already."),
            it_was_squared=(start**2, "To double is to multiply by 2."),
            it_is_zero=(0.0, "Twice the value was taken away?"),
        )  # fmt: skip


@exercise("You can now ask for the slope of anything that TensorFlow can compute.")
def slope(answer):
    """slope(function, x) returns the slope of function at x, a float."""
    for words, function, true in (
        ("x²", lambda x: x * x, lambda x: 2 * x),
        ("x³", lambda x: x**3, lambda x: 3 * x * x),
    ):
        for x in (3.0, -2.0):
            value = answer(function, x)
            if value is None:
                raise Mistake(
                    "the gradient is None, or nothing is returned. A constant must be watched, the function must run "
                    "inside the `with` block, and the slope must stand after `return`. See 'The tape sees Variables'."
                )
            expect(
                f"{words} at {x}", value, true(x),
                it_is_the_value_and_not_the_slope=(function(x), "Return what tape.gradient gives."),
                the_sign_is_wrong=(-true(x), "The slope of a rising curve is positive."),
                it_is_x_itself=(x, "Return what tape.gradient gives."),
                it_is_the_slope_of_the_slope=(2.0 if words == "x²" else 6 * x, "Ask for the gradient once."),
                it_is_twice_the_slope=(2 * true(x), "Is the function counted twice under the tape?"),
            )  # fmt: skip


@exercise("This is gradient descent. Lesson 4 does the same with two Variables.")
def descend(answer):
    """descend(function, start, rate, steps) walks downhill and returns where it arrives."""
    for start, rate, steps in ((5.0, 0.1, 3), (0.0, 0.2, 5)):
        at = lambda factor, n, start=start: 3 + (start - 3) * factor**n  # noqa: E731
        expect(
            f"(x − 3)² from {start} with rate {rate} and {steps} steps",
            answer(lambda x: (x - 3.0) ** 2, start, rate, steps), at(1 - 2 * rate, steps),
            it_walks_uphill=(at(1 + 2 * rate, steps), "Go against the slope: subtract."),
            the_rate_is_forgotten=(at(-1, steps), "Multiply the slope by the rate."),
            it_never_moved=(start, "Change the Variable in each round, and return it."),
            only_one_step=(at(1 - 2 * rate, 1), "Is the update inside the loop? Is `return`?"),
            one_step_too_few=(at(1 - 2 * rate, steps - 1), "range(steps) makes just as many rounds."),
            one_step_too_many=(at(1 - 2 * rate, steps + 1), "range(steps) makes just as many rounds."),
        )  # fmt: skip


# ---- lesson 02 ------------------------------------------------------------------------------------------------


@exercise("You can run a model in your head, so you can check one by hand.")
def by_hand(answer):
    """The value of a line with w = 4 and b = 1 at x = −2."""
    expect(
        "w = 4, b = 1, x = −2", answer, -7.0,
        b_is_forgotten=(-8.0, "f(x) = w·x + b."), the_sign_of_x_is_lost=(9.0, "4 times −2 is negative."),
        b_is_subtracted=(-9.0, "f(x) = w·x + b."), w_and_b_are_swapped=(2.0, "w multiplies x, b is added."),
        b_is_added_too_early=(-4.0, "Multiply first, then add b."), all_is_added=(3.0, "w multiplies x."),
    )  # fmt: skip


@exercise("A model class with Variables that TensorFlow can find. That is all that training needs.")
def line_class(answer):
    """A tf.Module class Line(w, b) that computes w·x + b."""
    if not isinstance(answer, type):
        raise Mistake(f"not a class. Hand in the class itself, not {answer!r:.40}.")
    if "__init__" not in vars(answer) and "__call__" not in vars(answer):
        raise NotAttempted
    for w, b in ((2.0, 1.0), (-3.0, 0.5)):
        model = answer(w, b)
        if not isinstance(model, tf.Module):
            raise Mistake("not a tf.Module. Write `class MyLine(tf.Module):`, then TensorFlow can list its Variables.")
        if len(model.trainable_variables) != 2:
            count = len(model.trainable_variables)
            raise Mistake(f"it has {count} trainable Variables instead of 2. w and b must each be a `tf.Variable`.")
        x = np.array([0.0, 3.0, -1.0], np.float32)
        expect(
            f"w = {w}, b = {b}, x = [0, 3, −1]", model(tf.constant(x)), w * x + b,
            b_is_forgotten=(w * x, "f(x) = w·x + b."), w_and_b_are_swapped=(b * x + w, "w multiplies x, b is added."),
            b_is_subtracted=(w * x - b, "f(x) = w·x + b."),
            b_is_added_too_early=(w * (x + b), "Multiply first, then add b."),
            w_is_forgotten=(x + b, "f(x) = w·x + b."),
        )  # fmt: skip


@exercise("You see such a table coming now. Print the shapes whenever a loss looks strange.")
def broadcast(answer):
    """The shape of a tensor of shape (5,) minus one of shape (5, 1)."""
    expect(
        "(5,) minus (5, 1)", answer, (5, 5),
        they_are_not_paired_up=((5,), "(5, 1) is a column: each of its rows meets all five numbers."),
        it_is_not_the_column=((5, 1), "Each row of the column meets all five numbers."),
        it_is_the_count_and_not_the_shape=(25, "Give the shape, a tuple."),
        it_is_flattened=((25,), "The result has two dimensions."), one_dimension_is_stretched=((1, 5), "Both are."),
        the_lengths_do_not_add=((10,), "Subtracting does not join."),
    )  # fmt: skip


# ---- lesson 03 ------------------------------------------------------------------------------------------------

TRUTH = np.array([1.0, -2.0, 4.0, 0.5], np.float32), np.array([3.0, 0.0], np.float32)
GUESS = np.array([2.0, 1.0, 4.5, -1.5], np.float32), np.array([-1.0, 2.5], np.float32)
PAIRS = list(zip(TRUTH, GUESS, strict=True))


@exercise("Positive where the prediction is too low, negative where it is too high.")
def residuals(answer):
    """residuals(y_true, y_pred) returns target minus prediction."""
    for y_true, y_pred in PAIRS:
        off = y_true - y_pred
        expect(
            f"targets {_short(y_true)} and predictions {_short(y_pred)}",
            answer(tf.constant(y_true), tf.constant(y_pred)), off,
            the_sign_is_wrong=(-off, "Target minus prediction."), the_sign_is_lost=(abs(off), "Keep the sign."),
            they_are_squared=(off**2, "Squaring comes later."), it_is_their_mean=(off.mean(), "One for each example."),
            it_is_their_sum=(off.sum(), "One for each example."), they_are_added=(y_true + y_pred, "Subtract."),
        )  # fmt: skip


@exercise(
    "The order of its arguments does not matter, because squaring loses the sign; we keep truth first, as Keras does. "
    "This loss is what lesson 4 walks down."
)
def mse(answer):
    """mse(y_true, y_pred) returns the mean of the squared residuals, a scalar tensor."""
    for y_true, y_pred in PAIRS:
        value = answer(tf.constant(y_true), tf.constant(y_pred))
        off = y_true - y_pred
        square = np.mean(off**2)
        expect(
            f"targets {_short(y_true)} and predictions {_short(y_pred)}", value, square,
            a_sum_instead_of_the_mean=(np.sum(off**2), "Which operation averages? See 'Sum or mean?'."),
            the_square_is_forgotten=(off.mean(), "Far above and far below cancel. See 'How far off?'."),
            the_square_is_forgotten_and_turned_round=(-off.mean(), "Far above and far below cancel."),
            absolute_values_instead_of_squares=(abs(off).mean(), "Square the residuals."),
            a_square_root_too_many=(np.sqrt(square), "The mean squared error keeps the square."),
            the_mean_is_squared_and_not_the_residuals=(off.mean() ** 2, "Square first, then average."),
            half_the_mean=(square / 2, "Some books halve it; Keras and we do not."),
            the_mean_is_forgotten=(off**2, "Average the squares: the loss is one number."),
        )  # fmt: skip
        if not tf.is_tensor(value):
            raise Mistake(
                f"a Python number. It has the right value, {float(value):.4g}, but it is of type "
                f"{type(value).__name__}: the tape can't follow it. Use TensorFlow's operations to the end."
            )


@exercise("Now you know when to stop: no line gets below the variance of the noise on new data.")
def floor(answer):
    """About how large the loss of the true line is when the noise has a standard deviation of 0.5."""
    expect(
        "noise with a standard deviation of 0.5", answer, 0.25,
        the_standard_deviation_and_not_the_variance=(0.5, "The loss squares the noise."),
        no_line_predicts_noise=(0.0, "See 'The floor'."), that_is_the_floor_for_noise_one=(1.0, "Here it is 0.5."),
        a_square_root_instead_of_a_square=(np.sqrt(0.5), "The loss squares the noise."),
        twice_and_not_squared=(0.125, "Square 0.5."), a_loss_is_never_negative=(-0.25, "Squares are positive."),
    )  # fmt: skip


# ---- lesson 04 ------------------------------------------------------------------------------------------------


def _slopes(data, w, b):
    off = data.y.numpy() - (w * data.x.numpy() + b)
    return np.array([-2 * np.mean(data.x.numpy() * off), -2 * np.mean(off)])


@exercise("The tape gives the same two numbers, for any model, without paper.")
def gradient(answer):
    """gradient(x, y, w, b) returns the slopes (dw, db) of the mean squared error."""
    data = make_line_data(examples=50)
    for w, b in ((5.0, 0.0), (1.0, 4.0)):
        true, n = _slopes(data, w, b), 50
        pair = answer(data.x, data.y, w, b)
        expect(
            f"50 examples, w = {w}, b = {b}", pair, true,
            the_sign_is_wrong=(-true, "The square's inner derivative brings a minus: −2·mean(x·r)."),
            the_2_is_forgotten=(true / 2, "The slope of r² is 2·r."),
            a_sum_instead_of_the_mean=(n * true, "The loss is a mean, so its slopes are means."),
            the_x_is_forgotten=(true[[1, 1]], "w works on b's neighbour x: dw has x in it."),
            dw_and_db_are_swapped=(true[::-1], "Return dw first."),
            only_one_slope=(true[0], "Return both, dw and db."),
            sign_and_2=(-true / 2, "Both the minus and the 2 are missing: −2·mean(x·r)."),
        )  # fmt: skip


@exercise("This step trains the line, and with another model in place of the line it trains that.")
def step(answer):
    """A training step: step(model, x, y, learning_rate) -> the loss before the update."""
    data, rate = make_line_data(examples=50), 0.1
    for w, b in ((5.0, 0.0), (1.0, 4.0)):
        model = LinearModel(w, b)
        variables = model.w, model.b
        before = float(mean_squared_error(data.y, model(data.x)))
        loss = _stepped(answer, model, data, rate)
        if not (model.w is variables[0] and model.b is variables[1]):
            raise Mistake(
                "a Variable was replaced by a tensor. `model.w = …` puts a tensor in the place of the Variable, and "
                "the next gradient is None. Change it in place with assign_sub. See 'The trap' in lesson 1."
            )
        old, move = np.array([w, b]), rate * _slopes(data, w, b)
        late = rate * _slopes(data, w - move[0], b)[1]
        early = rate * _slopes(data, w, b - move[1])[0]
        expect(
            f"w = {w}, b = {b} and rate {rate}, the new (w, b):", [model.w.numpy(), model.b.numpy()], old - move,
            the_gradient_is_added=(old + move, "That is uphill. Subtract it."),
            the_learning_rate_is_forgotten=(old - move / rate, "Multiply the gradient by the learning rate."),
            a_sum_instead_of_the_mean=(old - 50 * move, "The gradient is that of a sum over 50 examples."),
            w_moved_before_the_gradient_of_b_was_taken=(
                old - [move[0], late], "Take both gradients from one tape, then move both."),
            b_moved_before_the_gradient_of_w_was_taken=(
                old - [early, move[1]], "Take both gradients from one tape, then move both."),
            only_w_moved=(old - [move[0], 0], "b must move too."),
            only_b_moved=(old - [0, move[1]], "w must move too."),
            nothing_moved=(old, "Change model.w and model.b in place."),
            dw_and_db_are_swapped=(old - move[::-1], "The gradients come in the order in which you asked for them."),
        )  # fmt: skip
        after = float(mean_squared_error(data.y, model(data.x)))
        expect(
            f"w = {w}, b = {b}, the loss that is returned:", loss, before,
            the_loss_after_the_update=(after, "Return the one that the tape saw, before the update."),
        )  # fmt: skip
        second = _stepped(answer, model, data, rate)
        expect(
            "the second step, the loss that is returned:", second, after,
            the_loss_is_stale=(before, "It is that of the first step. Compute it anew in each step."),
        )  # fmt: skip


def _stepped(answer, model, data, rate):
    try:
        return answer(model, data.x, data.y, rate)
    except (TypeError, ValueError) as error:
        if "None" not in str(error):
            raise
        raise Mistake(
            "the loss was computed outside the tape, or not from model.w and model.b, so its gradient is None and this "
            f"fails: {str(error).splitlines()[0]}. See bug 2."
        ) from None


@exercise("Entry k is the state after k updates, so your curves will fit those of everybody who counts from 0.")
def loop(answer):
    """loop(model, x, y, learning_rate, epochs) returns a list of epochs + 1 losses, the untrained one first."""
    data = make_line_data(examples=50)
    for epochs in (4, 1):
        true = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=epochs + 1).loss.astype(float)
        value = answer(LinearModel(), data.x, data.y, 0.1, epochs)
        expect(
            f"{epochs} epochs", value, true[:-1],
            the_last_state_is_missing=(true[:-2], "After the loop, add the loss of the trained model."),
            the_record_is_off_by_one_because_state_0_is_missing=(true[1:-1], "Record before the first update."),
            the_record_is_off_by_one=(true[1:], "It begins after the first update. Record state 0."),
            the_loss_is_stale=(true[[0] * (epochs + 1)], "It is computed once, or the model never moves."),
            the_start_stands_twice=(true[[0, *range(epochs)]], "Record once before each update, once at the end."),
            the_end_stands_twice=(true[[*range(1, epochs + 1), epochs]], "Record before each update, not after."),
            only_the_last_loss=(true[-2], "Return the list of all."),
        )  # fmt: skip


@exercise("Below it training holds, above it nothing helps.")
def largest_rate(answer):
    """largest_rate(curvature) returns the largest stable learning rate."""
    for curvature in (3.0, 0.5):
        expect(
            f"a curvature of {curvature}", answer(curvature), 2 / curvature,
            that_is_where_the_factor_is_zero=(1 / curvature, "The limit is where the factor is −1."),
            upside_down=(curvature / 2, "The steeper the bowl, the smaller the rate."),
            multiplied_and_not_divided=(2 * curvature, "The steeper the bowl, the smaller the rate."),
            the_2_belongs_above_the_line=(1 / (2 * curvature), "1 − rate·λ = −1. Solve for the rate."),
            that_makes_the_factor_plus_one=(0.0, "1 − rate·λ = −1. Solve for the rate."),
            squared=(2 / curvature**2, "1 − rate·λ = −1. Solve for the rate."),
        )  # fmt: skip


# ---- lesson 05 ------------------------------------------------------------------------------------------------


@exercise("Keras sees both weights, so fit can train them.")
def keras_line(answer):
    """A keras.Model class without arguments, with weights w and b that Keras tracks, and call(x) = w·x + b."""
    import keras  # here and not above: it takes seconds, and only lesson 05 needs it

    if not isinstance(answer, type):
        raise Mistake(f"not a class. Hand in the class itself, not {answer!r:.40}.")
    if not {"__init__", "call", "build"} & set(vars(answer)):
        raise NotAttempted
    if not issubclass(answer, keras.Model):
        raise Mistake("not a keras.Model. Write `class MyKerasLine(keras.Model):`.")
    model = answer()
    x = np.array([0.0, 3.0, -1.0], np.float32)
    model(tf.constant(x))
    for name in "wb":
        if isinstance(getattr(model, name, None), tf.Variable):
            raise Mistake(
                f"{name} is a tf.Variable. Keras 3 does not track it, so fit would train nothing: add_weight."
            )
        if not isinstance(getattr(model, name, None), keras.Variable):
            raise Mistake(f"{name} is no weight of Keras. Make it with `self.{name} = self.add_weight(…)`.")
    if len(model.trainable_variables) != 2:
        raise Mistake(f"it has {len(model.trainable_variables)} trainable weights instead of 2.")
    for w, b in ((2.0, 1.0), (-3.0, 0.5)):
        model.w.assign(w), model.b.assign(b)
        expect(
            f"w = {w}, b = {b}, x = [0, 3, −1]", model(tf.constant(x)), w * x + b,
            b_is_forgotten=(w * x, "f(x) = w·x + b."), w_and_b_are_swapped=(b * x + w, "w multiplies x, b is added."),
            b_is_subtracted=(w * x - b, "f(x) = w·x + b."),
            b_is_added_too_early=(w * (x + b), "Multiply first, then add b."),
        )  # fmt: skip


def _keras_line(w, b):
    """Return a Keras model of the line (w, b), to try a learner's fit and save with."""
    import keras

    class KerasLine(keras.Model):
        def __init__(self):
            super().__init__()
            self.w = self.add_weight(shape=(), initializer=keras.initializers.Constant(w), name="w")
            self.b = self.add_weight(shape=(), initializer=keras.initializers.Constant(b), name="b")

        def call(self, x):
            return self.w * x + self.b

    model = KerasLine()
    model(tf.constant([0.0]))  # a model can be saved and loaded once it has run
    return model


@exercise("One step an epoch, on all examples, and the numbers of your own loop.")
def fit(answer):
    """fit(model, x, y, epochs) compiles with plain SGD at rate 0.1 and trains on the full batch."""
    data, epochs = make_line_data(examples=201, spacing="even"), 3
    model = _keras_line(5.0, 0.0)
    answer(model, data.x, data.y, epochs)
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        raise Mistake("the model is not compiled. Call model.compile(optimizer=…, loss=…) first.")
    steps = int(optimizer.iterations)
    name, rate = type(optimizer).__name__, float(optimizer.learning_rate)
    if name != "SGD":
        raise Mistake(f"another optimiser. You took {name}; plain gradient descent is keras.optimizers.SGD.")
    if not np.isclose(rate, 0.1):
        raise Mistake(f"another learning rate. It is {rate:g}, expected 0.1.")
    if not re.search("mse|mean_?squared_?error", str(getattr(model.loss, "name", model.loss)), re.IGNORECASE):
        raise Mistake(f"another loss. You took {model.loss!r:.60}; the loss of lesson 3 is 'mse'.")
    if steps == epochs * 7:
        raise Mistake(
            f"the default batch size. {epochs} epochs made {steps} steps, expected {epochs}: without batch_size, fit "
            "takes 32 examples a step. See 'Epoch is not step'."
        )
    if steps == 0:
        raise Mistake("the model is never fitted. Call model.fit(x, y, …).")
    if steps != epochs:
        raise Mistake(
            f"another number of steps. {epochs} epochs on the full batch are {epochs} steps, you made {steps}."
        )
    true = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=epochs)
    expect(
        f"{epochs} epochs, the new (w, b):", [model.w.numpy(), model.b.numpy()], [true.w[-1], true.b[-1]],
    )  # fmt: skip


@exercise("You can bring these weights back tomorrow.")
def save(answer):
    """save(model, folder) saves the weights of the model to a file in folder that load_weights reads."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            answer(_keras_line(3.0, 2.0), folder)
        except ValueError as error:
            if ".weights.h5" not in str(error) and ".keras" not in str(error):
                raise
            raise Mistake(f"wrong filename. Keras says: {str(error).split(' Received')[0]}") from None
        files = sorted(os.listdir(folder))
        weights = [file for file in files if file.endswith(".weights.h5")]
        if not files:
            raise Mistake("nothing is saved in the folder. Join the folder and a name: f'{folder}/line.weights.h5'.")
        if not weights:
            whole = "that is the whole model. " if files[0].endswith((".keras", ".h5")) else ""
            raise Mistake(f"no weights file. You wrote {files[0]}; {whole}save_weights writes the weights.")
        other = _keras_line(0.0, 0.0)
        other.load_weights(os.path.join(folder, weights[0]))
        expect("a saved line with w = 3 and b = 2, after loading:", [other.w.numpy(), other.b.numpy()], [3.0, 2.0])
