"""The playgrounds of part two: what the browser writes is what the kernel says, state by state; keys move them."""

import inspect
import json

import hinges
import pytest
from servers import finished, run_first, run_one
from shown import Shown

# For each: what makes it, how many rows it has, its states as random settings, a slider, and how these are set.
HINGES = inspect.getsource(hinges) + "from course_utils.playgrounds import HingePlayground, HingesByHandPlayground\n"
DEVICES = """
import tensorflow as tf
from course_utils import make_line_data
from course_utils.playgrounds import DevicesPlayground

def share(model, x, y, count):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(y - model(x))) / count
    return loss, tape.gradient(loss, [model.w, model.b])

shown = DevicesPlayground(make_line_data(examples=90), share, learning_rate=0.1)
shown
"""
BATCHES = """
from course_utils import LineData, penguins, standardise
from course_utils.playgrounds import BatchPlayground

birds = penguins()
shown = BatchPlayground(LineData(standardise(birds.x), standardise(birds.y), None, None, None))
shown
"""
RACE = """
import tensorflow as tf
from course_utils import mean_squared_error, penguins, train_step
from course_utils.playgrounds import RacePlayground

class Momentum:
    def __init__(self):
        self.velocity = tf.Variable([0.0, 0.0])

    def __call__(self, model, x, y, learning_rate):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        slopes = tf.stack(tape.gradient(loss, [model.w, model.b]))
        self.velocity.assign(0.9 * self.velocity - learning_rate * slopes)
        model.w.assign_add(self.velocity[0])
        model.b.assign_add(self.velocity[1])
        return loss

shown = RacePlayground(penguins(), {"plain": train_step, "momentum": Momentum()})
shown
"""
EACH = {
    "batches": (
        BATCHES,
        105,
        "dict(size=random.randint(0, 4), rate=random.choice(shown._stops), step=random.randint(0, 100))",
        "learning rate",
    ),
    "race": (
        RACE,
        162,
        "dict(data=random.randint(0, 1), rate=random.choice(shown._stops), epochs=random.choice([5, 20, 40, 100]), "
        "epoch=random.randint(0, 40))",
        "learning rate",
    ),
    "devices": (
        DEVICES,
        16,
        "{name: random.randint(low, high) for name, low, high in "
        "(('devices', 1, 4), ('divided', 0, 1), ('joined', 0, 1), ('step', 0, 20))}",
        "step",
    ),
    "hinges": (
        HINGES + "\nshown = HingePlayground(Hinges, bent, step, learning_rate=0.05)\nshown",
        40,
        "dict(units=random.randint(1, 8), noise=random.randint(0, 4) / 10, epochs=25 * random.randint(0, 40))",
        "units",
    ),
    "hinges by hand": (
        HINGES + "\nshown = HingesByHandPlayground(bent())\nshown",
        1,
        "{name: random.randint(-30, 30) / 10 for name in ('w1', 'b1', 'w2', 'b2', 'c')}",
        "w1",
    ),
}
TELL = """
import json, random
random.seed(1)
told = []
for _ in range(220):
    settings = STATE
    for name, value in settings.items():
        widget = shown.screen.sliders[name]
        setattr(widget, "index" if hasattr(widget, "index") else "value", value)
    told.append([settings, shown._words()])
    if not len(told) % 10:
        assert told[-1][1] == shown.summary  # which is sure, and takes its time
print(json.dumps(told))
"""
READ = """
(root, told) => told.filter(([settings, words]) => {
    const screen = root.screen
    Object.assign(screen.settings, settings)
    screen.change()
    return screen.words.textContent != words
}).map(([settings, words]) => `${JSON.stringify(settings)}: ${words}`)
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
    run_one(page, kind, 1)
    finished(page, kind, 2, patience=120)
    told = json.loads(page.locator(kind.output).last.text_content())
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
