"""The services of docker-compose.yml as plain processes: their commands, their environment, no containers.

What differs from the containers is what a container brings: host names and ports, `/app`, `/tmp`, `/data` and
`/run/secrets`. Everything else is read from docker-compose.yml (through `docker-compose config`, which checks it),
.env.example, deploy/nginx and the secrets that deploy/make-secrets.sh makes.
"""

import atexit
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from lms.launcher.child import Child, Service
from tests.system.postgresql import PostgreSQL
from tests.system.processes import family, free_ports, survivors, wait_until

ROOT = settings.BASE_DIR
STARTED_LAST = ("web", "events", "worker", "sweeper", "proxy")


def compose_config(*more, secrets="/nonexistent"):
    """Return docker-compose.yml and `more` files as docker-compose understands them, with a folder of secrets."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "SECRETS_FOLDER": str(secrets)}
    files = [part for name in ("docker-compose.yml", *more) for part in ("--file", name)]
    command = ["docker-compose", *files, "--env-file", ".env.example", "config"]
    config = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert config.returncode == 0, config.stderr
    return yaml.safe_load(config.stdout)


@cache
def static_files():
    """Make the static files once for all stacks, as the image has them for all containers, and return their folder."""
    folder = Path(tempfile.mkdtemp(prefix="baremath-static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}", "BAREMATH_DATA": str(folder)}
    subprocess.run(command, env={**os.environ, **environment}, cwd=ROOT, check=True, capture_output=True, text=True)
    return folder / "static"


class Composed:
    """The running services: `url` leads to the proxy, `children` holds a launcher's Child per service.

    `secrets` is the folder of the secrets' files, `tls_url` leads to the proxy where `more` has deploy/tls.yml.
    """

    def __init__(self, folder, *more, is_durable=False, **environment):
        self.folder = folder
        self.is_durable = is_durable
        self.secrets = folder / "secrets"
        subprocess.run(["sh", "deploy/make-secrets.sh", str(self.secrets)], cwd=ROOT, check=True, capture_output=True)
        config = compose_config(*more, secrets=self.secrets)
        self.services = config["services"]
        self._files_of_secrets = {name: secret["file"] for name, secret in config["secrets"].items()}
        self.environment = environment
        self.children = {}
        names = ("db", "redis", "web", "events", "proxy", "tls")
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self.url = f"http://localhost:{self.ports['proxy']}"
        self.tls_url = f"https://localhost:{self.ports['tls']}"

    def start(self, prepare):
        for name in ("data", "redis", "logs", "tmp"):
            (self.folder / name).mkdir()
        self._start_database()
        redis = ["--port", str(self.ports["redis"]), "--bind", "127.0.0.1", "--dir", str(self.folder / "redis")]
        command = [self._local(part, "redis") for part in self.services["redis"]["command"]]
        self._start("redis", command + redis, {})
        wait_until(self._broker_answers)
        migrate = self._service("migrate")
        subprocess.run(migrate.command, env=migrate.environment, cwd=ROOT, check=True, capture_output=True, text=True)
        prepare(self)
        for name in STARTED_LAST:
            service = self._proxy() if name == "proxy" else self._service(name)
            self.children[name] = Child(service, self.folder / "logs", ROOT)
        self.wait_until_ready()

    def wait_until_ready(self):
        wait_until(self.is_ready, 90)

    def stop(self):
        for name in self.children.keys() & set(STARTED_LAST):  # they need not wait for one another
            self.children[name].process.terminate()
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

        with psycopg.connect(self.database_url) as connection:
            return connection.execute(sql).fetchall()

    def secret(self, name, service):
        """Return a secret as a service sees it in /run/secrets."""
        return Path(self._local(f"/run/secrets/{name}", service)).read_text().strip()

    @property
    def database_url(self):
        """The address of the database, with the password in it."""
        return self.address("web", "DATABASE_URL", "baremath", self.secret("database_password", "web"))

    @property
    def redis_url(self):
        return self.address("web", "REDIS_URL", "", self.secret("redis_password", "web"))

    def environment_of(self, name):
        """Return the environment in which a service, or a command of manage.py in its place, runs."""
        return {**os.environ, **self._service(name).environment}

    def address(self, service, setting, user, password):
        """Return the address that a service has from `setting`, with its user and password."""
        scheme, address = self._local(self.services[service]["environment"][setting], service).split("://")
        return f"{scheme}://{user}:{password}@{address.rpartition('@')[2]}"

    def _start_database(self):
        """PostgreSQL as its image starts it: user and database from the environment, the password from a file."""
        given = self.services["db"]["environment"]
        password = Path(self._local(given["POSTGRES_PASSWORD_FILE"], "db")).read_text().strip()
        login = (given["POSTGRES_USER"], password)
        server = PostgreSQL(self.folder, self.ports["db"], *login, is_durable=self.is_durable)
        self._start("db", server.command, {})
        server.wait_until_ready()
        server.create_database(given["POSTGRES_DB"])

    def _service(self, name):
        service = self.services[name]
        command = [self._local(part, name) for part in service["command"]]
        if "--port" in command:
            command[command.index("--port") + 1] = str(self.ports[name])
        image = {
            "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
            "BAREMATH_DATA": str(self.folder / "data"),
            "STATIC_ROOT": str(static_files()),
        }
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        given = {key: self._local(value, name) for key, value in service["environment"].items()}
        return Service(name, command, {"PATH": path, **image, **given, **self.environment})

    def _proxy(self):
        """Nginx with the configuration that is mounted into its container, file by file."""
        for volume in self.services["proxy"]["volumes"]:
            source, target, _ = volume.split(":")
            text = self._local(Path(source).read_text(), "proxy")
            for name, port in (("web", 8000), ("events", 8001)):
                text = text.replace(f"server {name}:{port}", f"server 127.0.0.1:{self.ports[name]}")
            for name, port in (("proxy", 8080), ("tls", 8443)):
                text = text.replace(f"listen {port}", f"listen {self.ports[name]}")
            (self.folder / Path(target).name).write_text(text)
        command = ["nginx", "-c", str(self.folder / "nginx.conf"), "-e", "stderr", "-g", "daemon off;"]
        return Service("proxy", command)

    def _local(self, text, service):
        """Put what is so on this machine in place of what is so in the container of a service."""
        text = re.sub(r"/tmp\b", str(self.folder / "tmp"), text).replace("$$", "$")
        for name, port in (("db", 5432), ("redis", 6379)):
            text = text.replace(f"{name}:{port}", f"127.0.0.1:{self.ports[name]}")
        text = text.replace("0.0.0.0:8000", f"127.0.0.1:{self.ports['web']}").replace("0.0.0.0", "127.0.0.1")
        for secret in self.services[service].get("secrets", []):
            path = self._files_of_secrets[secret["source"]]
            text = re.sub(rf"/run/secrets/{secret['source']}\b", path, text)
        return text

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
def composed(*more, prepare=None, is_durable=False, **environment):
    """Start all services of docker-compose.yml and `more` files, and stop them at the end.

    `environment` is added to each service; `prepare` is called when the database is ready, before
    the services that use it start. `is_durable`: the database writes to the disk, as in production.
    """
    folder = Path(tempfile.mkdtemp(prefix="baremath-composed-"))  # not tmp_path: the database's user cannot enter that
    folder.chmod(0o755)
    stack = Composed(folder, *more, is_durable=is_durable, **environment)
    try:
        stack.start(prepare or (lambda _stack: None))
        yield stack
    finally:
        stack.stop()
        shutil.rmtree(folder)
