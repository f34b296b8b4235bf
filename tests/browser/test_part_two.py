"""The playgrounds of part two: what the browser writes is what the kernel says, state by state; keys move them."""

import json

import pytest
from part_two import BATCHES, EACH
from servers import finished, run_first, run_one
from shown import Shown

TELL = """
import json, random
random.seed(1)
told, rests = [], shown.summary
for _ in range(220):
    settings = STATE
    for name, value in settings.items():
        widget = shown.screen.sliders[name]
        setattr(widget, "index" if hasattr(widget, "index") else "value", value)
    told.append([settings, shown._words()])
    if not len(told) % 10:
        assert told[-1][1] == shown.summary  # which is sure, and takes its time
print(json.dumps([rests, told]))
"""
READ = """
(root, told) => told.map(([settings, words]) => {
    const screen = root.screen
    Object.assign(screen.settings, settings)
    screen.change()
    return {settings, kernel: words, browser: screen.words.textContent}
}).filter(({kernel, browser}) => kernel != browser)
"""


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)
@pytest.mark.parametrize("name", EACH)
def test_the_words_of_many_states_are_those_of_the_kernel_and_keys_move_it(name, kind, server, new_page):
    make, rows, state, slider = EACH[name]
    file = f"{name.replace(' ', '_')}.ipynb"
    page = new_page()
    run_first(page, kind, server, file, [make, TELL.replace("STATE", state)])
    shown = Shown(page)
    shown.has_table(rows)
    before = shown.words, shown.picture
    shown.press(slider, "ArrowRight", times=2)
    assert shown.words != before[0] and shown.picture != before[1]
    for choice in shown.root.get_by_role("radiogroup").all():
        before = shown.words
        choice.get_by_role("radio", checked=True).press("ArrowRight")
        assert shown.words != before, "an arrow key chooses the next one"
    shown.play_about(300)
    words = shown.words
    run_one(page, kind, 1)
    finished(page, kind, 2)
    rests, told = json.loads(page.locator(kind.output).last.text_content())
    assert words == rests
    assert len({words for _, words in told}) > 100
    assert shown.root.evaluate(READ, told) == []
    assert shown.faults() == [] and shown.clipped() == []


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)
@pytest.mark.parametrize(
    ("name", "control", "typed", "near", "told"),
    [("hinges", "noise", "0.17", "0.2", "noise 0.2,"), ("devices", "devices", "2.6", "3", "Devices: 3.")],
)
def test_a_number_between_the_stops_becomes_the_nearest_of_them(name, control, typed, near, told, kind, executed):
    shown = Shown(executed(f"typed_{name}.ipynb", [EACH[name][0]]))
    shown.has_table(EACH[name][1])
    shown.type(control, typed)
    assert shown.box(control).input_value() == near
    assert told in shown.words
    assert shown.faults() == []


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)
def test_an_error_is_told_where_nothing_can_be_drawn(kind, executed):
    broken = "def broken(model, x, y, learning_rate):\n    raise ValueError('no such thing')\n"
    cell = BATCHES.replace("None))", "None), step=broken)")
    shown = Shown(executed("broken.ipynb", [broken + cell]))
    shown.says(r"^Your step raised ValueError: no such thing\..* Line 2 of its cell")
    shown.press("learning rate", "ArrowRight")
    shown.says(r"^Your step raised ValueError: no such thing\..* Line 2 of its cell")
    assert shown.faults() == [] and shown.page.faults == []
