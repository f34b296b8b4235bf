"""A cell of a notebook as HTML."""

import html

from .outputs import output_html
from .prose import code_html, prose


def language_of(notebook):
    """Return the language of a notebook's code."""
    return notebook.metadata.get("language_info", {}).get("name", "python")


def cell_html(cell, ending, language="python"):
    """Return a cell with all its outputs as HTML, folded where it is in JupyterLab.

    ending: that of the files beside this one.
    """
    if cell.cell_type == "markdown":
        return prose(cell.source, ending, cell.get("attachments"))
    if cell.cell_type == "raw":
        return cell.source if cell.metadata.get("format") == "text/html" else f"<pre>{html.escape(cell.source)}</pre>\n"
    shown = "".join(map(output_html, cell.outputs))
    group = f'<div class="output" role="group" aria-label="Output">{shown}</div>' if shown else ""
    code, hidden = code_html(cell.source, language), cell.metadata.get("jupyter", {})
    title = html.escape(cell.source.partition("\n")[0].removeprefix("# @title "))
    if hidden.get("outputs_hidden"):
        code, group = code + group, ""
    return (f"<details><summary>{title}</summary>\n{code}</details>\n" if hidden.get("source_hidden") else code) + group
