"""What all playgrounds share, and those of the tangent and of the line by hand."""

import base64
import io
import json
import math
import re
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np
import pytest
import tensorflow as tf
from hinges import Hinges, bent, step
from PIL import Image

from course_utils import LineData, make_line_data, mean_squared_error, picture, train_step
from course_utils.bowl import best_fit
from course_utils.playgrounds import (
    BatchPlayground,
    DevicesPlayground,
    HingePlayground,
    HingesByHandPlayground,
    LinePlayground,
    RacePlayground,
    TangentPlayground,
    TrainingPlayground,
)
from course_utils.playgrounds.screen import Screen

pytestmark = pytest.mark.filterwarnings("error")

EACH = {
    "tangent": (lambda data: TangentPlayground(tf.square), "x", 2.0),
    "line": (lambda data: LinePlayground(data), "w", 3.0),
    "line and loss": (lambda data: LinePlayground(data, loss=True), "b", 1.0),
    "hinges by hand": (lambda data: HingesByHandPlayground(data), "w1", 2.0),
    "training": (lambda data: TrainingPlayground(data), "epochs", 4),
    "race": (lambda data: RacePlayground(data, {"plain": train_step}), "epoch", 40),
    "batches": (lambda data: BatchPlayground(data), "step", 40),
}


def parts(widget):
    """Yield a widget and all that is inside it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from parts(child)


@pytest.fixture(scope="module", params=EACH.values(), ids=EACH)
def each(request, data):
    make, slider, value = request.param
    playground = make(data)
    return playground, getattr(playground, slider), value


def test_what_moves_was_drawn_after_what_stands_so_that_it_lies_over_it_in_the_browser_too(each):
    frames = each[0]._frames
    for ax in frames._figure.axes:
        moves = [line in frames._moving for line in ax.lines]
        assert moves == sorted(moves), ax.get_title(loc="left")


@pytest.mark.thorough
def test_a_moved_slider_changes_picture_and_words_and_back(each, image):
    playground, slider, value = each
    first, png, summary = slider.value, playground.png, playground.summary
    slider.value = value
    assert playground.png != png and playground.summary != summary
    assert image(playground.png).size == image(png).size
    slider.value = first
    assert (playground.png, playground.summary) == (png, summary)


@pytest.mark.thorough
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


def test_until_the_browser_draws_the_kernel_shows_frames_and_announces_the_words(each):
    playground, slider, value = each
    [shown] = [one for one in parts(playground.widget) if isinstance(one, widgets.HTML) and "status" in one.value]
    [image] = [one for one in parts(playground.widget) if isinstance(one, widgets.Image)]
    assert bytes(image.value) == playground.png and playground.summary in shown.value
    first, slider.value = slider.value, value
    assert bytes(image.value) == playground.png and playground.summary in shown.value
    slider.value = first


@pytest.mark.parametrize("name, shown", [("training", "epoch"), ("race", "epoch"), ("batches", "step")])
def test_play_moves_what_is_shown(name, shown, data):
    playground = EACH[name][0](data)
    playground.play.value = 3  # as the play button does
    assert getattr(playground, shown).value == 3


@pytest.mark.thorough
@pytest.mark.parametrize(("make", "slider", "value"), EACH.values(), ids=EACH)
def test_once_the_browser_draws_the_kernel_draws_no_frame(make, slider, value, data, monkeypatch):
    playground = make(data)
    assert playground.screen not in parts(playground.widget)
    playground._hear({"loads": True})
    playground._hear({"draws": True})
    assert playground.widget.children == (playground.screen,)
    monkeypatch.setattr(playground._frames, "png", lambda: pytest.fail("a frame was drawn"))
    getattr(playground, slider).value = value


def test_whoever_looks_or_changes_something_waits_for_the_one_who_works(each):
    playground, slider, _ = each
    playground._pieces = pieces = iter(())
    asks = [lambda: playground.png, lambda: playground.summary, lambda: playground._set(slider, value=slider.value)]
    asks += [lambda: playground._go_on(pieces)]
    if isinstance(playground, TrainingPlayground):
        asks += [lambda: playground.history, lambda: playground._hear({"row": [0.1], "epochs": 7})]
        asks += [lambda: playground._take_rate(0.1)]
    with ThreadPoolExecutor(len(asks)) as pool:
        with playground._lock:
            asked = [pool.submit(ask) for ask in asks]
            assert not wait(asked, timeout=0.3).done
        assert [one.exception(timeout=60) for one in asked] == [None] * len(asks)


def test_who_moves_a_slider_while_a_playground_sets_another_is_answered_afterwards(each):
    playground, slider, value = each
    first, summary = slider.value, playground.summary
    with ThreadPoolExecutor(1) as pool:
        with playground._lock:
            playground._quiet = True  # as while it sets one
            moved = pool.submit(setattr, slider, "value", value)
            assert not wait([moved], timeout=0.3).done
            playground._quiet = False
        moved.result(timeout=60)
    assert playground.summary != summary
    slider.value = first


ALL = EACH | {
    "devices": (lambda data: DevicesPlayground(data, lambda model, x, y, count: (1.0, [1.0, 1.0])),),
    "hinges": (lambda data: HingePlayground(Hinges, bent, step),),
}
each_of_all = pytest.mark.parametrize("make", [make for make, *_ in ALL.values()], ids=ALL)


# What the browser reads of each geometry, which it must have, and what else it may have.
PARTS = {
    "points": ({"x", "y"}, set()),
    "line": ({"x", "slope", "intercept"}, set()),
    "dot": ({"x", "y"}, set()),
    "curve": ({"x", "y"}, set()),
    "trace": ({"y"}, {"x"}),
    "path": ({"x", "y"}, set()),
    "hinges": ({"x", "w", "b", "a"}, {"c", "only"}),
}
LOOKS = {"geometry", "label", "line", "marker", "marks", "size", "when", "kept"}


@each_of_all
def test_what_moves_names_what_the_browser_reads(make, data):
    for item in [item for view in make(data).screen.scene["views"] for item in view["items"]]:
        must, may = PARTS[item["geometry"]]
        assert must <= set(item) <= must | may | LOOKS and set(item) & {"line", "marks"}


@each_of_all
def test_a_legend_is_one_row_and_on_a_projector_a_higher_figure_has_room_for_more(make, data):
    heights = []
    for large in (False, True):
        picture.present(large)
        try:
            figure = make(data)._frames._figure
        finally:
            picture.present(False)
        figure.canvas.draw()
        heights.append(figure.bbox.height)
        for legend in figure.legends:
            box, names = legend.get_window_extent(), [text.get_window_extent() for text in legend.get_texts()]
            assert box.x0 > 0 and box.x1 < figure.bbox.width
            assert large or len({round(name.y0) for name in names}) == 1
    assert heights[1] > heights[0] or not figure.legends


def test_colab_is_given_leave_to_load_the_screen_once_it_shows_plain_sliders(data, monkeypatch):
    """It loads a module only where the output's metadata says so, and only of widgets that it shows."""
    view, later = "application/vnd.jupyter.widget-view+json", []
    playground = LinePlayground(data)
    assert view not in playground._repr_mimebundle_()[1] and playground.widget._view_count is None
    monkeypatch.setattr(Screen, "_repr_mimebundle_", lambda self: ({}, {view: {"colab": "its leave"}}))
    call_later = SimpleNamespace(
        call_soon_threadsafe=lambda call, *rest: call(*rest), call_later=lambda *c: later.append(c)
    )
    monkeypatch.setattr(playground, "_loop", call_later)
    for _ in range(2):  # it may be shown in two cells
        _, metadata = playground._repr_mimebundle_()
        assert metadata[view] == {"colab": "its leave"} and metadata["image/png"]["alt"] == playground.summary
        assert playground.screen not in parts(playground.widget)  # what is shown first has no part that may fail
    for count in (1, 2):
        playground.widget._view_count = count
        assert playground.screen in parts(playground.widget) and len(playground.widget.children) == 2
        [(_, take_back)] = later
        later.clear()
        if count == 1:  # the code did not come: what is shown anew has no such part again
            take_back()
            assert playground.screen not in parts(playground.widget)
    playground._hear({"loads": True})
    take_back()
    assert playground.screen in parts(playground.widget) and len(playground.widget.children) == 1


