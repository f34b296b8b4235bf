"""What machines run: workflows that cannot be changed under us, may do little, and run once for each commit."""

import re
from pathlib import Path

import fresh
import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MORE = {  # what a job may do beyond reading the repository, and what for
    ("weekly", "audit"): {"contents": "read", "issues": "write"},  # tell of a weakness
    ("site", "publish"): {"pages": "write", "id-token": "write"},
}
README = (ROOT / "README.md").read_text(encoding="utf-8")


def of(name):
    """Return a workflow; YAML reads its key `on` as True."""
    return yaml.safe_load((ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_pins_its_actions_and_may_do_little(path):
    text, workflow = path.read_text(encoding="utf-8"), of(path.stem)
    actions = re.findall(r"uses: (.*)", text)
    assert actions and all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[\d.]+", action) for action in actions)
    assert text.count("persist-credentials: false") == text.count("uses: actions/checkout@")
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert job.get("permissions") == MORE.get((path.stem, name)), name
        assert job["timeout-minutes"] <= 60, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_an_action_has_one_version_everywhere(path):
    everywhere = "\n".join(other.read_text(encoding="utf-8") for other in WORKFLOWS)
    for name, version in re.findall(r"uses: (actions/[a-z-]+)@(.*)", path.read_text(encoding="utf-8")):
        assert set(re.findall(rf"uses: {name}@(.*)", everywhere)) == {version}


def test_a_commit_runs_once():
    """A branch of the repository with a pull request would run twice, were pushes to it run, too."""
    assert of("ci")[True] == {"push": {"branches": ["main"]}, "pull_request": None}
    assert all("concurrency" in of(path.stem) for path in WORKFLOWS)


def test_new_versions_of_actions_and_packages_are_proposed():
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip"}


def test_each_week_the_readme_is_followed_on_each_kind_of_machine():
    job = of("weekly")["jobs"]["fresh"]
    assert [system.split("-")[0] for system in job["strategy"]["matrix"]["system"]] == ["windows", "macos", "ubuntu"]
    assert job["strategy"]["matrix"]["system"][-1].endswith("-arm")
    assert job["steps"][-1]["run"] == "python .ci/fresh.py"


@pytest.mark.parametrize("ending", ["jupyter lab notebooks", "pytest"])
def test_the_commands_for_windows_are_those_for_others_a_line_each(ending):
    """Windows PowerShell 5.1 has no &&, and `py` takes the newest Python unless it is named."""
    others, windows = (fresh.commands(README, language, ending) for language in ("sh", "powershell"))
    lines = [
        line.replace("python3 ", "py -3.13 ").replace(".venv/bin/", ".venv\\Scripts\\") for line in others.split(" && ")
    ]
    assert windows == "\n".join(lines)


def test_commands_that_are_not_there_are_missed():
    with pytest.raises(ValueError, match="no sh commands"):
        fresh.commands("```sh\nls\n```\n", "sh", "pytest")
