"""A PostgreSQL of a test's own."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from lms.launcher.child import Child, Service
from tests.system.processes import free_ports, wait_until


class PostgreSQL:
    """A cluster in `folder`, with one user who may do everything; `command` starts it on `port` of this machine.

    As root it runs as the user postgres, who must be able to reach the folder: those of pytest are closed to others.
    What a test stores need not survive a power cut, and saying so saves time; `is_durable` has it as in production.
    """

    def __init__(self, folder: Path, port: int, user: str, password: str, *, is_durable: bool = False) -> None:
        self._programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self.port = port
        self.login = {"host": "127.0.0.1", "port": port, "user": user, "password": password}
        data = folder / "db"
        data.mkdir()
        as_owner = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(data, "postgres", "postgres")
            as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        secret = folder / "password"
        secret.write_text(password)
        initdb = [*as_owner, str(self._programs / "initdb"), "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
        initdb += [f"--username={user}", f"--pwfile={secret}", str(data)]
        subprocess.run(initdb, check=True, capture_output=True, cwd="/")
        options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
        options |= {} if is_durable else {"fsync": "off"}
        self.command = [*as_owner, str(self._programs / "postgres"), "-D", str(data)]
        self.command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

    def wait_until_ready(self) -> None:
        ready = [str(self._programs / "pg_isready"), "--host=127.0.0.1", f"--port={self.port}", "--quiet"]
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, 60)

    def create_database(self, name: str) -> None:
        import psycopg

        with psycopg.connect(dbname="postgres", autocommit=True, **self.login) as connection:
            connection.execute(f"CREATE DATABASE {name}")


@contextmanager
def postgresql(folder: Path):
    """Start an empty PostgreSQL, and stop it at the end; give the value for DATABASE_URL."""
    server = PostgreSQL(folder, free_ports(1)[0], "baremath", "a-password-for-these-tests")
    child = Child(Service("db", server.command, {}), folder, folder)
    try:
        server.wait_until_ready()
        server.create_database("baremath")
        yield "postgres://{user}:{password}@{host}:{port}/baremath".format(**server.login)
    finally:
        child.stop()
