import re
from xml.etree import ElementTree

import numpy as np
import pytest

from course_utils.live import LivePicture
from course_utils.picture import new_figure


@pytest.fixture
def scene():
    """A still line, a moving dot, and an axis that changes its scale now and then."""
    figure, [ax] = new_figure(300, 200)
    ax.plot([0, 1], [0, 1])
    ax.set_ylim(0, 1)
    (dot,) = ax.plot([0.5], [0.5], "o", color="#D55E00")
    return figure, ax, dot, LivePicture(figure, [dot], scales=[ax.xaxis])


def test_frames_are_pngs_at_two_dots_a_pixel(scene, image):
    *_, live = scene
    assert (live.width, live.height) == (300, 200)
    assert image(live.png()).size == (600, 400)
    assert image(live.png()).getpixel((0, 0)) == (255, 255, 255)


def test_what_moves_moves_and_leaves_no_trace(scene):
    _, _, dot, live = scene
    before = live.png()
    dot.set_data([0.2], [0.8])
    moved = live.png()
    dot.set_data([0.5], [0.5])
    assert moved != before == live.png()


def test_a_changed_scale_is_redrawn_and_can_change_back(scene):
    _, ax, dot, live = scene
    dot.set_data([], [])  # only the axis may tell
    first = ax.get_xlim()
    before = live.png()
    ax.set_xlim(0, 1000)
    wide = live.png()
    ax.set_xlim(0, 1000)
    assert live.png() == wide != before
    ax.set_xlim(*first)
    assert live.png() == before


def test_a_frame_looks_like_the_figure_drawn_as_a_whole(scene, image):
    figure, _, dot, live = scene
    dot.set_data([0.2], [0.8])
    frame = np.asarray(image(live.png()), int)
    for artist in (dot, figure.axes[0].xaxis):
        artist.set_animated(False)
    figure.canvas.draw()
    whole = np.asarray(figure.canvas.buffer_rgba(), int)[..., :3]
    assert np.mean(np.abs(frame - whole)) < 1 and np.mean(np.abs(frame - whole) > 40) < 0.001


def test_the_background_is_drawn_once(scene, monkeypatch):
    figure, _, dot, live = scene
    still = live.still()
    monkeypatch.setattr(figure, "draw", lambda *_: pytest.fail("the whole figure was drawn again"))
    dot.set_data([0.2], [0.8])
    live.png()
    assert live.still() is still


def coordinates(svg, name):
    """Return (x, y) of the only element of this name, in shares of the width and height."""
    root = ElementTree.fromstring(svg)
    [found] = root.iter(f"{{http://www.w3.org/2000/svg}}{name}")
    *_, width, height = map(float, root.get("viewBox").split())
    return float(found.get("x")) / width, float(found.get("y")) / height


def test_what_moves_lies_where_it_is_in_the_whole_frame(scene, image):
    _, _, dot, live = scene
    dot.set_data([0.2], [0.8])
    x, y = coordinates(live.moving(), "use")
    frame = np.asarray(image(live.png()), int)
    dot.set_data([], [])
    changed = np.argwhere(np.any(frame != np.asarray(image(live.png())), axis=2))
    height, width, _ = frame.shape
    assert changed.mean(axis=0) == pytest.approx((height * y, width * x), abs=1.5)
    assert "<use" not in live.moving()


def test_what_moves_does_not_reach_the_rest_of_the_page(scene):
    """Neither a style sheet of its own nor a name that another picture has, too."""
    *_, live = scene
    first, second = live.moving(), live.moving()
    assert "<style" not in first and "stroke-linejoin" in first
    used = [set(re.findall(r'(?:url\(|href=")#(\w+)', svg)) for svg in (first, second)]
    assert all(used) and not used[0] & used[1]
