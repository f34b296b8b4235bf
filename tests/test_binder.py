"""What mybinder.org builds from agrees with the rest of the repository, and so does what each server is told."""

import json
import os
import re
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_core.paths import jupyter_config_path
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyterlab.commands import get_app_dir
from packaging.specifiers import SpecifierSet
from traitlets.config import PyFileConfigLoader

ROOT = Path(__file__).parent.parent
BINDER = ROOT / "binder"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text(*names):
    return ROOT.joinpath(*names).read_text(encoding="utf-8")


def test_binder_installs_what_the_tests_ran_with():
    assert text("binder", "requirements.txt") == text("requirements.txt")


def test_binder_runs_a_python_that_the_package_supports():
    version = re.fullmatch(r"python-(3\.\d+)\n", text("binder", "runtime.txt"))[1]
    assert SpecifierSet(PROJECT["project"]["requires-python"]).contains(version)


def test_the_build_script_is_executable_and_stops_at_a_failure():
    assert os.access(BINDER / "postBuild", os.X_OK)
    lines = text("binder", "postBuild").splitlines()
    assert lines[0].startswith("#!") and "set -e" in lines


def test_closing_a_lesson_shuts_its_kernel_down():
    settings = json.loads(text("binder", "overrides.json"))
    assert settings["@jupyterlab/notebook-extension:tracker"]["kernelShutdown"] is True


def test_no_line_of_code_is_cut_at_the_edge_of_a_small_screen():
    settings = json.loads(text("binder", "overrides.json"))
    assert settings["@jupyterlab/notebook-extension:tracker"]["codeCellConfig"]["lineWrap"] is True


def test_whoever_installs_the_course_has_the_settings_of_server_and_jupyterlab():
    """README's own command, Binder and a hub alike: what pip put where Jupyter looks is what stands in binder/."""
    shared = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    for source, place in shared.items():
        assert Path(sys.prefix, place).read_text(encoding="utf-8") == text(source), "pip install -e . again"
    config, settings = (Path(sys.prefix, place).parent for place in shared.values())
    assert str(config) in jupyter_config_path()
    assert settings == Path(get_app_dir()) / "settings"


def test_the_server_sends_each_message_at_once(monkeypatch):
    """The connection that the server is told to use turns Nagle's algorithm off before it does anything else."""
    config = PyFileConfigLoader("jupyter_server_config.py", path=str(BINDER)).load_config()
    kind, told = config.ServerApp.kernel_websocket_connection_class, []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: told.append("connected"))
    monkeypatch.setattr(kind, "websocket_handler", SimpleNamespace(set_nodelay=told.append))
    kind.__new__(kind).connect()
    assert told == [True, "connected"]


@pytest.mark.parametrize("path", ["binder/hub/jupyterhub_config.py", "tests/load/jupyterhub_config.py"])
def test_no_hub_tells_its_servers_otherwise(path):
    assert "Spawner.args" not in text(path) and "kernel_websocket" not in text(path)
