"""Every environment in which a machine runs the course: nox -f .ci/noxfile.py [--list] [-s SESSION …]"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import nox

TOOLS = Path(__file__).parent
ROOT = TOOLS.parent

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["colab", "binder"]
nox.options.envdir = str(ROOT / ".nox")
nox.options.error_on_missing_interpreters = True  # a session that did not run is no success
nox.options.default_venv_backend = "uv|venv"
os.environ.setdefault("UV_COMPILE_BYTECODE", "1")  # as pip does: the first import is quick
os.environ.setdefault("UV_PYTHON_DOWNLOADS", "never")

MATRIX = tomllib.loads((TOOLS / "matrix.toml").read_text(encoding="utf-8"))
PYTHONS, TENSORFLOWS, OLDEST = MATRIX["pythons"], MATRIX["tensorflows"], MATRIX["oldest"]
BINDER_PYTHON = (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
COLAB_PYTHON = "3.13"
LESSONS = ("jupyterlab", "ipykernel", "ipywidgets", "keras", "matplotlib", "numpy", "pillow", "tqdm")
RUNNER = ("nbval", "pytest", "pytest-xdist")
HUB = "jupyterhub==6.1.1"
PROXY = "configurable-http-proxy@5.3.0"
# Systems that do not think in UTF-8: what Windows has, and what a bare server has.
LOCALES = {
    "Latin-1": {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"},
    "ASCII": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}
LONG_FOLDER = "a folder with spaces, an é, and a name of about seventy letters in all"


def works(version):
    """Return whether this Python starts; pyenv has a name on the path for each that it could have."""
    name = f"python{version}"
    return bool(shutil.which(name)) and subprocess.run([name, "-c", ""], capture_output=True).returncode == 0


def newest(wanted):
    """Return the wanted Python where the machine has it, else the newest supported one that it has."""
    return next((version for version in (wanted, *reversed(PYTHONS)) if works(version)), PYTHONS[0])


def tensorflow(version):
    """Return the requirement of a TensorFlow; on Linux and Windows PCs the build without CUDA is small."""
    small = platform.machine() in ("x86_64", "AMD64") and sys.platform in ("linux", "win32")
    return f"tensorflow-cpu{version}" if small else f"tensorflow{version}"


def run_lessons(session):
    """Run the lessons with what the session has installed; every output must be the committed one."""
    session.chdir(ROOT)
    session.run("pytest", "notebooks", *session.posargs, env={"PYTHONPATH": str(ROOT)})


@nox.session(python=PYTHONS, tags=["matrix"])
@nox.parametrize("version", TENSORFLOWS)
def newest_with_tensorflow(session, version):
    """The lessons with one TensorFlow and the newest of everything else that it takes."""
    session.install(tensorflow(f"~={version}.0"), *LESSONS, *RUNNER)
    run_lessons(session)


@nox.session(python=PYTHONS[0], tags=["matrix"])
@nox.parametrize("version", TENSORFLOWS)
def oldest_with_tensorflow(session, version):
    """The lessons with one TensorFlow and the oldest supported Keras, NumPy, Matplotlib and ipywidgets."""
    others = [name for name in LESSONS if name not in OLDEST]
    session.install(tensorflow(f"~={version}.0"), *(f"{name}=={old}" for name, old in OLDEST.items()), *others, *RUNNER)
    run_lessons(session)


@nox.session(python=PYTHONS[-1], tags=["matrix"])
def newest_of_everything(session):
    """The lessons with tomorrow's versions, whether supported or not yet."""
    session.install(tensorflow(""), *LESSONS, *RUNNER)
    run_lessons(session)


@nox.session(python=newest(COLAB_PYTHON))
def colab(session):
    """The lessons as Colab runs them."""
    session.install("-r", str(TOOLS / "colab_versions.txt"))
    session.run("python", str(TOOLS / "colab_replay.py"), *session.posargs)


