import numpy as np
import pytest

from course_utils.picture import new_figure
from course_utils.playgrounds.frames import Frames


@pytest.fixture
def scene():
    """A still line, a moving dot, and an axis that changes its scale now and then."""
    figure, [ax] = new_figure(300, 200)
    ax.plot([0, 1], [0, 1])
    ax.set_ylim(0, 1)
    (dot,) = ax.plot([0.5], [0.5], "o", color="#D55E00")
    return figure, ax, dot, Frames(figure, [dot], scales=[ax.xaxis])


def test_frames_are_pngs_at_two_dots_a_pixel(scene, image):
    *_, frames = scene
    assert (frames.width, frames.height) == (300, 200)
    assert image(frames.png()).size == (600, 400)
    assert image(frames.png()).getpixel((0, 0)) == (255, 255, 255)


def test_what_moves_moves_and_leaves_no_trace(scene):
    _, _, dot, frames = scene
    before = frames.png()
    dot.set_data([0.2], [0.8])
    moved = frames.png()
    dot.set_data([0.5], [0.5])
    assert moved != before == frames.png()


def test_a_changed_scale_is_redrawn_and_can_change_back(scene):
    _, ax, dot, frames = scene
    dot.set_data([], [])  # only the axis may tell
    first = ax.get_xlim()
    before = frames.png()
    ax.set_xlim(0, 1000)
    wide = frames.png()
    ax.set_xlim(0, 1000)
    assert frames.png() == wide != before
    ax.set_xlim(*first)
    assert frames.png() == before


def test_a_frame_looks_like_the_figure_drawn_as_a_whole(scene, image):
    figure, _, dot, frames = scene
    dot.set_data([0.2], [0.8])
    frame = np.asarray(image(frames.png()), int)
    for artist in (dot, figure.axes[0].xaxis):
        artist.set_animated(False)
    figure.canvas.draw()
    whole = np.asarray(figure.canvas.buffer_rgba(), int)[..., :3]
    assert np.mean(np.abs(frame - whole)) < 1 and np.mean(np.abs(frame - whole) > 40) < 0.001


def test_the_background_is_drawn_once(scene, monkeypatch):
    figure, _, dot, frames = scene
    frames.png()
    monkeypatch.setattr(figure, "draw", lambda *_: pytest.fail("the whole figure was drawn again"))
    dot.set_data([0.2], [0.8])
    frames.png()
