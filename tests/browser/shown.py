"""A playground as it is shown in a browser: what a learner can do to it, and what it then says and draws."""

import re

# Runs in the page: notes every text of the words, and whatever a learner would see as a fault.
WATCH = """
root => {
    const words = root.querySelector("[role=status]")
    const seen = root.seen = {words: [words.textContent], pictures: 0, rebuilt: 0}
    new MutationObserver(() => seen.words.push(words.textContent)).observe(words, {childList: true})
    new MutationObserver(changes => { seen.rebuilt += changes.length }).observe(root, {childList: true})
    new MutationObserver(() => seen.pictures++)
        .observe(root.querySelector(".views"), {attributes: true, attributeFilter: ["d"], subtree: true})
}
"""
# Whatever sticks out of the page, or hides a part of its own text.
CLIPPED = """
root => {
    const right = Math.min(document.documentElement.clientWidth, root.parentElement.getBoundingClientRect().right) + 1
    return [root, ...root.querySelectorAll("*")]
        .filter(e => e.getClientRects().length && !e.ownerSVGElement)
        .filter(e => e.getBoundingClientRect().right > right)
        .map(e => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 40)}`)
}
"""
# What a learner may do, at random, so often: move, choose, type anything, click. A rest of all controls now and then.
PLAY = """
async (root, count) => {
    let seed = 1
    const random = () => (seed = (16807 * seed) % 2147483647) / 2147483647
    const any = list => list[Math.floor(random() * list.length)]
    const odd = ["", "-1", "0", "2.6", "0.17", "1e-30", "1e9", "1e400", "e"]
    const change = (input, value, ...kinds) => {
        input.value = value
        for (const kind of kinds) input.dispatchEvent(new Event(kind, {bubbles: true}))
    }
    for (let k = 0; k < count; k++) {
        const control = any(root.querySelectorAll(k % 20 ? "input" : "button, input"))
        if (control.type == "range") change(control, +control.min + random() * (control.max - control.min), "input")
        else if (control.type == "number") change(control, any(odd), "input", "change")
        else control.click()
        if (k % 10 == 0) await new Promise(done => k % 500 ? requestAnimationFrame(done) : setTimeout(done, 300))
    }
    for (const pressed of root.querySelectorAll("[aria-pressed=true]")) pressed.click()
}
"""


# Waits until nothing has moved for so many frames, however long these take.
REST = """
async root => {
    for (let before = "", same = 0, k = 0; same < 20 && k < 2000; k++) {
        await new Promise(requestAnimationFrame)
        const box = JSON.stringify(root.getBoundingClientRect())
        same = box == before ? same + 1 : 0
        before = box
    }
}
"""


class Shown:
    """A playground in a page. `words` is its summary, `picture` stands for what is drawn."""

    def __init__(self, page, number=0):
        self.page = page
        self.root = page.locator(".course-screen").nth(number)
        self.root.wait_for(state="visible")
        self.root.scroll_into_view_if_needed()
        self.root.evaluate(WATCH)

    @property
    def words(self):
        return self.root.get_by_role("status").text_content()

    @property
    def picture(self):
        return self.root.locator(".views").evaluate("views => views.innerHTML")

    @property
    def seen(self):
        return self.root.evaluate("root => root.seen")

    @property
    def rows(self):
        """How many rows the screen has."""
        return self.root.evaluate("root => root.screen.rows.size")

    def says(self, pattern):
        """Wait until the words match a pattern; return them."""
        script = "([root, pattern]) => new RegExp(pattern).test(root.querySelector('[role=status]').textContent)"
        try:
            self.page.wait_for_function(script, arg=[self.root.element_handle(), pattern])
        except Exception:
            raise AssertionError(f"the words do not come to match {pattern!r}: {self.words}") from None
        return self.words

    def has_table(self, rows=255):
        """Wait until the kernel has sent so many rows."""
        script = "([root, rows]) => root.screen.rows.size >= rows"
        self.page.wait_for_function(script, arg=[self.root.element_handle(), rows])

    def slider(self, name):
        return self.root.get_by_role("slider", name=name, exact=True)

    def box(self, name):
        """Return the number box of a slider."""
        return self.root.get_by_role("spinbutton", name=f"exact {name}", exact=True)

    def press(self, name, key, times=1):
        """Press a key on a slider."""
        self.slider(name).focus()
        for _ in range(times):
            self.page.keyboard.press(key)

    def type(self, name, text):
        """Type a number into the box of a slider."""
        self.box(name).fill(text)
        self.box(name).press("Enter")

    def drag(self, name, *places, moves=15):
        """Drag a slider's handle to some places on its rail, each from 0 (left) to 1 (right)."""
        slider, mouse = self.slider(name), self.page.mouse
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        share = slider.evaluate("e => (e.value - e.min) / (e.max - e.min || 1)")
        at = [box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2]
        mouse.move(*at)
        mouse.down()
        for place in places:
            aim = box["x"] + 8 + place * (box["width"] - 16)
            for k in range(1, moves + 1):
                mouse.move(at[0] + (aim - at[0]) * k / moves, at[1])
            at[0] = aim
        mouse.up()

    def resize(self, width, height=900):
        """Give the page another size, and wait until the playground is at rest in it."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.rest()

    def rest(self):
        """Wait until the playground has stopped moving over the page."""
        self.root.evaluate(REST)

    def play_about(self, count):
        """Do so many things at random, the same ones each time, and wait until the kernel has heard of the last."""
        self.root.evaluate(PLAY, count)
        self.page.wait_for_timeout(1000)

    def click(self, name):
        self.root.get_by_role("button", name=name, exact=True).click()

    def clipped(self):
        return self.root.evaluate(CLIPPED)

    def faults(self):
        """Return everything amiss that was seen since the page watches it."""
        seen = self.seen
        bad = re.compile(r"\b(nan|inf|undefined|null)\b|[{}]", re.IGNORECASE)
        faults = [f"not in words: {words}" for words in seen["words"] if bad.search(words)]
        if seen["rebuilt"]:
            faults.append("the screen was built anew")
        if not self.root.evaluate("root => root.isConnected"):
            faults.append("the screen was removed")
        return faults
