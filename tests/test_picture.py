import base64

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from course_utils import picture
from course_utils.picture import Picture, new_figure


@pytest.fixture
def a_picture():
    figure, [ax] = new_figure(300, 200)
    ax.plot([0, 1], [0, 1])
    return Picture(figure, "A line that rises.")


def test_in_a_notebook_it_is_a_crisp_png_with_its_words(a_picture, image):
    data, metadata = a_picture._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert data["text/plain"] == repr(a_picture) == "A line that rises."
    assert metadata["image/png"] == {"width": 300, "height": 200, "alt": "A line that rises."}
    assert image(base64.b64decode(data["image/png"])).size == (600, 400)  # two dots a pixel


def test_pyplot_knows_nothing_of_it(a_picture):
    a_picture._repr_mimebundle_()
    assert plt.get_fignums() == []


def test_it_is_saved_with_its_words(a_picture, tmp_path, image):
    a_picture.save(tmp_path / "line.png")
    with Image.open(tmp_path / "line.png") as saved:
        assert saved.text["Description"] == "A line that rises."
    assert image((tmp_path / "line.png").read_bytes()).size == image(a_picture.png()).size
    a_picture.save(tmp_path / "line.pdf")
    assert (tmp_path / "line.pdf").read_bytes().startswith(b"%PDF")


@pytest.fixture
def presenter():
    picture.present()
    yield
    picture.present(False)


def test_presenter_mode_makes_text_larger_in_a_picture_of_the_same_size(a_picture, presenter, image):
    large, _ = new_figure(300, 200)
    assert image(Picture(large, "").png()).size == image(a_picture.png()).size
    points = [figure.dpi * figure.axes[0].xaxis.label.get_fontsize() for figure in (large, a_picture.figure)]
    assert points[0] == pytest.approx(1.5 * points[1])


def test_colours_are_those_of_okabe_and_ito_and_never_tell_alone():
    colours = [
        getattr(picture, name) for name in ["BLACK", "ORANGE", "SKY", "GREEN", "YELLOW", "BLUE", "VERMILION", "PURPLE"]
    ]
    styles = [picture.DATA, picture.PREDICTION, picture.TRUTH, picture.W, picture.B, picture.FAINT]
    assert len(set(colours)) == 8
    assert {style["color"] for style in styles[:-1]} <= set(colours)
    shapes = [(style.get("marker"), str(style["linestyle"])) for style in styles]
    assert len(set(shapes) - {shapes[1]}) == len(styles) - 2  # prediction and w, never in one picture, are both solid
    assert (picture.DATA["color"], picture.PREDICTION["color"]) == (picture.BLUE, picture.VERMILION)
    assert np.all([style["linestyle"] != "-" for style in (picture.TRUTH, picture.B)])
