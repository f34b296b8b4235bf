"""Servers of two widget generations and one browser, or the reason why they are not there."""

import os
import shutil
import sys

import nbformat
import pytest
from servers import (
    ROOT,
    Classic,
    Lab,
    Notebook7,
    chromium,
    finished,
    new_context,
    open_notebook,
    run_all,
    serving,
    write_notebook,
    written,
)

from course_utils.teaching.notebooks import read
from course_utils.teaching.screens import revive


@pytest.fixture(scope="session")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    with api.sync_playwright() as playwright:
        try:
            browser = chromium(playwright)
        except api.Error as error:
            pytest.skip(f"no Chromium that Playwright can start: {str(error).splitlines()[0]}")
        yield browser
        browser.close()


# Each server; a Python that is not this one is named by an environment variable.
GENERATIONS = {
    "jupyterlab": (Lab, None),
    "notebook7": (Notebook7, None),
    "classic": (Classic, "COURSE_CLASSIC_PYTHON"),
}


# Notebook 7 is made of JupyterLab's parts: what it does with them is tried in these, and in all others once a week.
IN_NOTEBOOK_7 = {
    "test_predictions_are_made_by_keyboard",
    "test_the_mouse_drags_and_the_last_value_is_shown",
    "test_the_kernel_knows_where_the_sliders_rest",
    "test_each_playground_follows_keys_and_mouse",
    "test_sliders_outlive_their_kernel",
    "test_where_no_module_loads_the_kernel_draws_and_nothing_is_shown_broken",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "notebook7" in item.name and item.originalname not in IN_NOTEBOOK_7:
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(scope="module", params=GENERATIONS)
def kind(request, browser):
    kind, variable = GENERATIONS[request.param]
    if variable is None:
        pytest.importorskip(kind.module, reason=f"{kind.module} is not installed: pip install -e '.[browser]'")
        return kind(sys.executable)
    if variable not in os.environ:
        pytest.skip(f"{variable} names no Python that has this server")
    return kind(os.environ[variable])


@pytest.fixture(scope="module")
def server(kind):
    with serving(kind) as (address, folder):
        yield address, folder


@pytest.fixture(scope="module")
def new_page(browser, kind, server):
    """A function that opens a page in which every fault of a script is noted in `page.faults`."""
    contexts = []

    def opened(width=1280, height=900):
        context = new_context(browser, viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: str(error) in kind.own_faults or page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def close():
        while contexts:
            contexts.pop().close()

    opened.close = close
    yield opened
    close()


@pytest.fixture
def alone(kind, new_page):
    """(address, folder) of a server of its own, after the pages of other tests are closed."""
    new_page.close()
    with serving(kind) as found:
        yield found


@pytest.fixture(scope="session")
def revived(tmp_path_factory):
    """Each lesson by its name as a file, run once, with all that its playgrounds need to be drawn without a kernel."""
    folder = tmp_path_factory.mktemp("revived")
    for lesson in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook = read(lesson)
        revive(notebook, lesson.parent)
        nbformat.write(notebook, folder / lesson.name)
    return {path.stem: path for path in sorted(folder.glob("*.ipynb"))}


@pytest.fixture(scope="session")
def pages(revived, tmp_path_factory):
    """Each lesson by its name as a page."""
    return dict(zip(revived, written("pages", tmp_path_factory.mktemp("pages"), revived.values()), strict=True))


@pytest.fixture(scope="session")
def lectures(revived, tmp_path_factory):
    """Each lesson by its name as slides."""
    if not (os.environ.get("COURSE_NODE_MODULES") or shutil.which("npm")):
        pytest.skip("neither COURSE_NODE_MODULES nor npm can give reveal.js")
    return dict(zip(revived, written("slides", tmp_path_factory.mktemp("slides"), revived.values()), strict=True))


@pytest.fixture
def page(browser):
    """A page without a network that notes in `page.asked` what it asks for and in `page.faults` what goes wrong."""
    context = new_context(browser, viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    page.asked, page.faults = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    yield page
    context.close()


@pytest.fixture(scope="module")
def executed(kind, server, new_page):
    """A function that writes a notebook of some cells, opens it and runs them all; it returns the page."""
    address, folder = server

    def opened(name, sources):
        write_notebook(folder / name, sources)
        page = new_page()
        open_notebook(page, kind, address, name)
        run_all(page, kind)
        finished(page, kind)
        return page

    return opened
