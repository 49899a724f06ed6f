"""Backup and restore of the database that the settings name."""

import tempfile
import zipfile
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

from django.contrib.auth import get_user_model
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from lms.backups import postgresql, sqlite
from lms.backups.archive import BackupError, Manifest, archive_opened, manifest_write, put_in_place

ENGINES: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}


def backup(connection: BaseDatabaseWrapper, path: Path) -> Manifest:
    """Write what is in the database now to `path`, which appears when it is whole and was read back."""
    if path.exists():
        raise BackupError(f"{path} exists already: choose another name, a backup is never overwritten.")
    engine = ENGINES[connection.vendor]
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:  # its files: 0600 within
            draft = Path(folder) / "archive"
            with (
                zipfile.ZipFile(draft, "x") as archive,
                engine.dump_taken(connection, archive) as snapshot,
            ):
                manifest = _manifest(snapshot)
                manifest_write(archive, manifest)
            with archive_opened(draft) as (archive, _):
                engine.dump_check(archive)
            draft.chmod(0o600)
            put_in_place(draft, path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror or error}.") from error
    return manifest


def restore(connection: BaseDatabaseWrapper, path: Path, *, replace: bool) -> Manifest:
    """Put what is in `path` into the database; if anything fails, the database is as it was."""
    with archive_opened(path) as (archive, manifest):
        if manifest.engine != connection.vendor:
            raise BackupError(
                f"{path} is of a database of {manifest.engine}, and this one is of {connection.vendor}: "
                "set DATABASE_URL to one of the same kind."
            )
        if newer := _unknown(manifest.migrations):
            raise BackupError(
                f"{path} was made by a newer Baremath, with the migrations {', '.join(newer)}: install that version."
            )
        if not replace and _has_accounts(connection):
            raise BackupError("The database is not empty. Give --replace to lose what is in it.")
        try:
            ENGINES[connection.vendor].dump_restore(connection, archive, manifest.rows, path)
        except OSError as error:
            raise BackupError(
                f"{path} was not restored, the database is as it was: {error.strerror or error}."
            ) from error
    return manifest


def missing_migrations(manifest: Manifest) -> list[str]:
    """Return the migrations of this version that a backup is from before."""
    return sorted(set(_known()) - set(manifest.migrations))


def _manifest(snapshot: BaseDatabaseWrapper) -> Manifest:
    try:
        baremath = version("baremath")
    except PackageNotFoundError:  # in the image it is not installed, but lies there
        baremath = "unknown"
    with snapshot.cursor() as cursor:  # Django's MigrationRecorder would ask the connection of the settings
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        applied = cursor.fetchall()
    return Manifest(
        engine=snapshot.vendor,
        made=timezone.now().isoformat(timespec="seconds"),
        baremath=baremath,
        migrations=[f"{app}.{name}" for app, name in applied],
        rows=count_rows(snapshot),
    )


def count_rows(connection: BaseDatabaseWrapper) -> dict[str, int]:
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- of the catalogue
            rows[table] = cursor.fetchone()[0]
    return rows


def _known() -> Iterable[str]:
    return (f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)


def _unknown(migrations: list[str]) -> list[str]:
    """Return the migrations that this version does not have; one that was squashed away still counts as had."""
    loader = MigrationLoader(None)
    replaced = {pair for migration in loader.disk_migrations.values() for pair in migration.replaces}
    return sorted(set(migrations) - {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}})


def _has_accounts(connection: BaseDatabaseWrapper) -> bool:
    table = get_user_model()._meta.db_table  # noqa: SLF001 -- Django's documented name
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 -- of the model
        return cursor.fetchone() is not None
