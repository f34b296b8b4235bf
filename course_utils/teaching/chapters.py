"""The lessons as chapters of the site: what Sphinx reads, and the pages around them."""

import html
import re

import nbformat

from .document import title_of
from .notebooks import slide_type, tags
from .outputs import output_html
from .screens import KIND

BADGE = re.compile(r"\[!\[([^\]]*)\]\([^)]*\)\]")  # a picture from elsewhere that is a link
LESSON = re.compile(r"(?<!!)\[([^\]]*)\]\((?!\w+:)([^()\s#]+)\.ipynb(?:#[^)]*)?\)")  # a link to a lesson
COLAB = re.compile(r"https://colab\.research\.google\.com/github/([\w.-]+/[\w.-]+)/blob/([\w.-]+)/")
UNPREDICTED = {"You made no prediction, and it was": "It was", "you made no prediction, and it was": "it was"}
DRAWN = ("image/png", "image/jpeg", "image/gif", "image/svg+xml", KIND)
WELCOME = """# How training works

You fit a line with TensorFlow's own parts: Variables, the model, the loss, the training loop, and then further. Nothing
is hidden, and nothing is only told: drag a slider and see what a learning rate does.

The sliders on these pages run here, in your browser. To run the code and to do the exercises, open a lesson in Colab or
Binder: by the links below its title, or by the rocket above it.

{lessons}

```{{toctree}}
:hidden:
:caption: Lessons
{names}
```

```{{toctree}}
:hidden:
:caption: For instructors
notes
```
"""
NOTES = "# Notes for instructors\n\nWhat to ask, and which mistake to wait for, section by section.\n"


def address(notebook):
    """Return the repository, as OWNER/REPO, and the revision that a lesson's badge names, or None."""
    found = COLAB.search(first_words(notebook))
    return found.groups() if found else None


def first_words(notebook):
    """Return the text of a notebook's first cell, if it has one."""
    return notebook.cells[0].source if notebook.cells else ""


def chapter(notebook, name, names):
    """Return a lesson as Sphinx should read it: pictures with their words, what is folded, no notes; it is changed.

    name: its title where it has no heading. names: those of all lessons of the site; a link to another one is text.
    """
    notebook.cells = [cell for cell in notebook.cells if slide_type(cell) != "notes"]
    if not title_of(notebook, ""):
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(f"# {name}"))
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "pygments_lexer": "ipython3"},
    }
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = BADGE.sub(r"[\1]", cell.source)
            cell.source = LESSON.sub(lambda link: link[0] if link[2] in names else link[1], text)
            continue
        hidden = cell.metadata.get("jupyter", {})
        if hidden.get("source_hidden") or hidden.get("outputs_hidden"):
            part = "cell" if hidden.get("source_hidden") and hidden.get("outputs_hidden") else "input"
            part = part if hidden.get("source_hidden") else "output"
            cell.metadata["tags"] = sorted({*tags(cell), f"hide-{part}"})
        cell.outputs = [with_words(output) for output in for_readers(cell)]
    return notebook


def for_readers(cell):
    """Return the outputs of a code cell as they are right for who only reads: predicts nothing, hands in nothing."""
    if "exercise" in tags(cell):
        return []
    for output in cell.outputs:
        data = output.get("data", {})
        if "prediction" in tags(cell) and "text/plain" in data:
            output.data = {"text/html": f'<p class="ask">{html.escape(data["text/plain"])}</p>'}
        elif "text/html" in data:
            for words, told in UNPREDICTED.items():
                data["text/html"] = data["text/html"].replace(words, told)
    return cell.outputs


def with_words(output):
    """Return an output; one that is drawn as the HTML of a page, because Sphinx would lose its words and its script."""
    if not any(kind in output.get("data", {}) for kind in DRAWN):
        return output
    return nbformat.v4.new_output("display_data", {"text/html": output_html(output)})


def notes(lessons):
    """Return the speaker notes of lessons as one page. lessons: {name: notebook}."""
    text = NOTES
    for name, notebook in lessons.items():
        text += f"\n## [{title_of(notebook, name)}]({name}.ipynb)\n"
        section, told = "", ""
        for cell in notebook.cells:
            heading = re.match(r"##+ +(.+)", cell.source) if cell.cell_type == "markdown" else None
            section = heading[1] if heading else section
            if slide_type(cell) == "notes":
                text += f"\n### {section}\n" * (section != told) + f"\n{unfolded(cell.source)}\n"
                told = section
    return text


def unfolded(source):
    """Return a folded text without its fold."""
    return re.sub(r"<details>\s*<summary>.*?</summary>|</details>", "", source).strip()


def welcome(lessons):
    """Return the first page: what the course is, and its lessons. lessons: {name: notebook}."""
    lines = []
    for name, notebook in lessons.items():
        minutes = re.search(r"\*\*(\d+ minutes)\.\*\*", first_words(notebook))
        lines.append(f"- [{title_of(notebook, name)}]({name}.ipynb)" + (f", {minutes[1]}" if minutes else ""))
    return WELCOME.format(lessons="\n".join(lines), names="\n".join(lessons))
