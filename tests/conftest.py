"""What several tests share."""

import io

import pytest
from hypothesis import settings
from PIL import Image

from course_utils import make_line_data

# The same examples on every machine and every day; TensorFlow's first call is slow, so no deadline.
settings.register_profile("course", deadline=None, max_examples=25, derandomize=True, database=None)
settings.load_profile("course")


@pytest.fixture(scope="session")
def data():
    """The data of recipe (i): 1,000 normal x, noise 1."""
    return make_line_data()


@pytest.fixture(scope="session")
def image():
    """A function that opens the bytes of a PNG, and fails where they are no whole PNG."""

    def opened(png):
        picture = Image.open(io.BytesIO(png), formats=["PNG"])
        picture.load()
        return picture.convert("RGB")

    return opened
