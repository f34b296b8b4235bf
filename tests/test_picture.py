import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from course_utils import picture
from course_utils.picture import Picture, label, new_figure

pytestmark = pytest.mark.filterwarnings("error")
WORDS = "A line that rises by w·x, −1 to 1."


@pytest.fixture
def a_picture():
    figure, [ax] = new_figure(300, 200)
    ax.plot([0, 1], [0, 1])
    return Picture(figure, WORDS)


@pytest.fixture
def presenter():
    picture.present()
    yield
    picture.present(False)


# ---- as a file and in a notebook ----------------------------------------------------------------------------------


def test_in_a_notebook_it_is_a_crisp_png_with_its_words(a_picture, image):
    data, metadata = a_picture._repr_mimebundle_(include=None, exclude=None)
    assert set(data) == {"image/png", "text/plain"}
    assert data["text/plain"] == repr(a_picture) == WORDS
    assert metadata == {"image/png": {"width": 300, "height": 200, "alt": WORDS}}
    assert image(base64.b64decode(data["image/png"])).size == (600, 400)  # two dots a pixel


def test_pyplot_knows_nothing_of_it(a_picture):
    a_picture._repr_mimebundle_()
    assert plt.get_fignums() == []


def test_it_is_drawn_twice_alike_and_keeps_no_pixels_in_memory(a_picture):
    assert a_picture.png() == a_picture.png()
    texts = a_picture.figure.findobj(Text)
    assert len(texts) > 10 and all(text._renderer is None for text in texts)


@pytest.mark.parametrize("name", ["line.png", "LINE.PNG"])
def test_it_is_saved_with_its_words(a_picture, tmp_path, name):
    a_picture.save(tmp_path / name)
    for file in (tmp_path / name, io.BytesIO(a_picture.png())):
        with Image.open(file, formats=["PNG"]) as saved:
            assert saved.text["Description"] == WORDS and saved.size == (600, 400)


def test_it_is_saved_in_other_formats(a_picture, tmp_path):
    a_picture.save(str(tmp_path / "line.pdf"))
    assert (tmp_path / "line.pdf").read_bytes().startswith(b"%PDF")


# ---- figures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [1, 3])
def test_a_figure_has_the_style_of_the_course(columns):
    figure, axes = new_figure(640, 380, columns=columns)
    assert type(axes) is list and axes == figure.axes and len(axes) == columns
    assert tuple(figure.get_size_inches()) == (6.4, 3.8) and figure.dpi == 200
    assert type(figure.get_layout_engine()).__name__ == "ConstrainedLayoutEngine"
    for ax in axes:
        assert [side for side in ax.spines if ax.spines[side].get_visible()] == ["left", "bottom"]
        assert ax.get_axisbelow() is True
        for axis in (ax.xaxis, ax.yaxis):
            [tick, *_] = axis.get_major_ticks()
            assert tick.label1.get_fontsize() == 9 and tick.label1.get_color() == picture.TEXT
            assert tick.gridline.get_visible()
            assert (tick.gridline.get_color(), tick.gridline.get_linewidth()) == ("#E5E5E5", 0.8)


def test_a_label_is_a_title_and_the_names_of_both_axes():
    _, [ax] = new_figure(300, 200)
    label(ax, "Title", "across", "up")
    assert ax.get_title() == "" and ax.get_title(loc="left") == "Title"
    for text, words, size in (
        (ax._left_title, "Title", 11),
        (ax.xaxis.label, "across", 10),
        (ax.yaxis.label, "up", 10),
    ):
        assert (text.get_text(), text.get_fontsize(), text.get_color()) == (words, size, picture.TEXT)


def test_presenter_mode_makes_text_larger_in_a_picture_of_the_same_size(a_picture, presenter, image):
    large, _ = new_figure(300, 200)
    assert picture.zoom() == 1.5
    assert image(Picture(large, "").png()).size == image(a_picture.png()).size
    points = [figure.dpi * figure.axes[0].xaxis.label.get_fontsize() for figure in (large, a_picture.figure)]
    assert points[0] == pytest.approx(1.5 * points[1])
    picture.present(False)
    assert picture.zoom() == 1.0 and new_figure(300, 200)[0].dpi == 200


