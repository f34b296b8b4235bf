"""What a learner waits for, measured in one run in JupyterLab and Chromium: nox -f .ci/noxfile.py -s benchmarks.

Each thing is measured beside a server on this computer, and behind a line that takes 75 ms each way, as to a far one.
With --plain the server's connection is as Jupyter ships it, without binder/jupyter_server_config.py.
"""

import asyncio
import contextlib
import queue
import re
import statistics
import sys
import threading
import time
from pathlib import Path

from part_two import EACH
from playwright.sync_api import sync_playwright
from servers import Lab, chromium, finished, new_context, open_notebook, run_one, serving, write_notebook
from shown import Shown

TIMES = 60
FAR = 0.075  # seconds that a far line takes, each way
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
    """
rows = [shown._row(rate) for rate in shown._controls.stops]
from course_utils.playgrounds.training_rows import packed
print("bytes", sum(map(len, packed(rows, True)[1])))
""",
]
# Notes when the next key goes down on a slider and when the page draws what it changes.
PICTURE = """done => {
    const watch = new MutationObserver(() => { watch.disconnect(); requestAnimationFrame(done) })
    const views = handle.closest(".course-screen").querySelector(".views")
    watch.observe(views, {attributeFilter: ["d"], subtree: true})
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
    window.trip = new Promise((resolve, reject) => {
        let start
        setTimeout(() => reject(new Error(`no answer to a key after 20 s of ${handle.outerHTML}`)), 20_000)
        handle.addEventListener("keydown", () => { start = performance.now() }, {once: true, capture: true})
        eval(watch)(() => resolve(performance.now() - start))
    })
}
"""
# Moves a slider to and fro, so many times a second, by the page's own clock; a driver outside waits for each frame.
DRAG = """async (handle, [seconds, rate, watch]) => {
    const changes = []
    const change = () => { changes.push(performance.now()); eval(watch)(change) }
    eval(watch)(change)
    const mouse = (type, share) => {
        const rail = handle.closest(".noUi-target").getBoundingClientRect()
        const where = {clientX: rail.left + share * rail.width, clientY: rail.top + 5}
        const target = type == "mousedown" ? handle : document.documentElement
        target.dispatchEvent(new MouseEvent(type, {bubbles: true, buttons: 1, ...where}))
    }
    const native = handle.matches("input")
    const move = share => {
        if (!native) return mouse("mousemove", share)
        handle.value = Math.round(share * handle.max)
        handle.dispatchEvent(new Event("input", {bubbles: true}))
    }
    if (!native) {
        const rail = handle.closest(".noUi-target").getBoundingClientRect(), {x, width} = handle.getBoundingClientRect()
        mouse("mousedown", (x + width / 2 - rail.x) / rail.width)  // noUiSlider moves by what the mouse moves
    }
    const start = performance.now()
    let moves = 0, time = 0
    await new Promise(done => {
        const timer = setInterval(() => {
            time = (performance.now() - start) / 1000
            if (time > seconds) { clearInterval(timer); done(); return }
            move(0.6 + 0.2 * Math.sin(2.5 * time))
            moves++
        }, 1000 / rate)
    })
    if (!native) mouse("mouseup", 0.6)
    const released = performance.now()
    await new Promise(done => setTimeout(done, 1500))
    return {moves: moves / time, changes: changes.filter(at => at <= released).length / time}
}"""


@contextlib.contextmanager
def far(address):
    """Yield the address of a relay on loopback that hands on what comes, each way, after FAR seconds."""
    port, ports = int(address.rstrip("/").rpartition(":")[2]), queue.Queue()
    loop = asyncio.new_event_loop()

    async def hand_on(reader, writer):
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                loop.call_later(FAR, writer.write, data)
        loop.call_later(2 * FAR, writer.close)

    async def relay(reader, writer):
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(hand_on(reader, back), hand_on(there, writer))

    def serve():
        server = loop.run_until_complete(asyncio.start_server(relay, "127.0.0.1", 0))
        ports.put(server.sockets[0].getsockname()[1])
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{ports.get(timeout=10)}/"
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def trips(handle, watch, times=TIMES):
    """Return the milliseconds from each key press to what it changes."""
    taken = []
    handle.scroll_into_view_if_needed()
    for k in range(times + 5):
        handle.evaluate(TRIP, watch)
        handle.press("ArrowLeft" if k % 2 else "ArrowRight")
        taken.append(handle.page.evaluate("window.trip"))
        handle.page.wait_for_timeout(30)
    return taken[5:]


