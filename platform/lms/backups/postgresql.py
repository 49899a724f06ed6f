"""PostgreSQL by pg_dump and pg_restore, whose version must not be below the server's."""

import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from lms.backups.archive import DUMP, BackupError, dump_written
from lms.backups.programs import running

# Roles and their rights are the cluster's: docs/backups.md says what to run again.
WITHOUT_ROLES = ["--no-owner", "--no-acl"]
EMPTY = """
BEGIN;
SET LOCAL lock_timeout = '20s';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


@contextmanager
def dump_taken(connection: BaseDatabaseWrapper, archive: zipfile.ZipFile) -> Iterator[BaseDatabaseWrapper]:
    """Write the dump; give a connection to the very same snapshot, which pg_dump was made to use."""
    snapshot = connection.copy()
    snapshot.set_autocommit(False)
    try:
        with snapshot.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (name,) = cursor.fetchone()
        options = ["--format=custom", f"--snapshot={name}", *WITHOUT_ROLES]
        with (
            _login(connection) as (server, environment),
            running("pg_dump", *options, *server, environment=environment, stdout=subprocess.PIPE) as program,
        ):
            with dump_written(archive, is_compressed=True) as dump:
                shutil.copyfileobj(program.stdout, dump)
            if not program.succeeds():
                raise BackupError(f"No backup was made. {program.words}")
        yield snapshot
    except DatabaseError as error:
        raise BackupError(f"The database does not answer: {' '.join(str(error).split())}") from error
    finally:
        snapshot.close()


def dump_check(archive: zipfile.ZipFile) -> None:
    """Have pg_restore read all of the dump."""
    with (
        archive.open(DUMP) as dump,
        running("pg_restore", "--file=/dev/null", environment=os.environ, stdin=subprocess.PIPE) as program,
    ):
        program.feed(dump)
        if not program.succeeds():
            raise BackupError(f"No backup was made: it could not be read back. {program.words}")


def dump_restore(connection: BaseDatabaseWrapper, archive: zipfile.ZipFile, rows: dict[str, int], path: Path) -> None:
    """Replace all tables in one transaction, which ends only if pg_restore came to its end and the rows are all there.

    Whatever is killed on the way, psql meets the end of its input without a COMMIT.
    """
    _refuse_company(connection)
    psql = ["--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1"]
    with (
        _login(connection) as (server, environment),
        running("psql", *psql, *server, environment=environment, stdin=subprocess.PIPE) as client,
    ):
        client.write(EMPTY)
        fed = {"environment": os.environ, "stdin": subprocess.PIPE, "stdout": client.stdin}
        with archive.open(DUMP) as dump, running("pg_restore", *WITHOUT_ROLES, "--file=-", **fed) as reader:
            reader.feed(dump)
            failed = None if reader.succeeds() else reader.words
        if failed is None:
            client.write(_rows_checked(connection, rows) + "COMMIT;\n")
        if not client.succeeds():
            failed = client.words
    if failed is not None:
        raise BackupError(f"{path} was not restored, the database is as it was. {failed}")


def _refuse_company(connection: BaseDatabaseWrapper) -> None:
    """Whoever is still connected may be told that something is stored that is lost a moment later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND coalesce(backend_type, 'client backend') = 'client backend'"
        )
        (others,) = cursor.fetchone()
    connection.close()
    if others:
        raise BackupError(
            f"{others} other connections use the database: stop what uses it first "
            "(docker-compose stop web events worker worker-gpu sweeper)."
        )


def _rows_checked(connection: BaseDatabaseWrapper, rows: dict[str, int]) -> str:
    checks = [
        f"IF (SELECT count(*) FROM public.{connection.ops.quote_name(table)}) <> {int(count)} "  # noqa: S608
        f"THEN RAISE EXCEPTION 'there are not {int(count)} rows in one of the tables, as its manifest says'; END IF;"
        for table, count in rows.items()
    ]
    return "DO $checks$ BEGIN\n" + "\n".join(checks) + "\nEND $checks$;\n"


@contextmanager
def _login(connection: BaseDatabaseWrapper) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Give arguments and environment with which PostgreSQL's programs sign in; the password stands in neither."""
    arguments, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    environment = dict(environment or {})
    password = re.sub(r"([\\:])", r"\\\1", environment.pop("PGPASSWORD", ""))
    with tempfile.NamedTemporaryFile("w", prefix="pgpass-") as file:
        file.write(f"*:*:*:*:{password}\n")
        file.flush()
        yield arguments[1:], {**os.environ, **environment, "PGPASSFILE": file.name}
