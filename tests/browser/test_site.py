"""The course as a web site, opened from its folder without a network: on a screen and on a phone, light and dark."""

import html
import json
import os
import re
from pathlib import Path

import nbformat
import publish
import pytest
from servers import ROOT, new_context
from shown import Shown

from course_utils.__main__ import main
from course_utils.teaching.notebooks import slide_type, tags

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
LARGEST = 40_000_000  # bytes of the whole site
NOT_OURS = ("Access to XMLHttpRequest at 'file:", "Failed to load resource: net::ERR_FAILED")  # axe-core reads styles


@pytest.fixture(scope="module")
def site(revived, tmp_path_factory):
    """The folder of the site, made of lessons that have been run."""
    folder = tmp_path_factory.mktemp("site")
    assert main(["site", str(folder), *(f"--lessons={path}" for path in revived.values())]) == 0
    return folder


@pytest.fixture
def opened(browser, site):
    """A function that opens a page of the site; `page.asked` and `page.faults` note what it does."""
    contexts = []

    def show(name, theme="light", width=1280, query=""):
        context = new_context(browser, viewport={"width": width, "height": 900}, color_scheme=theme, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.goto((site / name).as_uri() + query)
        places, formulas = (page.locator(kind).count() for kind in (".playground", ".math"))
        page.wait_for_function(f"document.querySelectorAll('.course-screen').length == {places}")
        page.wait_for_function(f"document.querySelectorAll('mjx-container').length == {formulas}")
        return page

    yield show
    for context in contexts:
        context.close()


def outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


@pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("light", 1280),
        ("dark", 390),
        pytest.param("dark", 1280, marks=pytest.mark.thorough),
        pytest.param("light", 390, marks=pytest.mark.thorough),
    ],
)
def test_no_page_has_a_violation_or_asks_for_anything_from_elsewhere(opened, site, theme, width):
    modules = os.environ.get("COURSE_NODE_MODULES")
    if not modules:
        pytest.skip("COURSE_NODE_MODULES names no folder that has axe-core")
    axe = Path(modules, "axe-core", "axe.min.js").read_text(encoding="utf-8")
    names = sorted(path.name for path in site.glob("*.html"))
    assert len(names) > len(list((ROOT / "notebooks").glob("*.ipynb")))
    for name in names:
        page = opened(name, theme, width)
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        page.wait_for_timeout(700)  # what is unfolded fades in
        page.evaluate(axe)
        found = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
        assert found["passes"] and [rule["help"] for rule in found["violations"]] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == [], name
        assert [fault for fault in page.faults if not fault.startswith(NOT_OURS)] == [], name


def test_every_slider_lives_and_every_picture_has_its_own_words(opened, site, revived):
    for name, path in revived.items():
        notebook = nbformat.read(path, as_version=4)
        written = (site / f"{name}.html").read_text(encoding="utf-8")
        words = [o.data["text/plain"] for o in outputs(notebook) if "image/png" in o.get("data", {})]
        assert [
            html.unescape(alt) for alt in re.findall(r'<img src="data:image/png[^>]* alt="([^"]*)"', written)
        ] == words
        page = opened(f"{name}.html")
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        for number in range(page.locator(".playground").count()):
            shown = Shown(page, number)
            slider = shown.root.get_by_role("slider").first
            before, place = shown.words, slider.input_value()
            slider.press("ArrowRight")
            if slider.input_value() == place:
                slider.press("ArrowLeft")
            page.wait_for_timeout(100)
            assert shown.words != before and shown.faults() == []


def test_solutions_are_folded_and_notes_are_on_a_page_of_their_own(opened, revived):
    notes = opened("notes.html").locator("main").inner_text()
    for name, path in revived.items():
        notebook, page = nbformat.read(path, as_version=4), opened(f"{name}.html")
        solutions = [cell for cell in notebook.cells if "solution" in tags(cell)]
        folded = page.locator("details:not([open]) > summary", has_text="Solution")
        assert folded.count() == len(solutions) > 0
        told = sum(slide_type(cell) == "notes" for cell in notebook.cells)
        assert page.get_by_text("Wait for:").count() == 0 and told
        assert notes.count("Wait for:") >= told


def test_the_search_finds_a_lesson_and_the_theme_can_be_switched(opened):
    page = opened("search.html", query="?q=steepest")
    page.wait_for_selector("#search-results li")
    page = opened("index.html")
    page.locator(".theme-switch-button:visible").first.click()
    page.locator(".theme-change-button[data-mode=dark]:visible").first.click()
    page.wait_for_function("document.documentElement.dataset.theme == 'dark'")


def test_the_buttons_open_this_course(opened, revived):
    repository, ref = publish.read_address(ROOT)
    for name in revived:
        links = opened(f"{name}.html").eval_on_selector_all("a", "all => all.map(link => link.href)")
        for start in (publish.COLAB, publish.BINDER):
            own = [link for link in links if start.format(repository=repository, ref=ref) in link]
            assert len(own) == 2 and all(link.endswith(f"notebooks/{name}.ipynb") for link in own)


def test_the_site_is_small(site):
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < LARGEST
