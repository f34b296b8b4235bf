"""What Sphinx reads of the lessons; tests/browser/test_site.py looks at what it makes."""

import copy
import html
import re
import shutil
from functools import cache
from pathlib import Path

import nbformat
import pytest
from lessons import NAMES, NOTEBOOKS, ROOT, outputs
from publish import read_address

from course_utils.__main__ import main
from course_utils.teaching import from_npm, screens, site
from course_utils.teaching.chapters import address, chapter, notes, welcome
from course_utils.teaching.notebooks import LIVE, slide_type, tags
from course_utils.teaching.screens import KIND

every_lesson = pytest.mark.parametrize("name", NAMES)


@cache
def cells_of(name, *names):
    """Return the cells of a lesson's chapter, on a site of some lessons; by default of all."""
    return chapter(copy.deepcopy(NOTEBOOKS[name]), name, names or NAMES).cells


@pytest.mark.thorough
@every_lesson
def test_a_chapter_loads_no_picture_from_elsewhere_and_keeps_all_words(name):
    texts = "\n".join(cell.source for cell in cells_of(name) if cell.cell_type == "markdown")
    assert "![" not in texts and texts.count("[Open in ") == 2
    shown = "".join(
        o.data["text/html"] for c in cells_of(name) for o in c.get("outputs", ()) if "text/html" in o.get("data", {})
    )
    for output in outputs(name):
        if "image/png" in output.get("data", {}):
            words = (
                output.data["text/plain"]
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace('"', "&quot;")
                .replace("'", "&#x27;")
            )
            assert f'alt="{words}"' in shown


@pytest.mark.thorough
@every_lesson
def test_a_reader_is_asked_what_a_learner_is_and_not_told_what_he_did_not_do(name):
    notebook = copy.deepcopy(NOTEBOOKS[name])
    asked = [cell.outputs[-1] for cell in notebook.cells if "prediction" in tags(cell)]
    questions = [output.data["text/plain"] for output in asked]
    for output in asked:
        output.data[LIVE[0]] = {"model_id": "0"}  # as a lesson has it that has just been run
    shown = [o.get("data", {}) for c in chapter(notebook, name, NAMES).cells for o in c.get("outputs", ())]
    texts = [data["text/html"] for data in shown if "text/html" in data]
    found = [html.unescape(re.fullmatch('<p class="ask">(.*)</p>', text)[1]) for text in texts if "ask" in text[:14]]
    assert found == questions != []
    assert not [data for data in shown if LIVE[0] in data]
    assert not re.search("made no prediction|Not attempted", "".join(texts))
    assert sum(text.count("t was ") for text in texts) >= len(questions)


@pytest.mark.thorough
@every_lesson
def test_a_link_to_a_lesson_that_the_site_lacks_is_text(name):
    links = re.findall(r"\[([^\]]*)\]\((\d\w+)\.ipynb\)", "".join(c.source for c in NOTEBOOKS[name].cells))
    for names, cells in ((NAMES, cells_of(name)), (NAMES[:1], cells_of(name, NAMES[0]))):
        texts = "".join(cell.source for cell in cells if cell.cell_type == "markdown")
        assert all((f"]({to}.ipynb" in texts) == (to in names) and words in texts for words, to in links)


@pytest.mark.thorough
@every_lesson
def test_what_is_folded_in_jupyterlab_is_folded(name):
    for cell in cells_of(name):
        hidden = cell.metadata.get("jupyter", {})
        assert bool(hidden) == any(tag.startswith("hide-") for tag in tags(cell))
        assert slide_type(cell) != "notes"


def test_each_note_stands_under_its_section():
    page = notes(NOTEBOOKS)
    for name, notebook in NOTEBOOKS.items():
        assert f"({name}.ipynb)\n" in page
        for cell in notebook.cells:
            if slide_type(cell) == "notes":
                assert cell.source.split("\n\n")[1] in page
    assert "<details>" not in page and not re.search(r"### \n", page)


def test_the_first_page_leads_to_each_lesson():
    page = welcome(NOTEBOOKS)
    assert re.findall(r"^- \[\d+ · .*\]\((\w+)\.ipynb\), \d+ minutes$", page, re.MULTILINE) == NAMES
    assert "\n".join(NAMES) in page


@every_lesson
def test_the_address_is_that_of_the_badge(name):
    assert address(NOTEBOOKS[name]) == read_address(ROOT)
    assert address(nbformat.v4.new_notebook()) is None


def test_a_site_that_is_there_is_not_written_over_but_by_wish(tmp_path, monkeypatch, capsys):
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    assert main(["site", str(tmp_path)]) == 2
    assert "index.html is there already; --overwrite" in capsys.readouterr().err
    monkeypatch.chdir(ROOT)
    assert main(["site", "notebooks"]) == 2
    assert "is where the lessons are" in capsys.readouterr().err


