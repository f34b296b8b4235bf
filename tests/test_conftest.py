"""Where everything must be there, nothing is skipped."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPED = {
    "test": "import pytest\n\n\ndef test_it():\n    pytest.skip('no such thing')\n",
    "fixture": "import pytest\n\n\n@pytest.fixture\ndef it():\n    pytest.importorskip('no_such_thing')\n\n\n"
    "def test_it(it):\n    pass\n",
    "mark": "import pytest\n\n\n@pytest.mark.skip(reason='no such thing')\ndef test_it():\n    pass\n",
    "module": "import pytest\n\npytest.importorskip('no_such_thing')\n\n\ndef test_it():\n    pass\n",
}


@pytest.mark.thorough
def test_what_is_missing_fails_where_everything_is_required(tmp_path, monkeypatch):
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    for name, source in SKIPPED.items():
        (tmp_path / f"test_{name}.py").write_text(source, encoding="utf-8")
    monkeypatch.setenv("COURSE_REQUIRE_ALL", "1")
    options = ["-q", "-p", "no:cacheprovider", "--continue-on-collection-errors", "--rootdir", tmp_path]
    command = [sys.executable, "-m", "pytest", *options, tmp_path]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8").stdout.splitlines()
    amiss = [line for line in told if line.startswith(("FAILED", "ERROR"))]
    assert [any(f"test_{name}.py" in line for line in amiss) for name in SKIPPED] == [True] * len(SKIPPED)
    assert "skipped" not in told[-1] and sum("forbids to skip" in line for line in told) >= len(SKIPPED)
