"""Record the README's picture: the training playground while its learning rate is moved, as .github/playground.gif.

python .ci/moving_picture.py   needs Chromium and the packages of ".[browser]"
"""

import io
import sys
import tempfile
from pathlib import Path

import nbformat
from PIL import Image
from playwright.sync_api import sync_playwright

from course_utils.__main__ import main as course

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from servers import chromium  # noqa: E402

TARGET = ROOT / ".github" / "playground.gif"
LARGEST = 1_000_000  # bytes
WIDTH, HEIGHT = 1000, 560  # pixels of the page
CELLS = (
    "from course_utils import make_line_data\nfrom course_utils.playgrounds import TrainingPlayground",
    "TrainingPlayground(make_line_data())",
)
# Stops of the rate's slider: from crawling to blowing up, and the milliseconds that each frame stays.
STOPS = [*range(60, 201, 5), *range(195, 150, -5), 150]
QUICK, LONG = 120, 1500
PAUSES = {60, 150, 190, 200}
COLOURS = 96


def page_of_playground(folder):
    """Write a page that has nothing but the playground; return its path."""
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    lesson = Path(folder, "playground.ipynb")
    nbformat.write(nbformat.v4.new_notebook(cells=cells), lesson)
    if course(["pages", str(Path(folder, "pages")), f"--lessons={lesson}"]):
        sys.exit("the page could not be written")
    return Path(folder, "pages", "playground.html")


def frames(path):
    """Yield (picture, milliseconds) for each stop of the slider."""
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(path.as_uri())
        page.add_style_tag(content="main { max-width: none; margin: 0; padding: 0 } .course-screen { padding: 10px }")
        page.wait_for_selector(".course-screen")
        rate, screen = page.get_by_label("learning rate", exact=True).first, page.locator(".course-screen").first
        page.get_by_label("epochs", exact=True).first.fill("20")
        for stop in STOPS:
            rate.fill(str(stop))
            page.wait_for_timeout(60)
            yield Image.open(io.BytesIO(screen.screenshot())).convert("RGB"), LONG if stop in PAUSES else QUICK
        browser.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        pictures, times = zip(*frames(page_of_playground(folder)), strict=True)
    palette = pictures[len(pictures) // 2].quantize(COLOURS)
    first, *others = (picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures)
    first.save(TARGET, save_all=True, append_images=others, duration=list(times), loop=0, optimize=True)
    size = TARGET.stat().st_size
    print(f"{TARGET.relative_to(ROOT)}: {len(times)} frames, {size / 1e3:.0f} kB")
    return f"more than {LARGEST} bytes" if size > LARGEST else 0


if __name__ == "__main__":
    sys.exit(main())
