"""What a learner waits for, measured in one run in JupyterLab and Chromium: nox -f .ci/noxfile.py -s benchmarks.

With --plain the server's connection is as Jupyter ships it, without binder/jupyter_server_config.py.
"""

import re
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from servers import Lab, chromium, finished, open_notebook, run_one, serving, write_notebook
from shown import Shown

TIMES = 60
PLAIN = "--ServerApp.kernel_websocket_connection_class=" + ".".join(
    ["jupyter_server.services.kernels.connection.channels", "ZMQChannelsWebsocketConnection"]
)
CELLS = [
    """
import psutil, random, statistics, time
import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
from course_utils import LinearModel, make_line_data, train_step
from course_utils.playgrounds import TrainingPlayground
data = make_line_data()
shown = TrainingPlayground(data)
shown
""",
    # The least that a slider can do: its value comes back as words.
    """
empty, echo = (
    widgets.FloatLogSlider(value=0.1, min=-4, max=1, step=0.02, description="empty"),
    widgets.HTML("<b class='echo'>0.1</b>"),
)
empty.observe(lambda change: setattr(echo, "value", f"<b class='echo'>{change.new:.6f}</b>"), "value")
widgets.VBox([empty, echo])
""",
    # The obvious way: the same three views, in as many pixels, with as many epochs.
    Path(__file__).with_name("obvious.py").read_text(encoding="utf-8")
    + """
%config InlineBackend.print_figure_kwargs = {"bbox_inches": None}
import io
from PIL import Image
surface, pixels = bowl(data), Image.open(io.BytesIO(shown.png)).size

def show(rate):
    draw(data, surface, rate, pixels)
    plt.show()

widgets.interact(show, rate=widgets.FloatLogSlider(value=0.1, min=-4, max=1, step=0.02));
""",
    """
def events(playground, count):
    for _ in range(count):
        if random.random() < 0.6:
            playground.learning_rate.value = 10 ** random.uniform(-4, 1)
        elif random.random() < 0.5:
            playground.epochs.value = random.randrange(201)
        else:
            playground.epoch.value = random.randrange(playground.epoch.max + 1)
        time.sleep(0.002)  # lets what was drawn leave

def megabytes():
    return psutil.Process().memory_info().rss / 2**20

random.seed(0)
events(shown, 300)
time.sleep(1)
before = megabytes()
events(shown, 3000)
time.sleep(1)
print("growth", megabytes() - before)
shown.learning_rate.value, shown.epochs.value = 0.2, 7
print("last", shown.summary.startswith("Learning rate 0.2, epoch 7 of 7"))
""",
    """
million = TrainingPlayground(make_line_data(examples=1_000_000))
taken, drawn = [], []
for k in range(12):
    start = time.perf_counter()
    million.learning_rate.value = 0.1 + k / 50
    taken.append(1000 * (time.perf_counter() - start))
    start = time.perf_counter()
    million.epoch.value = k % 5  # another picture of the same run
    drawn.append(1000 * (time.perf_counter() - start))
print("million", statistics.median(taken[1:]))
print("drawn", statistics.median(drawn[1:]))
""",
]
# Notes when the next key goes down on a slider and when the page draws what it changes.
PICTURE = """done => {
    const watch = new MutationObserver(() => { watch.disconnect(); requestAnimationFrame(done) })
    watch.observe(document.querySelector(".widget-gridbox .widget-html-content"), {childList: true})
}"""
ECHO = """done => {
    const watch = new MutationObserver(() => { watch.disconnect(); requestAnimationFrame(done) })
    watch.observe(document.querySelector(".echo").closest(".widget-html-content"), {childList: true, subtree: true})
}"""
INTERACT = """done => {
    const root = document.querySelector(".widget-interact"), old = root.querySelector("img")
    const watch = new MutationObserver(() => {
        const image = root.querySelector("img")
        if (!image || image === old) return
        watch.disconnect()
        image.complete ? done() : image.addEventListener("load", done, {once: true})
    })
    watch.observe(root, {childList: true, subtree: true, attributes: true})
}"""
TRIP = """
(handle, watch) => {
    window.trip = new Promise(resolve => {
        let start
        handle.addEventListener("keydown", () => { start = performance.now() }, {once: true, capture: true})
        eval(watch)(() => resolve(performance.now() - start))
    })
}
"""


