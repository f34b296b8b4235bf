"""What every HTML file of the course shares: its frame, its styles, its title."""

import html
import re
from importlib.resources import files


def style(*names):
    """Return styles of this room as one text."""
    return "".join(files(__package__).joinpath("styles", f"{name}.css").read_text(encoding="utf-8") for name in names)


def document(title, styles, head, body):
    """Return an HTML document. styles: names of files in styles/; head: what else stands in its head."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
{head}<style>{style(*styles)}</style>
</head>
<body>
{body}
</body>
</html>
"""


def title_of(notebook, otherwise):
    """Return the first heading of a notebook, or something else where there is none."""
    texts = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    heading = re.search(r"(?m)^# +(.+)", texts)
    return heading[1].strip() if heading else otherwise
