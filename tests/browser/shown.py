"""A playground as it is shown in a browser: what a learner can do to it, and what it then says and draws."""

import base64
import contextlib
import io
import re

import numpy as np
from PIL import Image

MOVING = ".widget-html-content > svg"
# Runs in the page: notes every summary, and whatever a learner would see as flicker or as a fault.
WATCH = """
root => {
    const image = root.querySelector("img")
    const seen = root.seen = {summaries: [], removed: 0, broken: 0, heights: [], pictures: 0, apart: 0}
    image.addEventListener("error", () => seen.broken++)
    new MutationObserver(changes => {
        for (const change of changes) {
            for (const node of change.removedNodes) seen.removed += node.contains(image)
            for (const node of change.addedNodes) seen.pictures += node.nodeName == "svg"
        }
        const words = root.querySelector("[role=status]")?.textContent
        if (words !== undefined && words !== seen.summaries.at(-1)) seen.summaries.push(words)
    }).observe(root.parentNode, {childList: true, subtree: true, characterData: true})
    const frame = () => {
        const still = image.getBoundingClientRect(), moving = root.querySelector(MOVING).getBoundingClientRect()
        if (!seen.heights.includes(still.height)) seen.heights.push(still.height)
        for (const side of ["left", "top", "right", "bottom"])
            seen.apart = Math.max(seen.apart, Math.abs(still[side] - moving[side]))
        requestAnimationFrame(frame)
    }
    image.marked = true
    frame()
}
""".replace("MOVING", repr(MOVING))
# A short fingerprint of what is to be seen: what moves, drawn over what is still.
PIXELS = """
async still => {
    const moving = still.parentElement.querySelector(MOVING)
    const file = new Blob([new XMLSerializer().serializeToString(moving)], {type: "image/svg+xml"})
    const canvas = new OffscreenCanvas(still.naturalWidth, still.naturalHeight), context = canvas.getContext("2d")
    for (const source of [still.src, URL.createObjectURL(file)]) {
        const image = new Image()  // the page's own may be between two pictures
        image.src = source
        await image.decode()
        context.drawImage(image, 0, 0, canvas.width, canvas.height)
    }
    const digest = await crypto.subtle.digest("SHA-1", context.getImageData(0, 0, canvas.width, canvas.height).data)
    return [...new Uint8Array(digest)].map(byte => byte.toString(16)).join(" ")
}
""".replace("MOVING", repr(MOVING))
# Whatever sticks out of the notebook, or hides a part of its own text.
CLIPPED = """
root => {
    const right = root.getBoundingClientRect().right + 1
    const cut = e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX != "visible" && e.clientWidth
    return [root, ...root.querySelectorAll("*")]
        .filter(e => e.getClientRects().length && (e.getBoundingClientRect().right > right || cut(e)))
        .filter(e => !e.ownerSVGElement)  // what a drawing clips
        .filter(e => !e.closest(".slider, .ui-slider"))  // the end of a slider's rail is wider than its track
        .map(e => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 40)}`)
}
"""
HANDLE = ".noUi-handle, .ui-slider-handle"