@nox.session(python=newest(BINDER_PYTHON))
def binder(session):
    """The image of mybinder.org: rendered, its steps replayed, three lessons open."""
    session.install("jupyter-repo2docker==2026.4.0", "setuptools", "httpx", "jupyter-server", "pillow", "psutil")
    session.run("python", str(TOOLS / "binder_replay.py"))


@nox.session(name="class", python=newest("3.12"))
def hold_class(session):
    """A class on a real JupyterHub: nox … -s class -- 1 5 10 (how many students)."""
    session.install(str(ROOT), HUB, "jupyterhub-idle-culler", "httpx", "psutil")
    node = Path(session.create_tmp())
    session.run("npm", "install", "--silent", "--no-fund", "--prefix", str(node), PROXY, external=True)
    proxy = node / "node_modules" / ".bin" / "configurable-http-proxy"
    sizes = session.posargs or ["1"]
    environment = {"PYTHONPATH": str(TOOLS)}
    session.run("python", str(ROOT / "tests" / "load" / "hub_load.py"), *sizes, "--proxy", str(proxy), env=environment)


@nox.session(python=newest("3.12"))
def benchmarks(session):
    """What pictures and lessons cost: nox … -s benchmarks -- live notebooks browser --plain (default: all of them)."""
    session.install("-e", f"{ROOT}[browser]")
    options = [argument for argument in session.posargs if argument.startswith("-")]
    names = [argument for argument in session.posargs if argument not in options] or ["live", "notebooks", "browser"]
    environment = {"PYTHONPATH": f"{ROOT / 'tests'}{os.pathsep}{ROOT / 'tests' / 'browser'}"}
    for name in names:
        session.run("python", str(ROOT / "tests" / "benchmarks" / f"{name}.py"), *options, env=environment)


@nox.session(python=newest("3.12"))
def browsers(session):
    """Pages of the lessons in Firefox and WebKit, which the system must have, beside Chromium."""
    session.install(f"{ROOT}[slides]", "playwright", "selenium", "marionette_driver", "psutil")
    session.run("python", str(TOOLS / "browsers.py"), env={"PYTHONPATH": str(ROOT / "tests" / "browser")})


@nox.session(python=newest("3.12"))
def mutants(session):
    """Whether the tests see faults that are put in: nox … -s mutants -- --count 30 --seed 1 (default: 300, 0)."""
    session.install("-e", f"{ROOT}[test]")
    session.run("python", str(TOOLS / "mutants.py"), *session.posargs)


@nox.session(python=newest("3.12"))
def locales(session):
    """The plain tests where text is not UTF-8, in a folder with a long name: … -s locales -- tests/test_x.py."""
    with tempfile.TemporaryDirectory() as temporary:
        course = Path(temporary, LONG_FOLDER)
        session.run("git", "clone", "--quiet", str(ROOT), str(course), external=True)
        # Not as an editable install: before 3.13 Python reads the name of its folder in the locale's encoding.
        session.install(f"{course}[test]")
        latin = Path(temporary, LOCALES["Latin-1"]["LC_ALL"])
        session.run("localedef", "--inputfile=en_US", "--charmap=ISO-8859-1", str(latin), external=True)
        session.chdir(course)
        for environment in LOCALES.values():
            tests = session.posargs or ["tests"]
            session.run("pytest", "-q", *tests, env={**environment, "LOCPATH": temporary, "PYTHONPATH": str(course)})


@nox.session(python=newest("3.12"))
def nbgrader(session):
    """The lessons marked by nbgrader itself: nox … -s nbgrader -- 1 4 (which lessons; default: all)."""
    session.install("-e", f"{ROOT}[test]", "nbgrader==0.9.6")
    session.run("python", str(TOOLS / "nbgrader_replay.py"), *session.posargs, env={"PYTHONPATH": str(ROOT / "tests")})


@nox.session(python=newest("3.12"))
def audit(session):
    """Known weaknesses of the pinned packages."""
    session.install("pip-audit==2.10.1")
    session.run("pip-audit", "--strict", "--requirement", str(ROOT / "requirements.txt"), *session.posargs)
