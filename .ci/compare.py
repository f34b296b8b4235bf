"""Compare the outputs of an executed lesson with the committed ones: words as strict nbval does, and a glance."""

import base64
import io
import json

from PIL import Image, ImageChops

VIEW = "application/vnd.jupyter.widget-view+json"  # lives only as long as its kernel
PICTURE = "image/png"
EXEMPT = {"nbval-ignore-output", "nbval-skip"}
GLANCE = (32, 18)  # pixels
# Matplotlib 3.10 and 3.11 draw a picture of the lessons up to 14 levels apart; two pictures are 38 apart at least.
LEVELS = 24


def read(path):
    """Return the notebook in the file as plain dictionaries."""
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def words(cell):
    """Return what a code cell shows, in order, as comparable pairs; neighbouring pieces of one stream are one.

    Of a picture, which differs in its last bits between machines, these are its size and its description.
    """
    shown = []
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            if shown and shown[-1][0] == output["name"]:
                shown[-1][1] += "".join(output["text"])
            else:
                shown.append([output["name"], "".join(output["text"])])
        elif output["output_type"] == "error":
            shown.append(["error", f"{output['ename']}: {output['evalue']}"])
        else:
            data = {kind: "".join(value) for kind, value in output["data"].items() if kind not in (VIEW, PICTURE)}
            if PICTURE in output["data"]:
                data[PICTURE] = output["metadata"].get(PICTURE)
            shown.append([output["output_type"], data])
    return shown


def glances(cell):
    """Return a glance at each picture that a code cell shows: the picture with very few pixels."""
    found = [output["data"][PICTURE] for output in cell["outputs"] if PICTURE in output.get("data", {})]
    opened = [Image.open(io.BytesIO(base64.b64decode("".join(data)))) for data in found]
    return [picture.convert("RGB").resize(GLANCE, Image.Resampling.BOX) for picture in opened]


def alike(one, other):
    """Return whether two glances are at the same picture."""
    return all(high <= LEVELS for _, high in ImageChops.difference(one, other).getextrema())


def differences(committed, executed):
    """Return one text for each code cell of the executed lesson that shows something else than the committed one."""
    found = []
    for count, (old, new) in enumerate(zip(code_cells(committed), code_cells(executed), strict=True), start=1):
        if EXEMPT & set(old["metadata"].get("tags", ())):
            continue
        if words(old) != words(new):
            found.append(f"code cell {count}: {words(new)} instead of {words(old)}")
        elif not all(map(alike, glances(old), glances(new))):
            found.append(f"code cell {count}: another picture under the same words")
    return found
