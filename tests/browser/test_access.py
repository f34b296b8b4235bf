"""Lessons as pages and as slides under axe-core: no violation of WCAG 2.1, levels A and AA."""

import json
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from servers import ROOT, left_file

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


def violations(page, axe, rules=RULES, part="document"):
    """Return what axe-core finds on a part of the page as it is now: the number of elements for each rule."""
    if page.evaluate("!window.axe"):
        page.evaluate(axe)
    found = page.evaluate(f"axe.run({part}, {json.dumps(rules)})")
    assert found["passes"], "axe-core looked at nothing"
    return Counter({f"{rule['id']}: {rule['help']}": len(rule["nodes"]) for rule in found["violations"]})


def opened(page, path):
    """Open a page or a lecture and wait until its playgrounds are there."""
    page.goto(path.as_uri())
    places = page.locator(".playground").count()
    page.wait_for_function(f"document.querySelectorAll('.course-screen').length == {places}")


@lessons
def test_a_page_has_no_violation(page, pages, axe, lesson):
    opened(page, pages[lesson.stem])
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert violations(page, axe) == {}
    assert violations(page, axe, {"runOnly": {"type": "rule", "values": PRACTICE}}) == {}


# The words of marks on sliders that lie under a button.
HIDDEN_MARKS = """() => [...document.querySelectorAll(".mark")].filter((mark) => {
  const words = document.createRange();
  words.selectNodeContents(mark);
  const box = words.getBoundingClientRect();
  const beside = (b) => b.left >= box.right || b.right <= box.left;
  const above = (b) => b.bottom <= box.top || b.top >= box.bottom;
  const buttons = [...mark.closest(".course-screen").querySelectorAll("button")].map((e) => e.getBoundingClientRect());
  return box.width && !buttons.every((b) => beside(b) || above(b));
}).map((mark) => mark.textContent)"""


@lessons
def test_a_page_needs_nothing_from_elsewhere(page, pages, lesson):
    opened(page, pages[lesson.stem])
    assert left_file(page) == [] and len([url for url in page.asked if url.startswith("file:")]) == 1


@lessons
def test_a_page_fits_a_narrow_screen(page, pages, lesson):
    opened(page, pages[lesson.stem])
    page.set_viewport_size({"width": 320, "height": 640})  # what WCAG 1.4.10 asks for
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(HIDDEN_MARKS) == []


@lessons
def test_every_picture_has_its_words_and_headings_are_in_order(page, pages, lesson):
    opened(page, pages[lesson.stem])
    outputs = [o for cell in json.loads(lesson.read_text(encoding="utf-8"))["cells"] for o in cell.get("outputs", [])]
    words = ["".join(o["data"]["text/plain"]) for o in outputs if "image/png" in o.get("data", {})]
    script = "pictures => pictures.map(e => e.alt ?? e.closest('.course-screen').querySelector('.words').textContent)"
    assert page.eval_on_selector_all("img, .views[role=img]", script) == words != []
    names = page.eval_on_selector_all(".views", "all => all.map(views => views.getAttribute('aria-label'))")
    assert all(len(name.split()) > 2 for name in names)
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "headings => headings.map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


# All slides of a lecture one below the other, as nobody sees them: axe-core is asked once, and not on each.
BELOW = """
html, body, .reveal, .reveal .slides, .reveal .slides section {
  display: block !important; position: static !important; height: auto !important; overflow: visible !important;
  transform: none !important;
}
.reveal .slides section, .fragment { visibility: visible !important; opacity: 1 !important; }
.reveal .backgrounds { display: none; }
"""


@lessons
def test_slides_have_no_violation(page, lectures, axe, lesson):
    opened(page, lectures[lesson.stem])
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.add_style_tag(content=BELOW)
    unhide = "all => all.forEach(slide => { slide.hidden = false; slide.removeAttribute('aria-hidden') })"
    page.locator(".slides section").evaluate_all(unhide)
    slides = page.locator(".slides section:not(:has(section))")
    tops = slides.evaluate_all("all => all.map(slide => slide.getBoundingClientRect().top)")
    assert len(tops) == page.evaluate("Reveal.getTotalSlides()") and all(a + 20 < b for a, b in pairwise(tops))
    assert violations(page, axe) == {}


def test_axe_finds_what_plain_nbconvert_leaves(page, axe, tmp_path):
    """A lesson by nbconvert's own template. Were nothing found, axe-core would not be at work."""
    from nbconvert import HTMLExporter

    path = tmp_path / "lesson.html"
    path.write_text(HTMLExporter().from_filename(str(LESSONS[3]))[0], encoding="utf-8")
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    assert violations(page, axe) and page.locator("img[alt^='No description']").count()
