"""The hub's values are keys of the chart, differ from what it has by itself, and let nobody in until they are set."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
HUB = ROOT / "binder" / "hub"
README = (HUB / "README.md").read_text(encoding="utf-8")
CHART = "4.4.0"  # CI lets helm judge the values by the whole schema of this version
OWN = {  # each key that the files set, and what the chart has by itself; a typo is none of them
    "singleuser.image.name": "quay.io/jupyterhub/k8s-singleuser-sample",
    "singleuser.image.tag": "4.4.0",
    "singleuser.lifecycleHooks.postStart.exec.command": None,
    "singleuser.storage.capacity": "10Gi",
    "singleuser.defaultUrl": None,
    "singleuser.memory.guarantee": "1G",
    "singleuser.memory.limit": None,
    "singleuser.cpu.guarantee": None,
    "singleuser.cpu.limit": None,
    "singleuser.networkPolicy.egressAllowRules.nonPrivateIPs": True,
    "scheduling.podPriority.enabled": False,
    "proxy.https.enabled": False,
    "proxy.https.hosts": [],
    "proxy.https.letsencrypt.contactEmail": None,
    "hub.config.KubeSpawner.notebook_dir": None,
    "hub.config.JupyterHub.authenticator_class": "dummy",
    "hub.config.NativeAuthenticator.minimum_password_length": 1,
    "hub.config.NativeAuthenticator.check_common_password": False,
    "hub.config.NativeAuthenticator.allowed_failed_logins": 0,
    "hub.config.Authenticator.admin_users": None,
    "hub.config.Authenticator.allowed_users": None,
}
THREE_LESSONS = 1.33  # GB, measured


def flat(values, before=""):
    """Yield (the path of a key, its value)."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def of(name):
    return dict(flat(yaml.safe_load((HUB / name).read_text(encoding="utf-8"))))


VALUES, CLASS = of("values.yaml"), of("class.yaml")


def test_each_key_is_one_of_the_chart_and_says_something_new():
    assert not VALUES.keys() & CLASS.keys()
    for path, value in {**VALUES, **CLASS}.items():
        assert path in OWN, path
        assert value != OWN[path], path
        assert OWN[path] is None or type(value) is type(OWN[path]), path


def test_nobody_comes_in_until_the_class_is_named_and_no_single_line_opens_the_hub():
    assert CLASS["hub.config.Authenticator.allowed_users"] == CLASS["hub.config.Authenticator.admin_users"] == []
    assert VALUES["hub.config.JupyterHub.authenticator_class"] == "native"
    assert not any(path.endswith(("allow_all", "open_signup")) for path in {**VALUES, **CLASS})
    assert VALUES["proxy.https.enabled"] is True


def gigabytes(text):
    return float(text.removesuffix("G")) * 1.024**3


def test_a_seat_is_sure_of_three_open_lessons():
    guarantee, limit = (gigabytes(VALUES[f"singleuser.memory.{name}"]) for name in ("guarantee", "limit"))
    assert THREE_LESSONS < guarantee <= limit
    assert f"{THREE_LESSONS:.1f} GB" in README


def test_the_page_names_one_chart_and_the_files_beside_it():
    versions = re.findall(r"--version (\S+)", README)
    assert set(versions) == {CHART} and len(versions) == len(re.findall(r"^helm upgrade ", README, re.MULTILINE))
    for name in re.findall(r"\]\(([\w.]+)\)", README):
        assert (HUB / name).exists(), name
    assert f"chart {CHART}" in (HUB / "values.yaml").read_text(encoding="utf-8")
    assert f"--version {CHART}\n" in (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


def test_the_image_is_made_for_the_account_of_the_hub():
    """Else repo2docker takes the account of whoever calls it, and the volume hides the environment."""
    [command] = re.findall(r"^repo2docker .*", README, re.MULTILINE)
    for option in ("--user-id=1000", "--user-name=jovyan", "--no-run", "--target-repo-dir=/srv/course"):
        assert option in command.split()
    assert "/srv/course/notebooks" in VALUES["singleuser.lifecycleHooks.postStart.exec.command"][-1]
    noxfile = (ROOT / ".ci" / "noxfile.py").read_text(encoding="utf-8")
    assert re.search(r"jupyter-repo2docker==[\d.]+", README)[0] in noxfile


@pytest.mark.parametrize("word", ["REGISTRY", "TAG", "HOST", "MAIL"])
def test_what_is_to_be_filled_in_is_in_capital_letters(word):
    assert word in str(list(CLASS.values()))
