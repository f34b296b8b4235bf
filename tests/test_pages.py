"""Pages and slides of any notebook: the lessons, and one in which everything is unlike them."""

import argparse
import base64
import html
import io
import json
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from lessons import NAMES, NOTEBOOKS, cells, outputs, tags
from PIL import Image

from course_utils.teaching import from_npm, layout, pages, screens, slides
from course_utils.teaching.notebooks import LIVE
from course_utils.teaching.outputs import output_html, smaller

VIEW = LIVE[0]

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
new = nbformat.v4


def output(**data):
    """Return what a library displays; kinds of data are written with two underscores for a slash."""
    return new.new_output("display_data", {kind.replace("__", "/").replace("_", "."): it for kind, it in data.items()})


NASTY = {
    "an error": new.new_output("error", ename="E", evalue="v", traceback=["\x1b[31mTrace\x1b[0m <here>", "line 2"]),
    "an error without a trace": new.new_output("error", ename="Cross", evalue="very", traceback=[]),
    "stderr": new.new_output("stream", name="stderr", text="\x1b[1mwarned\x1b[0m & told"),
    "a Matplotlib picture": output(image__png=PNG, text__plain="<Figure size 640x480 with 1 Axes>"),
    "a picture alone": output(image__png=PNG),
    "a JPEG": output(image__jpeg=PNG),
    "an SVG": new.new_output("display_data", {"image/svg+xml": "<?xml version='1.0'?><svg><script>1</script></svg>"}),
    "HTML": output(text__html="<table><tr><td>cell</td></tr></table>", text__plain="cell"),
    "Markdown": output(text__markdown="**bold**, $x^2$"),
    "LaTeX": output(text__latex=r"$\displaystyle \frac{1}{2}$"),
    "broken LaTeX": output(text__latex=r"$\frac{1}{$"),
    "JSON": output(application__json={"a": [1, "<b>"]}),
    "a widget": new.new_output("display_data", {VIEW: {"model_id": "0"}, "text/plain": "IntSlider(value=0)"}),
    "only a widget": new.new_output("display_data", {VIEW: {"model_id": "0"}}),
    "nothing": output(),
}
NASTY["an SVG"].metadata = {"image/svg+xml": {"isolated": True}}
MARKDOWN = [
    "No heading. It costs $5 and $6. A formula: $\\alpha_1$, a broken one: $\\frac{$",
    "![attached](attachment:a.png) ![lost](attachment:lost.png) ![far](https://example.org/x.png)",
    "```\nno language\n```\n\n```klingon\nqapla'\n```\n\n``` \nblank\n```\n\n    indented",
    "> quoted\n\n- [ ] a task\n\n| a |\n|---|\n| `b` |\n\n<details><summary>S</summary>\n\nfolded\n\n</details>",
    "",
    "####### seven",
    "$$\n\\begin{matrix}1\\\\2\n$$",
]


def foreign():
    """Return a notebook that no tool of the course wrote: no slide types, no tags, every kind of cell and output."""
    notebook = new.new_notebook(metadata={})
    notebook.cells = [new.new_code_cell("1/0", outputs=[*NASTY.values()]), new.new_code_cell("")]
    notebook.cells += [new.new_markdown_cell(text) for text in MARKDOWN]
    notebook.cells[3]["attachments"] = {"a.png": {"image/png": PNG}}
    notebook.cells += [new.new_raw_cell("<raw>"), new.new_raw_cell("<hr>", metadata={"format": "text/html"})]
    notebook.cells += [new.new_code_cell("%%bash\nls <x>\n!ls"), new.new_code_cell("for (((")]
    for kind in ("slide", "subslide", "fragment", "skip", "notes", "-", "", "strange"):
        notebook.cells.append(new.new_markdown_cell("## Typed", metadata={"slideshow": {"slide_type": kind}}))
    notebook.cells.append(new.new_markdown_cell("x", metadata={"slideshow": {}}))
    notebook.cells.append(new.new_code_cell("prediction", metadata={"tags": ["prediction"]}))
    return notebook


WRITERS = {"page": pages.page, "slides": slides.lecture}
writers = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


