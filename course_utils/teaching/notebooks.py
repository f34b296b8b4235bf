"""Notebooks as files: found, read, run, and written in canonical form. Nothing is written over by accident."""

import contextlib
import warnings
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

LESSONS = Path(__file__).parents[2] / "notebooks"
UNCOMPARED = "nbval-ignore-output"
KEPT = ("slideshow", "tags", "jupyter", "cellView")  # the last two fold cells, in JupyterLab and in Colab
FOLDED = ("source_hidden", "outputs_hidden")
LIVE = ("application/vnd.jupyter.widget-view+json", "application/vnd.course.screen+json")


def find(paths=None):
    """Return the notebooks among paths and in folders among them; without paths, the lessons of the course.

    Raises ValueError where a path is missing, holds no notebook, or two notebooks have one name.
    """
    found = []
    for path in paths or [LESSONS]:
        inside = sorted(path.glob("*.ipynb")) if path.is_dir() else [path]
        inside = [file for file in inside if file.is_file()]
        if not inside:
            raise ValueError(f"no notebook in {path}; name others with --lessons")
        found += inside
    names = [path.name for path in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two notebooks are called {twice[0]}")
    return found


def read(path):
    """Return a notebook; raise ValueError where the file is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbformat mends what it warns of: missing ids
            notebook = nbformat.reads(path.read_text(encoding="utf-8-sig"), as_version=4)
            nbformat.validate(notebook)
    except (ValueError, nbformat.ValidationError) as error:
        raise ValueError(f"{path} is not a notebook: {str(error).splitlines()[0][:100]}") from None
    except (AttributeError, TypeError, KeyError, RecursionError):  # whose words are about nbformat's own code
        raise ValueError(f"{path} is not a notebook") from None
    return notebook


@contextlib.contextmanager
def naming(path):
    """Let a ValueError, or the SyntaxError of a cell, say which notebook it is about."""
    try:
        yield
    except (ValueError, SyntaxError) as error:
        raise ValueError(f"{path}: {error}") from None


def tags(cell):
    """Return the tags of a cell as a set."""
    return set(cell.metadata.get("tags", ()))


def slide_type(cell):
    """Return how a cell stands on slides: slide, subslide, fragment, skip, notes, or "-" where nothing is said."""
    return cell.metadata.get("slideshow", {}).get("slide_type") or "-"


def canonical(notebook):
    """Return the text of a notebook in canonical form; the notebook is changed to it.

    Canonical: outputs in, kernelspec python3, no times, no widget views or state, of each cell's metadata only slide
    types, tags, and whether it is folded.
    """
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        hidden = {key: True for key in FOLDED if cell.metadata.get("jupyter", {}).get(key)}
        cell.metadata |= {"jupyter": hidden}
        cell.metadata = {key: cell.metadata[key] for key in KEPT if cell.metadata.get(key)}
        for output in cell.get("outputs", ()):
            for kind in LIVE:  # the one lives only as long as its kernel, the other is for pages
                output.get("data", {}).pop(kind, None)
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def execute(notebook, folder):
    """Run every cell in a folder, in a new kernel of this environment; raise ValueError where one fails.

    A cell whose output is not compared, because it tells the time, keeps the one it has.
    """
    kept = {cell.id: cell.outputs for cell in notebook.cells if UNCOMPARED in tags(cell)}
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # what it warns of is not for who makes pages
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise ValueError(f"a cell fails: {error.ename}: {error.evalue}") from None
    for count, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1):
        cell.execution_count = count
        cell.outputs = kept.get(cell.id) or cell.outputs


def targets(folder, notebooks, ending, overwrite):
    """Return where to write what is made of each notebook, and make the folder.

    Raises ValueError where a file is there already, unless it may be overwritten, or where it is the notebook itself.
    """
    paths = [folder / f"{notebook.stem}{ending}" for notebook in notebooks]
    for path, notebook in zip(paths, notebooks, strict=True):
        if path.resolve() == notebook.resolve():
            raise ValueError(f"{folder} is where the lessons are; name another folder")
        if path.exists() and not overwrite:
            raise ValueError(f"{path} is there already; --overwrite replaces it")
    folder.mkdir(parents=True, exist_ok=True)
    return paths


def write(path, text):
    """Write a text file and tell that it is there."""
    path.write_text(text, encoding="utf-8", newline="\n")
    print(path, flush=True)
