"""The hub of the load test: that of one machine as it is shipped, but with students who have no accounts here.

Each student is a process with a home; everything listens on this machine only.
"""

import os
from pathlib import Path

folder = Path(os.environ["LOAD_TEST_FOLDER"])
port = int(os.environ["LOAD_TEST_PORT"])  # and the two after it

c = get_config()  # noqa: F821
load_subconfig(str(Path(__file__).parents[2] / "binder" / "hub" / "jupyterhub_config.py"))  # noqa: F821
c.Spawner.pre_spawn_hook = None  # it asks for the student's account
c.Authenticator.allowed_groups = set()
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 2}"
c.ConfigurableHTTPProxy.command = os.environ["LOAD_TEST_PROXY"].split()
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = str(folder / "cookie_secret")
c.JupyterHub.cleanup_servers = True
c.JupyterHub.log_level = "WARN"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = os.environ["LOAD_TEST_PASSWORD"]
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(folder / "{username}")
c.Spawner.cmd = [*c.Spawner.cmd, "--allow-root"]
c.Spawner.ip = "127.0.0.1"
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.JupyterHub.concurrent_spawn_limit = 100
c.JupyterHub.init_spawners_timeout = 10
