"""Whom to kill, and how."""

import os
import signal
from pathlib import Path

from tests.system.processes import children, descendants, program

CONNECTIONS = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def kill_one(pids, dice):
    """`kill -9` of one of these processes; return whether there was one."""
    try:
        os.kill(dice.choice(sorted(pids)), signal.SIGKILL)
    except (IndexError, ProcessLookupError):
        return False
    return True


def _zygotes(stack):
    """Return the process in each jail that forks the others; between it and bubblewrap is the jail's first process."""
    found = descendants(stack.pid("worker"))
    first = {pid for pid, parent in found.items() if _named(parent) == "bwrap" and _named(pid) != "bwrap"}
    return [pid for pid, parent in found.items() if parent in first]


def _jailed(stack):
    """Return the processes that hold learners' programs or wait for one."""
    zygotes = _zygotes(stack)
    return [pid for pid, parent in descendants(stack.pid("worker")).items() if parent in zygotes]


def _backends(stack):
    """Return the processes of PostgreSQL that serve a connection."""
    return [pid for pid in children(stack.pid("db")) if b"127.0.0.1" in _command(pid)]


def _named(pid):
    try:
        return program(pid)
    except OSError:
        return ""


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _worker(stack, _dice):
    stack.kill("worker")
    return True


def _connections(stack, _dice):
    import psycopg

    try:
        [(count,)] = stack.query(CONNECTIONS)
    except psycopg.OperationalError:
        return False
    return count > 0


def _container(name):
    def kill(stack, _dice):
        if stack.children[name].process.poll() is not None:
            return False
        stack.kill_container(name)
        return True

    return kill


# By name: a function of the stack and the dice that kills, and says whether there was something to kill.
KILLS = {
    "jailed program": lambda stack, dice: kill_one(_jailed(stack), dice),
    "zygote": lambda stack, dice: kill_one(_zygotes(stack), dice),
    "pool process": lambda stack, dice: kill_one(children(stack.pid("worker")), dice),
    "web worker": lambda stack, dice: kill_one(children(stack.pid("web")), dice),
    "sweeper": _container("sweeper"),
    "events": _container("events"),
    "proxy": _container("proxy"),
    "connections": _connections,
    "backend": lambda stack, dice: kill_one(_backends(stack), dice),
    "web": _container("web"),
    "redis": _container("redis"),
    "postgresql": _container("db"),
    "worker": _worker,
}
