"""Who the worker processes are and whether they live: read by everybody, written by `grader.worker`.

A claim on a submission carries the name of the process that holds it. Whoever finds the claim later can tell whether
that process still lives: on the same machine from /proc, at once; on another one from its heartbeat in the broker.
"""

import json
import os
import time
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from grader import broker

HEARTBEAT_S = 3
HEARTBEAT_EXPIRES_S = 12
BROKER_SETTLES_S = 12
SWEEPER_KEY = "grader:sweeper"


@dataclass(frozen=True, slots=True)
class WorkerState:
    """What a heartbeat says. `reason` is empty while the jail works."""

    name: str
    host: str
    pid: int
    reason: str
    remedy: str
    seen: str
    queues: list[str] = field(default_factory=lambda: [broker.GRADE_QUEUE, broker.RUN_QUEUE])
    layers: list[dict[str, Any]] = field(default_factory=list)  # of `grader.sandbox.layers.Layer`; empty at first
    sandboxes: list[dict[str, Any]] = field(default_factory=list)  # Sandbox.snapshot of each

    @property
    def jail_works(self) -> bool:
        return not self.reason


@cache
def _machine() -> str:
    """Name the pid namespace: /proc can be asked about a process only from where the number means the same."""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return f"{boot}.{Path('/proc/self/ns/pid').stat().st_ino}"


def _start_time(pid: int) -> str | None:
    """Return when a process began, in clock ticks since boot; None if it is gone or a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, *rest = stat.rpartition(")")[2].split()  # the process name in between may hold spaces and brackets
    return None if state in "ZX" else rest[18]


def own_name() -> str:
    return _name_of(os.getpid())


@cache
def _name_of(pid: int) -> str:
    return f"{_machine()}/{pid}/{_start_time(pid)}"


def is_gone(name: str) -> bool:
    """Tell whether the process of that name surely lives no more. Raises RedisError where only the broker knows."""
    machine, pid, started = name.split("/")
    if machine == _machine():
        return _start_time(int(pid)) != started
    return not _broker_just_started() and not broker.client().exists(_key(name))


def _broker_just_started() -> bool:
    """A broker that came back a moment ago may have forgotten heartbeats that are about to be repeated."""
    return int(broker.client().info("server")["uptime_in_seconds"]) < BROKER_SETTLES_S


def _key(name: str) -> str:
    return f"grader:worker:{name}"


def worker_states() -> list[WorkerState]:
    """Return the state of every living worker process. Raises RedisError."""
    client = broker.client()
    names = sorted(str(name) for name in client.smembers("grader:workers"))
    beats = client.mget([_key(name) for name in names]) if names else []
    dead = [name for name, beat in zip(names, beats, strict=True) if beat is None]
    if dead:
        client.srem("grader:workers", *dead)
    return [WorkerState(**json.loads(beat)) for beat in beats if beat is not None]


def gpu_is_served() -> bool:
    """Tell whether a living worker takes jobs from the queue of the GPU. Raises RedisError."""
    return any(broker.GPU_QUEUE in state.queues and state.jail_works for state in worker_states())


def beat(state: WorkerState) -> None:
    """Repeat a heartbeat. Raises RedisError."""
    client = broker.client()
    client.set(_key(state.name), json.dumps(asdict(state)), ex=HEARTBEAT_EXPIRES_S)
    client.sadd("grader:workers", state.name)


def end(name: str) -> None:
    """Withdraw a heartbeat. Raises RedisError."""
    broker.client().delete(_key(name))


def sweeper_passed() -> None:
    """Leave word that the sweeper has been round. Raises RedisError."""
    broker.client().set(SWEEPER_KEY, time.time())


def sweeper_last_pass() -> float | None:
    """Return when a sweeper was round last, None where no word of it is left. Raises RedisError."""
    last = broker.client().get(SWEEPER_KEY)
    return None if last is None else float(str(last))
