"""The playgrounds in a real browser, in each front end that learners meet."""

import re

import pytest
from servers import asked, cells, finished, run_first, run_one
from shown import Shown

RATE, EPOCHS, EPOCH = "learning rate", "epochs", "show epoch"
PLAYGROUND = [
    "from course_utils import LinearModel, make_line_data, plots, train\n"
    "from course_utils.playgrounds import LinePlayground, TangentPlayground, TrainingPlayground\n"
    "data = make_line_data()\nshown = TrainingPlayground(data)\nshown"
]


@pytest.fixture(scope="module")
def playground(executed):
    """A training playground; the tests share it, and each begins with what it needs."""
    return Shown(executed("playground.ipynb", PLAYGROUND))


@pytest.fixture
def shown(playground):
    """The playground with rate 0.1 and 10 epochs, its table there; afterwards nothing may be amiss."""
    playground.has_table()
    playground.type(RATE, "0.1")
    playground.type(EPOCHS, "10")
    playground.says("^Learning rate 0.1, epoch 10 of 10:")
    yield playground
    assert playground.faults() == []
    assert playground.page.faults == []


def number(pattern, words):
    return float(re.search(pattern, words)[1])


def test_the_keyboard_moves_rate_and_epochs(shown):
    before = shown.picture
    shown.press(RATE, "ArrowRight", 3)
    assert shown.words.startswith("Learning rate 0.1148,")  # three steps of a fiftieth of a decade, at once
    assert shown.picture != before
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement.type") == "number"
    shown.press(EPOCHS, "ArrowLeft")
    assert "epoch 9 of 9:" in shown.words
    shown.press(EPOCHS, "End")
    assert "epoch 200 of 200:" in shown.words
    shown.press(EPOCHS, "Home")
    assert "epoch 0 of 0:" in shown.words


def test_the_boxes_take_exact_values_by_keyboard_alone(shown):
    shown.type(RATE, "0.3456")
    shown.says("^Learning rate 0.3456,")
    shown.page.wait_for_timeout(600)  # a slider may send back what it was set to, rounded to its ticks
    assert shown.words.startswith("Learning rate 0.3456,")
    for label, typed, words in ((EPOCHS, "17", "epoch 17 of 17:"), (EPOCH, "3", "epoch 3 of 17:")):
        shown.type(label, typed)
        shown.says(words)
    for typed, rate in (("-5", "0.0001"), ("1e9", "10"), ("", "10")):
        shown.type(RATE, typed)
        shown.says(f"^Learning rate {rate},")
    shown.type(EPOCHS, "2.6")
    shown.says("epoch 3 of 3:")
    assert shown.box(EPOCHS).input_value() == "3"


def test_the_mouse_drags_and_the_last_value_is_shown(shown):
    pictures = shown.seen["pictures"]
    shown.drag(EPOCHS, 0.9, 0.2)
    last = int(shown.slider(EPOCHS).input_value())
    assert 30 < last < 50 and f"epoch {last} of {last}:" in shown.words
    assert shown.seen["pictures"] > pictures + 20, "it does not draw while the mouse moves"
    shown.drag(RATE, 0.3)
    words = shown.words
    assert number(r"rate (\d+\.?\d*)", words) == pytest.approx(10 ** (-4 + 5 * 0.3), rel=0.1)
    shown.page.wait_for_timeout(700)
    assert shown.words == words, "something was still queued after the last value was shown"


@pytest.mark.parametrize("back", [4, 10])  # epoch 6 is where the kernel's slider stands already
def test_the_kernel_knows_where_the_sliders_rest(back, shown, kind):
    shown.type(EPOCH, "6")
    shown.page.wait_for_timeout(1500)
    shown.drag(RATE, 0.7)
    shown.press(EPOCHS, "ArrowRight", 6)
    shown.press(EPOCH, "ArrowLeft", back)
    shown.page.wait_for_timeout(1500)
    words = shown.words
    assert asked(shown.page, "print(shown.summary)").strip() == words


