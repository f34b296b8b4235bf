"""What mybinder.org builds from agrees with the rest of the repository."""

import json
import os
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parent.parent
BINDER = ROOT / "binder"


def test_binder_installs_what_the_tests_ran_with():
    assert (BINDER / "requirements.txt").read_text(encoding="utf-8") == (ROOT / "requirements.txt").read_text(
        encoding="utf-8"
    )


def test_binder_runs_a_python_that_the_package_supports():
    specifiers = pytest.importorskip("packaging.specifiers")
    version = re.fullmatch(r"python-(3\.\d+)\n", (BINDER / "runtime.txt").read_text(encoding="utf-8"))[1]
    supported = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert specifiers.SpecifierSet(supported).contains(version)


def test_the_build_script_is_executable_and_stops_at_a_failure():
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[0].startswith("#!") and "\nset -e\n" in script.read_text(
        encoding="utf-8"
    )


def test_closing_a_lesson_on_binder_shuts_its_kernel_down():
    settings = json.loads((BINDER / "overrides.json").read_text(encoding="utf-8"))
    assert settings["@jupyterlab/notebook-extension:tracker"]["kernelShutdown"] is True


def test_the_server_sends_each_message_at_once(monkeypatch):
    """The connection that the server is told to use turns Nagle's algorithm off before it does anything else."""
    pytest.importorskip("jupyter_server")
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("jupyter_server_config.py", path=str(BINDER)).load_config()
    kind, told = config.ServerApp.kernel_websocket_connection_class, []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: told.append("connected"))
    monkeypatch.setattr(kind, "websocket_handler", SimpleNamespace(set_nodelay=told.append))
    kind.__new__(kind).connect()
    assert told == [True, "connected"]


def test_every_server_of_a_class_does_so():
    name = "jupyter_server_config.py"
    assert f'cp binder/{name} "$prefix/etc/jupyter/{name}"' in (BINDER / "postBuild").read_text(encoding="utf-8")
    assert name in (BINDER / "hub" / "jupyterhub_config.py").read_text(encoding="utf-8")
