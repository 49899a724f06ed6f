"""The file of a backup: a ZIP of the database's dump and, last, a manifest. Checksums are ZIP's own."""

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

FORMAT = 1
DUMP, MANIFEST = "database", "manifest.json"


class BackupError(Exception):
    """The sentence for the operator."""


@dataclass(frozen=True)
class Manifest:
    """What is in a dump. `rows` counts each table's in the very snapshot that was dumped."""

    engine: str
    made: str
    baremath: str
    migrations: list[str]
    rows: dict[str, int]
    format: int = FORMAT

    @property
    def summary(self) -> str:
        return f"{sum(self.rows.values())} rows of {len(self.rows)} tables ({self.engine}), made at {self.made}"


@contextmanager
def dump_written(archive: zipfile.ZipFile, *, is_compressed: bool) -> Iterator[IO[bytes]]:
    member = zipfile.ZipInfo(DUMP)
    member.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
    with archive.open(member, "w", force_zip64=True) as dump:
        yield dump


def manifest_write(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))


@contextmanager
def archive_opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup all of whose bytes are as they were written, or say what is wrong with it."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            if archive.testzip() is not None:
                raise BackupError(f"{path} is damaged: its checksums are wrong. Take another backup.")
            manifest = _manifest(path, archive)
        except OSError as error:
            raise BackupError(f"{path} cannot be read: {error.strerror or error}.") from error
        except zipfile.BadZipFile as error:
            raise BackupError(f"{path} is not a whole backup of Baremath ({error}). Take another one.") from error
        yield archive, manifest


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        content = json.loads(archive.read(MANIFEST))
        archive.getinfo(DUMP)
        if content["format"] != FORMAT:
            raise BackupError(f"{path} has format {content['format']}; this version of Baremath reads {FORMAT}.")
        return Manifest(**content)
    except (KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{path} is no backup of Baremath: its manifest is missing or incomplete.") from error


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished file its name, for good: after a power cut it is whole, or not there."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
