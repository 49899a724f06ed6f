"""What must hold before anything is started. Each failure is one sentence that says what to do."""

import errno
import fcntl
import os
import socket
import stat
import tempfile
import time
from pathlib import Path
from typing import TextIO

from django.conf import settings

PORT_PATIENCE_S = 2.0  # a launcher that was just killed may still hold the port


class StartError(Exception):
    """The sentence for the operator."""


def data_folder_open(folder: Path) -> None:
    """Make the data folder, or say why it cannot be used."""
    choose = "Choose another with BAREMATH_DATA=/path/to/folder."
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Root may write anywhere; a folder without any write bit was still meant to be left alone.
        if not stat.S_IMODE(folder.stat().st_mode) & 0o222:
            raise PermissionError(errno.EACCES, "it is read-only")
        with tempfile.TemporaryFile(dir=folder):
            pass
        (folder / "logs").mkdir(exist_ok=True)
    except OSError as error:
        raise StartError(f"The data folder {folder} cannot be written: {error.strerror}. {choose}") from error
    foreign = [entry.name for entry in folder.iterdir() if not os.access(entry, os.W_OK)]
    if foreign:
        raise StartError(
            f"In the data folder {folder} this user may not write {', '.join(sorted(foreign))}: "
            f"was Baremath started as another user before? {choose}"
        )


def launcher_lock(folder: Path) -> TextIO:
    """Take the data folder for this launcher; the lock goes with the process, however it ends."""
    lock = (folder / "launcher.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with lock:
            lock.seek(0)
            holder = lock.read().strip()
        raise StartError(
            f"Baremath already runs on the data folder {folder} ({holder or 'starting'}). "
            "Stop that one first, or choose another folder with BAREMATH_DATA=/path/to/folder."
        ) from None
    lock.truncate(0)
    return lock


def lock_describe(lock: TextIO, *, port: int) -> None:
    """Say who holds the lock, for the sentence that another launcher ends with."""
    lock.write(f"process {os.getpid()}, port {port}")
    lock.flush()


def port_bind(host: str, port: int) -> socket.socket:
    """Listen on the address; the web server inherits the socket. Port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + PORT_PATIENCE_S
    while True:
        try:
            listener = socket.create_server((host, port), family=family, backlog=128)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                time.sleep(0.2)
                continue
            reason = "is taken by another program" if error.errno == errno.EADDRINUSE else f"fails: {error.strerror}"
            raise StartError(
                f"Listening on {host}, port {port}, {reason}. "
                "Choose another port or address: make run PORT=8001 HOST=127.0.0.1"
            ) from error
        else:
            # uvicorn takes an inherited socket for a unix one and leaves this out: answers would wait 40 ms for an ACK.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return listener


def jail_check() -> None:
    """Refuse to start where learner code could not be jailed."""
    from grader.sandbox.layers import check_layers

    # The layers stand on one another: the first that is missing is the cause of those after it.
    missing = next((layer for layer in check_layers() if not layer.holds), None)
    if missing is not None:
        reason = " ".join(f"{missing.reason} {missing.remedy}".split())
        raise StartError(f"Learner code cannot be jailed on this machine ({missing.name}): {reason}")


def socket_folder_open() -> None:
    """Make the folder of the embedded broker's socket, which no other user may enter."""
    folder = Path(settings.VALKEY_SOCKET).parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise StartError(f"The folder {folder} belongs to another user. Choose a data folder with a shorter path.")


def database_check() -> None:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        raise StartError(f"The database cannot be reached: {reason} Check DATABASE_URL.") from error


def broker_check(*, patience_s: float) -> None:
    """Wait until the broker answers."""
    from redis import Redis, RedisError

    deadline = time.monotonic() + patience_s
    client = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)
    with client:
        while True:
            try:
                client.ping()
            except (RedisError, OSError) as error:
                if time.monotonic() > deadline:
                    raise StartError(f"The broker does not answer: {error} Check REDIS_URL.") from error
                time.sleep(0.02)
            else:
                return
