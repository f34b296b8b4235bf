"""How the cells of a notebook become slides of 1280 × 720: what stands on each, and how much room it needs."""

import html
import math
import re

from .cells import cell_html, language_of
from .notebooks import slide_type, tags
from .outputs import output_html
from .prose import prose
from .screens import KIND

WIDEST = 102  # characters of code in a line, before it is broken
HEIGHT = 585  # pixels for what a slide shows below the name of its section
NEEDS = {"<(p|li|h[1-3]|pre|table|img)": 13, "<pre": 20}  # what each takes, besides its text
SMALLEST = 0.95  # share of its height in the notebook that a picture needs
ROW, LINE = 38, 24  # what a row of prose takes, and a line of code
COMPARED = re.compile(r"\n*^prediction\.compare\(.*", re.MULTILINE)


class Slide:
    """One slide: what it shows, its speaker notes; its lines of code, the longest one, and its rows of prose."""

    def __init__(self, section):
        self.section, self.shown, self.notes = section, "", ""
        self.longest, self.lines, self.rows = 1, 0, 0

    def add(self, cell, ending, language):
        """Put a cell on the slide, or into its notes."""
        if slide_type(cell) == "notes":
            self.notes += re.sub("<p><strong>.*?</p>", "", unfolded(prose(cell.source, ending)), count=1)
            return
        content = content_of(cell, ending, language)
        self.shown += f'<div class="cell{" fragment" if slide_type(cell) == "fragment" else ""}">{content}</div>\n'
        for block in re.findall(r"<pre>(.*?)</pre>", content, re.DOTALL):
            lengths = [len(html.unescape(re.sub("<[^>]+>", "", line))) for line in block.splitlines()]
            self.longest = max(self.longest, *lengths, 1)
            self.lines += sum(math.ceil(length / WIDEST) or 1 for length in lengths)
        for _, words in re.findall(r"<(p|li|h\d)>(.*?)</\1>", content, re.DOTALL):
            self.rows += math.ceil(len(re.sub("<[^>]+>", "", words)) / 80)

    @property
    def lonely(self):
        """Whether a sentence or two is all that it shows."""
        return self.rows <= 4 and not re.search(r'<h\d|<pre|<img|<table|class="ask"', self.shown)

    def has_room_for(self, other):
        """Return whether what other shows has room on this slide, too."""
        shown = self.shown + other.shown
        need = ROW * (self.rows + other.rows) + LINE * (self.lines + other.lines)
        need += sum(pixels * len(re.findall(f"{what}[ >]", shown)) for what, pixels in NEEDS.items())
        need += sum(SMALLEST * int(height) for height in re.findall(r'<img [^>]*height="(\d+)"', shown))
        return need <= HEIGHT and 'class="playground"' not in shown

    def join(self, other, before=False):
        """Take what other shows before this, or after it, where a key uncovers it."""
        if before:
            self.shown, self.notes = other.shown + self.shown, other.notes + self.notes
        else:
            self.shown += other.shown.replace('<div class="cell">', '<div class="cell fragment">')
            self.notes += other.notes
        self.longest, self.lines = max(self.longest, other.longest), self.lines + other.lines
        self.rows += other.rows

    def html(self):
        """Return the slide as reveal.js wants it."""
        where = "" if re.search("<h[12]", self.shown) else f'<p class="where">{self.section}</p>\n'
        notes = f'<aside class="notes">{self.notes}</aside>\n' if self.notes else ""
        style = (
            f"--longest: {min(self.longest, WIDEST)}; --lines: {max(self.lines, 1)}; --room: {498 - 38 * self.rows}px"
        )
        return f'<section><div class="page" style="{style}">\n{where}{self.shown}</div>\n{notes}</section>\n'


def content_of(cell, ending, language):
    """Return a cell as a slide shows it: a prediction as its question, nothing that answers those who have tried."""
    if cell.cell_type != "code":
        return unfolded(cell_html(cell, ending))
    shown = cell.copy()
    if not cell.source:
        return f'<div class="output" role="group" aria-label="Output">{"".join(map(output_html, cell.outputs))}</div>'
    if "prediction" in tags(cell) and cell.outputs:
        *before, asked = cell.outputs
        ask = f'<p class="ask">{html.escape(asked.get("data", {}).get("text/plain", ""))}</p>\n'
        shown.source, shown.outputs = cell.source.partition("prediction = ")[0].strip(), before
        return cell_html(shown, ending, language) + ask if before else ask
    if "exercise" in tags(cell):
        shown.outputs = []
    elif COMPARED.search(cell.source):
        shown.source = COMPARED.sub("", cell.source)
        shown.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
    shown.source = shown.source.replace("\n\n\n", "\n\n")
    if any(KIND in output.get("data", {}) for output in cell.outputs):
        return "".join(map(output_html, shown.outputs))  # which a playground fills
    return cell_html(shown, ending, language)


def unfolded(content):
    """Return HTML with what was folded in full view: nobody clicks on a projector."""
    return re.sub(r"<details>\s*<summary>(.*?)</summary>", r"<p><strong>\1</strong></p>", content).replace(
        "</details>", ""
    )


def stacks(notebook, ending):
    """Return the slides as lists: a section goes to the right, what belongs to it goes down.

    Where no cell says how it stands on slides, each heading begins one.
    """
    silent = all(slide_type(cell) == "-" for cell in notebook.cells)
    found, section = [], ""
    for cell in notebook.cells:
        kind = slide_type(cell)
        heading = re.match("(#+) +(.*)", cell.source) if cell.cell_type == "markdown" else None
        if heading and len(heading[1]) < 3:
            section = html.escape(heading[2].replace("`", ""))
        if heading and silent:
            kind = "slide" if len(heading[1]) < 3 else "subslide"
        if kind == "skip":
            continue
        if kind == "slide" or not found:
            found.append([Slide(section)])
        elif kind == "subslide":
            found[-1].append(Slide(section))
        for part in apart(cell):
            slide = Slide(section)
            slide.add(part, ending, language_of(notebook))
            if found[-1][-1].shown and slide.shown and not found[-1][-1].has_room_for(slide):
                found[-1].append(slide)
            else:
                found[-1][-1].add(part, ending, language_of(notebook))
    return list(map(in_company, found))


def apart(cell):
    """Return a cell in parts that may stand on two slides: its code, what it printed, each of its pictures."""
    if cell.cell_type != "code" or {"prediction", "exercise"} & set(tags(cell)) or not cell.source:
        return [cell]
    answers = COMPARED.search(cell.source)
    told = [output for output in cell.outputs if not (answers and output.output_type == "execute_result")]
    pictures = [output for output in told if "image/png" in output.get("data", {})]
    if any(KIND in output.data for output in pictures):
        return [cell]
    others = [output for output in told if output not in pictures]
    groups = [[], *([others] if others else []), *([picture] for picture in pictures)]
    parts = [cell.copy() for _ in groups]
    for number, (part, outputs) in enumerate(zip(parts, groups, strict=True)):
        part.source, part.outputs = "" if number else cell.source, outputs
    return parts


def in_company(stack):
    """Return the slides of a section with no sentence alone on one, where the slide before or after it has room."""
    found = []
    for slide in stack:
        if found and slide.lonely and found[-1].has_room_for(slide):
            found[-1].join(slide)
        elif found and found[-1].lonely and "<h" not in slide.shown and slide.has_room_for(found[-1]):
            slide.join(found.pop(), before=True)
            found.append(slide)
        else:
            found.append(slide)
    return found