def compare(page, ways):
    """Print how soon each way answers a key, measured in turns, and how many moves of a drag it shows."""
    taken, drags = {name: [] for name in ways}, {name: [] for name in ways}
    for _ in range(3):
        for name, (handle, watch) in ways.items():
            taken[name] += trips(handle, watch, TIMES // 3)
            if name != "interact":  # which would answer for half a minute
                drags[name].append(handle.evaluate(DRAG, [3, 40, watch]))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        low, high = statistics.quantiles(taken[name], n=10)[::8]
        print(f"  {name:20} {median:6.1f} ms from a key (most {low:.0f} to {high:.0f})")
        if drags[name]:
            moves, changes = (statistics.median(one[what] for one in drags[name]) for what in ("moves", "changes"))
            print(f"  {'':20} {changes:6.1f} changes a second of {moves:.0f} moves")
    empty, playground, obvious = medians.values()
    print(f"  the playground takes {playground / empty:.2f} of an empty round trip (aim: at most 0.25),")
    print(f"  interact {obvious / playground:.0f} times the playground")


def look(browser, kind, address, place, name):
    """Open the notebook, run its first cells and print what a learner waits for; return the page."""
    page = new_context(browser, viewport={"width": 1280, "height": 900}).new_page()
    open_notebook(page, kind, address, name)
    begun = time.perf_counter()
    run_one(page, kind, 0)
    shown = Shown(page)
    first = time.perf_counter() - begun
    shown.has_table()
    print(f"{place}: the picture after {first:.1f} s, TensorFlow's import with it; the table after "
          f"{time.perf_counter() - begun:.1f} s")  # fmt: skip
    finished(page, kind, 1)
    for number in (1, 2):
        run_one(page, kind, number)
        finished(page, kind, number + 1)
    page.wait_for_selector(".widget-interact img")
    ways = {
        "an empty round trip": (page.locator(".widget-slider", has_text="empty").locator(".noUi-handle"), ECHO),
        "the playground": (page.locator(".course-screen input[type=range]").first, PICTURE),
        "interact": (page.locator(".widget-interact .noUi-handle"), INTERACT),
    }
    compare(page, ways)
    return page


def part_two(page, kind):
    """Print how soon each playground of part two answers a key, beside an empty round trip."""
    empty = page.locator(".widget-slider", has_text="empty").locator(".noUi-handle")
    for number, (name, (_, rows, _, slider)) in enumerate(EACH.items(), len(CELLS)):
        before = page.locator(".course-screen").count()
        run_one(page, kind, number)
        finished(page, kind, number + 1)
        shown = Shown(page, before)
        shown.has_table(rows)
        handle = shown.slider(slider)
        taken = {handle: [], empty: []}
        for _ in range(3):
            taken[handle] += trips(handle, PICTURE, TIMES // 3)
            taken[empty] += trips(empty, ECHO, TIMES // 3)
        key, trip = map(statistics.median, taken.values())
        print(f"{name}: {key:.1f} ms from a key, {key / trip:.2f} of an empty round trip's {trip:.1f} ms")


def heap(page):
    """Return the megabytes that the page's scripts hold, after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"] / 2**20


def events(page, count=10_000):
    """Print what so many random events in the browser leave behind."""
    shown = Shown(page)
    shown.play_about(count // 10)
    before, begun = heap(page), time.perf_counter()
    shown.play_about(count)
    taken, growth = time.perf_counter() - begun, heap(page) - before
    shown.type("learning rate", "0.2")
    shown.type("epochs", "7")
    right = shown.says("epoch 7 of").startswith("Learning rate 0.2, epoch 7 of 7") and not shown.faults()
    print(f"{count} random events in the browser: {growth:+.1f} MB (aim: under 20) in {taken:.0f} s; "
          f"the last state is right: {right}")  # fmt: skip


def main():
    kind = Lab()
    if "--plain" in sys.argv:
        kind.command.append(PLAIN)
    with serving(kind) as (address, folder), sync_playwright() as playwright:
        write_notebook(folder / "far.ipynb", CELLS)
        browser = chromium(playwright)
        with far(address) as distant:
            look(browser, kind, distant, "75 ms away", "far.ipynb").close()
        write_notebook(folder / "near.ipynb", [*CELLS, *(make for make, *_ in EACH.values())])
        page = look(browser, kind, address, "Here", "near.ipynb")
        events(page)
        for number in (3, 4, 5):
            run_one(page, kind, number)
            finished(page, kind, number + 1)
        text = page.locator(kind.panel).first.text_content()
        found = {name: float(value) for name, value in re.findall(r"(growth|million|drawn|bytes) (-?[\d.]+)", text)}
        right = "last True" in text
        print(f"3,000 random events in the kernel: {found['growth']:+.1f} MB (aim: under 30), the last right: {right}")
        print(f"1,000,000 examples: {found['million']:.0f} ms with its training, {found['drawn']:.0f} ms without")
        print(f"The table: {found['bytes'] / 1000:.0f} kB (aim: under 100)")
        part_two(page, kind)
        browser.close()


if __name__ == "__main__":
    main()
