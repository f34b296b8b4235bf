"""Write lessons as a lecture or as pages that need no network: python .ci/export.py slides|html FOLDER [lesson …]

slides: a reveal.js lecture of 1280 × 720 (key S opens the speaker notes). The first time, npm fetches reveal.js and
puts it into FOLDER; afterwards the folder needs nothing. html: one file a lesson, without any script.

nbconvert's own templates load scripts from elsewhere and lose the descriptions of pictures; these pages do neither.
"""

import argparse
import html
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import mistune
import nbformat
from latex2mathml.converter import convert as mathml
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from refresh import LESSONS, canonical, execute

PAGE, SLIDES = ".html", ".slides.html"
REVEAL = "reveal.js@5.2.1"
REVEAL_FILES = ["dist/reset.css", "dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js", "LICENSE"]

# Every colour of text stands out from #f6f6f6 by 5.5 : 1 at least.
STYLE = """
body { color: #1a1a1a; background: #fff; font-family: system-ui, "DejaVu Sans", sans-serif; line-height: 1.45 }
code, pre { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre-wrap }
code, pre { overflow-wrap: anywhere }
code { background: #f6f6f6; padding: 0 .2em; border-radius: .2em }
pre { background: #f6f6f6; padding: .6em .8em; border-left: .25em solid #0b57a4; line-height: 1.35; margin: .6em 0 }
pre code { padding: 0 }
.output pre { background: none; border-left-color: #767676 }
a { color: #0b57a4; text-decoration: underline }
table { border-collapse: collapse; margin: .6em 0 }
th, td { border: 1px solid #767676; padding: .3em .7em; text-align: left; vertical-align: top }
img { max-width: 100%; height: auto }
.k, .kn, .kc, .ow { color: #7a1f9c; font-weight: bold }
.s, .s1, .s2, .sa, .si, .se { color: #0a5c2a }
.mi, .mf { color: #8f3b00 }
.c1 { color: #595959; font-style: italic }
.nf, .nc, .nd, .fm { color: #0b4f9c; font-weight: bold }
"""
PAGE_STYLE = """
main { max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
details { margin: .6em 0; padding: .3em .8em; border: 1px solid #767676; border-radius: .3em }
@media (max-width: 30rem) { math { font-size: 70% } main { padding: 0 .5rem } }
"""
# Code is as large as its lines and the room that prose leaves allow; pictures take the room that is left.
SLIDE_STYLE = """
.reveal { font-size: 28px; line-height: 1.35 }
.reveal .slides { text-align: left }
.page { box-sizing: border-box; width: 1280px; height: 720px; padding: 32px 60px 36px; display: flex;
  flex-direction: column; align-items: flex-start; gap: 13px }
.page > *, .cell > *, .output > * { margin: 0; flex: none; max-width: 1160px }
.cell, .output { display: contents }
h1, h2, h3 { color: #0b4f9c; font-weight: bold; line-height: 1.15 } strong { font-weight: bold }
em { font-style: italic } h2 code { background: none; padding: 0 }
h1 { font-size: 48px } h2 { font-size: 40px } h3 { font-size: 32px }
.ask { font-size: 32px; font-weight: bold; border-left: 6px solid #b34700; padding: 12px 20px; margin-top: 24px }
.where { font-size: 22px; color: #595959 }
ul, ol { padding-left: 1.2em } li + li { margin-top: .25em }
.page pre { box-sizing: border-box; width: 1160px; padding: 10px 14px; border-left-width: 6px;
  font-size: max(18px, min(26px, 1120px / (.603 * var(--longest)), var(--room) / (1.35 * var(--lines)))) }
.page .output img { flex: 1 1 0; min-height: 0; width: 1160px; object-fit: contain; object-position: left }
.page details { border: 0 } .page math { font-size: 34px }
.reveal .slide-number { font-size: 16px; color: #595959; background: none }
"""


