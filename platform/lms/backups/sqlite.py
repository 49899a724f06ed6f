"""SQLite by its backup API: a snapshot of a database that is written to, and a restore in one transaction."""

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from lms.backups.archive import DUMP, BackupError, dump_written


@contextmanager
def dump_taken(connection: BaseDatabaseWrapper, archive: zipfile.ZipFile) -> Iterator[BaseDatabaseWrapper]:
    """Write the dump; give a connection to the very same snapshot."""
    copy = Path(str(archive.filename)).with_suffix(".sqlite3")
    with closing(_connect(_path(connection))) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without a second one beside it
        _check(target)
    with dump_written(archive, is_compressed=False) as dump, copy.open("rb") as file:
        shutil.copyfileobj(file, dump)
    snapshot = type(connection)({**connection.settings_dict, "NAME": copy, "OPTIONS": {}})
    try:
        yield snapshot
    finally:
        snapshot.close()


def dump_check(archive: zipfile.ZipFile) -> None:
    """Nothing that the checksums of the archive leave open: the copy was checked before it was written."""


def dump_restore(connection: BaseDatabaseWrapper, archive: zipfile.ZipFile, rows: dict[str, int], path: Path) -> None:
    """Check the dump, then have SQLite copy it over the database in one transaction."""
    from lms.launcher.preflight import StartError, launcher_lock

    database = _path(connection)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with (
            launcher_lock(settings.DATA_DIR if settings.DATA_DIR.exists() else database.parent),
            tempfile.TemporaryDirectory(dir=database.parent, prefix=".restore.") as folder,
        ):
            with archive.open(DUMP) as dump, (Path(folder) / "dump.sqlite3").open("wb") as file:
                shutil.copyfileobj(dump, file)
            with closing(sqlite3.connect(file.name)) as source, closing(_connect(database)) as target:
                _check(source)
                _compare(source, rows, path)
                connection.close()
                target.execute("PRAGMA journal_mode=WAL")
                source.backup(target)
    except StartError as error:
        raise BackupError(str(error)) from error
    except sqlite3.Error as error:
        raise BackupError(f"{path} was not restored, the database is as it was: {error}.") from error


def _path(connection: BaseDatabaseWrapper) -> Path:
    return Path(connection.settings_dict["NAME"])


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=10)


def _check(database: sqlite3.Connection) -> None:
    found = database.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise BackupError(f"The database is damaged: {found}. Keep all its files, and take an earlier backup.")


def _compare(database: sqlite3.Connection, rows: dict[str, int], path: Path) -> None:
    for table, expected in rows.items():
        (found,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 -- from the manifest
        if found != expected:
            raise BackupError(
                f"{path} was not restored: of {table} it holds {found} rows, and by its manifest {expected}."
            )