@writers
def test_a_foreign_notebook_is_shown_with_all_it_says(write):
    shown = write(foreign(), "its name")
    assert "<title>its name</title>" in shown
    for words in [
        "Trace",
        "&lt;here&gt;",
        "Cross: very",
        "warned",
        "&amp; told",
        "<td>cell</td>",
        "<strong>bold</strong>",
    ]:
        assert words in shown
    assert "\x1b" not in shown and "IntSlider(value=0)" in shown
    assert "<mfrac>" in shown and "frac{1}{" in shown  # the broken one stays as it is written
    assert "&quot;&lt;b&gt;&quot;" in shown or '"&lt;b&gt;"' in shown
    assert f"An output that a page cannot show: {VIEW}" in shown
    assert "&lt;raw&gt;" in shown and "<hr>" in shown
    assert shown.count("<img ") == 5 and 'alt="attached"' in shown and "lost" in shown and "far" in shown
    assert shown.count('alt="A picture without a description"') == 4
    assert "example.org" not in shown and "<script>1" not in shown


@writers
@pytest.mark.parametrize("kind", NASTY)
def test_each_kind_of_output_can_stand_alone(write, kind):
    notebook = new.new_notebook(cells=[new.new_code_cell("x", outputs=[NASTY[kind]])])
    assert 'role="group" aria-label="Output"' in write(notebook, "name")


@writers
def test_an_empty_notebook_and_another_language_are_shown(write):
    assert "<title>empty</title>" in write(new.new_notebook(), "empty")
    for language in ("R", "klingon"):
        notebook = new.new_notebook(cells=[new.new_code_cell("x <- 1")], metadata={"language_info": {"name": language}})
        assert "&lt;-" in write(notebook, "name")


@pytest.mark.parametrize("outputs_hidden", [False, True])
def test_what_is_folded_in_a_notebook_is_folded_on_its_page(outputs_hidden):
    hidden = {"jupyter": {"source_hidden": True, "outputs_hidden": outputs_hidden}}
    told = new.new_output("stream", text="what it printed")
    notebook = new.new_notebook(
        cells=[new.new_code_cell("# @title Its <title>\nx = 1", outputs=[told], metadata=hidden)]
    )
    shown = pages.page(notebook, "name")
    folded = shown[shown.index("<details>") : shown.index("</details>")]
    assert "<summary>Its &lt;title&gt;</summary>" in folded and '<span class="n">x</span>' in folded
    assert ("what it printed" in folded) == outputs_hidden and "what it printed" in shown