# Moves a slider once what rested before is told; returns how often the page sent meanwhile and how often afterwards,
# and the longest time between two moves, in ms: a slider that stands still for 200 rests.
HURRY = """async slider => {
    const pause = time => new Promise(done => setTimeout(done, time))
    const send = WebSocket.prototype.send
    let sent = 0, longest = 0
    await pause(600)
    WebSocket.prototype.send = function (...data) { sent++; return send.apply(this, data) }
    for (let place = 20, last = performance.now(); place < 220; place += 2) {
        slider.value = place
        slider.dispatchEvent(new Event("input", {bubbles: true}))
        await pause(10)
        longest = Math.max(longest, performance.now() - last)
        last = performance.now()
    }
    const meanwhile = sent
    await pause(800)
    WebSocket.prototype.send = send
    return {meanwhile, afterwards: sent - meanwhile, longest}
}"""


def test_nothing_is_sent_while_the_table_serves(shown):
    for _ in range(5):  # a page that is held up has rested, and tells so
        seen = shown.slider(RATE).evaluate(HURRY)
        if seen["longest"] < 200:
            break
    assert seen["longest"] < 200 and seen["meanwhile"] == 0
    assert seen["afterwards"], "it never told where it rests, so nothing was counted"


def test_what_is_being_typed_stays_whatever_comes_meanwhile(shown):
    shown.box(RATE).fill("0.31")  # a rate that no row has: the kernel answers while the next box is filled in
    shown.box(EPOCHS).fill("1")
    shown.says("^Learning rate 0.31, epoch 10 of 10:")
    shown.page.wait_for_timeout(600)
    shown.page.keyboard.type("7")
    shown.page.keyboard.press("Tab")
    shown.says("^Learning rate 0.31, epoch 17 of 17:")
    shown.box(EPOCHS).fill("")
    shown.page.keyboard.press("Tab")
    assert shown.box(EPOCHS).input_value() == "17", "an empty box stands for nothing new"


def test_a_run_that_goes_far_away_is_drawn_near_the_plots_alone(shown):
    shown.type("learning rate", "10")
    shown.type("epochs", "40")
    shown.says("^Learning rate 10,.*Diverged")
    keep = shown.root.get_by_role("button", name="keep")
    keep.click()
    shown.press("learning rate", "PageDown")
    far = shown.root.evaluate("""root => [...root.querySelectorAll("svg.plot")].flatMap(plot => {
        const most = 3 * Math.max(plot.width.baseVal.value, plot.height.baseVal.value)
        const texts = [...plot.querySelectorAll("path[stroke-dasharray]")].map(path => path.getAttribute("d"))
        return texts.flatMap(text => text?.match(/-?[\\d.]+/g) ?? []).filter(number => Math.abs(number) > most)
    })""")
    assert far == [], "a browser draws every dash of it, seen or not"
    kept = shown.root.locator("path[stroke-dasharray]").all()
    assert any(path.get_attribute("d") for path in kept), "the run that was kept is drawn"
    keep.click()


def test_presets_show_each_fate(shown):
    fates = {"too small": "Crawling", "about right": "Converged", "zig-zag": "Zig-zagging", "blows up": "Diverged"}
    limit, rates = number(r"holds below ([\d.]+)", shown.root.text_content()), []
    for name, fate in fates.items():
        before = shown.picture
        shown.click(name)
        words = shown.says(fate)
        rates.append(number(r"rate (\d+\.?\d*)", words) / limit)
        assert shown.picture != before
    assert rates == pytest.approx([0.05, 0.5, 0.95, 1.05], rel=0.01)


def test_the_limit_is_a_mark_on_the_slider(shown):
    shown.type(RATE, "0.97")
    shown.says("^Learning rate 0.97,")
    mark, slider = shown.root.locator(".mark").bounding_box(), shown.slider(RATE).bounding_box()
    share = shown.slider(RATE).evaluate("e => (e.value - e.min) / (e.max - e.min)")
    assert mark["x"] + mark["width"] == pytest.approx(slider["x"] + 8 + share * (slider["width"] - 16), abs=3)