class Prose(mistune.HTMLRenderer):
    """Markdown as HTML that fetches nothing: badges become their words, links to lessons stay within the folder."""

    def __init__(self, ending):
        super().__init__(escape=False)
        self.ending = ending

    def image(self, text, url, title=None):
        return html.escape(text)

    def link(self, text, url, title=None):
        return super().link(text, re.sub(r"^(\w+)\.ipynb$", rf"\1{self.ending}", url), title)

    def block_code(self, code, info=None):
        return python(code) if info == "python" else f"<pre>{html.escape(code)}</pre>\n"


def prose(source, ending):
    """Return Markdown as HTML, its formulas as MathML."""
    source = re.sub(
        r"\$\$(.+?)\$\$", lambda formula: f"<div>{mathml(formula[1], display='block')}</div>", source, flags=re.DOTALL
    )
    return mistune.create_markdown(renderer=Prose(ending), plugins=["table"])(source)


def python(code):
    return f"<pre>{highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip()}</pre>\n"


def shown(output):
    """Return an output as HTML; of several forms the richest."""
    data = output.get("data", {})
    if "image/png" in data:
        of = output.metadata["image/png"]
        size = f'width="{of["width"]}" height="{of["height"]}"'
        return f'<img src="data:image/png;base64,{data["image/png"].strip()}" {size} alt="{html.escape(of["alt"])}">\n'
    return data.get("text/html") or f"<pre>{html.escape(output.get('text') or data['text/plain']).rstrip()}</pre>\n"


def cell_html(cell, ending, results=True):
    """Return a cell as HTML, if wanted without what checks answer."""
    if cell.cell_type == "markdown":
        return prose(cell.source, ending)
    outputs = [shown(output) for output in cell.outputs if results or "text/html" not in output.get("data", {})]
    group = f'<div class="output" role="group" aria-label="Output">{"".join(outputs)}</div>' if outputs else ""
    return python(cell.source) + group


def document(title, style, head, body):
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
{head}<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def title_of(notebook):
    return notebook.cells[0].source.splitlines()[0].removeprefix("# ")


def page(notebook):
    """Return a lesson as one HTML page."""
    cells = "".join(cell_html(cell, PAGE) for cell in notebook.cells)
    return document(title_of(notebook), STYLE + PAGE_STYLE, "", f"<main>\n{cells}</main>")


class Slide:
    """One slide: what it shows, its speaker notes; its lines of code, the longest one, and its rows of prose."""

    def __init__(self, section):
        self.section, self.shown, self.notes = section, "", ""
        self.longest, self.lines, self.rows = 1, 1, 0

    def add(self, cell, kind):
        if kind == "notes":
            self.notes += re.sub("<p><strong>.*?</p>", "", unfolded(prose(cell.source, SLIDES)), count=1)
            return
        if cell.cell_type == "code":  # what checks and predictions answer is for the learner who has tried
            cell.source = re.sub(r"\n+prediction\.compare\(.*", "", cell.source).replace("\n\n\n", "\n\n")
        if "prediction" in cell.metadata.get("tags", []):
            content = f'<p class="ask">{html.escape(cell.outputs[0].data["text/plain"])}</p>\n'
        else:
            content = unfolded(cell_html(cell, SLIDES, results=False))
        self.shown += f'<div class="cell{" fragment" if kind == "fragment" else ""}">{content}</div>\n'
        for block in re.findall(r"<pre>(.*?)</pre>", content, re.DOTALL):
            lengths = [len(html.unescape(re.sub("<[^>]+>", "", line))) for line in block.splitlines()]
            self.longest = max(self.longest, *lengths)
            self.lines += sum(math.ceil(length / 102) or 1 for length in lengths)
        for text in re.findall(r"<(?:p|li|h\d|div)>(.*?)</", content, re.DOTALL):
            self.rows += math.ceil(len(text) / 80)

    def html(self):
        where = "" if re.search("<h[12]", self.shown) else f'<p class="where">{self.section}</p>\n'
        notes = f'<aside class="notes">{self.notes}</aside>\n' if self.notes else ""
        style = f"--longest: {min(self.longest, 102)}; --lines: {self.lines}; --room: {498 - 38 * self.rows}px"
        return f'<section><div class="page" style="{style}">\n{where}{self.shown}</div>\n{notes}</section>\n'


