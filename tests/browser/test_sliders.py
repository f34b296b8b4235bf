"""The playgrounds in a real browser, in each widget generation that learners meet."""

import re

import pytest
from servers import Classic, Notebook7, cells, finished, open_notebook, run_one, write_notebook
from shown import HANDLE, Shown

RATE, EPOCHS, EPOCH = "learning rate", "epochs", "show epoch"


@pytest.fixture(scope="module")
def lesson_4(executed):
    """The playground of lesson 4 after Run All; the tests share it, and each begins with what it needs."""
    return Shown(executed("04.ipynb", cells("04_training_loop.ipynb")))


@pytest.fixture
def shown(lesson_4):
    """The playground of lesson 4 with rate 0.1 and about 100 epochs; afterwards nothing may be amiss."""
    lesson_4.type(RATE, "0.1")
    lesson_4.drag(EPOCHS, 0.5, moves=1)
    lesson_4.says(f"^Learning rate 0.1, epoch {lesson_4.readout(EPOCHS)} of")
    yield lesson_4
    assert lesson_4.faults() == []
    assert lesson_4.page.faults == []


def number(pattern, words):
    return float(re.search(pattern, words)[1])


def test_the_keyboard_moves_rate_and_epochs(shown, kind):
    if isinstance(kind, Notebook7):
        pytest.skip("Notebook 7 keeps the arrow keys for itself; the boxes take keys there")
    before, last = shown.pixels, int(shown.readout(EPOCHS))
    shown.press(RATE, "ArrowRight", 3)
    words = shown.says("^Learning rate 0.11")  # three steps of a fiftieth of a decade
    assert number(r"rate (\d+\.?\d*)", words) == pytest.approx(0.1 * 10**0.06, rel=1e-3)
    before = shown.redrawn(before)
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement.type") == "number"
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("ArrowLeft")
    shown.says(f"epoch {last - 1} of {last - 1}:")
    shown.redrawn(before)


def test_the_boxes_take_exact_values_by_keyboard_alone(shown):
    page, before = shown.page, shown.pixels
    shown.type(RATE, "0.3456")
    shown.says("^Learning rate 0.3456,")
    before = shown.redrawn(before)
    page.wait_for_timeout(500)  # a slider may send back what it was set to, rounded to its ticks
    shown.says("^Learning rate 0.3456,", patience=1)
    for label, typed, words in ((EPOCHS, "17", "epoch 17 of 17:"), (EPOCH, "3", "epoch 3 of 17:")):
        while page.evaluate("document.activeElement.labels?.[0]?.textContent") != label:
            page.keyboard.press("Tab")
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        shown.says(words)
        before = shown.redrawn(before)
    shown.type(EPOCH, "99")
    shown.says("epoch 17 of 17:")
    assert shown.readout(EPOCH) == "17"


def test_the_mouse_drags_rate_and_epochs_and_the_last_value_is_shown(shown):
    before, pictures = shown.pixels, shown.seen["pictures"]
    with shown.filmed() as inks:
        shown.drag(EPOCHS, 0.9, 0.2)
    assert len(inks) > 5 and min(inks) > 0.8 * max(inks), "the picture goes blank between two others"
    last = shown.readout(EPOCHS)
    shown.says(f"epoch {last} of {last}:")
    before = shown.redrawn(before)
    assert 30 < int(last) < 50
    assert shown.seen["pictures"] > pictures + 5, "it does not draw while the mouse moves"
    shown.drag(RATE, 0.3)
    tick = round((-4 + 5 * shown.place(RATE)) / 0.02)  # to one tick, as the handle is placed in whole pixels
    rates = [f"{10 ** (0.02 * near):.4g}" for near in (tick - 1, tick, tick + 1)]
    words = shown.says(f"^Learning rate ({'|'.join(rates)}), epoch {last} of")
    shown.redrawn(before)
    shown.page.wait_for_timeout(300)
    assert shown.words == words, "events were still queued after the last value was shown"


def test_presets_show_each_fate(shown):
    fates = {"too small": "Crawling", "about right": "Converged", "zig-zag": "Zig-zagging", "blows up": "Diverged"}
    shown.drag(EPOCHS, 0.05)
    limit = number(r"holds below ([\d.]+)", shown.root.text_content())
    rates, pixels = [], shown.pixels
    for name, fate in fates.items():
        shown.click(name)
        shown.says(fate)
        shown.page.wait_for_timeout(300)  # the slider must not round the rate afterwards
        words = shown.says(fate)
        rates.append(number(r"rate (\d+\.?\d*)", words) / limit)
        pixels = shown.redrawn(pixels)
    assert rates == pytest.approx([0.05, 0.5, 0.95, 1.05], rel=0.01)