def test_a_run_that_diverges_is_explained_with_its_numbers(shown):
    shown.press(RATE, "End")
    words = shown.words
    assert number(r"multiplies the error by (-\d+\.\d+)", words) < -1
    assert number(r"largest rate that holds is (\d+\.?\d*)", words) == pytest.approx(0.97, abs=0.01)
    assert "leaves the picture at epoch" in words


def test_the_epochs_are_stepped_and_played(shown):
    shown.click("Reset")
    assert "epoch 0 of 10: w = 5, b = 0," in shown.words
    shown.click("Step")
    assert "epoch 1 of 10:" in shown.words
    shown.click("Step back")
    assert "epoch 0 of 10:" in shown.words
    shown.press(EPOCH, "End")
    assert "epoch 10 of 10:" in shown.words
    shown.type(EPOCHS, "200")
    shown.says("epoch 200 of 200:")
    shown.click("Play")
    shown.says("epoch 3 of 200:")
    shown.click("Play")
    paused = shown.words
    shown.page.wait_for_timeout(500)
    assert shown.words == paused, "it goes on after pause"
    shown.click("Step")
    assert f"epoch {number('epoch (.+?) of', paused) + 1:.0f} of 200:" in shown.words


def test_a_run_is_kept_and_compared(shown):
    shown.click("about right")
    alone = shown.picture
    shown.click("Keep this run")
    assert re.search(r"Kept, dotted: learning rate 0.485, 10 epochs, loss 1\.04\d\.$", shown.words)
    shown.click("zig-zag")
    assert "Kept, dotted" in shown.says("Zig-zagging")
    both = shown.picture
    shown.click("Keep this run")
    assert "Kept" not in shown.words and len({alone, both, shown.picture}) == 3


def test_controls_have_names_and_the_words_are_announced(shown):
    tree = shown.root.aria_snapshot()
    assert re.findall(r'slider "(.+?)"', tree) == [RATE, EPOCHS, EPOCH]
    assert re.findall(r'spinbutton "(.+?)"', tree) == [f"exact {name}" for name in (RATE, EPOCHS, EPOCH)]
    for name in ("Play", "Reset", "Step back", "Step", "Keep this run", "too small", "zig-zag", "blows up"):
        assert f'button "{name}"' in tree
    assert shown.root.get_by_role("img", name="A line in training, its path in the bowl, and its loss").count() == 1
    assert re.search('- status: "?Learning rate 0.1, epoch 10 of 10', tree)
    assert shown.root.locator("svg:not([aria-hidden=true]):not(svg svg):not(.legend svg)").count() == 0
    assert shown.slider(RATE).get_attribute("aria-valuetext") == "0.1"


@pytest.mark.parametrize(("width", "columns"), [(1280, 3), (800, 2), (420, 1)])
def test_nothing_sticks_out_and_the_views_stack(shown, width, columns):
    try:
        shown.resize(width)
        for name in ("blows up", "about right"):  # the longest words and the usual ones
            shown.click(name)
            assert shown.clipped() == []
        lefts = {round(view.bounding_box()["x"]) for view in shown.root.locator(".views > svg").all()}
        assert len(lefts) <= columns
        height = "all => all.map(e => e.getBoundingClientRect().height)"
        sizes = shown.root.locator(".axes text.end").evaluate_all(height)
        assert min(sizes) > 8, "numbers too small to read"
    finally:
        shown.resize(1280)


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)  # it is about JupyterLab's frame
def test_in_jupyterlab_all_is_seen_at_once(shown, kind):
    try:
        shown.resize(1280, 720)
        shown.root.evaluate("root => root.scrollIntoView({block: 'end'})")
        shown.rest()
        for part in (shown.slider(RATE), shown.root.locator(".views"), shown.root.get_by_role("status")):
            box = part.bounding_box()
            assert box["y"] > 80 and box["y"] + box["height"] < 700
    finally:
        shown.resize(1280)


# ---- the sliders of the other lessons, together in one notebook ------------------------------------------------------