def test_its_scene_is_json_that_names_every_control_and_shows_no_address(each):
    playground, *_ = each
    text = json.dumps(playground.screen.scene, allow_nan=False)
    assert "nan" not in text.lower().replace("announce", "")
    for control in playground.screen.scene["controls"]:
        if "options" in control:
            assert f'role="radiogroup" aria-label="{control["name"]}"' in control["html"]
        else:
            assert f"<label>{control['name']}</label>" in control["html"]
            assert f'aria-label="exact {control["name"]}"' in control["html"]
        assert control["id"] in playground.screen.sliders
    assert playground.screen.scene["name"] and playground.screen.scene["words"]


# What each names in its pictures: the key below them, and of each its title and its axes.
NAMED = {
    "tangent": ("the curve, its tangent at x", [("A curve and its tangent", "x", "y")]),
    "line": ("your line", [("Data and your line", "x", "y")]),
    "line and loss": ("your line", [("Data and your line", "x", "y"), ("Its loss: bluer is higher", "w", "b")]),
    "hinges by hand": ("true line, hinge 1, hinge 2, their sum, and c", [("Two hinges and their sum", "x", "y")]),
    "training": (
        "true line, before, after, ★ best fit, ■ start, ● path, best possible, loss",
        [("The line", "x", "y"), ("Its path in the bowl", "w", "b"), ("The loss", "epoch", "mean squared error")],
    ),
    "race": (
        "★ best fit, ■ start, best line, plain",
        [("Raw data", "w", "b"), ("Standardised data", "w", "b"), ("Their loss", "epoch", "root of the loss")],
    ),
    "batches": (
        "★ best fit, ■ start, ● 10 batches, all examples, path, best line",
        [("Where batches lead, and a run", "w", "b"), ("Loss of all examples", "step", "mean squared error")],
    ),
    "devices": (
        "joined, ● device 1, ■ device 2, ◆ device 3, ★ device 4, ★ best fit, one device",
        [
            ("The gradients, one after the other", "slope along w", "slope along b"),
            ("Its path in the bowl", "w", "b"),
            ("The reported loss", "step", "loss"),
        ],
    ),
    "hinges": (
        "without noise, ● training data, the model, training loss, validation loss",
        [
            ("The model", "x", "y"),
            ("Each of its hinges", "x", "a · relu(w·x + b)"),
            ("Both losses", "epoch", "mean squared error"),
        ],
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_all_that_is_drawn_has_its_name(name, data):
    key, views = NAMED[name]
    scene = ALL[name][0](data).screen.scene
    marks = re.findall("(?:>(.)</text>)?</svg>(.*?)</span>", scene["legend"])
    assert ", ".join(f"{mark} {words}".strip() for mark, words in marks) == key
    assert [(view["title"], view["x"]["name"], view["y"]["name"]) for view in scene["views"]] == views


@pytest.mark.parametrize(
    ("name", "square"), [("line and loss", [False, True]), ("race", [True, True, False]), ("batches", [True, False])]
)
def test_a_bowl_is_square_and_what_has_two_units_is_not(name, square, data):
    views = EACH[name][0](data).screen.scene["views"]
    assert [view["square"] for view in views] == square


def test_what_is_drawn_of_many_dots_or_areas_is_a_small_picture_with_a_transparent_ground(data):
    shown = TrainingPlayground(data).screen
    views, pngs = shown.scene["views"], shown.stills
    dots, bowl = (Image.open(io.BytesIO(pngs[view["still"]])).convert("RGBA") for view in views[:2])
    assert dots.size == (528, 468) and bowl.size == (468, 468)  # two dots a pixel; a bowl is square
    assert "still" not in views[2] and all(len(png) < 30_000 for png in pngs)
    assert 0.02 < (np.asarray(dots)[..., 3] > 0).mean() < 0.3  # some dots, and else nothing


# ---- tangent --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("x, slope, way", [(2, 4, "rising"), (0, 0, "flat here"), (-1, -2, "falling")])
def test_tangent_reads_the_slope_of_the_tape(x, slope, way):
    playground = TangentPlayground(tf.square, x=x)
    assert playground.slope == pytest.approx(slope)
    assert f"at {x**2:.2f} and its slope is {slope:.2f}: {way}" in playground.summary


def test_the_tangent_lies_on_a_curve_that_is_in_the_picture(image):
    playground = TangentPlayground(lambda x: tf.square(x) + 20, x=1.5)
    assert playground.slope == pytest.approx(3.0)
    blue = np.all(np.abs(np.array(image(playground.png), int) - [0, 114, 178]) < 12, axis=2)
    assert blue.any(axis=0).mean() > 0.5  # the curve spans most of the columns


@pytest.mark.thorough
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(
    "function, x, words",
    [
        (tf.sqrt, -1.0, "At x = -1.00 the function has no value: TensorFlow gives nan."),
        (tf.sqrt, 0.0, "At x = 0.00 the curve is at 0.00; it has no slope there: the tape gives inf."),
        (tf.round, 1.2, "At x = 1.20 the curve is at 1.00; it has no slope there: the tape gives None."),
        (lambda x: 1 / x, 0.0, "At x = 0.00 the function has no value: TensorFlow gives inf."),
        (lambda x: tf.constant(2.0), 1.0, "At x = 1.00 the curve is at 2.00; it has no slope there: the tape gives"),
        (lambda x: 7.0, 1.0, "At x = 1.00 the curve is at 7.00; it has no slope there: the tape gives None."),
        (tf.abs, 0.0, "At x = 0.00 the curve is at 0.00 and its slope is 0.00: flat here."),
        (lambda x: 1e9 * x, 1.0, "its slope is 1000000000.00: rising"),
    ],
)
def test_tangent_tells_the_truth_of_any_function(function, x, words, image):
    playground = TangentPlayground(function, x=x)
    assert words in playground.summary
    image(playground.png)
    for row in playground.screen.scene["rows"]:
        assert row[1]["columns"]["words"][0].startswith("At x = ")


def test_tangent_shows_a_pole_without_losing_the_rest():
    [view] = TangentPlayground(lambda x: 1 / (x - 0.001)).screen.scene["views"]
    assert view["y"]["high"] < 60  # and not 6000


def test_an_axis_names_its_ends_where_these_are_round():
    [view] = TangentPlayground(tf.square, low=-2, high=3).screen.scene["views"]
    assert view["x"]["ticks"] == [[place, f"{place}".replace("-", "−")] for place in range(-2, 4)]


@pytest.mark.thorough
def test_every_stop_of_the_tangent_says_what_the_kernel_says_there():
    playground = TangentPlayground(lambda x: x**3 / 3 - x)
    for [x], row in playground.screen.scene["rows"]:
        playground.x.value = x
        assert row["columns"]["words"] == [playground.summary]


def test_the_slider_of_the_tangent_stops_where_the_screen_does():
    playground = TangentPlayground(tf.square, low=-1, high=4)
    [control] = playground.screen.scene["controls"]
    slider = playground.x
    stops = np.linspace(slider.min, slider.max, round((slider.max - slider.min) / slider.step) + 1)
    np.testing.assert_allclose(control["stops"], stops, atol=1e-6)


@pytest.mark.parametrize(
    "ends", [dict(low=1, high=1), dict(low=2, high=1), dict(low=math.nan), dict(high="3"), dict(x=math.inf)]
)
def test_bad_ends_raise(ends):
    with pytest.raises((ValueError, TypeError), match=f"{'high' if 'high' in ends else next(iter(ends))} must be "):
        TangentPlayground(tf.square, **ends)


@pytest.mark.parametrize(
    "function, got",
    [(5, "5"), ("square", "'square'"), (lambda x: None, "None"), (lambda x: "x", "'x'"), (lambda x: x[:3], "<tf")],
)
def test_what_is_no_function_of_x_raises(function, got):
    with pytest.raises(TypeError, match=f"^function must (be a function of x|give a number for each x), got {got}"):
        TangentPlayground(function)


# ---- the line by hand -----------------------------------------------------------------------------------------


def test_line_states_the_loss_of_the_line_that_is_shown(data):
    playground = LinePlayground(data, loss=True)
    playground.w.value, playground.b.value = 5, 0
    loss = float(mean_squared_error(data.y, 5 * data.x))
    assert playground.loss == pytest.approx(loss)
    assert f"Its loss is {loss:.3f}; the lowest possible on these data is 1.042" in playground.summary


@pytest.mark.thorough
@pytest.mark.parametrize("w, b", [(20, -3), (0.001, 400), (-1e4, 3), (3, 2), (0, 0)])
def test_any_data_can_be_fitted_with_the_sliders(w, b):
    data = make_line_data(w, b, examples=50)
    playground = LinePlayground(data, loss=True)
    best_w, best_b, lowest = best_fit(data.x, data.y)
    for slider, best in ((playground.w, best_w), (playground.b, best_b)):
        assert slider.min < best < slider.max and slider.min <= 0 <= slider.max
        slider.value = best
    assert playground.loss == pytest.approx(lowest, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("w, b", [(15.0, -40.0), (1e5, 0.0)])
def test_the_line_starts_where_it_is_asked_to(w, b, data):
    playground = LinePlayground(data, w=w, b=b)
    assert (playground.w.value, playground.b.value) == (w, b)
    assert playground.summary == f"Your line: w = {w:.2f}, b = {b:.2f}."


def test_the_true_line_and_the_best_fit_are_not_given_away(data):
    scene = LinePlayground(data, loss=True).screen.scene
    items = [item for view in scene["views"] for item in view["items"]]
    assert [item["geometry"] for item in items] == ["line", "dot"]


@pytest.mark.parametrize("Playground", [TrainingPlayground, LinePlayground])
def test_bad_data_raise(Playground):
    good = make_line_data(examples=3)
    bad = LineData(good.x, tf.constant([1.0, 2.0, np.nan]), 3.0, 2.0, 1.0)
    with pytest.raises(ValueError, match="y must be finite, got nan in 1 of 3 places"):
        Playground(bad)


def replica_step(model, x, y, count):
    return None


VIEWS = [
    (LinePlayground, ["Data and your line: y over x", "Its loss: bluer is higher: b over w"]),
    (
        TrainingPlayground,
        ["The line: y over x", "Its path in the bowl: b over w", "The loss: mean squared error over epoch"],
    ),
    (
        BatchPlayground,
        ["Where batches lead, and a run: b over w", "Loss of all examples: mean squared error over step"],
    ),
    (HingesByHandPlayground, ["Two hinges and their sum: y over x"]),
    (
        partial(RacePlayground, steps={"plain": train_step}),
        ["Raw data: b over w", "Standardised data: b over w", "Their loss: root of the loss over epoch"],
    ),
    (
        partial(DevicesPlayground, replica_step=replica_step),
        [
            "The gradients, one after the other: slope along b over slope along w",
            "Its path in the bowl: b over w",
            "The reported loss: loss over step",
        ],
    ),
]


@pytest.mark.parametrize("Playground, views", VIEWS)
def test_pictures_say_what_they_show(Playground, views):
    more = {"loss": True} if Playground is LinePlayground else {}
    shown = Playground(make_line_data(examples=40), **more).screen.scene["views"]
    assert [f"{view['title']}: {view['y']['name']} over {view['x']['name']}" for view in shown] == views
    assert all(view[axis]["low"] < view[axis]["high"] for view in shown for axis in "xy")


OF_DATA = [
    *(TrainingPlayground, LinePlayground, HingesByHandPlayground, BatchPlayground),
    *(partial(RacePlayground, steps={"plain": train_step}), partial(DevicesPlayground, replica_step=replica_step)),
]


@pytest.mark.parametrize("data, got", [(5, "int"), (None, "NoneType"), (tf.ones(9), "EagerTensor"), (LineData, "type")])
@pytest.mark.parametrize("Playground", OF_DATA)
def test_what_is_no_data_raises(Playground, data, got):
    with pytest.raises(TypeError, match=f"^data must be a LineData, with x and y, got {got}$"):
        Playground(data)


@pytest.mark.parametrize("start", [dict(w=math.nan), dict(b="2")])
def test_a_line_that_is_no_line_raises(start, data):
    with pytest.raises((ValueError, TypeError), match=f"{next(iter(start))} must be a finite number"):
        LinePlayground(data, **start)
