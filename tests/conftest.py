"""What several tests share."""

import gc
import io
import json
import os

import pytest
from hypothesis import settings

# Fixtures import TensorFlow themselves: the process that only hands the tests out begins sooner without.

pytest.register_assert_rewrite("said")  # which says what differs

# The same examples on every machine and every day; TensorFlow's first call is slow, so no deadline.
settings.register_profile("course", deadline=None, max_examples=25, derandomize=True, database=None)
settings.load_profile("course")


@pytest.fixture(scope="session")
def data():
    """The data of lesson 04: 1,000 normal x, noise 1."""
    from course_utils import make_line_data

    return make_line_data()


@pytest.fixture(scope="session")
def measured():
    """Nine examples in units of their own, far from 0, whose true line nobody knows."""
    import numpy as np

    from course_utils import LineData
    from course_utils.inputs import examples

    x = np.linspace(170, 230, 9)
    y = np.linspace(2700, 6300, 9) + 100 * np.array([0, 3, -2, 4, 1, -5, 2, -1, 0])
    return LineData(*examples(x, y), None, None, None, "flipper length (mm)", "body mass (g)")


@pytest.fixture(scope="session")
def image():
    """A function that opens the bytes of a PNG, and fails where they are no whole PNG."""
    from PIL import Image

    def opened(png):
        picture = Image.open(io.BytesIO(png), formats=["PNG"])
        picture.load()
        return picture.convert("RGB")

    return opened


@pytest.fixture
def told(tmp_path, capsys):
    """A function that collects notebooks, by the names of their files, and returns the lines."""
    from course_utils.__main__ import main

    def collected(**notebooks):
        for name, notebook in notebooks.items():
            text = notebook if isinstance(notebook, str) else json.dumps(notebook)
            (tmp_path / f"{name}.ipynb").write_text(text, encoding="utf-8")
        capsys.readouterr()
        assert main(["collect", str(tmp_path)]) == 0
        return capsys.readouterr().out.splitlines()

    return collected


def failed(report):
    """Turn a report of a skipped test into one of a failed test, where everything must be there."""
    if os.environ.get("COURSE_REQUIRE_ALL") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"COURSE_REQUIRE_ALL forbids to skip: {report.longrepr[2]}"
    return report


def pytest_collection_finish():
    gc.freeze()  # TensorFlow's objects stay: looking through them again and again took a tenth of the time


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return failed((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return failed((yield))