def test_a_run_that_diverges_is_explained_with_its_numbers(shown):
    shown.drag(RATE, 1)
    words = shown.says("Diverged")
    assert number(r"multiplies the error by (-\d+\.\d+)", words) < -1
    assert number(r"largest rate that holds is (\d+\.?\d*)", words) == pytest.approx(0.97, abs=0.01)
    assert "leaves the picture at epoch" in words


def test_the_epochs_are_stepped_and_played(shown):
    shown.drag(EPOCHS, 0.05, moves=1)
    last = int(shown.readout(EPOCHS))
    before = shown.pixels
    shown.click("Reset")
    shown.says(f"epoch 0 of {last}: w = 5, b = 0,")
    before = shown.redrawn(before)
    shown.click("Step")
    shown.says(f"epoch 1 of {last}:")
    before = shown.redrawn(before)
    shown.click("Step back")
    shown.says(f"epoch 0 of {last}:")
    shown.redrawn(before)
    shown.drag(EPOCH, 1, moves=3)
    shown.says(f"epoch {last} of {last}:")
    shown.type(EPOCHS, "200")
    shown.says("epoch 200 of 200:")
    shown.click("Reset")
    shown.says("epoch 0 of 200:")
    named = shown.root.get_by_role("button", name="Play").count()  # else ipywidgets 7, whose icons have no name
    start, stop = (shown.root.locator(f".widget-play .fa-{icon}") for icon in ("play", "pause"))
    shown.click("Play") if named else start.click()
    shown.says("epoch 3 of 200:")
    shown.click("Play") if named else stop.click()
    shown.says(r"epoch \d of 200")
    shown.page.wait_for_timeout(200)  # what was on its way
    paused = shown.words
    shown.page.wait_for_timeout(400)
    assert shown.words == paused, "it goes on after pause"
    shown.click("Step")
    shown.says(f"epoch {number('epoch (.+?) of', paused) + 1:.0f} of 200:")


def test_a_run_is_kept_and_compared(shown):
    shown.drag(EPOCHS, 0.15)
    shown.click("about right")
    shown.says("Converged")
    alone = shown.pixels
    shown.click("Keep this run")
    shown.says("Kept run, dotted")
    shown.click("zig-zag")
    words = shown.says("Zig-zagging")
    assert number(r"Kept run.* rate (\d+\.?\d*)", words) < number(r"^Learning rate (\d+\.?\d*)", words)
    both = shown.pixels
    shown.click("Keep this run")
    shown.says(r"^((?!Kept run).)*$")
    only = shown.redrawn(both)
    assert len({alone, both, only}) == 3


def test_the_sum_instead_of_the_mean_lowers_the_limit(shown):
    shown.click("about right")
    shown.says("Converged")
    shown.click("loss: sum")
    shown.says("Diverged.* 1000 times the mean's")
    assert number(r"holds below ([\d.]+)", shown.root.text_content()) == pytest.approx(0.00097, abs=1e-5)
    shown.click("loss: mean")
    shown.says("Converged")


@pytest.mark.parametrize("width", [1280, 800])
def test_nothing_is_clipped_or_scrolls(lesson_4, kind, width):
    page = lesson_4.page
    try:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"innerWidth == {width}")
        for name in ("blows up", "about right"):  # the longest words and the usual ones
            lesson_4.click(name)
            lesson_4.says("Diverged" if name == "blows up" else "Converged")
            assert lesson_4.clipped() == []
        scrolls = """output => [...document.querySelectorAll(output)].filter(e =>
            e.closest(".output_scroll") || e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
            .map(e => e.textContent.slice(0, 60))"""
        assert page.evaluate(scrolls, kind.output) == []
    finally:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.wait_for_timeout(100)
        lesson_4.root.evaluate("root => { root.seen.heights = [] }")


def test_controls_have_names_and_the_words_are_announced(shown):
    """ipywidgets leaves the handles of sliders nameless, but each has a box with a name; and in 7 the icons of Play."""
    status = shown.root.locator("[role=status]")
    assert status.get_attribute("aria-live") == "polite"
    tree = shown.root.aria_snapshot()
    nameless = re.findall(r"^\s*- (\w+)(?: \"\W*\")?(?: \[.*?\])?:?$", tree, re.MULTILINE)  # an icon is no name
    assert {*nameless} <= {"slider", "button", "img"}, tree
    assert nameless.count("button") == shown.root.locator(".widget-play button:visible").count()
    assert re.findall(r'spinbutton "(.+?)"', tree) == [RATE, EPOCHS, EPOCH]
    for name in ("Reset", "Step back", "Step", "Keep this run", "too small", "about right", "zig-zag", "blows up"):
        assert f'button "{name}"' in tree
    assert shown.root.locator(HANDLE).count() == 3
    assert shown.root.locator(HANDLE).evaluate_all("handles => handles.every(handle => handle.tabIndex == 0)")