def picked(name, *marks):
    """Return the cells of a lesson in which one of some words occurs, in their order."""
    return [source for source in cells(name) if any(mark in source for mark in marks)]


OTHERS = [
    "import tensorflow as tf\nfrom course_utils import LinearModel, make_line_data, train_step, mean_squared_error\n"
    "from course_utils.playgrounds import *\ndata = make_line_data()",
    "TangentPlayground(lambda x: x**3 / 3 - x, x=2.0)",
    "LinePlayground(data)",
    "LinePlayground(data, loss=True)",
    *picked("05_keras.ipynb", "by_hand = train(", "class KerasLine", "def adam_step"),
    "adam = TrainingPlayground(data, model=KerasLine(), step=adam_step)\nadam",
    "velocity = [0.0, 0.0]\ndef momentum(model, x, y, rate):\n    with tf.GradientTape() as tape:\n"
    "        loss = mean_squared_error(y, model(x))\n"
    "    for k, gradient in enumerate(tape.gradient(loss, [model.w, model.b])):\n"
    "        velocity[k] = 0.9 * velocity[k] + gradient\n"
    "        (model.w, model.b)[k].assign_sub(rate * velocity[k])\n    return loss\n"
    "TrainingPlayground(data, step=momentum)",
]
GUARDED = [
    OTHERS[0],
    "def guarded(model, x, y, rate):\n    loss = train_step(model, x, y, rate)\n"
    "    tf.debugging.assert_less(loss, 1e12, 'too large')\n    return loss\n"
    "TrainingPlayground(data, step=guarded)",
]


@pytest.fixture(scope="module")
def others(executed):
    return executed("others.ipynb", OTHERS)


@pytest.mark.parametrize(
    ("number", "label", "key", "then"),
    [
        (0, "x", "ArrowLeft", r"^At x = 1\.95 the curve is at 0\.52 and its slope is 2\.80: rising"),
        (1, "slope w", "ArrowRight", r"^Your line: w = 0\.05, b = 0\.00\.$"),
        (2, "intercept b", "ArrowRight", r"^Your line: w = 0\.00, b = 0\.05\. Its loss is [\d.]+; the lowest"),
        (3, RATE, "ArrowRight", "^Learning rate 0.1047, epoch 10 of 10:"),
        (
            4,
            RATE,
            "ArrowRight",
            r"^Learning rate 0\.1047, epoch 10 of 10:.*Run eagerly: the step keeps state in Python",
        ),
    ],
    ids=["tangent", "line", "line-and-loss", "adam", "momentum"],
)
def test_each_playground_follows_keys_and_mouse(others, number, label, key, then):
    shown = Shown(others, number)
    before = shown.picture
    shown.press(label, key)
    shown.says(then)
    assert shown.picture != before
    before, words = shown.picture, shown.words
    shown.drag(label, 0.3)
    shown.page.wait_for_function(
        "([root, words]) => root.textContent != words", arg=[shown.root.element_handle(), words]
    )
    assert shown.clipped() == []
    assert shown.faults() == []
    assert others.faults == []


def test_an_exact_x_between_two_stops_is_the_kernels(others):
    shown = Shown(others, 0)
    shown.type("x", "1.234")
    shown.says(r"^At x = 1\.23 the curve is at -0\.61 and its slope is 0\.52: rising")


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)
def test_an_error_at_some_rates_is_told_there_and_nowhere_else(executed):
    shown = Shown(executed("guarded.ipynb", GUARDED))
    shown.has_table(200)  # the others raise
    shown.press(EPOCHS, "End")
    shown.says("epoch 200 of 200:")
    shown.type(RATE, "9")
    shown.says("^Your step raised InvalidArgumentError: too large. Line 3 of its cell: tf.debugging.assert_less")
    assert shown.box(EPOCH).input_value() == "200"
    shown.type(RATE, "0.1")
    shown.says("^Learning rate 0.1, epoch 200 of 200:")
    shown.press(RATE, "ArrowRight")
    shown.says("^Learning rate 0.1047, epoch 200 of 200:")
    assert shown.faults() == [] and shown.page.faults == []


