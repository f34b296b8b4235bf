"""The controls of a scene as HTML: `screen.js` puts them into the page and answers them."""

from html import escape

PLAYER = ["Play", "Reset", "Step back", "Step"]


def with_markup(control, exact):
    """Return a control of a scene with its `html`. exact: whether a kernel is there to answer for any value."""
    ends = ("0", len(control["stops"]) - 1) if "stops" in control else (control["low"], control["high"])
    box = '<input type="number" step="any"' if exact else "<output"
    parts = [
        f"<label>{escape(control['name'])}</label>",
        f'<span class="rail"><input type="range" min="{ends[0]}" max="{ends[1]}">{_mark(control.get("mark"))}</span>',
        f'{box} aria-label="exact {escape(control["name"])}">{"" if exact else "</output>"}',
        *(_button(name, "preset", f'data-value="{value!r}"') for name, value in control.get("presets", ())),
        *([_button("Keep this run", "keep", 'aria-pressed="false"')] if control.get("keep") else []),
        *(_button(name, name.split()[-1].lower(), _pressed(name)) for name in (PLAYER if control.get("play") else ())),
    ]
    return control | {"html": "".join(parts)}


def _mark(mark):
    """Return the mark on the rail, at a share of its length."""
    return f'<span class="mark" style="--at: {mark["share"]:.4f}">{escape(mark["text"])}</span>' if mark else ""


def _pressed(name):
    return 'aria-pressed="false"' if name == "Play" else ""


def _button(name, action, more=""):
    return f'<button type="button" data-do="{action}" {more}>{escape(name)}</button>'
