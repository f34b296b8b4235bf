"""A picture that redraws fast, for where the browser can't draw: what stands still is drawn once."""

import io
import zlib

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from PIL import Image

from .. import picture


class Frames:
    """A Figure of which only some artists move.

    figure: a Figure that nobody else draws. moving: its artists that change from frame to frame, back to front.
    scales: axes of it whose limits change now and then; they are drawn anew only when they do.
    """

    def __init__(self, figure, moving, scales=()):
        self._figure, self._canvas = figure, FigureCanvasAgg(figure)
        self._moving, self._scales = moving, scales
        self._canvas.draw()  # with every artist, so that the layout leaves room for all
        figure.set_layout_engine("none")
        for artist in [*moving, *scales]:
            artist.set_animated(True)
        self._canvas.draw()
        self._background = self._canvas.copy_from_bbox(figure.bbox)
        self._limits = self._scaled = self._palette = None
        self.width, self.height = (round(pixels / 2) for pixels in figure.bbox.size)

    def png(self):
        """Return the whole frame as bytes of a PNG file, at two dots a pixel."""
        limits = [axis.get_view_interval().tolist() for axis in self._scales]
        if limits != self._limits:
            self._canvas.restore_region(self._background)
            self._draw(self._scales)
            self._scaled, self._limits = self._canvas.copy_from_bbox(self._figure.bbox), limits
        self._canvas.restore_region(self._scaled)
        self._draw(self._moving)
        return self._png()

    def _draw(self, artists):
        for artist in artists:
            artist.axes.draw_artist(artist)

    def _png(self):
        """Return the canvas as a PNG of 256 colours: they suffice here, and halve the bytes on the wire."""
        size = self._canvas.get_width_height(physical=True)
        frame = Image.frombuffer("RGBA", size, self._canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
        self._palette = self._palette or _palette(frame)
        buffer = io.BytesIO()
        frame.quantize(palette=self._palette, dither=Image.Dither.NONE).save(
            buffer, "png", compress_level=1, compress_type=zlib.Z_RLE
        )
        return buffer.getvalue()


def _palette(frame):
    """Return a palette image: every colour of the course in ten tints, and the rest as the frame needs it."""
    colours = [picture.BLUE, picture.VERMILION, picture.GREEN, picture.PURPLE, picture.ORANGE, picture.BLACK]
    tints = np.linspace(0, 1, 11)[:-1, None]
    fixed = np.concatenate([np.array(to_rgb(colour)) * (1 - tints) + tints for colour in colours])
    fixed = (255 * fixed).round().astype(np.uint8)
    needed = np.array(frame.quantize(255 - len(fixed), method=Image.Quantize.MEDIANCUT).getpalette()).reshape(-1, 3)
    needed[needed.min(axis=1) > 245] = 255  # Pillow looks colours up in steps of four: keep paper white
    palette = Image.new("P", (1, 1))
    palette.putpalette([255, 255, 255, *fixed.ravel().tolist(), *needed.ravel().tolist()])
    return palette
