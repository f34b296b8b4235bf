"""The course as a web site: Sphinx makes its pages, with search and a dark mode; the sliders need no kernel."""

import io
import tempfile
from importlib.resources import files
from pathlib import Path

import nbformat
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from .chapters import address, chapter, notes, welcome
from .from_npm import bring
from .notebooks import find, read
from .outputs import ANSI
from .screens import parts, revive

MATHJAX, FORMULAS = "mathjax@3.2.2", "es5/tex-svg.js"  # one file, which needs no fonts
OWN_PAGES = {"index", "notes", "search", "genindex"}
SETTINGS = {
    "project": "How training works",
    "html_title": "How training works",
    "language": "en",
    "extensions": ["sphinx.ext.mathjax", "myst_nb"],
    "html_theme": "sphinx_book_theme",
    "html_static_path": ["_static"],
    "html_css_files": ["site.css"],
    "html_context": {"default_mode": "auto"},  # light or dark as the reader's system
    "html_copy_source": False,
    "html_show_sphinx": False,
    "html_show_copyright": False,
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},
    "myst_enable_extensions": ["dollarmath"],
    "myst_heading_anchors": 3,
    "suppress_warnings": ["myst.header"],  # notebooks of others leave out a level of headings now and then
    "mathjax_path": FORMULAS,
    "mathjax3_config": {"options": {"enableMenu": False}},
}
THEME = {
    "home_page_in_toc": True,
    "show_toc_level": 2,
    "use_download_button": False,
    "navbar_persistent": [],
    "footer_content_items": [],
}
LABEL = ' aria-label="Toggle hidden content"'  # of folded cells; it hides their own words from screen readers
SEARCH = """<button class="btn search-button-field search-button__button pst-js-only">
<i class="fa-solid fa-magnifying-glass"></i> <span class="search-button__default-text">Search</span>
</button>
"""  # the theme's own has a label that lacks the words in it


def settings(place):
    """Return Sphinx's settings. place: the repository and the revision that the buttons open, or None for none."""
    theme = THEME.copy()
    if place:
        repository, revision = place
        theme |= {
            "repository_url": f"https://github.com/{repository}",
            "repository_branch": revision,
            "path_to_docs": "notebooks",
            "use_repository_button": True,
            "launch_buttons": {
                "notebook_interface": "jupyterlab",
                "binderhub_url": "https://mybinder.org",
                "colab_url": "https://colab.research.google.com",
            },
        }
    return SETTINGS | {"html_theme_options": theme}


def write_sources(folder, lessons):
    """Write what Sphinx reads; return the settings. lessons: {name: notebook}."""
    texts = {"index.md": welcome(lessons), "notes.md": notes(lessons)}
    place = next(filter(None, map(address, lessons.values())), None)
    texts |= {
        f"{name}.ipynb": nbformat.writes(chapter(notebook, name, lessons), version=4)
        for name, notebook in lessons.items()
    }
    static, templates = folder / "_static", folder / "_templates"
    static.mkdir()
    templates.mkdir()
    texts["_templates/search-button-field.html"] = SEARCH
    texts["_static/site.css"] = files(__package__).joinpath("styles", "site.css").read_text(encoding="utf-8")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return settings(place) | {"templates_path": [str(templates)]}


def finish(app, page, template, context, doctree):
    """Give a page that has playgrounds what draws them, as Sphinx's event html-page-context asks for it."""
    body = context.get("body", "").replace(LABEL, "")
    style, script = parts(body)
    context["body"] = f"{style}{body}{script}"


def build(sources, folder, own):
    """Let Sphinx build the site; return what it warned of, a line each. own: its settings."""
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace(), tempfile.TemporaryDirectory() as scratch:
        app = Sphinx(sources, None, folder, scratch, "html", own, status=None, warning=warnings, freshenv=True)
        app.connect("html-page-context", finish)
        app.build()
    return warnings.getvalue().splitlines()


def run(options):
    """Write the site; raise ValueError where something is there already, or where Sphinx finds a fault."""
    lessons = find(options.lessons)
    start = options.folder / "index.html"
    if start.exists() and not options.overwrite:
        raise ValueError(f"{start} is there already; --overwrite replaces it")
    if taken := OWN_PAGES & {lesson.stem for lesson in lessons}:
        raise ValueError(f"the site has a page of its own that is called {taken.pop()}; give the notebook another name")
    if options.folder.resolve() in {lesson.parent.resolve() for lesson in lessons}:
        raise ValueError(f"{options.folder} is where the lessons are; name another folder")
    options.folder.mkdir(parents=True, exist_ok=True)
    bring(MATHJAX, [FORMULAS], options.folder / "_static")  # where it is the next time
    notebooks = {}
    for lesson in lessons:
        notebooks[lesson.stem] = read(lesson)
        revive(notebooks[lesson.stem], lesson.parent)
    with tempfile.TemporaryDirectory() as sources:
        try:
            faults = build(sources, options.folder, write_sources(Path(sources), notebooks))
        except SphinxError as error:
            raise ValueError(f"Sphinx says: {' '.join(str(error).split())}") from None
    if faults:
        raise ValueError(f"Sphinx warns: {ANSI.sub('', faults[0]).replace(f'{sources}/', '')}")
    print(start, flush=True)
