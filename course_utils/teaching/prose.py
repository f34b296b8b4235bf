"""Markdown and code as HTML that fetches nothing."""

import html
import re

import mistune
from latex2mathml.converter import convert
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound


class Prose(mistune.HTMLRenderer):
    """Markdown as HTML: badges become their words, links to lessons stay within the folder, formulas are MathML.

    ending: that of the files beside this one. attachments: those of the cell.
    """

    def __init__(self, ending, attachments):
        super().__init__(escape=False)
        self.ending = ending
        self.attachments = attachments

    def image(self, text, url, title=None):
        for kind, data in self.attachments.get(url.removeprefix("attachment:"), {}).items():
            return f'<img src="data:{kind};base64,{data}" alt="{html.escape(text)}">'
        return html.escape(text)

    def link(self, text, url, title=None):
        return super().link(text, re.sub(r"^(\w+)\.ipynb$", rf"\1{self.ending}", url), title)

    def block_code(self, code, info=None):
        return code_html(code, info.split()[0]) if info and info.split() else f"<pre>{html.escape(code)}</pre>\n"

    def block_math(self, text):
        return f"<div>{formula(text, 'block')}</div>\n"

    def inline_math(self, text):
        return formula(text, "inline")


def prose(source, ending=".html", attachments=None):
    """Return Markdown as HTML."""
    return mistune.create_markdown(renderer=Prose(ending, attachments or {}), plugins=["table", "math"])(source)


def formula(source, display):
    """Return LaTeX as MathML, or as code where it is none. display: "block" or "inline"."""
    try:
        return convert(source, display=display)
    except Exception:  # latex2mathml has many ways to fail
        return f"<code>{html.escape(source)}</code>"


def code_html(code, language="python"):
    """Return code as HTML, in colours where Pygments knows the language."""
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return f"<pre>{html.escape(code)}</pre>\n"
    return f"<pre>{highlight(code, lexer, HtmlFormatter(nowrap=True)).rstrip()}</pre>\n"
