"""What the environment may say, and the sentences for what it may not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from lms.environment import Environment

env = Environment()
READ = {
    "number": lambda: env.number("SETTING", default=2),
    "switch": lambda: env.switch("SETTING"),
    "rate": lambda: env.rate("SETTING", default="30/min"),
    "database": lambda: env.database("SETTING", default=Path("/data/baremath.sqlite3")),
    "broker": lambda: env.broker("SETTING", default="unix:///data/valkey.sock"),
    "mail": lambda: env.mail("SETTING")["EMAIL_BACKEND"],
}
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": Path("/data/baremath.sqlite3")}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("number", 2),
        ("switch", False),
        ("rate", "30/min"),
        ("database", SQLITE),
        ("broker", "unix:///data/valkey.sock"),
        ("mail", "django.core.mail.backends.console.EmailBackend"),
    ],
)
def test_defaults(kind, expected):
    assert READ[kind]() == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("number", "8", 8),
        ("switch", "1", True),
        ("switch", "False", False),
        ("rate", "5/s", "5/s"),
        ("database", "", SQLITE),
        ("broker", "", "unix:///data/valkey.sock"),
        ("broker", "rediss://host:6379/1", "rediss://host:6379/1"),
        ("mail", "smtp+tls://u:p@mail.example.org:587", "django.core.mail.backends.smtp.EmailBackend"),
    ],
)
def test_what_may_be_said(monkeypatch, kind, text, expected):
    monkeypatch.setenv("SETTING", text)
    assert READ[kind]() == expected


def test_a_postgresql_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("SETTING", "postgres://user:p%40ss@db:5432/name")
    found = READ["database"]()
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == ["user", "p@ss", "db", 5432, "name"]


@pytest.mark.parametrize(
    ("kind", "text", "allowed"),
    [
        ("number", "many", "give a whole number from 1 up, such as 2"),
        ("number", "0", "give a whole number from 1 up"),
        ("number", "-1", "give a whole number from 1 up"),
        ("switch", "maybe", "give 1 or 0"),
        ("rate", "often", "give a number per s, min, hour or day, such as 30/min"),
        ("database", "mysql://user:secret@host/name", "give postgres://"),
        ("database", "postgres://user:secret@host:port/name", "give postgres://"),
        ("broker", "localhost:6379", "give redis://"),
        ("mail", "mail.example.org", "give smtp"),
    ],
)
def test_what_may_not_be_said_is_named_with_what_may(monkeypatch, kind, text, allowed):
    monkeypatch.setenv("SETTING", text)
    with pytest.raises(ImproperlyConfigured) as mistake:
        READ[kind]()
    assert str(mistake.value).startswith("SETTING")
    assert allowed in str(mistake.value)
    assert "secret" not in str(mistake.value)


@pytest.mark.parametrize("command", ["check", "up", "migrate"])
def test_a_command_ends_with_the_sentence_and_no_traceback(command):
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), command]
    environment = {**os.environ, "WORKER_PROCESSES": "many"}
    ended = subprocess.run(manage, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "WORKER_PROCESSES=many is not a number: give a whole number from 1 up, such as 2.\n"


def test_a_secret_stands_in_the_environment_or_in_a_file(monkeypatch, tmp_path):
    assert env.secret("SETTING") == ""
    monkeypatch.setenv("SETTING", "from the environment")
    assert env.secret("SETTING") == "from the environment"
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("SETTING_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="SETTING and SETTING_FILE are both set"):
        env.secret("SETTING")
    monkeypatch.setenv("SETTING", "")
    assert env.secret("SETTING") == "from a file"


@pytest.mark.parametrize("kind", ["database", "broker", "mail"])
def test_an_address_may_stand_in_a_file(monkeypatch, tmp_path, kind):
    address = {"database": "postgres://u:p@db/name", "broker": "redis://host/1", "mail": "smtp://mail.example.org"}[
        kind
    ]
    monkeypatch.setenv("SETTING", address)
    expected = READ[kind]()
    monkeypatch.delenv("SETTING")
    (tmp_path / "secret").write_text(address)
    monkeypatch.setenv("SETTING_FILE", str(tmp_path / "secret"))
    assert READ[kind]() == expected


def test_several_secrets_stand_on_a_line_each_or_between_commas(monkeypatch, tmp_path):
    (tmp_path / "secrets").write_text("one\ntwo, three\n\n")
    monkeypatch.setenv("SETTING_FILE", str(tmp_path / "secrets"))
    assert env.secrets("SETTING") == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (str, "No such file or directory"),
        (Path.mkdir, "Is a directory"),
        (lambda path: path.write_bytes(b"\xff\xfe"), "it is not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(monkeypatch, tmp_path, make, reason):
    path = tmp_path / "secret"
    make(path)
    monkeypatch.setenv("SETTING_FILE", str(path))
    with pytest.raises(ImproperlyConfigured, match=f"SETTING_FILE={path} cannot be read: {reason}. Give a file"):
        env.secret("SETTING")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("redis://host:6379/0", "redis://:p%40%2Fss@host:6379/0"),
        ("redis://:own@host:6379/0", "redis://:own@host:6379/0"),
        ("unix:///data/valkey.sock", "unix:///data/valkey.sock"),
    ],
)
def test_a_password_is_put_into_an_address_that_has_none(monkeypatch, address, expected):
    monkeypatch.setenv("SETTING", address)
    assert env.broker("SETTING", password="p@/ss", default="unix:///x") == expected
    monkeypatch.setenv("SETTING", "postgres://user@db/name")
    assert env.database("SETTING", password="p@/ss", default=Path("/x"))["PASSWORD"] == "p@/ss"
    monkeypatch.setenv("SETTING", "postgres://user:own@db/name")
    assert env.database("SETTING", password="p@/ss", default=Path("/x"))["PASSWORD"] == "own"
