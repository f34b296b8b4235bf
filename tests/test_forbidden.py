"""What neither helpers nor lessons may do: start a program, ask the network, load or run something when opened."""

import ast
import json
import subprocess
import sys
from html.parser import HTMLParser

import mistune
import nbformat
import pytest
from compare import code_cells, read
from IPython.core.inputtransformer2 import TransformerManager
from lessons import PATHS, ROOT

each_lesson = pytest.mark.parametrize("lesson", PATHS, ids=lambda path: path.stem)

RUFF = [sys.executable, "-m", "ruff", "check", "--select=S,TID251", "--ignore=S101,S311"]  # they assert, and draw


def ruff(source, name):
    """Return the number of each line, or cell, in which ruff finds what may not be called."""
    command = [*RUFF, "--output-format=json", f"--stdin-filename={ROOT / name}", "-"]
    done = subprocess.run(command, cwd=ROOT, input=source, capture_output=True, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return {fault["cell"] or fault["location"]["row"] for fault in json.loads(done.stdout)}


FORBIDDEN = """\
from os import system
import os; os.system("ls")
import os as o; o.popen("ls")
import os; os.spawnl(os.P_WAIT, "/bin/ls", "ls")
import os; os.execv("/bin/ls", ["ls"])
import os; os.posix_spawn("/bin/ls", ["ls"], {})
import os; os.fork()
import subprocess
from subprocess import run
import pty
import multiprocessing
import asyncio; asyncio.create_subprocess_shell("ls")
from asyncio import create_subprocess_exec
import ctypes
import webbrowser
import socket
import urllib.request
from urllib.request import urlopen
from http import client
import http.client
import requests
import httpx
import aiohttp
import ftplib
import smtplib
import keras; keras.utils.get_file("x", "https://example.org/x")
from keras.utils import get_file
import tensorflow as tf; tf.keras.utils.get_file("x", "https://example.org/x")
from keras.datasets import mnist
import keras; keras.applications.VGG16()
exec("import os")
eval("1")
"""


@pytest.mark.parametrize("name", ["course_utils/probe.py", "course_utils/check/probe.py"])
def test_ruff_sees_whatever_starts_a_program_or_asks_the_network(name):
    assert ruff(FORBIDDEN, name) == set(range(1, len(FORBIDDEN.splitlines()) + 1))


def test_ruff_sees_it_in_a_lesson_too():
    cells = [nbformat.v4.new_code_cell(line) for line in FORBIDDEN.splitlines()]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    assert ruff(nbformat.writes(notebook), "notebooks/probe.ipynb") == set(range(1, len(cells) + 1))


def test_neither_the_helpers_nor_the_lessons_do():
    done = subprocess.run([*RUFF, "course_utils", "notebooks"], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout


def magics(source):
    """Return the magics and shell commands of a cell: what IPython makes of it, which no linter reads."""
    tree = ast.parse(TransformerManager().transform_cell(source))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return called & {"run_line_magic", "run_cell_magic", "system", "getoutput", "system_raw", "system_piped"}


@pytest.mark.parametrize(
    "source", ["!ls", "x = !ls", "x = %sx ls", "%%bash\nls", "%pip list", "get_ipython().system('ls')"]
)
def test_a_magic_is_seen(source):
    assert magics(source)


@each_lesson
def test_only_the_setup_cell_has_a_magic(lesson):
    setup, *others = code_cells(read(lesson))
    assert magics("".join(setup["source"])) == {"run_line_magic"}
    assert [cell for cell in others if magics("".join(cell["source"]))] == []


class Loaded(HTMLParser):
    """What a piece of HTML runs or loads by itself, when it is shown."""

    ADDRESSES = frozenset(["src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href"])
    TAGS = frozenset(["script", "iframe", "frame", "object", "embed", "style", "base", "meta", "link", "form"])

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [tag] if tag in self.TAGS else []
        for name, value in attrs:
            value = value or ""
            if name in self.ADDRESSES and not value.startswith("data:"):
                self.found.append(value)
            elif name.startswith("on") or "javascript:" in value or "url(" in value:
                self.found.append(f"{name}={value}")


def loaded(notebook):
    """Return what a notebook runs or loads by itself, when it is opened and not yet run."""
    pieces = [mistune.html("".join(cell["source"])) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    outputs = [output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", ())]
    for data in outputs:
        pieces += ["".join(data[kind]) for kind in ("text/html", "image/svg+xml") if kind in data]
        pieces += [mistune.html("".join(data["text/markdown"]))] if "text/markdown" in data else []
        pieces += ["<script>"] if "application/javascript" in data else []
    return [found for piece in pieces for found in Loaded(piece).found]


@each_lesson
def test_a_lesson_carries_no_script_and_loads_nothing_but_its_badges(lesson):
    badges = ["https://colab.research.google.com/assets/colab-badge.svg", "https://mybinder.org/badge_logo.svg"]
    assert loaded(read(lesson)) == badges


@pytest.mark.parametrize(
    "source",
    [
        "![a picture](https://example.org/a.png)",
        "![a picture][far]\n\n[far]: https://example.org/a.png",
        "<img src='https://example.org/a.png'>",
        "<link rel=stylesheet href=https://example.org/a.css>",
        "<style>@import 'https://example.org/a.css'</style>",
        "<p style='background: url(//example.org/a.png)'>",
        "<a href='javascript:alert(1)'>",
        "<p onclick='alert(1)'>",
        "<script>1</script>",
        "<iframe src='https://example.org'></iframe>",
        "<svg><image xlink:href='https://example.org/a.png'/></svg>",
    ],
)
def test_whatever_loads_or_runs_by_itself_is_seen(source):
    cell = nbformat.v4.new_markdown_cell(source)
    assert loaded({"cells": [cell]})
    output = {"data": {"text/html": mistune.html(source)}}
    assert loaded({"cells": [{"cell_type": "code", "source": "", "outputs": [output]}]})
