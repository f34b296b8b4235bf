"""Playgrounds in slides and pages: alive without a kernel and a network, with TensorFlow's own numbers."""

import re

import numpy as np
import pytest
from servers import ROOT, left_file, new_context, written
from shown import Shown

from course_utils import LinearModel, make_line_data, train
from course_utils.teaching.notebooks import read, slide_type
from course_utils.teaching.screens import KIND

LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
MOST = 2_000_000  # bytes of a file


def opened(page, path):
    """Open a page or a lecture and wait for its playgrounds."""
    page.goto(path.as_uri())
    places = page.locator(".playground").count()
    page.wait_for_function(f"document.querySelectorAll('.course-screen').length == {places}")
    if page.evaluate("!!window.Reveal"):
        page.wait_for_function("Reveal.isReady()")
    return places


def test_where_rows_are_missing_a_key_goes_to_the_next_one(page, pages):
    """A step that is too slow to be tabulated leaves a few rows, and nobody to compute others."""
    opened(page, pages["04_training_loop"])
    shown = Shown(page)
    shown.root.evaluate("""root => {
        const {rows, settings} = root.screen
        for (const key of [...rows.keys()].filter((key, k) => key !== `[${settings.rate}]` && k % 40)) rows.delete(key)
    }""")
    slider = shown.slider("learning rate")
    places = [int(slider.input_value())]
    for key in ["ArrowRight"] * 3 + ["ArrowLeft"] * 3:
        shown.press("learning rate", key)
        places.append(int(slider.input_value()))
    assert places[:4] == sorted(set(places[:4])) and places[4:] == places[2::-1]
    assert shown.faults() == []


@pytest.fixture(params=["pages", "lectures"])
def files(request):
    """Each lesson by its name as a file, first as pages, then as slides."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_playground_answers_the_keyboard_and_nothing_leaves_the_file(page, revived, files, lesson):
    path = files[lesson]
    assert path.stat().st_size < MOST
    places = opened(page, path)
    assert places == playgrounds_in(revived[lesson], "slides" in path.name)
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    for number in range(places):
        if page.evaluate("!!window.Reveal"):
            page.evaluate(f"""() => {{
                const section = document.querySelectorAll('.playground')[{number}].closest('section')
                const {{h, v}} = Reveal.getIndices(section)
                Reveal.slide(h, v)
            }}""")
        shown = Shown(page, number)
        slider = shown.root.get_by_role("slider").first
        before, words, place = shown.picture, shown.words, slider.input_value()
        slider.focus()
        page.keyboard.press("ArrowRight")
        if slider.input_value() == place:
            page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(100)
        assert slider.input_value() != place and shown.picture != before and shown.words != words
        assert shown.faults() == []
    assert page.faults == []
    assert left_file(page) == []


def playgrounds_in(path, on_slides):
    """Return how many playgrounds the cells of a lesson show: all cells, or those that are on its slides."""
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    cells = [cell for cell in cells if not (on_slides and slide_type(cell) == "skip")]
    return sum(KIND in output.get("data", {}) for cell in cells for output in cell.outputs)


def test_the_numbers_are_those_of_tensorflow(page, pages):
    opened(page, pages["04_training_loop"])
    shown, data = Shown(page), make_line_data()
    learning_rate = page.get_by_label("learning rate", exact=True).first
    epochs = page.get_by_label("epochs", exact=True).first
    assert learning_rate.evaluate("e => e.matches('input[type=range]')")
    generator = np.random.default_rng(0)
    for _ in range(25):
        for control, end in ((learning_rate, 250), (epochs, 200)):
            control.fill(str(generator.integers(end + 1)))
        pattern = r"^Learning rate (\S+), epoch (\d+) of (\d+): w = (\S+), b = (\S+), loss (\S+?)\. "
        rate, epoch, made, *state = map(float, re.match(pattern, shown.words).groups())
        whole = learning_rate.evaluate("e => e.closest('.course-screen').screen.settings.rate")
        assert f"{whole:.4g}" == f"{rate:.4g}"
        history = train(LinearModel(), data.x, data.y, learning_rate=whole, epochs=int(epochs.input_value()))
        k = int(epoch)
        assert history.epochs == made
        assert [f"{value:.4g}" for value in state] == [
            f"{float(values[k]):.4g}" for values in (history.w, history.b, history.loss)
        ]


def test_without_script_the_picture_and_its_words_stand_there(browser, files):
    path = files["04_training_loop"]
    context = new_context(browser, offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    image = page.locator(".playground > img").first
    assert image.get_attribute("alt").startswith("Learning rate 0.1, epoch 10 of 10: w = 3.268")
    assert "slides" in path.name or image.bounding_box()["width"] > 500
    context.close()


def test_ten_playgrounds_on_a_page_are_fine(page, tmp_path):
    import nbformat

    start = "from course_utils import make_line_data\nfrom course_utils.playgrounds import *\ndata = make_line_data()"
    cells = [nbformat.v4.new_code_cell(start)]
    cells += [nbformat.v4.new_code_cell(f"LinePlayground(data, loss=True, w={k})") for k in range(8)]
    cells += [nbformat.v4.new_code_cell("TrainingPlayground(data)") for _ in range(2)]
    notebook = tmp_path / "ten.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    [path] = written("pages", tmp_path / "pages", [notebook])
    assert opened(page, path) == 10
    for number in (0, 7, 9):
        shown = Shown(page, number)
        others = [Shown(page, other).words for other in (1, 8)]
        shown.root.get_by_role("slider").first.press("ArrowRight")
        assert [Shown(page, other).words for other in (1, 8)] == others
        assert shown.faults() == []
    assert page.faults == []


def test_ten_thousand_random_events_leave_the_last_state_right_and_no_memory(page, pages):
    opened(page, pages["04_training_loop"])
    shown = Shown(page)
    events = """async ([root, count]) => {
        const sliders = [...root.querySelectorAll("input[type=range]")], buttons = [...root.querySelectorAll("button")]
        let seed = 1
        const random = n => (seed = (seed * 48271) % 2147483647) % n
        for (let k = 0; k < count; k++) {
            if (random(5)) {
                const slider = sliders[random(3)]
                slider.value = random(Number(slider.max) + 1)
                slider.dispatchEvent(new Event("input", {bubbles: true}))
            } else buttons[random(buttons.length)].click()
            if (k % 200 == 0) await new Promise(done => setTimeout(done))
        }
    }"""
    session = page.context.new_cdp_session(page)

    def heap():
        session.send("HeapProfiler.collectGarbage")
        return session.send("Runtime.getHeapUsage")["usedSize"]

    page.evaluate(events, [shown.root.element_handle(), 1000])
    before = heap()
    page.evaluate(events, [shown.root.element_handle(), 10_000])
    grown = (heap() - before) / 1e6
    for name in ("Keep this run", "Play"):
        button = shown.root.get_by_role("button", name=name, exact=True)
        if button.get_attribute("aria-pressed") == "true":
            button.click()
    page.get_by_label("learning rate", exact=True).first.fill("150")
    page.get_by_label("epochs", exact=True).first.fill("10")
    assert shown.words.startswith("Learning rate 0.1, epoch 10 of 10: w = 3.268, b = 1.806, loss 1.123. Converging")
    assert shown.faults() == [] and grown < 20
