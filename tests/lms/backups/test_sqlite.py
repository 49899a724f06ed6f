"""Backup and restore of SQLite files, and what either refuses. PostgreSQL: tests/system/test_production.py."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing

import pytest
from django.conf import settings
from django.db.utils import ConnectionHandler

from lms.backups.archive import BackupError
from lms.backups.services import backup, missing_migrations, restore
from lms.launcher.preflight import launcher_lock


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A database as `manage.py migrate` leaves it, with one account."""
    folder = tmp_path_factory.mktemp("migrated")
    make = "from lms.accounts.models import User; User.objects.create_user('ada')"
    environment = {**os.environ, "BAREMATH_DATA": str(folder), "DATABASE_URL": ""}
    for command in (["migrate", "-v0"], ["shell", "-v0", "-c", make]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, check=True)
    with closing(sqlite3.connect(folder / "baremath.sqlite3")) as database:
        database.executescript("CREATE TABLE left (n); CREATE TABLE right (n);")
    return folder / "baremath.sqlite3"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings, django_db_blocker):
    settings.DATA_DIR = tmp_path
    with django_db_blocker.unblock():  # these are databases of their own
        yield tmp_path


def connect(path):
    return ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}})["default"]


@pytest.fixture
def database(folder, migrated):
    shutil.copy(migrated, folder / "baremath.sqlite3")
    connection = connect(folder / "baremath.sqlite3")
    yield connection
    connection.close()


@pytest.fixture
def archive(database, folder):
    backup(database, folder / "backup")
    return folder / "backup"


def ask(path, sql):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchall()


def accounts(folder):
    return ask(folder / "baremath.sqlite3", "SELECT username FROM accounts_user")


def forge(archive, **changes):
    """Write the backup anew, with another manifest."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(archive.with_name("forged"), "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        new.writestr("database", old.read("database"))
        new.writestr("manifest.json", json.dumps(manifest | changes))
    return archive.with_name("forged")


def test_a_backup_is_of_one_moment_while_rows_are_written(database, folder):
    stopped, begun = threading.Event(), threading.Event()

    def write():
        with closing(sqlite3.connect(folder / "baremath.sqlite3", timeout=10)) as writer:
            while not stopped.is_set():
                with writer:
                    writer.execute("INSERT INTO left VALUES (1)")
                    writer.execute("INSERT INTO right VALUES (1)")
                begun.set()

    people = threading.Thread(target=write)
    people.start()
    try:
        assert begun.wait(20)
        manifest = backup(database, folder / "backup")
    finally:
        stopped.set()
        people.join()
    restore(connect(folder / "restored.sqlite3"), folder / "backup", replace=False)
    [(left, right)] = ask(
        folder / "restored.sqlite3", "SELECT (SELECT count(*) FROM left), (SELECT count(*) FROM right)"
    )
    assert left == right == manifest.rows["left"] > 0
    assert sorted(entry.name for entry in folder.iterdir()) == [
        "backup",
        "baremath.sqlite3",
        "launcher.lock",
        "restored.sqlite3",
    ]


def test_a_restore_brings_back_what_was_there_for_those_who_have_the_file_open(archive, database, folder):
    with closing(sqlite3.connect(folder / "baremath.sqlite3")) as other:
        other.execute("PRAGMA journal_mode=WAL")
        with other:
            other.execute("UPDATE accounts_user SET username = 'eve'")
        manifest = restore(database, archive, replace=True)
        assert other.execute("SELECT username FROM accounts_user").fetchall() == [("ada",)]
        assert other.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
    assert missing_migrations(manifest) == []


def test_a_database_with_accounts_is_replaced_only_on_demand(archive, database, folder):
    with pytest.raises(BackupError, match=r"The database is not empty. Give --replace to lose what is in it."):
        restore(database, archive, replace=False)


def test_a_backup_is_never_overwritten_and_needs_a_folder(archive, database, folder):
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="exists already: choose another name"):
        backup(database, archive)
    assert archive.read_bytes() == before
    with pytest.raises(BackupError, match=r"cannot be written: No such file or directory"):
        backup(database, folder / "nowhere" / "backup")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"engine": "postgresql"}, "is of a database of postgresql, and this one is of sqlite"),
        ({"migrations": ["grader.9999_from_the_future"]}, "made by a newer Baremath, .* grader.9999_from_the_future"),
        ({"format": 2}, "has format 2; this version of Baremath reads 1"),
        ({"rows": {"accounts_user": 2}}, "of accounts_user it holds 1 rows, and by its manifest 2"),
        ({"something": "else"}, "its manifest is missing or incomplete"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_database_stays(archive, database, folder, changes, sentence):
    with sqlite3.connect(folder / "baremath.sqlite3") as other:
        other.execute("UPDATE accounts_user SET username = 'eve'")
    with pytest.raises(BackupError, match=sentence):
        restore(database, forge(archive, **changes), replace=True)
    assert accounts(folder) == [("eve",)]


def cut(content):
    return content[: len(content) // 2]


def empty(_content):
    return b""


def flip_one_bit(content):
    middle = len(content) // 3
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("damage", [cut, flip_one_bit, empty])
def test_a_damaged_file_is_refused(archive, database, folder, damage):
    archive.write_bytes(damage(archive.read_bytes()))
    with pytest.raises(BackupError, match=r"is damaged|is not a whole backup"):
        restore(database, archive, replace=True)
    assert accounts(folder) == [("ada",)]


def test_nothing_is_restored_under_a_running_baremath(archive, database, folder):
    with launcher_lock(folder), pytest.raises(BackupError, match="Baremath already runs on the data folder"):
        restore(database, archive, replace=True)


def test_the_commands_say_what_they_did_or_why_not(archive, folder, migrated):
    def manage(*arguments):
        environment = {**os.environ, "BAREMATH_DATA": str(folder), "DATABASE_URL": ""}
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    refused = manage("restore", archive)
    assert refused.returncode == 1
    assert refused.stderr == "CommandError: The database is not empty. Give --replace to lose what is in it.\n"
    restored = manage("restore", archive, "--replace")
    assert (restored.returncode, restored.stdout.split()[0]) == (0, "Restored")
