"""Real notebook servers on loopback, and lessons opened in them by a real browser."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from course_utils.__main__ import main

ROOT = Path(__file__).parents[2]
# A browser that asks nobody anything, also as root in a container.
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--disable-dev-shm-usage"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
# Seconds to wait for what comes in a moment or not at all: what else a machine does is no fault of the course's.
PATIENCE = 300
OPTIONS = ["--no-browser", "--allow-root", "--ip=127.0.0.1"]


def chromium(playwright, **options):
    """Start the system's Chromium, or else Playwright's own; raises playwright.sync_api.Error where there is none."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET, **options)


def new_context(browser, **options):
    """Open a context of a browser in which everything is waited for with patience."""
    context = browser.new_context(**options)
    context.set_default_timeout(1000 * PATIENCE)
    return context


class Lab:
    """JupyterLab."""

    module = "jupyterlab"
    address = "lab/tree/{}?reset"
    output = ".jp-OutputArea-output"
    prompt = ".jp-CodeCell .jp-InputArea-prompt"
    complaint = "[data-mime-type='application/vnd.jupyter.stderr']"
    panel = ".jp-NotebookPanel-notebook"
    notebook = "jupyterapp.shell.currentWidget"
    ready = f"window.jupyterapp && {notebook}?.context?.sessionContext?.session?.kernel?.status == 'idle'"
    run_all = "jupyterapp.commands.execute('notebook:run-all-cells')"
    run_one = "{0}.content.activeCellIndex = {1}; jupyterapp.commands.execute('notebook:run-cell')"
    tidy = "jupyterapp.commands.execute('application:toggle-left-area')"
    switches = ("--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True")
    folder = "--ServerApp.root_dir={}"
    own_faults = ()

    def __init__(self, python=sys.executable):
        self.command = [python, "-m", self.module, *OPTIONS, *self.switches]

    def settings(self, folder, theme=None):
        """Write what the server reads: every cell in the DOM, no news from the network, a theme."""
        settings = {
            "notebook-extension/tracker": {"windowingMode": "none"},
            "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
            "apputils-extension/themes": {"theme": theme or "JupyterLab Light"},
        }
        for name, values in settings.items():
            path = Path(folder, "lab", "@jupyterlab", f"{name}.jupyterlab-settings")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), encoding="utf-8")


class Notebook7(Lab):
    """Notebook 7, which is made of JupyterLab's parts."""

    module = "notebook"
    address = "notebooks/{}"
    switches = ("--IdentityProvider.token=", "--JupyterNotebookApp.expose_app_in_browser=True")
    tidy = "0"
    own_faults = ("Cannot read properties of undefined (reading 'schema')",)  # of its start, in 7.6.5


class Classic(Lab):
    """Notebook 6, whose widgets are of the generation that Colab has."""

    module = "notebook"
    address = "notebooks/{}"
    output = ".output_subarea"
    prompt = ".code_cell .input_prompt"
    panel = "#site"
    notebook = "Jupyter.notebook"
    # A widget that is made before the page knows of widgets is never drawn.
    ready = """window.Jupyter?.notebook?._fully_loaded && Jupyter.notebook.kernel?.info_reply?.status == 'ok'
        && Jupyter.notebook.kernel.comm_manager.targets["jupyter.widget"]
        && (window.withoutModules || require.defined("nbextensions/anywidget/extension"))"""
    complaint = ".output_stderr, .output_error"
    run_all = "Jupyter.notebook.execute_all_cells()"
    run_one = "{0}.execute_cells([{1}])"
    tidy = "0"
    switches = ("--NotebookApp.token=",)
    folder = "--NotebookApp.notebook_dir={}"


