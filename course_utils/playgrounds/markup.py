"""The controls of a scene as HTML: `screen.js` puts them into the page and answers them."""

import json
from html import escape

PLAYER = ["Play", "Reset", "Step back", "Step"]


def with_markup(control, exact):
    """Return a control of a scene with its `html`. exact: whether a kernel is there to answer for any value."""
    if "options" in control:
        return control | {"html": _choice(control["name"], control["options"])}
    ends = ("0", len(control["stops"]) - 1) if "stops" in control else (control["low"], control["high"])
    box = f'<input class="box" type="number" step="any" aria-label="exact {escape(control["name"])}">'
    parts = [
        f"<label>{escape(control['name'])}</label>",
        f'<span class="rail"><input type="range" min="{ends[0]}" max="{ends[1]}">{_marks(control)}</span>',
        box if exact else '<span class="box" aria-hidden="true"></span>',
        *(_button(name, "preset", f'data-value="{value!r}"') for name, value in control.get("presets", ())),
        *([_button("Keep this run", "keep", 'aria-pressed="false"')] if control.get("keep") else []),
        *(_button(name, name.split()[-1].lower(), _pressed(name)) for name in (PLAYER if control.get("play") else ())),
    ]
    return control | {"html": "".join(parts)}


def _choice(name, options):
    """Return a name and radio buttons; the value of each is its place."""
    buttons = [f'<label><input type="radio" value="{k}">{escape(option)}</label>' for k, option in enumerate(options)]
    name = escape(name)
    return f'<span class="name">{name}</span><span role="radiogroup" aria-label="{name}">{"".join(buttons)}</span>'


def _marks(control):
    """Return the marks on the rail, each at a share of its length; their texts stand left and right in turns."""
    marks = [
        f'style="--at: {mark["share"]:.4f}"{_when(mark)}>{escape(mark["text"])}</span>'
        for mark in control.get("marks", ())
    ]
    return "".join(f'<span class="mark{" right" * (k % 2)}" {mark}' for k, mark in enumerate(marks))


def _when(mark):
    return f' data-when="{escape(json.dumps(mark["when"]))}"' if "when" in mark else ""


def _pressed(name):
    return 'aria-pressed="false"' if name == "Play" else ""


def _button(name, action, more=""):
    return f'<button type="button" data-do="{action}" {more}>{escape(name)}</button>'
