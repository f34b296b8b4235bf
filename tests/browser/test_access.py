"""Lessons as pages and as slides under axe-core: no violation of WCAG 2.1, levels A and AA."""

import json
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from servers import ROOT, written

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
# Good practice beyond WCAG that headings and landmarks follow; not all of it makes sense for slides.
PRACTICE = ["heading-order", "page-has-heading-one", "landmark-one-main", "region", "empty-heading", "tabindex"]

lessons = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def axe():
    modules = os.environ.get("COURSE_NODE_MODULES")
    if not modules:
        pytest.skip("COURSE_NODE_MODULES names no folder that has axe-core and reveal.js")
    return Path(modules, "axe-core", "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


def violations(page, axe, rules=RULES, part="document"):
    """Return what axe-core finds on a part of the page as it is now: the number of elements for each rule."""
    if page.evaluate("!window.axe"):
        page.evaluate(axe)
    found = page.evaluate(f"axe.run({part}, {json.dumps(rules)})")
    assert found["passes"], "axe-core looked at nothing"
    return Counter({f"{rule['id']}: {rule['help']}": len(rule["nodes"]) for rule in found["violations"]})


@pytest.fixture
def shown(page, tmp_path):
    """A function that exports a lesson in some form and shows it."""

    def show(form, lesson):
        [path] = written(form, tmp_path, [lesson])
        page.goto(path.as_uri())
        return page

    return show


@lessons
def test_a_page_has_no_violation(shown, axe, lesson):
    page = shown("pages", lesson)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert violations(page, axe) == {}
    assert violations(page, axe, {"runOnly": {"type": "rule", "values": PRACTICE}}) == {}


@lessons
def test_a_page_needs_nothing_from_elsewhere_and_no_script(shown, lesson):
    page = shown("pages", lesson)
    assert [url for url in page.asked[1:] if not url.startswith("data:")] == []
    assert page.locator("script").count() == 0


@lessons
def test_a_page_fits_a_narrow_screen(shown, lesson):
    page = shown("pages", lesson)
    page.set_viewport_size({"width": 320, "height": 640})  # what WCAG 1.4.10 asks for
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@lessons
def test_every_picture_has_its_words_and_headings_are_in_order(shown, lesson):
    page = shown("pages", lesson)
    outputs = [o for cell in json.loads(lesson.read_text(encoding="utf-8"))["cells"] for o in cell.get("outputs", [])]
    words = ["".join(o["data"]["text/plain"]) for o in outputs if "image/png" in o.get("data", {})]
    assert page.eval_on_selector_all("img", "images => images.map(image => image.alt)") == words != []
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "headings => headings.map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@lessons
def test_slides_have_no_violation(shown, axe, lesson):
    page = shown("slides", lesson)
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    found = violations(page, axe)
    while not page.evaluate("Reveal.isLastSlide()"):
        page.keyboard.press("n")
        found += violations(page, axe, part="Reveal.getCurrentSlide()")
    assert found == {}


def test_axe_finds_what_plain_nbconvert_leaves(page, axe, tmp_path, record_property):
    """The same five lessons by nbconvert's own template. Were nothing found, axe-core would not be at work."""
    from nbconvert import HTMLExporter

    found, wordless = Counter(), 0
    for lesson in LESSONS:
        path = tmp_path / f"{lesson.stem}.html"
        path.write_text(HTMLExporter().from_filename(str(lesson))[0], encoding="utf-8")
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        found += violations(page, axe)
        wordless += page.locator("img[alt^='No description']").count()
    record_property("violations", dict(found))
    record_property("pictures without words", wordless)
    assert found and wordless
