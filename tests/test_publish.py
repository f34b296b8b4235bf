"""The public address stands in one place, and every badge, set-up cell and link follows it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import publish
import pytest
from compare import read

ROOT = Path(__file__).parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
README = """[Colab](https://colab.research.google.com/github/OWNER/REPO/blob/main/notebooks/01_variables.ipynb)
[Binder](https://mybinder.org/v2/gh/OWNER/REPO/main?urlpath=lab/tree/notebooks/01_variables.ipynb)
git clone https://github.com/OWNER/REPO course
[site](https://OWNER.github.io/REPO/)
python .ci/publish.py OWNER/REPO
"""


@pytest.fixture
def course(tmp_path):
    """A copy of what publishing touches."""
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    (tmp_path / ".ci").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "binder" / "hub").mkdir(parents=True)
    for path in [*LESSONS, ROOT / ".ci" / "address.toml", ROOT / publish.HUB]:
        shutil.copy(path, tmp_path / path.relative_to(ROOT))
    publish.rewrite(tmp_path, "OWNER/REPO", "main")
    return tmp_path


def contents(course):
    paths = [path for path in course.rglob("*.*") if path.is_file()]
    return {path.relative_to(course).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_every_link_names_the_address():
    assert publish.faults(ROOT) == []


def test_publishing_changes_the_links_and_nothing_else(course):
    before = contents(course)
    publish.rewrite(course, "some-one/a.course", "v1.0")
    assert publish.faults(course) == []
    assert publish.read_address(course) == ("some-one/a.course", "v1.0")
    after = contents(course)
    assert "python .ci/publish.py OWNER/REPO" in after["README.md"]
    assert "(https://some-one.github.io/a.course/)" in after["README.md"]
    for lesson in LESSONS:
        assert len(re.findall(r"some-one/a\.course", after[f"notebooks/{lesson.name}"])) == 3
        assert "OWNER/REPO" not in after[f"notebooks/{lesson.name}"]
    assert "--ref=v1.0 https://github.com/some-one/a.course\n" in after[publish.HUB]
    publish.rewrite(course, "OWNER/REPO", "main")
    assert contents(course) == before


@pytest.mark.parametrize("link", publish.LESSON_NEEDS)
def test_a_link_elsewhere_is_found(course, link):
    lesson = course / "notebooks" / LESSONS[1].name
    there = link.format(repository="OWNER/REPO", ref="main")
    for other in (there.replace("OWNER", "someone"), there.replace("main", "v9"), "nowhere"):
        lesson.write_text(lesson.read_text(encoding="utf-8").replace(there, other), encoding="utf-8")
        assert [fault.partition(":")[0] for fault in publish.faults(course)] == [f"notebooks/{lesson.name}"]
        publish.rewrite(course, "OWNER/REPO", "main")
    assert publish.faults(course), "a missing link cannot be written back"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_badge_opens_its_own_lesson(lesson):
    text = "".join(read(lesson)["cells"][0]["source"])
    colab = re.findall(rf"{publish.pattern(publish.COLAB)}(\S+?)\)", text)
    binder = re.findall(rf"{publish.pattern(publish.BINDER)}urlpath=lab/tree/(\S+?)\)", text)
    assert colab == binder == [f"notebooks/{lesson.name}"]


@pytest.mark.parametrize("arguments", [[], ["OWNER"], ["a/b/c"], ["a/b", "--ref", "x/y"], ["a/b", "--check"]])
def test_a_wrong_address_is_refused_in_one_line(arguments):
    result = subprocess.run([sys.executable, publish.__file__, *arguments], capture_output=True, encoding="utf-8")
    assert result.returncode == 2 and "error:" in result.stderr.splitlines()[-1]
