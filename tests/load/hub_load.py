"""A class on one hub: N students log in at once, run every cell of lesson 04 and move its sliders.

    nox -f .ci/noxfile.py -s class -- 1 5 10     a table with one line for each size of the class

The session brings jupyterhub, configurable-http-proxy (npm) and the path to what this shares with .ci/.
Everything listens on 127.0.0.1 and has ended when the script ends.
"""

import argparse
import asyncio
import contextlib
import json
import math
import os
import secrets
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil
from compare import code_cells, differences, read
from processes import end, free_port, megabytes
from student import Student

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

LESSON = ROOT / "notebooks" / "04_training_loop.ipynb"
MOST = 60  # students


class Hub:
    """A running JupyterHub with its proxy; leaving the context ends both, and every student's server."""

    def __init__(self, folder, proxy, port):
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}"
        self.password = secrets.token_hex()
        self.environment = os.environ | {
            "LOAD_TEST_FOLDER": str(folder),
            "LOAD_TEST_PASSWORD": self.password,
            "LOAD_TEST_PORT": str(port),
            "LOAD_TEST_PROXY": proxy,
        }

    def __enter__(self):
        self.log = open(self.folder / "hub.log", "w", encoding="utf-8")
        command = [sys.executable, "-m", "jupyterhub", "--config", str(HERE / "jupyterhub_config.py")]
        self.process = psutil.Popen(
            command, cwd=self.folder, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT
        )
        for _ in range(120):
            try:
                if httpx.get(f"{self.address}/hub/api").status_code == 200:
                    return self
            except httpx.HTTPError:
                time.sleep(0.5)
        self.__exit__()
        raise RuntimeError(f"the hub did not start:\n{(self.folder / 'hub.log').read_text(encoding='utf-8')}")

    def __exit__(self, *_):
        end(self.process)  # the hub ends its proxy and the students' servers
        self.log.close()

    async def login(self, browser, name):
        """Log in by the form, start the student's server and return its address."""
        await browser.get(f"{self.address}/hub/login")
        form = {"username": name, "password": self.password, "_xsrf": browser.cookies.get("_xsrf", path="/hub/")}
        (await browser.post(f"{self.address}/hub/login", data=form)).raise_for_status()
        server = f"{self.address}/user/{name}/"
        await browser.get(f"{self.address}/hub/spawn")
        while not (page := await browser.get(f"{server}lab")).is_success or "/hub/" in page.url.path:
            await asyncio.sleep(0.5)
        return server

    def memory(self, name):
        """Return the megabytes of the student's server and kernels."""
        for process in self.process.children(recursive=True):
            if "jupyterhub-singleuser" in " ".join(process.cmdline()) and process.environ()["JUPYTERHUB_USER"] == name:
                return megabytes(process)
        raise RuntimeError(f"{name} has no server")


async def attend(hub, name, lesson, everyone):
    """Be one student; return what was measured."""
    start = time.monotonic()
    async with httpx.AsyncClient(follow_redirects=True, timeout=300) as browser:
        student = Student(browser, await hub.login(browser, name))
        login = time.monotonic() - start
        await student.open("lesson.ipynb")
        executed = {"cells": await student.run_all(code_cells(lesson))}
        finish = time.monotonic() - start
        at_once = await student.move_sliders()
        await student.have_all_rows()
        tables = time.monotonic() - start
        later = await student.move_sliders()
        with contextlib.suppress(asyncio.BrokenBarrierError):
            await everyone.wait()  # the servers of those who are quicker stay in memory, as in a class
        memory = hub.memory(name)
        await student.close()
    faults = differences(lesson, executed)
    if not at_once:
        faults.append("no slider has a row to show")
    return {
        "first output": login + student.first_output,
        "finish": finish,
        "memory": memory,
        "tables": tables,
        "at once": at_once,
        "later": later,
        "faults": faults,
    }


async def teach(hub, students, lesson, limit):
    """Hold one class; return what each student measured, or the exception that ended their lesson."""
    names = [f"student{number:02}" for number in range(students)]
    for name in names:
        (hub.folder / name).mkdir()
        shutil.copy(LESSON, hub.folder / name / "lesson.ipynb")
    everyone = asyncio.Barrier(students)

    async def one(name):
        try:
            async with asyncio.timeout(limit):
                return await attend(hub, name, lesson, everyone)
        except Exception as error:
            await everyone.abort()  # the others need not wait for this one
            return error

    return await asyncio.gather(*map(one, names))


def hold_class(students, options):
    """Start a hub, hold a class of this size and return one line of the table and the faults."""
    lesson = read(LESSON)
    with tempfile.TemporaryDirectory() as folder, Hub(Path(folder), options.proxy, free_port()) as hub:
        results = asyncio.run(teach(hub, students, lesson, options.limit))
    faults = [repr(result) for result in results if isinstance(result, Exception)]
    done = [result for result in results if isinstance(result, dict)]
    failed = len(faults) + sum(bool(result["faults"]) for result in done)
    faults += [fault for result in done for fault in result["faults"]]
    good = [result for result in done if not result["faults"]]
    line = {"students": students, "failed": failed}
    if good:
        line |= {
            "first output, s": round(statistics.median(result["first output"] for result in good), 1),
            "finish, median s": round(statistics.median(result["finish"] for result in good), 1),
            "finish, last s": round(max(result["finish"] for result in good), 1),
            "MB a student": round(statistics.mean(result["memory"] for result in good)),
            "all rows, median s": round(statistics.median(result["tables"] for result in good), 1),
            "all rows, last s": round(max(result["tables"] for result in good), 1),
        }
        for when in ("at once", "later"):
            latencies = sorted(latency for result in good for latency in result[when])
            line[f"row {when}, median ms"] = round(1000 * statistics.median(latencies))
            line[f"row {when}, 95 % ms"] = round(1000 * latencies[math.ceil(0.95 * (len(latencies) - 1))])
    return line, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("students", nargs="+", type=int, help=f"sizes of the class, at most {MOST}")
    parser.add_argument("--proxy", default="configurable-http-proxy", help="the command that starts the proxy")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a student's lesson has failed")
    options = parser.parse_args()
    if not all(1 <= students <= MOST for students in options.students):
        parser.error(f"a class has 1 to {MOST} students")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that whoever ends this ends the hub, too
    failures = 0
    for students in options.students:
        line, faults = hold_class(students, options)
        print(json.dumps(line), flush=True)
        print("".join(f"  {fault}\n" for fault in sorted(set(faults))), end="", flush=True)
        failures += line["failed"]
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