def unfolded(content):
    """Return HTML with what was folded in full view: nobody clicks on a projector."""
    return re.sub(r"<details>\s*<summary>(.*?)</summary>", r"<p><strong>\1</strong></p>", content).replace(
        "</details>", ""
    )


def stacks(notebook):
    """Return the slides as lists: a section goes to the right, what belongs to it goes down."""
    found, section = [], ""
    for cell in notebook.cells:
        kind = cell.metadata["slideshow"]["slide_type"]
        heading = re.match("##? (.*)", cell.source) if cell.cell_type == "markdown" else None
        section = html.escape(heading[1].replace("`", "")) if heading else section
        if kind == "skip":
            continue
        if kind == "slide":
            found.append([Slide(section)])
        elif kind == "subslide":
            found[-1].append(Slide(section))
        found[-1][-1].add(cell, kind)
    return found


def lecture(notebook):
    """Return a lesson as slides for reveal.js, which lies beside the file."""
    slides = "".join(f"<section>\n{''.join(slide.html() for slide in stack)}</section>\n" for stack in stacks(notebook))
    head = "".join(f'<link rel="stylesheet" href="reveal.js/dist/{name}.css">\n' for name in ("reset", "reveal"))
    body = f"""<main class="reveal"><div class="slides">
{slides}</div></main>
<script src="reveal.js/dist/reveal.js"></script>
<script src="reveal.js/plugin/notes/notes.js"></script>
<script>
Reveal.initialize({{width: 1280, height: 720, margin: 0, center: false, hash: true, transition: "none",
  slideNumber: "h.v", controls: false, plugins: [RevealNotes]}});
</script>"""
    return document(title_of(notebook), STYLE + SLIDE_STYLE, head, body)


def bring_reveal(folder):
    """Put reveal.js into folder: from the node_modules that COURSE_NODE_MODULES names, or else by npm."""
    with tempfile.TemporaryDirectory() as temporary:
        modules = os.environ.get("COURSE_NODE_MODULES")
        if not modules:
            command = [shutil.which("npm") or sys.exit("npm is not here; install Node.js to fetch reveal.js once.")]
            command += ["install", "--silent", "--no-audit", "--no-fund", "--prefix", temporary, REVEAL]
            subprocess.run(command, check=True)
        for name in REVEAL_FILES:
            target = folder / "reveal.js" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(modules or f"{temporary}/node_modules", "reveal.js", name), target)


def export(form, folder, lessons, large=False):
    """Write lessons as slides or html into folder and return the paths; large: draw the pictures anew, larger."""
    folder.mkdir(parents=True, exist_ok=True)
    if form == "slides" and not (folder / "reveal.js").exists():
        bring_reveal(folder)
    paths = []
    for lesson in lessons:
        notebook = nbformat.read(lesson, as_version=4)
        if large:
            notebook.cells[1].source += "\nfrom course_utils.picture import present\n\npresent()"
            execute(notebook)
            canonical(notebook)
        write, ending = (lecture, SLIDES) if form == "slides" else (page, PAGE)
        paths.append(folder / f"{lesson.stem}{ending}")
        paths[-1].write_text(write(notebook), encoding="utf-8")
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("form", choices=["slides", "html"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("lessons", nargs="*", type=Path, default=sorted(LESSONS.glob("*.ipynb")))
    parser.add_argument("--large", action="store_true", help="run the lessons, to draw pictures for the back row")
    options = parser.parse_args()
    print(*export(options.form, options.folder, options.lessons, options.large), sep="\n")


if __name__ == "__main__":
    main()
