"""What is left of a playground where no kernel runs: exports show its picture, with its summary as alt text."""

import base64
import json
import re
from html.parser import HTMLParser

import pytest
from compare import VIEW
from servers import ROOT, new_context

LESSON = ROOT / "notebooks" / "04_training_loop.ipynb"


def playground(notebook):
    """Return the output that the playground left in a notebook."""
    cells = [cell for cell in notebook["cells"] if "TrainingPlayground(" in "".join(cell["source"])]
    output, *_ = [output for cell in cells for output in cell["outputs"] if "image/png" in output.get("data", {})]
    return output


class Images(HTMLParser):
    """The alt text of each image of a page, by the bytes of the image."""

    def __init__(self, page):
        super().__init__()
        self.alts = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "img" and attrs.get("src", "").startswith("data:image/png;base64,"):
            self.alts[base64.b64decode(attrs["src"].partition(",")[2])] = attrs.get("alt")


def exported(folder, change=lambda output: None, template_name="classic"):
    """Return lesson 4 as HTML, and the output of its playground, after a change of the latter.

    Of nbconvert's own templates, `classic` is the one that keeps alt text; `lab` has the pictures without words.
    """
    exporters = pytest.importorskip("nbconvert.exporters", reason="nbconvert is not installed")
    notebook = json.loads(LESSON.read_text(encoding="utf-8"))
    output = playground(notebook)
    change(output)
    path = folder / "lesson.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return exporters.HTMLExporter(template_name=template_name).from_filename(str(path))[0], output


def saved_live(output):
    """Change an output to what JupyterLab saves after Run All: with a view of a widget that is no longer there."""
    output["data"][VIEW] = {"version_major": 2, "version_minor": 0, "model_id": "0" * 32}


@pytest.mark.parametrize("change", [lambda output: None, saved_live], ids=["committed", "saved-live"])
def test_html_shows_the_playground_and_its_words(tmp_path, change):
    page, output = exported(tmp_path, change)
    png = base64.b64decode("".join(output["data"]["image/png"]))
    summary = "".join(output["data"]["text/plain"])
    assert Images(page).alts.get(png) == summary
    assert Images(exported(tmp_path, change, template_name="lab")[0]).alts.keys() >= {png}
    assert summary.startswith("Learning rate 0.1, epoch 10 of 10: w = ")


def test_pdf_shows_the_playground(tmp_path, browser):
    """By the browser's own printing; the tags of the PDF keep the words for screen readers."""
    page, output = exported(tmp_path)
    images, summary = len(Images(page).alts), "".join(output["data"]["text/plain"])
    context = new_context(browser, offline=True)
    view = context.new_page()
    view.set_content(page)
    pdf = view.pdf(tagged=True)
    context.close()
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Subtype\s*/Image", pdf)) >= images
    assert f"/Alt ({summary[:30]}".encode() in pdf.replace(b"\\", b"")
