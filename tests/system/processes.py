"""Looking at real processes, and ending them."""

import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path


def wait_until(condition, within_s=20.0):
    """Return what `condition` returns as soon as that is true."""
    deadline = time.monotonic() + within_s
    while not (result := condition()):
        assert time.monotonic() < deadline, f"it did not happen within {within_s} s"
        time.sleep(0.02)
    return result


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _stat(pid):
    """Return (state, parent, start time) of a process, or None if it is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else (fields[0], int(fields[1]), fields[19])


def _everybody():
    return {int(entry.name): _stat(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit()}


def family(pid):
    """Return `pid` and all its descendants, each with its start time, so that a reused number is not taken for one."""
    everybody = {number: stat for number, stat in _everybody().items() if stat}
    found = {pid}
    while more := {number for number, stat in everybody.items() if stat[1] in found} - found:
        found |= more
    return {(number, everybody[number][2]) for number in found if number in everybody}


def survivors(processes):
    """Return which of the processes that `family` named still live."""
    return {(pid, started) for pid, started in processes if (stat := _stat(pid)) and stat[2] == started}


def children(pid):
    return sorted(number for number, stat in _everybody().items() if stat and stat[1] == pid)


def descendants(pid):
    """Return the parent of each process below `pid`, by process."""
    return {number: stat[1] for number, _ in family(pid) if number != pid and (stat := _stat(number))}


def program(pid):
    return Path(f"/proc/{pid}/comm").read_text().strip()


def stop(pid):
    """Freeze a process, and wait until it is."""
    os.kill(pid, signal.SIGSTOP)
    wait_until(lambda: _stat(pid)[0] == "T")


def resume(pid):
    """Let a frozen process go on, if nobody has ended it meanwhile."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)
