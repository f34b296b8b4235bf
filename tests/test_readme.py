"""What the README and the configuration promise is so: minutes, links, options, plans, versions, limits."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from lessons import NAMES, NOTEBOOKS, ROOT, prose
from packaging.version import Version

from course_utils.__main__ import main
from course_utils.teaching.commands import COMMANDS

PAGES = {
    path: (ROOT / path).read_text(encoding="utf-8")
    for path in ("README.md", ".github/INSTRUCTORS.md", ".github/CONTRIBUTING.md", "binder/hub/README.md")
}
README, INSTRUCTORS, CONTRIBUTING, HUB = PAGES.values()
MATRIX = tomllib.loads((ROOT / ".ci" / "matrix.toml").read_text(encoding="utf-8"))


def rows(page):
    """Return the cells of each line of the tables of a page."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("|")]


def minutes(name):
    return int(re.search(r"\*\*(\d+) minutes\.\*\*", NOTEBOOKS[name].cells[0].source)[1])


def test_each_lesson_has_its_line_with_title_and_minutes():
    """The one list of the lessons for those who read; what runs reads the folder."""
    listed = [row[:2] for row in rows(README) if re.match(r"\[\d+ · ", row[0])]
    titles = [re.match(r"# (.*?)(?::.*)?\n", NOTEBOOKS[name].cells[0].source)[1] for name in NAMES]
    lines = zip(titles, NAMES, strict=True)
    assert listed == [[f"[{title}](notebooks/{name}.ipynb)", str(minutes(name))] for title, name in lines]


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES[path]):
        file = (ROOT / path).parent / target.partition("#")[0]
        assert target.startswith("https://") or file.exists(), target
        within = re.search(r"notebooks/(\w+)\.ipynb", target)
        assert not within or within[1] in NAMES, target


def test_files_and_folders_that_are_named_exist():
    for name in re.findall(r"`(?:python )?(\.?\w[\w-]*(?:/[\w.-]*)+)`", README + HUB):
        assert (ROOT / name).exists() or name.startswith(".venv"), name


PLAN = [row for row in rows(INSTRUCTORS) if len(row) == 3 and re.fullmatch(r"[\d +]+", row[1]) and "](" not in row[0]]


def test_a_plan_takes_the_time_it_says():
    """`once 90` is the sum of its lines; each line of `3 × 45` is 45 minutes."""
    plan, sums = None, {}
    for name, times, _ in PLAN:
        plan = name or plan
        sums[plan] = sums.get(plan, 0) + sum(map(int, times.split("+")))
    assert sums.pop("**once 90**") == 90
    assert len(sums) == 3 and set(sums.values()) == {45}


def test_sections_that_a_plan_names_exist():
    named = [(words, heading) for _, _, words in PLAN for heading in re.findall(r"(?<!\*)\*([^*]+)\*", words)]
    assert named
    for words, heading in named:
        numbers = re.findall(r"lesson (\d)", words)
        assert any(f"\n## {heading}\n" in prose(name) for name in NAMES if name[1] in numbers), heading


OPTIONS = {}


def told(*command):
    """Return the help of a command."""
    if command not in OPTIONS:
        done = subprocess.run([sys.executable, *command, "--help"], cwd=ROOT, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, command
        OPTIONS[command] = done.stdout
    return OPTIONS[command]


@pytest.mark.thorough
def test_options_exist(capsys):
    """Each option stands in the paragraph of the command that takes it, or in the next one."""
    tools = [(f".ci/{name}.py",) for name in ("publish", "refresh")]
    for command in ("train", *COMMANDS):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        OPTIONS["-m", "course_utils", command] = capsys.readouterr().out
    before = ""
    for paragraph in "\n\n".join((README, INSTRUCTORS, CONTRIBUTING)).split("\n\n"):
        known = "--help --list --tags " if "noxfile" in paragraph else ""  # nox is not installed with the course
        known += "--ignore-vuln --overwrite --lessons " * ("audit" in paragraph or "All but" in paragraph)
        known += "".join(told(*tool) for tool in tools if tool[0] in paragraph)
        known += "".join(text for command, text in OPTIONS.items() if f"course_utils {command[-1]}" in paragraph)
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", paragraph):
            assert re.search(rf"{option}\b", known + before), option
        before = known


def test_sessions_that_are_named_exist():
    sessions = (ROOT / ".ci" / "noxfile.py").read_text(encoding="utf-8")
    texts = [
        *PAGES.values(),
        *(path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")),
    ]
    for text in texts:
        for name in re.findall(r"(?<![\w-])-s ([a-z]+)", text):
            assert re.search(rf"def {name}\(session|name=\"{name}\"", sessions), name
        for tag in re.findall(r"--tags ([a-z]+)", text):
            assert f'tags=["{tag}"]' in sessions, tag


def test_the_pythons_are_those_of_the_matrix():
    *most, last = MATRIX["pythons"]
    assert f"You need Python {', '.join(most)} or {last}, on" in README


def versions(path):
    """Return the version of each package that a list of requirements pins."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return {name: Version(version) for name, version in re.findall(r"^([\w-]+)==([\w.]+)", text, re.MULTILINE)}


def test_the_page_for_maintainers_shows_what_the_sessions_run():
    newest = versions("requirements.txt")
    names = {"keras": "Keras", "numpy": "NumPy", "matplotlib": "Matplotlib"}
    rows = [("Python", *MATRIX["pythons"]), ("TensorFlow", *MATRIX["tensorflows"])]
    rows += [(names.get(package, package), oldest, newest[package]) for package, oldest in MATRIX["oldest"].items()]
    lines = ["| | oldest | newest |", "|---|---|---|", *(f"| {row[0]} | {row[1]} | {row[-1]} |" for row in rows)]
    assert "\n".join(lines) + "\n" in CONTRIBUTING


def test_the_supported_versions_are_those_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    last = int(MATRIX["pythons"][-1].partition(".")[2])
    assert project["requires-python"] == f">={MATRIX['pythons'][0]},<3.{last + 1}"
    newest = versions("requirements.txt")["tensorflow"]
    assert f"{newest.major}.{newest.minor}" == MATRIX["tensorflows"][-1]


def test_what_colab_ships_is_supported():
    colab, newest = versions(".ci/colab_versions.txt"), versions("requirements.txt")
    for package, oldest in MATRIX["oldest"].items():
        assert Version(oldest) <= colab[package] <= newest[package], package
    shipped = colab["tensorflow-cpu"]
    assert f"{shipped.major}.{shipped.minor}" in MATRIX["tensorflows"]
    listed = (ROOT / ".ci" / "colab_versions.txt").read_text(encoding="utf-8")
    python = re.search(r"Colab runs Python (3\.\d+)\.", listed)[1]
    assert python in MATRIX["pythons"]
    assert f'COLAB_PYTHON = "{python}"' in (ROOT / ".ci" / "noxfile.py").read_text(encoding="utf-8")


def test_a_seat_on_the_hub_may_have_what_it_is_promised():
    values = yaml.safe_load(Path(ROOT, "binder", "hub", "values.yaml").read_text(encoding="utf-8"))["singleuser"]
    sizes = {key: float(size.removesuffix("G")) for key, size in values["memory"].items()}
    assert 0 < sizes["guarantee"] <= sizes["limit"]
    assert 0 < values["cpu"]["guarantee"] <= values["cpu"]["limit"]