class Shown:
    """A playground in a page. `words` is its summary, `pixels` stands for its picture."""

    def __init__(self, page, number=0):
        self.page = page
        roots = page.locator(".widget-vbox", has=page.locator("> .widget-gridbox > img"))
        self.root = roots.nth(number)
        self.root.locator("[role=status]").wait_for(timeout=90_000)
        self.image = self.root.locator("> .widget-gridbox > img")
        self.root.scroll_into_view_if_needed()
        self.root.evaluate(WATCH)

    @property
    def words(self):
        return self.root.locator("[role=status]").text_content()

    @property
    def pixels(self):
        return self.image.evaluate(PIXELS)

    @property
    def seen(self):
        return self.root.evaluate("root => root.seen")

    def says(self, pattern, patience=15):
        """Wait until the summary matches a pattern; return it."""
        script = "([root, pattern]) => new RegExp(pattern).test(root.querySelector('[role=status]')?.textContent)"
        try:
            handle = self.root.element_handle()
            self.page.wait_for_function(script, arg=[handle, pattern], timeout=1000 * patience)
        except Exception:
            raise AssertionError(f"the summary does not come to match {pattern!r}: {self.words}") from None
        return self.words

    def redrawn(self, before, patience=15_000):
        """Wait until the picture differs from an earlier fingerprint; return the new one."""
        for _ in range(patience // 50):
            if (now := self.pixels) != before:
                return now
            self.page.wait_for_timeout(50)
        raise AssertionError("the picture stays as it was")

    def box(self, label):
        """Return the number box with this name."""
        return self.root.get_by_role("spinbutton", name=label, exact=True)

    def handle(self, label):
        """Return the handle of the slider in the row of this box."""
        box = self.page.get_by_role("spinbutton", name=label, exact=True)
        return self.root.locator(".widget-hbox", has=box).last.locator(HANDLE)

    def readout(self, label):
        """Return what stands in the box, once the kernel has answered all that was done."""
        before, after = None, ()
        while before != after:
            self.page.wait_for_timeout(400)
            boxes = self.root.get_by_role("spinbutton").all()
            before, after = after, (self.words, [box.input_value() for box in boxes])
        return self.box(label).input_value()

    def place(self, label):
        """Return how far along its track a slider's handle is, from 0 to 1."""
        knob, rail = self.handle(label).bounding_box(), self.track(label).bounding_box()
        return (knob["x"] + knob["width"] / 2 - rail["x"]) / rail["width"]

    def track(self, label):
        return self.handle(label).locator("xpath=ancestor::*[contains(@class, 'slider')][1]")

    def press(self, label, key, times=1):
        """Press a key on a slider's handle."""
        for _ in range(times):
            self.handle(label).press(key)

    def drag(self, label, *places, moves=15, hook=None):
        """Drag a slider's handle to some places on its track, each from 0 (left) to 1 (right)."""
        mouse, handle = self.page.mouse, self.handle(label)
        handle.scroll_into_view_if_needed()
        knob, rail = handle.bounding_box(), self.track(label).bounding_box()
        x, y = knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2
        mouse.move(x, y)
        mouse.down()
        for place in places:
            aim = rail["x"] + place * rail["width"]
            for k in range(1, moves + 1):
                mouse.move(x + (aim - x) * k / moves, y)
                if hook:
                    hook()
            x = aim
        mouse.up()

    def click(self, name):
        self.root.get_by_role("button", name=name, exact=True).click()

    def type(self, label, text):
        self.box(label).fill(text)
        self.box(label).press("Enter")

    @contextlib.contextmanager
    def filmed(self):
        """Film the page meanwhile; yield a list that receives, for each frame, how much of the picture is ink."""
        inks = []
        box, width = self.image.bounding_box(), self.page.viewport_size["width"]
        session = self.page.context.new_cdp_session(self.page)

        def keep(frame):
            session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})
            film = Image.open(io.BytesIO(base64.b64decode(frame["data"]))).convert("L")
            scale = film.width / width
            right, below = box["x"] + box["width"], box["y"] + box["height"]
            cut = film.crop([round(scale * edge) for edge in (box["x"], box["y"], right, below)])
            inks.append(float((np.asarray(cut) < 230).mean()))

        session.on("Page.screencastFrame", keep)
        session.send("Page.startScreencast", {"format": "jpeg", "quality": 60})
        yield inks
        session.send("Page.stopScreencast")

    def clipped(self):
        return self.root.evaluate(CLIPPED)

    def faults(self):
        """Return everything amiss that was seen since the page watches it."""
        seen = self.seen
        faults = [f"not a number: {words}" for words in seen["summaries"] if re.search(r"\b(nan|inf)\b", words, re.I)]
        if seen["removed"] or not self.image.evaluate("image => image.marked === true && image.isConnected"):
            faults.append("the image element was removed")
        if seen["apart"] > 0.5:
            faults.append(f"what moves lies {seen['apart']} pixels beside what is still")
        if seen["broken"]:
            faults.append(f"{seen['broken']} pictures could not be shown")
        if len(seen["heights"]) > 1:
            faults.append(f"the picture's height jumped: {seen['heights']}")
        return faults
