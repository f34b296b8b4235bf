"""A class on one lab server: jupyterhub --config binder/hub/jupyterhub_config.py

Learners log in with their accounts on this machine. Needs jupyterhub, jupyterhub-idle-culler and the course in one
environment, and configurable-http-proxy from npm. A seat takes 0.75 GB; nothing here limits it, so where learners run
other things, too, use the spawner of jupyterhub-systemdspawner with mem_limit = "2G".
"""

import pwd
import subprocess
import sys
from pathlib import Path

COURSE = Path(__file__).parent.parent.parent


def copy_course(spawner):
    """Copy the lessons into the learner's home; what the learner has changed stays."""
    account = pwd.getpwnam(spawner.user.name)
    folder = Path(account.pw_dir, "course")
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    subprocess.run(["mkdir", "-p", folder], check=True, **identity)
    for lesson in sorted((COURSE / "notebooks").glob("*.ipynb")):
        if not (folder / lesson.name).exists():
            subprocess.run(["cp", lesson, folder], check=True, **identity)


c = get_config()  # noqa: F821
c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # put a web server with https before it
c.PAMAuthenticator.open_sessions = False
c.Authenticator.allowed_groups = {"learners"}  # a group of this machine
c.Spawner.pre_spawn_hook = copy_course
c.Spawner.cmd = [str(Path(sys.executable).parent / "jupyterhub-singleuser")]
c.Spawner.default_url = "/lab/tree/course/01_variables.ipynb"
c.Spawner.start_timeout = 120

c.JupyterHub.services = [
    {"name": "cull-idle", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]}
]
c.JupyterHub.load_roles = [
    {
        "name": "cull-idle",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["cull-idle"],
    }
]