# ---- the sliders of the other lessons, together in one notebook ------------------------------------------------------


def picked(name, *marks):
    """Return the cells of a lesson in which one of some words occurs, in their order."""
    return [source for source in cells(name) if any(mark in source for mark in marks)]


OTHERS = [
    *picked("01_variables.ipynb", "The helpers are ready", "x = tf.constant([1.0", "TangentPlayground"),
    *picked("02_model.ipynb", "class LinearModel", "make_line_data()\nplots", "LinePlayground"),
    *picked("03_loss.ipynb", "LinePlayground"),
    *picked("05_keras.ipynb", "by_hand = train(", "class KerasLine", "def adam_step", "TrainingPlayground"),
]


@pytest.fixture(scope="module")
def others(executed):
    return executed("others.ipynb", OTHERS)


@pytest.mark.parametrize(
    ("number", "label", "key", "value", "then"),
    [
        (0, "x", "ArrowLeft", "1.9", "^At x = 1.90 the curve is at 0.39 and its slope is 2.61: rising"),
        (1, "slope w", "ArrowRight", "0.05", r"^Your line: w = 0.05, b = 0.00\.$"),
        (
            2,
            "intercept b",
            "ArrowRight",
            "0.05",
            r"^Your line: w = 0.00, b = 0.05\. Its loss is [\d.]+; the lowest",
        ),
        (3, RATE, "ArrowRight", "0.1047", "^Learning rate 0.1047, epoch 10 of 10:"),
    ],
    ids=["01-tangent", "02-line", "03-line-and-loss", "05-adam"],
)
def test_the_sliders_of_each_lesson(others, kind, number, label, key, value, then):
    shown = Shown(others, number)
    before = shown.pixels
    if isinstance(kind, Notebook7):
        shown.type(label, value)
    else:
        shown.press(label, key)
    shown.says(then)
    assert float(shown.readout(label)) == float(value)
    before = shown.redrawn(before)
    shown.drag(label, 0.3)
    shown.redrawn(before)
    assert shown.clipped() == []
    assert shown.faults() == []
    assert others.faults == []


# ---- while another cell plots and trains -----------------------------------------------------------------------------

BUSY = [
    """
from course_utils import LinearModel, make_line_data, plots, train
from course_utils.playgrounds import TrainingPlayground
data = make_line_data()
shown = TrainingPlayground(data)
shown
""",
    """
pictures, losses = set(), set()
for _ in range(200):
    run = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=3)
    picture = plots.loss_curve(run)
    picture.figure.set_dpi(50)  # small and without a layout, for the sake of time
    picture.figure.set_layout_engine("none")
    pictures.add(picture.png())
    losses.add(run.loss.tobytes())
print("pictures", len(pictures), "losses", len(losses))
""",
    """
same = TrainingPlayground(data)
same.epochs.value = shown.epochs.value
same.learning_rate.value = shown.learning_rate.value
print("the same", same.summary == shown.summary, same.png == shown.png)
""",
]


def test_sliders_move_while_another_cell_plots_and_trains(kind, server, new_page):
    address, folder = server
    write_notebook(folder / "busy.ipynb", BUSY)
    page = new_page()
    open_notebook(page, kind, address, "busy.ipynb")
    run_one(page, kind, 0)
    finished(page, kind, 1)
    shown = Shown(page)
    run_one(page, kind, 1)
    busy = page.locator(kind.prompt).nth(1)
    while re.search(r"\[\*\]|\[ \]:?$", busy.text_content()):
        shown.drag(EPOCHS, 0.2, 0.1, moves=4)
        shown.drag(RATE, 0.3, 0.6, moves=4)
    finished(page, kind, 2)
    while_busy = shown.seen["summaries"]
    shown.drag(RATE, 0.5)
    shown.drag(EPOCHS, 0.3)
    last = shown.readout(EPOCHS)
    shown.says(f"epoch {last} of {last}:")
    run_one(page, kind, 2)
    finished(page, kind, 3)
    text = page.locator(kind.panel).first.text_content()
    assert "pictures 1 losses 1" in text
    assert "the same True True" in text
    assert "Traceback" not in text
    assert shown.faults() == []
    assert page.faults == []
    if not isinstance(kind, Classic):  # callbacks come on a thread of their own, between two pictures of the cell
        assert len(while_busy) > 3
