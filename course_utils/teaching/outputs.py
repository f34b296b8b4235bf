"""Outputs of a code cell as HTML, whatever wrote them."""

import base64
import html
import io
import json
import re

from PIL import Image

from .prose import formula, prose
from .screens import KIND, screen_html

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # the colours of a terminal
WORDLESS = "A picture without a description"


def output_html(output):
    """Return an output as HTML; of several forms the one that shows most."""
    if output.output_type == "stream":
        return text(output.text)
    if output.output_type == "error":
        return text("\n".join(output.traceback) or f"{output.ename}: {output.evalue}")
    if KIND in output.data:
        return screen_html(output, picture(output, "image/png"))
    for kind, show in SHOWN.items():
        if kind in output.data:
            return show(output, kind)
    return text(f"An output that a page cannot show: {', '.join(output.data) or 'empty'}")


def text(shown):
    """Return text as it was printed, without a terminal's colours."""
    return f"<pre>{html.escape(ANSI.sub('', shown)).rstrip()}</pre>\n"


def picture(output, kind):
    """Return a picture with its words: those it brought, or else what the output says as text."""
    of = output.metadata.get(kind, {})
    words = of.get("alt") or output.data.get("text/plain", "")
    if not words or re.fullmatch(r"<[^>]*>", words):  # the repr of an object describes nothing
        words = WORDLESS
    size = "".join(f'{side}="{of[side]}" ' for side in ("width", "height") if side in of)
    data = output.data[kind]
    if kind == "image/svg+xml":  # as an image it runs no script, and its ids stay its own
        data = base64.b64encode(data.encode()).decode("ascii")
    if kind == "image/png":
        data = smaller(data)
    return f'<img src="data:{kind};base64,{data.strip()}" {size}alt="{html.escape(words)}">\n'


def smaller(data):
    """Return a PNG in base64 with 256 colours, which are enough for a plot, where that takes fewer bytes."""
    few = io.BytesIO()
    try:
        image = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA")
        if image.getextrema()[3] != (255, 255):  # a transparent ground has no place among the colours
            return data
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(few, "PNG", optimize=True)
    except (OSError, ValueError):  # broken, or no PNG: a browser may know better
        return data
    found = base64.b64encode(few.getvalue()).decode("ascii")
    return min(found, data, key=len)


def plain(output, kind):
    return text(output.data[kind])


SHOWN = {
    **dict.fromkeys(("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"), picture),
    "text/html": lambda output, kind: output.data[kind],
    "text/markdown": lambda output, kind: prose(output.data[kind]),
    "text/latex": lambda output, kind: f"<div>{formula(output.data[kind].strip().strip('$'), 'block')}</div>\n",
    "text/plain": plain,
    "application/json": lambda output, kind: text(json.dumps(output.data[kind], indent=2, ensure_ascii=False)),
}
