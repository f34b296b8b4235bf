"""Render the image of mybinder.org with repo2docker and replay its own steps here, without a container engine.

`nox -f .ci/noxfile.py -s binder` makes the environment. Checked: repo2docker renders; the layer with the packages
comes before the lessons, so that a changed lesson does not build it anew; the rendered steps work in a fresh
environment that holds what repo2docker's image begins with; lesson 01 shows there what is committed; JupyterLab starts
with our settings; three open lessons fit in Binder's memory. Reported: the megabytes installed and used.
"""

import asyncio
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

import httpx
import psutil
from compare import code_cells, differences, read
from processes import end, free_port, megabytes
from student import Student

ROOT = Path(__file__).parent.parent

LARGEST = 2300  # MB installed, of which 1300 are TensorFlow; a later layer cannot drop what an earlier one holds
MEMORY = 2048  # MB that mybinder.org gives


def render():
    """Return the Dockerfile that mybinder.org would build."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id=1000", "--user-name=jovyan"]
    result = subprocess.run(
        [*command, "--Repo2Docker.default_buildpack=None", str(ROOT)], capture_output=True, encoding="utf-8"
    )
    if result.returncode or "FROM " not in result.stdout:
        sys.exit(f"repo2docker cannot render the repository:\n{result.stderr}")
    return result.stdout


def steps(dockerfile):
    """Return the commands of the Dockerfile that are ours, and check that lessons come after the packages."""
    packages = re.search(r'^RUN (.*pip install.* -r "binder/requirements.txt")$', dockerfile, re.MULTILINE)
    lessons = re.search(r"^COPY .* src/ \$\{REPO_DIR\}/$", dockerfile, re.MULTILINE)
    build = re.search(r"^RUN (\./binder/postBuild)$", dockerfile, re.MULTILINE)
    assert packages.start() < lessons.start() < build.start(), "a changed lesson would install every package anew"
    assert "binder/start" not in dockerfile, "replay the start script, too"
    return packages[1], build[1]


def begun(version):
    """Return the Jupyter packages of the environment that repo2docker's image begins with, as pip knows them."""
    lock = distribution("jupyter-repo2docker").locate_file(
        f"repo2docker/buildpacks/conda/environment.py-{version}-linux-64.lock"
    )
    found = re.findall(
        r"/(jupyterhub-base|jupyterlab|jupyter_server|notebook|ipykernel)-([\d.]+)-", lock.read_text(encoding="utf-8")
    )
    return [f"{name.removesuffix('-base')}=={version}" for name, version in found]


def copy_repository(folder):
    """Copy what git tracks, or would."""
    listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listing, check=True, capture_output=True, encoding="utf-8").stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def build(folder, repository):
    """Do the rendered steps in a fresh environment in the folder; return the variables that the image would set."""
    version = (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    python = shutil.which(f"python{version}") or sys.executable
    environment = folder / "environment"
    subprocess.run([python, "-m", "venv", environment], check=True)
    variables = os.environ | {
        "NB_PYTHON_PREFIX": str(environment),
        "KERNEL_PYTHON_PREFIX": str(environment),
        "PATH": f"{environment}/bin:{os.environ['PATH']}",
        "HOME": str(repository),
        "PIP_QUIET": "1",
    }
    commands = [f"{environment}/bin/pip install {' '.join(begun(version))}", *steps(render())]
    for command in commands:
        print(command, flush=True)
        subprocess.run(["bash", "-c", command], cwd=repository, env=variables, check=True)
    return variables


def installed(environment):
    """Return the megabytes of an environment."""
    return sum(path.lstat().st_blocks * 512 for path in environment.rglob("*")) / 1e6


def first_lesson(variables, folder):
    """Return what lesson 01 shows, executed in its folder, that is not committed."""
    path = folder / "01_variables.ipynb"
    command = ["jupyter", "nbconvert", "--log-level=ERROR", "--to=notebook", "--execute", "--stdout", path.name]
    result = subprocess.run(command, cwd=folder, env=variables, capture_output=True, encoding="utf-8")
    if result.returncode:
        return [f"{path.name} does not run:\n{result.stderr}"]
    return [f"{path.name}: {fault}" for fault in differences(read(path), json.loads(result.stdout))]


async def learn(browser, server, lesson):
    """Open a lesson and run it; return what it shows that is not committed, and leave it open."""
    student = Student(browser, server)
    await student.open(f"notebooks/{lesson.name}")
    committed = read(lesson)
    faults = differences(committed, {"cells": await student.run_all(code_cells(committed))})
    return [f"{lesson.name}: {fault}" for fault in faults]


async def answers(browser, url):
    """Wait until a server answers, a minute at most."""
    for _ in range(120):
        try:
            return (await browser.get(url)).raise_for_status()
        except httpx.HTTPError:
            await asyncio.sleep(0.5)
    sys.exit(f"{url} does not answer")


async def look(server, token, lessons):
    """Look at a running JupyterLab and open lessons in it; return what is wrong."""
    async with httpx.AsyncClient(headers={"Authorization": f"token {token}"}, timeout=300) as browser:
        await answers(browser, f"{server}api/status")
        opened = await browser.get(f"{server}lab/tree/notebooks/01_variables.ipynb")
        settings = await browser.get(f"{server}lab/api/settings/@jupyterlab/notebook-extension:tracker")
        faults = [] if opened.is_success else [f"the badge's page answers {opened.status_code}"]
        if settings.json()["schema"]["properties"]["kernelShutdown"]["default"] is not True:
            faults.append("closing a lesson's tab leaves its kernel running")
        for lesson in lessons:
            async with asyncio.timeout(300):
                faults += await learn(browser, server, lesson)
    return faults


def serve(variables, repository):
    """Start JupyterLab as mybinder.org does, open three lessons and return what is wrong."""
    lessons = sorted((repository / "notebooks").glob("*.ipynb"))[-3:]
    token, port = secrets.token_hex(), free_port()
    command = [f"{variables['NB_PYTHON_PREFIX']}/bin/jupyter-lab", "--no-browser", "--ip=127.0.0.1", "--allow-root"]
    command += [f"--port={port}", f"--IdentityProvider.token={token}"]
    with open(repository.parent / "lab.log", "w", encoding="utf-8") as log:
        process = psutil.Popen(command, cwd=repository, env=variables, stdout=log, stderr=log)
        try:
            faults = asyncio.run(look(f"http://127.0.0.1:{port}/", token, lessons))
            memory = megabytes(process)
        finally:
            end(process)
    print(f"{memory:.0f} MB in memory with JupyterLab and three lessons open", flush=True)
    return faults + ([f"more than {MEMORY} MB in memory"] if memory > MEMORY else [])


def main():
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder, "home")
        repository.mkdir()
        copy_repository(repository)
        variables = build(Path(folder), repository)
        size = installed(Path(variables["NB_PYTHON_PREFIX"]))
        print(f"{size:.0f} MB installed", flush=True)
        faults = [f"more than {LARGEST} MB installed"] if size > LARGEST else []
        faults += first_lesson(variables, repository / "notebooks")
        faults += serve(variables, repository)
    print("\n".join(faults) or "mybinder.org can build the image; lesson 01 shows there what is committed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
