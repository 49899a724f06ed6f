"""The services of docker-compose.yml as plain processes: their commands, their environment, no containers.

What differs from the containers is what a container brings: host names and ports, `/app`, `/tmp` and `/data`.
Everything else is read from docker-compose.yml (through `docker-compose config`, which checks it), .env.example and
deploy/nginx.conf.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import yaml
from django.conf import settings

from lms.launcher.child import Child, Service
from tests.system.postgresql import PostgreSQL
from tests.system.processes import family, free_ports, survivors, wait_until

SECRETS = {"SECRET_KEY": "a key for these tests only", "POSTGRES_PASSWORD": "a-password-for-these-tests"}
ROOT = settings.BASE_DIR
STARTED_LAST = ("web", "events", "worker", "sweeper", "proxy")


def compose_config(*more):
    """Return docker-compose.yml and `more` files as docker-compose understands them, with the secrets filled in."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **SECRETS}
    files = [part for name in ("docker-compose.yml", *more) for part in ("--file", name)]
    command = ["docker-compose", *files, "--env-file", ".env.example", "config"]
    config = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert config.returncode == 0, config.stderr
    return yaml.safe_load(config.stdout)


class Composed:
    """The running services: `url` leads to the proxy, `children` holds a launcher's Child per service."""

    def __init__(self, folder, **environment):
        self.folder = folder
        self.services = compose_config()["services"]
        self.environment = environment
        self.children = {}
        names = ("db", "redis", "web", "events", "proxy")
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self.url = f"http://localhost:{self.ports['proxy']}"

    def start(self):
        for name in ("data", "redis", "logs", "tmp"):
            (self.folder / name).mkdir()
        self._start_database()
        redis = ["--port", str(self.ports["redis"]), "--bind", "127.0.0.1", "--dir", str(self.folder / "redis")]
        self._start("redis", self.services["redis"]["command"] + redis, {})
        wait_until(self._broker_answers)
        migrate = self._service("migrate")
        as_the_image_does = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        for command in (as_the_image_does, migrate.command):
            subprocess.run(command, env=migrate.environment, cwd=ROOT, check=True, capture_output=True, text=True)
        for name in STARTED_LAST:
            service = self._proxy() if name == "proxy" else self._service(name)
            self.children[name] = Child(service, self.folder / "logs", ROOT)
        wait_until(self.is_ready, 90)

    def stop(self):
        for child in reversed(list(self.children.values())):
            child.stop()

    def pid(self, name):
        return self.children[name].process.pid

    def kill(self, name):
        """`kill -9` of the service's first process."""
        self.children[name].process.kill()
        self.children[name].process.wait()

    def kill_container(self, name):
        """`kill -9` of the service's first process, which takes the others of its container with it."""
        main = self.children[name].process
        everybody = family(main.pid)
        for pid, _ in everybody:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        main.wait()
        wait_until(lambda: not survivors(everybody))

    def tend(self):
        """Start what has ended, as `restart: unless-stopped` does."""
        for child in self.children.values():
            if child.process.poll() is not None:
                child.start()

    def query(self, sql):
        """Return the rows of a query, read past the product."""
        import psycopg

        with psycopg.connect(self._local(self.services["web"]["environment"]["DATABASE_URL"])) as connection:
            return connection.execute(sql).fetchall()

    def _start_database(self):
        """PostgreSQL as its image starts it: user, database and password from the environment."""
        given = self.services["db"]["environment"]
        server = PostgreSQL(self.folder, self.ports["db"], given["POSTGRES_USER"], given["POSTGRES_PASSWORD"])
        self._start("db", server.command, {})
        server.wait_until_ready()
        server.create_database(given["POSTGRES_DB"])

    def _service(self, name):
        service = self.services[name]
        command = [self._local(part) for part in service["command"]]
        if "--port" in command:
            command[command.index("--port") + 1] = str(self.ports[name])
        image = {
            "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
            "BAREMATH_DATA": str(self.folder / "data"),
            "STATIC_ROOT": str(self.folder / "static"),
        }
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        given = {key: self._local(value) for key, value in service["environment"].items()}
        return Service(name, command, {"PATH": path, **image, **given, **self.environment})

    def _proxy(self):
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        text = text.replace("web:8000", f"127.0.0.1:{self.ports['web']}").replace(
            "listen 8080", f"listen {self.ports['proxy']}"
        )
        text = text.replace("events:8001", f"127.0.0.1:{self.ports['events']}").replace("/tmp/", f"{self.folder}/tmp/")
        configuration = self.folder / "nginx.conf"
        configuration.write_text(text)
        return Service("proxy", ["nginx", "-c", str(configuration), "-e", "stderr", "-g", "daemon off;"])

    def _local(self, text):
        for name, port in (("db", 5432), ("redis", 6379)):
            text = text.replace(f"{name}:{port}", f"127.0.0.1:{self.ports[name]}")
        text = text.replace("0.0.0.0:8000", f"127.0.0.1:{self.ports['web']}").replace("0.0.0.0", "127.0.0.1")
        return text.replace("/tmp", str(self.folder / "tmp"))

    def _start(self, name, command, environment):
        self.children[name] = Child(Service(name, command, environment), self.folder / "logs", self.folder)

    def _broker_answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.ports["redis"])) == 0

    def is_ready(self):
        request = urllib.request.Request(self.url + "/readyz", headers={"Host": "localhost"})
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as response:
                return response.status == 200
        except OSError:
            return False


@contextmanager
def composed(**environment):
    """Start all services of docker-compose.yml, and stop them at the end. `environment` is added to each."""
    folder = Path(tempfile.mkdtemp(prefix="baremath-composed-"))  # not tmp_path: the database's user cannot enter that
    folder.chmod(0o755)
    stack = Composed(folder, **environment)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        shutil.rmtree(folder)
