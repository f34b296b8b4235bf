"""Files of npm packages, brought once, so that what is written needs no network."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def bring(package, names, folder):
    """Copy files of an npm package into a folder, where they are not there yet.

    package: as npm takes it, "reveal.js@5.2.1". The package is taken from the node_modules that COURSE_NODE_MODULES
    names, if it is there, or else fetched by npm. Raises ValueError where neither can give it.
    """
    name = package.partition("@")[0]
    if all((folder / file).exists() for file in names):
        return
    with tempfile.TemporaryDirectory() as temporary:
        modules = Path(os.environ.get("COURSE_NODE_MODULES") or temporary)
        if not (modules / name).is_dir():
            modules = Path(temporary, "node_modules")
            _fetch(package, temporary)
        for file in names:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / name / file, folder / file)


def _fetch(package, folder):
    name = package.partition("@")[0]
    npm = shutil.which("npm")
    if not npm:
        raise ValueError(f"this needs {name}; install Node.js, whose npm fetches it once")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, package]
    if subprocess.run(command, capture_output=True).returncode:
        raise ValueError(f"npm could not fetch {name}; check the network, then try again")
