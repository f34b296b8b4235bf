"""Processes and ports of this machine, for those who start real servers."""

import socket

import psutil


def free_port():
    """Return the first of three neighbouring ports that nobody uses."""
    for port in range(18000, 19000, 3):
        with socket.socket() as one, socket.socket() as two, socket.socket() as three:
            try:
                for number, probe in enumerate((one, two, three)):
                    probe.bind(("127.0.0.1", port + number))
                return port
            except OSError:
                continue
    raise RuntimeError("no free ports")


def megabytes(process):
    """Return the memory of a psutil.Process and all it started, pages that they share counted in parts."""
    return sum(member.memory_full_info().pss for member in [process, *process.children(recursive=True)]) / 2**20


def end(process):
    """End a psutil.Popen and all it started: by asking it, and what is left after half a minute by force."""
    family = [process, *process.children(recursive=True)]
    process.terminate()
    for left in psutil.wait_procs(family, timeout=30)[1]:
        left.kill()