# ---- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, words",
    [
        (0, "0.00"),
        (-0.0, "0.00"),
        (-0.004, "0.00"),
        (-0.006, "-0.01"),
        (np.float32(-0.001), "0.00"),
        (5, "5.00"),
        (-2.345, "-2.35"),
        (99.99, "99.99"),
        (100, "100.0"),
        (-100, "-100.0"),
        (999.9, "999.9"),
        (1000, "1000"),
        (-5780.83, "-5781"),
        (999_999, "999999"),
        (1_000_000, "1e+06"),
        (-4.551e16, "-4.55e+16"),
        (np.inf, "not finite"),
        (-np.inf, "not finite"),
        (np.nan, "not finite"),
    ],
)
def test_numbers_in_words(value, words):
    assert picture.number(value) == words


@pytest.mark.parametrize("count, words", [(0, "0 points"), (1, "1 point"), (2, "2 points"), (1000, "1000 points")])
def test_one_of_a_thing_and_more_of_it(count, words):
    assert picture.counted(count, "point") == words


@pytest.mark.parametrize(
    "words",
    [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "10th",
        "11th",
        "12th",
        "13th",
        "14th",
        "21st",
        "22nd",
        "100th",
        "101st",
        "111th",
        "1002nd",
    ],
)
def test_places_in_a_row(words):
    assert picture.ordinal(int(words[:-2])) == words


# ---- styles -------------------------------------------------------------------------------------------------------


def test_colours_are_those_of_okabe_and_ito():
    published = {
        "BLACK": (0, 0, 0),
        "ORANGE": (230, 159, 0),
        "SKY": (86, 180, 233),
        "GREEN": (0, 158, 115),
        "YELLOW": (240, 228, 66),
        "BLUE": (0, 114, 178),
        "VERMILION": (213, 94, 0),
        "PURPLE": (204, 121, 167),
    }  # fmt: skip
    for name, colour in published.items():
        np.testing.assert_allclose(255 * np.array(to_rgba(getattr(picture, name))[:3]), colour, atol=1e-9)


def test_colour_never_tells_alone():
    data, prediction, truth = picture.DATA, picture.PREDICTION, picture.TRUTH
    assert [style["color"] for style in (data, prediction, truth)] == [picture.BLUE, picture.VERMILION, picture.BLACK]
    assert (data["marker"], data["linestyle"]) == ("o", "none")
    assert prediction["linestyle"] == "-" != truth["linestyle"] and "marker" not in prediction | truth
    together = [
        [data, prediction, truth, picture.FAINT],
        [picture.W, picture.B, truth],
        [picture.PATH, picture.START, picture.NOW, picture.BEST, picture.FAINT],
        [picture.LOSS, truth, picture.FAINT, picture.NOW],
        picture.RUNS,
    ]
    for styles in together:
        shapes = [(style.get("marker"), str(style["linestyle"])) for style in styles]
        assert len(set(shapes)) == len(shapes)
        assert len({style["color"] for style in styles}) > 1


LINES = ("PREDICTION", "TRUTH", "W", "B", "LOSS", "FAINT", "PATH")


@pytest.mark.parametrize("name", LINES)
def test_lines_are_neither_too_thin_nor_too_thick(name):
    style = getattr(picture, name)
    assert 1.5 <= style["linewidth"] <= 2.5 and "alpha" not in style
    assert style["linewidth"] > 2 or name != "PREDICTION"  # what a lesson is about stands out
    assert style["linewidth"] == 1.5 or name not in ("TRUTH", "PATH")


def test_dots_are_neither_too_small_nor_too_large():
    assert 2 <= picture.DATA["markersize"] <= 3 and 0.3 <= picture.DATA["alpha"] <= 0.6  # a thousand of them
    assert picture.DATA["markeredgewidth"] == 0
    assert 3 <= picture.PATH["markersize"] <= 4 <= picture.DOTS["markersize"] < 5


def test_dashes_of_the_truth_and_of_runs_are_told_apart():
    dashes = [style["linestyle"][1] for style in (picture.TRUTH, *picture.RUNS[-2:])]
    assert dashes == [(5, 3), (1, 1), (8, 2)]
    for style in (picture.DATA, picture.PREDICTION, picture.W, picture.B, picture.LOSS, picture.FAINT, *picture.RUNS):
        Line2D([], [], **style)  # refuses a style that there is none of


def test_marks_stand_out_from_what_they_lie_on():
    marks = [picture.START, picture.NOW, picture.BEST]
    assert [mark["marker"] for mark in marks] == ["s", "D", "*"] and picture.PATH["marker"] == "o"
    for mark in marks:
        assert mark["markeredgecolor"] == "white" and mark["linestyle"] == "none"
    start, now, best = (mark["markersize"] for mark in marks)
    assert 2 * picture.PATH["markersize"] <= start < now <= 8 < best < 14  # the arms of a star are thin
    assert picture.BEST["zorder"] > 3  # over the end of a path
