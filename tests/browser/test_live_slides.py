"""Lectures with a kernel behind them: slides inside JupyterLab by sliveshow, and by Voilà."""

import os
import socket
import subprocess
import sys

import pytest
from servers import ROOT, finished, new_context, open_notebook, run_all, wait_for, write_notebook
from shown import Shown

PLAYGROUND = [
    "from course_utils import make_line_data\nfrom course_utils.playgrounds import TrainingPlayground",
    "TrainingPlayground(make_line_data())",
]


def alive(shown):
    """Assert that a playground follows the keyboard."""
    shown.press("learning rate", "ArrowRight", 2)
    shown.says("^Learning rate 0.1096, epoch 10 of 10:")
    shown.type("learning rate", "0.3456")
    shown.says("^Learning rate 0.3456,")
    assert shown.faults() == []


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)
def test_sliveshow_shows_a_lesson_as_slides_inside_jupyterlab_with_live_sliders(kind, server, new_page):
    pytest.importorskip("sliveshow", reason="sliveshow is not installed: pip install -e '.[slides]'")
    address, folder = server
    (folder / "02_model.ipynb").write_bytes((ROOT / "notebooks" / "02_model.ipynb").read_bytes())
    page = new_page(height=720)
    open_notebook(page, kind, address, "02_model.ipynb")
    run_all(page, kind)
    finished(page, kind)
    page.evaluate("() => { jupyterapp.commands.execute('slideshow:start-first') }")
    page.locator(".reveal .slides").wait_for()
    sliders = page.get_by_role("slider")
    for _ in range(150):
        if sliders.count():
            break
        page.keyboard.press("Space")
        page.wait_for_timeout(60)
    shown = Shown(page)
    slider = shown.root.get_by_role("slider").first
    words = shown.words
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert shown.words != words and shown.faults() == []


@pytest.mark.parametrize("template", ["lab", "reveal"])
def test_voila_shows_a_notebook_with_live_sliders(browser, tmp_path, template):
    pytest.importorskip("voila", reason="Voilà is not installed: pip install -e '.[browser]'")
    write_notebook(tmp_path / "lecture.ipynb", PLAYGROUND)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "voila", "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with open(tmp_path / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [*command, f"--template={template}", str(tmp_path / "lecture.ipynb")],
            env=environment,
            stdout=log,
            stderr=log,
        )
        context = new_context(browser, viewport={"width": 1280, "height": 720})
        try:
            wait_for(server, f"http://127.0.0.1:{port}/voila/static/favicon.ico", tmp_path / "log")
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}/")
            alive(Shown(page))
        finally:
            context.close()
            server.terminate()
            server.wait(20)