def test_pictures_of_a_page_have_few_colours_and_look_alike():
    noise = np.random.default_rng(0).normal(0, 3, (300, 400, 1))
    pixels = np.clip(np.linspace(250, 20, 400)[:, None] * [0.4, 0.7, 1] + noise, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    before = base64.b64encode(file.getvalue()).decode("ascii")
    after = Image.open(io.BytesIO(base64.b64decode(smaller(before))))
    assert len(smaller(before)) < len(before) and len(after.getcolors(256)) <= 256
    assert np.abs(np.asarray(after.convert("RGB"), int) - pixels).mean() < 3
    assert smaller("no picture") == "no picture" and smaller(PNG) == PNG
    shown = nbformat.v4.new_output("display_data", {"image/png": before, "text/plain": "noise"})
    assert smaller(before) in output_html(shown) and before not in output_html(shown)


def test_headings_begin_slides_where_no_cell_says_how_it_stands():
    texts = ["before", "# A", "text", "### A.1", "## B", "#### deep"]
    notebook = new.new_notebook(cells=[new.new_markdown_cell(text) for text in texts])
    assert [len(stack) for stack in layout.stacks(notebook, ".html")] == [1, 2, 2]


@pytest.mark.parametrize(
    "kinds, slides_of_them",
    [
        (["code", "sentence"], ["code sentence"]),
        (["sentence", "code"], ["sentence code"]),
        (["sentence", "heading"], ["sentence", "heading"]),
        (["long code", "sentence"], ["long code", "sentence"]),
        (["playground", "sentence"], ["playground", "sentence"]),
        (["sentence"], ["sentence"]),
        (["code", "four rows"], ["code four rows"]),
        (["code", "five rows"], ["code", "five rows"]),
    ],
)
def test_a_sentence_is_alone_on_a_slide_only_where_no_neighbour_has_room(kinds, slides_of_them):
    screen = new.new_output("display_data", {screens.KIND: {"scene": {}}, "image/png": PNG, "text/plain": "drawn"})
    cells = {
        "sentence": new.new_markdown_cell("One sentence stands here."),
        "four rows": new.new_markdown_cell("Some rows".ljust(4 * 80, ".")),
        "five rows": new.new_markdown_cell("Some rows".ljust(4 * 80 + 1, ".")),
        "heading": new.new_markdown_cell("### A part\n\nIts words."),
        "code": new.new_code_cell("a = 1"),
        "long code": new.new_code_cell("a = 1\n" * 24),
        "playground": new.new_code_cell("TrainingPlayground()", outputs=[screen]),
    }
    notebook = new.new_notebook(cells=[cells[kind].copy() for kind in kinds])
    for cell in notebook.cells:
        cell.metadata = {"slideshow": {"slide_type": "subslide"}}
    [stack] = layout.stacks(notebook, ".html")
    signs = {"sentence": "One sentence", "heading": "Its words", "code": "<pre>", "playground": "playground"}
    signs["rows"] = "Some rows"
    for slide, kinds_on_it in zip(stack, slides_of_them, strict=True):
        named = set(kinds_on_it.split()) - {"long", "four", "five"}
        assert {kind for kind, sign in signs.items() if sign in slide.shown} == named
    assert ("fragment" in stack[0].shown) == (slides_of_them in (["code sentence"], ["code four rows"]))


def test_a_saved_playground_stands_in_the_page_as_it_was_saved():
    saved = {"scene": {"words": "a < b, </script>, 3 · x"}, "rows": [[1.5, None]]}
    shown = screens.screen_html(new.new_output("display_data", {screens.KIND: saved}), "<img>")
    [code] = re.findall('<script type="application/json">(.*?)</script>', shown)
    assert json.loads(code) == saved and "<img>" in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_a_lesson_shows_all_its_outputs_with_their_words(name):
    shown = html.unescape(pages.page(NOTEBOOKS[name], name))
    for output in outputs(name):
        if "image/png" in output.get("data", {}):
            assert f'alt="{output.metadata["image/png"]["alt"]}"' in shown
        else:
            assert (output.get("text") or output.data["text/plain"]).strip().splitlines()[0] in shown
    assert shown.count("<math ") == len(re.findall(r"\$\$.+?\$\$", "".join(c.source for c in cells(name, "markdown"))))


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_slides_of_a_lesson_answer_no_check_and_no_prediction(name):
    shown = slides.lecture(NOTEBOOKS[name], name)
    assert "Not attempted" not in shown and "You made no prediction" not in shown and "prediction.compare" not in shown
    assert "<summary>" not in shown and "Solution" not in shown and "Hint 1" not in shown
    asked = [cell for cell in cells(name, "code") if "prediction" in tags(cell)]
    questions = [html.escape(cell.outputs[-1].data["text/plain"]) for cell in asked]
    assert re.findall('<p class="ask">(.*)</p>', shown) == questions
    assert all(html.escape(output.text).strip() in shown for cell in asked for output in cell.outputs[:-1])


def options(folder, lesson, **others):
    return argparse.Namespace(folder=folder, lessons=[lesson], overwrite=False, large=False, **others)


@pytest.mark.thorough
def test_large_pictures_are_drawn_anew(tmp_path, monkeypatch):
    """The lecture of a notebook that says how large its pictures are; reveal.js is there already."""
    (tmp_path / "node").mkdir()
    for name in slides.REVEAL_FILES:
        file = tmp_path / "node" / "reveal.js" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    monkeypatch.setenv("COURSE_NODE_MODULES", str(tmp_path / "node"))
    code = "from course_utils import picture", "print('zoom', picture.zoom())"
    notebook = new.new_notebook(cells=[new.new_code_cell(line) for line in code])
    nbformat.write(notebook, tmp_path / "own.ipynb")
    wanted = options(tmp_path / "out", tmp_path / "own.ipynb")
    wanted.large = True
    slides.run(wanted)
    assert "zoom 1.5" in Path(tmp_path, "out", "own.slides.html").read_text(encoding="utf-8")
    assert all((tmp_path / "out" / "reveal.js" / name).exists() for name in slides.REVEAL_FILES)


@pytest.mark.parametrize("found", [None, "false"])
def test_without_reveal_js_one_line_says_what_to_do(tmp_path, monkeypatch, found):
    monkeypatch.delenv("COURSE_NODE_MODULES", raising=False)
    monkeypatch.setattr(from_npm.shutil, "which", lambda name: found)
    with pytest.raises(ValueError, match=r"install Node\.js" if found is None else "check the network"):
        from_npm.bring(slides.REVEAL, slides.REVEAL_FILES, tmp_path)
