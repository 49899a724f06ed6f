from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from lms.backups.archive import BackupError
from lms.backups.services import backup


class Command(BaseCommand):
    help = "Write the database to a file, as it is at one moment, while everything runs. Then read the file back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="must not exist; appears when it is whole")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            manifest = backup(connections[DEFAULT_DB_ALIAS], file)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{file}: {manifest.summary}.")
        self.stdout.write("Keep SECRET_KEY too, in another place: with it certificates are checked.")
