"""What the browser writes is what the kernel says, state by state."""

import json

import pytest
from servers import finished, run_first, run_one
from shown import Shown

# Random states of the grid, as the kernel's own runs say them: 25 rates, each trained eagerly, and 220 states of each.
STATES = """
import json, random
from course_utils.engine import Run
from course_utils.playgrounds.training_view import last_finite
from course_utils.playgrounds.training_words import WORDS, values_at
from course_utils.playgrounds.words import fill
from course_utils.training import History

random.seed(1)
told, rests = [], shown.summary
for rate in random.sample(shown._controls.stops, 25):
    whole = shown._engine.run(rate, 200).history
    for _ in range(220):
        epochs = random.randrange(201)
        made = min(epochs, whole.epochs)
        part = History(*(getattr(whole, name)[:made + 1] for name in ("w", "b", "loss")), rate, bowl=whole.bowl)
        epoch = random.randrange(last_finite(part) + 1)
        words = values_at(Run(part, None), shown._story, epoch) | {"kept": "", "note": shown._note(), "missing": ""}
        told.append([rate, epochs, epoch, fill(WORDS, words)])
for rate, epochs, epoch, words in random.sample(told, 20):  # and as `.summary` says them
    shown.learning_rate.value, shown.epochs.value = rate, epochs
    shown.epoch.value = not epoch  # another one, so that the next line changes it
    shown.epoch.value = epoch
    assert shown.summary == words, (shown.summary, words)
print(json.dumps([rests, told]))
"""
READ = """
([root, told]) => told.filter(([rate, epochs, epoch, words]) => {
    const screen = root.screen
    Object.assign(screen.settings, {rate, epochs, epoch})
    screen.change()
    return screen.words.textContent != words
}).map(([rate, epochs, epoch, words]) => `${rate} ${epochs} ${epoch}: ${words}`)
"""


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)
def test_the_words_of_five_thousand_states_are_those_of_the_kernel(kind, server, new_page):
    start = "from course_utils import make_line_data\nfrom course_utils.playgrounds import TrainingPlayground\n"
    show = "shown = TrainingPlayground(make_line_data())\nshown"
    page = new_page()
    run_first(page, kind, server, "words.ipynb", [start + show, STATES])
    shown = Shown(page)
    shown.has_table()
    shown.play_about(1000)
    words = shown.words
    run_one(page, kind, 1)
    finished(page, kind, 2)
    rests, told = json.loads(page.locator(kind.output).last.text_content())
    assert len(told) == 5500 and words == rests and shown.faults() == []
    assert shown.root.evaluate(f"root => ({READ})([root, {json.dumps(told)}])") == []
    assert len({words for *_, words in told}) > 4000
