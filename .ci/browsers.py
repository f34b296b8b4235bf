"""Whether playgrounds in pages say and draw the same in Firefox and in WebKit, Safari's engine, as in Chromium.

nox -f .ci/noxfile.py -s browsers     needs Debian's chromium, firefox-esr, webkit2gtk-driver and xvfb
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import zip_longest
from pathlib import Path

import psutil
import servers
from marionette_driver.marionette import Marionette
from playwright.sync_api import sync_playwright
from processes import end, free_port
from selenium import webdriver

SCREEN = ":97"
# Each control of each playground in turn; what the words say and what is drawn after each.
DRIVE = """
const found = [];
const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
for (const root of document.querySelectorAll(".course-screen")) {
  const note = async () => {
    await settled();
    const drawn = [...root.querySelectorAll(".views path")].map((path) => path.getAttribute("d"));
    found.push([root.querySelector("[role=status]").textContent, drawn]);
  };
  await note();
  for (const range of root.querySelectorAll("input[type=range]")) {
    for (const share of [0.2, 0.5, 0.8, 1]) {
      range.value = String(Math.round(Number(range.min) + share * (range.max - range.min)));
      range.dispatchEvent(new Event("input", { bubbles: true }));
      await note();
    }
  }
  for (const choice of root.querySelectorAll("input[type=radio]")) { choice.click(); await note(); }
  for (const button of root.querySelectorAll("button")) {
    if (button.textContent !== "Play") { button.click(); await note(); }
  }
}
return JSON.stringify(found);
"""
DRIVEN = f"(async () => {{ {DRIVE} }})()"
CALLED_BACK = f"{DRIVEN}.then(arguments[arguments.length - 1])"  # WebDriver's scripts hand over by a function


@contextlib.contextmanager
def running(*command, **environment):
    """A process that listens, for as long as the context lasts."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = psutil.Popen(command, env=os.environ | environment, **quiet)
    try:
        time.sleep(2)
        yield
    finally:
        end(process)


@contextlib.contextmanager
def chromium(folder):
    with sync_playwright() as playwright:
        browser = servers.chromium(playwright)
        page = browser.new_page()
        yield page.goto, lambda: page.evaluate(DRIVEN)
        browser.close()


@contextlib.contextmanager
def firefox(folder):
    port = free_port()
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});', encoding="utf-8")
    command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with running(*command, HOME=str(folder)):
        client = Marionette(host="127.0.0.1", port=port)
        client.start_session()
        client.timeout.script = 60
        yield client.navigate, lambda: client.execute_async_script(CALLED_BACK)
        client.delete_session()


@contextlib.contextmanager
def webkit(folder):
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.?/MiniBrowser")))
    options.add_argument("--automation")
    with running("Xvfb", SCREEN):
        os.environ["DISPLAY"] = SCREEN
        service = webdriver.webkitgtk.service.Service(shutil.which("WebKitWebDriver"))
        driver = webdriver.WebKitGTK(options=options, service=service)
        driver.set_script_timeout(60)
        yield driver.get, lambda: driver.execute_async_script(CALLED_BACK)
        driver.quit()


def main(folder):
    """Write the pages, drive them in each browser, and return how many states differ, or are missing."""
    subprocess.run([sys.executable, "-m", "course_utils", "pages", str(folder / "pages")], check=True)
    found = {}
    for browser in (chromium, firefox, webkit):
        own = folder / browser.__name__
        own.mkdir()
        with browser(own) as (go, drive):
            for page in sorted((folder / "pages").glob("*.html")):
                go(page.as_uri())
                time.sleep(1)
                found[browser, page.stem] = json.loads(drive())
    wrong = 0
    for (browser, name), states in found.items():
        right = found[chromium, name]
        differ = sum(one != other for one, other in zip_longest(states, right))
        print(f"{browser.__name__:8} {name:20} {len(right)} states, {differ} differ")
        wrong += differ or not right
    return wrong


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        sys.exit(bool(main(Path(place))))
