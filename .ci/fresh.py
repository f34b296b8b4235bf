"""Do on this system what README says: its two commands as they are written. JupyterLab must answer, all tests pass.

python .ci/fresh.py   in a folder where nothing ran before
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
WINDOWS = sys.platform == "win32"
SCRIPTS = ROOT / ".venv" / ("Scripts" if WINDOWS else "bin")
# Windows PowerShell 5.1, which every Windows has; it goes on after a command that fails.
SHELL = ["powershell", "-NoProfile", "-Command"] if WINDOWS else ["bash", "-c"]
LANGUAGE = "powershell" if WINDOWS else "sh"
PATIENCE = 1800  # seconds until JupyterLab must answer; most of them install packages


def commands(readme, language, ending):
    """Return the block of commands in a language whose last line ends with a text; raise ValueError without one."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    for block in blocks:
        if block.endswith(f"{ending}\n"):
            return block
    raise ValueError(f"the README has no {language} commands that end with {ending!r}")


def opens(command):
    """Run the command that opens the course; return whether JupyterLab answers, and end it."""
    with tempfile.TemporaryDirectory() as runtime:
        process = subprocess.Popen([*SHELL, command], cwd=ROOT, env=os.environ | {"JUPYTER_RUNTIME_DIR": runtime})
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            for path in Path(runtime).glob("jpserver-*.json"):
                server = json.loads(path.read_text(encoding="utf-8") or "{}")
                if server and answers(f"{server['url']}lab/tree/01_variables.ipynb?token={server['token']}"):
                    stop = [SCRIPTS / "jupyter", "server", "stop", str(server["port"])]
                    subprocess.run(stop, env=os.environ | {"JUPYTER_RUNTIME_DIR": runtime}, check=True)
                    process.wait(60)
                    return True
            time.sleep(1)
        process.kill()
    return False


def answers(address):
    try:
        with urllib.request.urlopen(address, timeout=10):
            return True
    except OSError:
        return False


def main():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    if not opens(commands(readme, LANGUAGE, "jupyter lab notebooks")):
        return "JupyterLab does not answer"
    tested = subprocess.run([*SHELL, commands(readme, LANGUAGE, "pytest")], cwd=ROOT)
    return tested.returncode


if __name__ == "__main__":
    sys.exit(main())