@contextlib.contextmanager
def serving(kind, theme=None):
    """Run a server in a folder of its own, and yield (address, folder of its notebooks)."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        notebooks = Path(folder, "notebooks")
        notebooks.mkdir()
        kind.settings(folder, theme)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "JUPYTERLAB_SETTINGS_DIR": f"{folder}/lab",
            "JUPYTERLAB_WORKSPACES_DIR": f"{folder}/workspaces",
            "JUPYTER_CONFIG_DIR": f"{folder}/config",
            "JUPYTER_DATA_DIR": f"{folder}/data",
            "JUPYTER_RUNTIME_DIR": f"{folder}/runtime",
            "IPYTHONDIR": f"{folder}/ipython",
        }
        log = stack.enter_context(open(Path(folder, "log"), "w+", encoding="utf-8"))
        command = [*kind.command, f"--port={port}", kind.folder.format(notebooks)]
        server = subprocess.Popen(command, env=environment, cwd=notebooks, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_for(server, f"{address}api", Path(folder, "log"))
            yield address, notebooks
        finally:
            server.terminate()  # it ends its kernels itself
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(server, url, log):
    """Wait until a server that was started answers at an address; RuntimeError, with its log, where it does not."""
    deadline = time.monotonic() + PATIENCE
    while not answers(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server does not answer:\n{log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.1)


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


def written(command, folder, lessons):
    """Run an instructors' command, slides or pages; return the files that it wrote, in the lessons' order."""
    assert main([command, str(folder), "--overwrite", *(f"--lessons={lesson}" for lesson in lessons)]) == 0
    ending = {"slides": ".slides.html", "pages": ".html"}[command]
    return [folder / f"{lesson.stem}{ending}" for lesson in lessons]


def left_file(page):
    """Return the addresses beyond the opened file that a page of the fixture `page` has asked for."""
    return [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))]


def cells(name):
    """Return the sources of the code cells of a lesson."""
    notebook = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def write_notebook(path, sources):
    """Write a notebook of code cells without outputs, so that all that a test sees was made by the server."""
    bare = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    notebook = {
        "cells": [bare | {"id": f"cell-{number}", "source": source} for number, source in enumerate(sources)],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")


ASK = """([code, patience]) => new Promise((done, fail) => {
    const kernel = (window.jupyterapp?.shell.currentWidget.sessionContext.session ?? Jupyter.notebook).kernel
    let printed = ""
    const hear = ({header, content}) => {
        if (header.msg_type == "stream") printed += content.text
        if (header.msg_type == "error") fail(content.evalue)
        if (printed.endsWith("\\u0004\\n")) done(printed.slice(0, -2))
    }
    setTimeout(() => fail("no answer"), patience)
    code += "\\nprint(chr(4))"
    if (kernel.requestExecute) kernel.requestExecute({code}).onIOPub = hear
    else kernel.execute(code, {iopub: {output: hear}})
})"""


def asked(page, code=""):
    """Run code in the kernel, after all that the page has told it so far; return what it prints."""
    return page.evaluate(ASK, [code, 1000 * PATIENCE])


def open_notebook(page, kind, address, name):
    """Open a notebook and wait for its kernel."""
    page.goto(address + kind.address.format(name))
    page.wait_for_function(kind.ready)
    for _ in range(2):  # then the page has its answers to what it asks of a new kernel, too
        asked(page)
    page.evaluate(kind.tidy)


def run_all(page, kind):
    """Start all cells of the open notebook, without waiting for them."""
    page.evaluate(f"() => {{ {kind.run_all} }}")


def run_one(page, kind, index):
    """Start one cell of the open notebook, without waiting for it."""
    page.evaluate(f"() => {{ {kind.run_one.format(kind.notebook, index)} }}")


def run_first(page, kind, server, name, sources):
    """Write a notebook of some cells, open it, and run its first cell. server: (address, folder)."""
    address, folder = server
    write_notebook(folder / name, sources)
    open_notebook(page, kind, address, name)
    run_one(page, kind, 0)
    finished(page, kind, 1)


def finished(page, kind, cells=None):
    """Wait until the first so many code cells, or all of them, have run; complain where one complains."""
    script = """([prompt, cells, complaint]) => document.querySelector(complaint)?.textContent
        ?? [...document.querySelectorAll(prompt)].slice(0, cells ?? undefined)
        .every(p => /\\[\\d+\\]/.test(p.textContent))"""
    handle = page.wait_for_function(script, arg=[kind.prompt, cells, kind.complaint])
    if handle.json_value() is not True:
        raise AssertionError(handle.json_value())