@pytest.fixture
def own_site(tmp_path, monkeypatch, capsys):
    """A function that builds a site of one notebook and returns (its exit status, what it says of a fault)."""
    mathjax = tmp_path / "node" / "mathjax" / "es5" / "tex-svg.js"
    mathjax.parent.mkdir(parents=True)
    mathjax.write_text("", encoding="utf-8")
    monkeypatch.setenv("COURSE_NODE_MODULES", str(tmp_path / "node"))
    monkeypatch.setattr(from_npm.shutil, "which", lambda name: None)

    def built(name, *texts, code=()):
        cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
        notebook = nbformat.v4.new_notebook(cells=[*cells, *code])
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
        status = main(["site", str(tmp_path / "site"), f"--lessons={tmp_path / name}.ipynb", "--overwrite"])
        return status, capsys.readouterr().err

    return built


@pytest.mark.parametrize("texts", [[], ["no heading"], ["# One", "### Three"]])
def test_a_notebook_of_anyone_becomes_a_page(own_site, tmp_path, texts):
    assert own_site("their own", *texts) == (0, "")
    title = "One" if len(texts) == 2 else "their own"
    assert f"<title>{title} &#8212; " in Path(tmp_path, "site", "their own.html").read_text(encoding="utf-8")


def test_what_makes_no_site_costs_one_line(own_site, tmp_path, monkeypatch):
    status, told = own_site("index", "# Mine")
    assert status == 2 and "page of its own that is called index" in told
    status, told = own_site("broken", "# Mine\n\n![a picture](nowhere.png)")
    assert (
        status == 2 and re.search(r"Sphinx warns: broken\.ipynb:\d+: WARNING: .*nowhere", told) and "\x1b" not in told
    )
    Path(tmp_path, "site", "broken.html").unlink()
    Path(tmp_path, "site", "broken.html").mkdir()  # Sphinx can't write its page there
    status, told = own_site("broken", "# Mine")
    assert status == 2 and "broken" in told and told.count("\n") == 1
    monkeypatch.setattr(site, "parts", None)
    status, told = own_site("other", "# Mine")
    assert status == 2 and "Sphinx says: Handler" in told and told.count("\n") == 1


PLACE = "https://github.com/some/course"
COLAB = "https://colab.research.google.com/github/some/course/blob/v1/notebooks/their.ipynb"
SAVED = {KIND: {"words": "as it was saved"}, "image/png": "", "text/plain": "A playground"}


def test_a_page_has_what_draws_its_playgrounds_and_what_opens_it(own_site, tmp_path):
    output = nbformat.v4.new_output("display_data", SAVED)
    shown = nbformat.v4.new_code_cell("LinePlayground(data)", outputs=[output])
    folded = nbformat.v4.new_code_cell("w = 1", metadata={"jupyter": {"source_hidden": True}})
    badge = f"# Mine\n\n[![Colab](https://example.org/badge.svg)]({COLAB})"
    assert own_site("their", badge, "## Part\n\n$x^2$\n\n### Piece", code=[shown, folded]) == (0, "")
    page = Path(tmp_path, "site", "their.html").read_text(encoding="utf-8")
    style, script = screens.parts('<div class="playground">')
    assert style in page and script in page and "as it was saved" in page
    assert "<details" in page and "Toggle hidden content" not in page
    assert 'data-theme="auto"' in page and 'lang="en"' in page and "_static/site.css" in page
    assert re.search(r'"toctree-l1">\s*<a [^>]*href="index.html"', page), "the first page leads the list of pages"
    assert page.count('<ul class="pst-show_toc_level') == page.count('<li class="toc-h') > 2, "nothing is folded there"
    binder = "https://mybinder.org/v2/gh/some/course/v1?urlpath=lab/tree/notebooks/their.ipynb"
    assert set(re.findall(r'href="(https://[^"]*some/course[^"]*)"', page)) == {COLAB, binder, PLACE}
    own_words = re.search('<footer class="bd-footer-content">(.*?)</footer>', page, re.DOTALL)[1]
    assert not re.sub("<[^>]*>", "", own_words).strip(), "the theme has no words of its own there"
    assert "theme-switch-button" in page and not re.search("download|_sources", page)


def test_what_a_site_brought_once_it_has_the_next_time(own_site, tmp_path):
    assert own_site("first", "# Mine, $x^2$") == (0, "")
    shutil.rmtree(tmp_path / "node")
    assert own_site("second", "# Mine, $x^3$") == (0, "")
    assert "_static/es5/tex-svg.js" in Path(tmp_path, "site", "second.html").read_text(encoding="utf-8")
