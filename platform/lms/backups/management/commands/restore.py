from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from lms.backups.archive import BackupError
from lms.backups.services import missing_migrations, restore


class Command(BaseCommand):
    help = "Put a backup into the database: all of it, or, if anything fails, nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `manage.py backup` wrote")
        parser.add_argument("--replace", action="store_true", help="although the database has accounts, which are lost")

    def handle(self, *_args: Any, file: Path, replace: bool, **_options: Any) -> None:
        try:
            manifest = restore(connections[DEFAULT_DB_ALIAS], file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored {manifest.summary}.")
        self.stdout.write("What had waited for a verdict then gets one when worker and sweeper run.")
        if missing := missing_migrations(manifest):
            self.stdout.write(f"Now run `manage.py migrate`: the backup is from before {', '.join(missing)}.")