SLOW = [
    OTHERS[0],
    "import time\nrates = []\ndef slow(model, x, y, rate):\n    rates.append(rate)\n"
    "    time.sleep(0.5 if rate > 0.1 else 0)\n    return train_step(model, x, y, rate)\n"
    "TrainingPlayground(data, step=slow)",
]


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)
def test_an_answer_that_comes_late_is_shown_where_nothing_else_was_chosen_since(executed):
    shown = Shown(executed("slow.ipynb", SLOW))
    shown.press(RATE, "ArrowRight")
    shown.says("^Learning rate 0.1, .*Nobody has computed what you chose")
    shown.says("^Learning rate 0.1047, epoch 10 of 10:")
    assert "Nobody" not in shown.words and shown.box(RATE).input_value() == "0.1047"
    assert shown.faults() == [] and shown.page.faults == []


# ---- while another cell plots and trains, and when nobody is there any more ------------------------------------------

BUSY = [
    *PLAYGROUND,
    "import time\nstart = time.time()\nwhile time.time() - start < 6:\n"
    "    run = train(LinearModel(), data.x, data.y, learning_rate=0.1, epochs=3)\n    plots.loss_curve(run).png()\n"
    "print(f'w {run.w[-1]:.3f}')",
]


def test_sliders_move_while_another_cell_plots_and_trains(kind, server, new_page):
    page = new_page()
    run_first(page, kind, server, "busy.ipynb", BUSY)
    shown = Shown(page)
    shown.has_table()
    run_one(page, kind, 1)
    page.wait_for_timeout(1000)
    for place in (0.2, 0.6, 0.4):
        before = len(shown.seen["words"])
        shown.drag(RATE, place, moves=20)
        assert len(shown.seen["words"]) >= before + 10
    finished(page, kind, 2)
    assert "w 4.050" in page.locator(kind.panel).first.text_content()
    assert shown.faults() == [] and page.faults == []


def test_sliders_outlive_their_kernel(kind, alone, new_page):
    page = new_page()
    run_first(page, kind, alone, "dead.ipynb", PLAYGROUND)
    shown = Shown(page)
    shown.has_table()
    page.evaluate(
        "(window.jupyterapp?.shell.currentWidget.sessionContext.session ?? Jupyter.notebook).kernel"
        "[window.jupyterapp ? 'shutdown' : 'kill']()"
    )
    page.wait_for_timeout(1500)
    shown.press(RATE, "ArrowRight", 2)
    assert shown.words.startswith("Learning rate 0.1096,")
    shown.drag(EPOCHS, 0.5)
    assert "of 100:" in shown.words or "of 99:" in shown.words or "of 101:" in shown.words
    shown.type(RATE, "0.3456")
    shown.says(r"^Learning rate 0\.34(67|55|68).*Nobody has computed what you chose")
    shown.press(RATE, "ArrowRight")
    assert "Nobody" not in shown.words
    assert shown.faults() == []


def test_where_no_module_loads_the_kernel_draws_and_nothing_is_shown_broken(kind, alone, new_page):
    page = new_page()
    page.route(re.compile("anywidget"), lambda route: route.abort())
    page.add_init_script("window.withoutModules = true")  # nobody waits for them
    run_first(page, kind, alone, "plain.ipynb", PLAYGROUND)
    image = page.locator("img.widget-image:visible").first
    image.wait_for()
    page.wait_for_timeout(1500)
    assert page.locator(".course-screen").count() == 0
    status = page.get_by_role("status").filter(has_text="Learning rate 0.1, epoch 10 of 10")
    before = image.get_attribute("src")
    page.locator("button:visible", has_text="zig-zag").first.click()
    page.get_by_text("Zig-zagging").wait_for()
    assert status.count() == 0 and image.get_attribute("src") != before
    text = page.locator(kind.panel).first.inner_text().lower()
    assert not re.search(r"error|not found|failed", text), text
