"""The comparison of executed lessons sees every kind of difference, and no difference where there is none."""

import base64
import copy
import io
from itertools import combinations

import pytest
from compare import VIEW, alike, code_cells, differences, glances, read
from lessons import PATHS
from PIL import Image, ImageFilter

LESSONS = {path.stem: read(path) for path in PATHS}


def shown(notebook):
    """Return the outputs of a notebook that hold a picture."""
    outputs = [output for cell in code_cells(notebook) for output in cell["outputs"]]
    return [output for output in outputs if "image/png" in output.get("data", {})]


@pytest.fixture
def lessons():
    """The committed lesson with most pictures, and a copy of it to change."""
    committed = LESSONS["04_training_loop"]
    return committed, copy.deepcopy(committed)


def redrawn(output, change):
    """Replace the picture of an output by what a function makes of it."""
    picture = change(Image.open(io.BytesIO(base64.b64decode("".join(output["data"]["image/png"])))).convert("RGB"))
    file = io.BytesIO()
    picture.save(file, "PNG")
    output["data"]["image/png"] = base64.b64encode(file.getvalue()).decode("ascii")


def test_nothing_differs_where_nothing_was_changed(lessons):
    committed, executed = lessons
    for output in shown(executed):
        redrawn(output, lambda picture: picture.filter(ImageFilter.GaussianBlur(0.7)))  # other bits, the same picture
        output["data"][VIEW] = {"model_id": "0"}
    assert differences(committed, executed) == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    "change",
    [
        lambda output: output["data"].pop("image/png"),
        lambda output: output["data"].pop("text/plain"),
        lambda output: output["data"].update({"text/html": "<p>"}),
        lambda output: output["metadata"]["image/png"].pop("alt"),
        lambda output: output["metadata"]["image/png"].update(width=1),
        lambda output: output.update(output_type="display_data"),
        lambda output: redrawn(output, lambda picture: picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)),
        lambda output: redrawn(output, lambda picture: Image.new("RGB", picture.size, "white")),
        lambda output: redrawn(output, lambda picture: Image.blend(picture, Image.new("RGB", picture.size), 0.2)),
    ],
)
def test_a_change_of_one_picture_is_seen(lessons, change):
    committed, executed = lessons
    change(shown(executed)[2])
    assert len(differences(committed, executed)) == 1


def test_a_change_of_words_is_seen_in_every_cell(lessons):
    committed, _ = lessons
    spoken = [cell for cell in code_cells(committed) if cell["outputs"] and not cell["metadata"].get("tags")]
    for cell in spoken:
        assert len(differences({"cells": [cell]}, {"cells": [cell | {"outputs": cell["outputs"][:-1]}]})) == 1


def test_pictures_that_say_different_things_look_different():
    outputs = [output for notebook in LESSONS.values() for output in shown(notebook)]
    seen = [("".join(output["data"]["text/plain"]), *glances({"outputs": [output]})) for output in outputs]
    assert len(seen) > 15
    pairs = [(one, other) for one, other in combinations(seen, 2) if one[0] != other[0]]
    assert sum(alike(one, other) for (_, one), (_, other) in pairs) <= 0.02 * len(pairs)