def trips(handle, watch, times=TIMES):
    """Return the milliseconds from each key press to what it changes."""
    taken = []
    handle.scroll_into_view_if_needed()
    for k in range(times + 5):
        handle.evaluate(TRIP, watch)
        handle.press("ArrowRight" if k // 20 % 2 == 0 else "ArrowLeft")
        taken.append(handle.page.evaluate("window.trip"))
        handle.page.wait_for_timeout(30)
    return taken[5:]


# Drags a handle to and fro, so many moves a second, by the page's own clock; a driver outside waits for each frame.
DRAG = """async (handle, [seconds, rate, watch]) => {
    const rail = handle.closest(".noUi-target").getBoundingClientRect(), changes = []
    const fire = (type, share) => {
        const where = {clientX: rail.left + share * rail.width, clientY: rail.top + 5}
        const target = type == "mousedown" ? handle : document.documentElement
        target.dispatchEvent(new MouseEvent(type, {bubbles: true, buttons: 1, ...where}))
    }
    const change = () => { changes.push(performance.now()); eval(watch)(change) }
    eval(watch)(change)
    fire("mousedown", 0.5)
    const start = performance.now()
    let moves = 0, time = 0
    await new Promise(done => {
        const timer = setInterval(() => {
            time = (performance.now() - start) / 1000
            if (time > seconds) { clearInterval(timer); done(); return }
            fire("mousemove", 0.5 + 0.3 * Math.sin(2.5 * time))
            moves++
        }, 1000 / rate)
    })
    fire("mouseup", 0.5)
    const released = performance.now()
    await new Promise(done => setTimeout(done, 1500))
    const late = changes.filter(at => at > released)
    return {moves: moves / time, changes: (changes.length - late.length) / time, queued: late.length,
            late: Math.max(0, ...late.map(at => at - released))}
}"""


def drag(handle, watch, seconds=5, rate=30):
    """Drag a handle; return how many moves and changes a second there were, and how many came after the release."""
    handle.scroll_into_view_if_needed()
    return handle.evaluate(DRAG, [seconds, rate, watch])


def main():
    kind = Lab()
    if "--plain" in sys.argv:
        kind.command.append(PLAIN)
    with serving(kind) as (address, folder), sync_playwright() as playwright:
        write_notebook(folder / "benchmark.ipynb", CELLS)
        browser = chromium(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        open_notebook(page, kind, address, "benchmark.ipynb")
        for number in range(2):
            run_one(page, kind, number)
            finished(page, kind, number + 1)
        ways = {
            "an empty round trip": (page.locator(".widget-slider", has_text="empty").locator(".noUi-handle"), ECHO),
            "the playground": (page.locator(".widget-vbox .noUi-handle").first, PICTURE),
        }
        dragged = {name: [] for name in ways}
        for _ in range(4):  # the first warms up; nothing else watches the page yet
            for name, way in ways.items():
                dragged[name].append(drag(*way))
        last = page.locator(".widget-vbox input[type=number]").first.input_value()
        drawn = f"Learning rate {float(last):.4g}," in page.locator("[role=status]").text_content()
        for name, (_, *rounds) in dragged.items():
            middle = {key: statistics.median(found[key] for found in rounds) for key in rounds[0]}
            print(f"Dragging {middle['moves']:.0f} moves a second: {middle['changes']:.1f} changes a second by {name},")
            print(f"  {middle['queued']} after the release, until {middle['late']:.0f} ms")
        print(f"  (aim: 25); the last value is drawn: {drawn}")

        shown = Shown(page)
        run_one(page, kind, 2)
        finished(page, kind, 3)
        ways["interact"] = page.locator(".widget-interact .noUi-handle"), INTERACT
        page.wait_for_selector(".widget-interact img")
        # In turns, so that a change of the machine's mood meets all alike.
        taken = {name: [] for name in ways}
        for _ in range(3):
            for name, (handle, watch) in ways.items():
                taken[name] += trips(handle, watch, TIMES // 3)
        sizes = [page.locator(s).evaluate("i => `${i.naturalWidth} × ${i.naturalHeight}`")
                 for s in (".widget-gridbox img", ".widget-interact img")]  # fmt: skip
        medians = {name: statistics.median(times) for name, times in taken.items()}
        print(f"From key press to what it changes, medians of {TIMES}; pictures of {' and '.join(sizes)} pixels:")
        for name, median in medians.items():
            low, high = statistics.quantiles(taken[name], n=10)[::8]
            print(f"  {name:20} {median:6.1f} ms (most between {low:.0f} and {high:.0f})")
        empty, live, slow = medians.values()
        print(f"  the playground takes {live / empty:.2f} times an empty round trip (aim: at most 2),")
        print(f"  interact {slow / live:.1f} times the playground (aim: at least 6)")

        for number in (3, 4):
            run_one(page, kind, number)
            finished(page, kind, number + 1, patience=400)
        text = page.locator(kind.panel).first.text_content()
        found = {name: float(value) for name, value in re.findall(r"(growth|million|drawn) (-?[\d.]+)", text)}
        growth, million, without = (found[name] for name in ("growth", "million", "drawn"))
        right = "last True" in text
        print(f"3,000 random events: {growth:+.1f} MB (aim: under 30); the last state is right: {right}")
        print(f"1,000,000 examples: {million:.0f} ms with its training, {without:.0f} ms without (aim: 100)")
        print(f"Amiss: {shown.faults() or 'nothing'}")
        browser.close()


if __name__ == "__main__":
    main()
