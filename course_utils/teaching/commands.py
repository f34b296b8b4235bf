"""The instructors' commands as the terminal offers them; each is run by the module of its name."""

import importlib
from pathlib import Path

COMMANDS = {
    "handout": "write copies of the lessons without solutions, answers and speaker notes",
    "collect": "read what came back: which exercises each notebook calls correct",
    "slides": "write each lesson as a reveal.js lecture of 1280 × 720 that needs no network",
    "pages": "write each lesson as one HTML page with sliders that need no kernel",
    "site": "write all lessons as a web site with search, dark mode and sliders that need no kernel",
    "nbgrader": "write the lessons as nbgrader's source notebooks, a point for each exercise",
}
EXTRAS = {"site": "site"}  # what to install for a command, where it is not `slides`


def add_commands(commands):
    """Add the instructors' commands to what argparse's `add_subparsers` gave."""
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
        command.allow_abbrev = False
        command.set_defaults(run=run)
        add = command.add_argument
        add("folder", metavar="FOLDER", type=Path, help=_folder(name))
        add(
            "--lessons",
            metavar="PATH",
            type=Path,
            action="append",
            help="a notebook or a folder of notebooks, may be given again (default: the notebooks/ of the course)",
        )
        if name == "collect":
            add("--progress", action="store_true", help="also print a table for each lesson: who has which exercise")
            add("--csv", metavar="FILE", type=Path, help="also write a table to FILE, one line for each exercise")
        else:
            add("--overwrite", action="store_true", help="replace files that are there already")
        if name == "slides":
            add("--large", action="store_true", help="run the lessons, to draw their pictures for the back row")


def _folder(name):
    """Return the help on a command's FOLDER."""
    return (
        "where the notebooks are, in subfolders as you like; or one notebook"
        if name == "collect"
        else "where to write; made if missing"
    )


def run(options):
    """Run an instructors' command; raise ValueError or OSError with one line where it cannot be done."""
    try:
        module = importlib.import_module(f".{options.command}", __package__)
    except ModuleNotFoundError as error:
        needs = f'pip install -e ".[{EXTRAS.get(options.command, "slides")}]"'
        raise ValueError(f"{options.command} needs the package {error.name}; install it with: {needs}") from None
    module.run(options)
