"""`manage.py up`: start all of Baremath on this machine."""

import os
import signal
import sys
from contextlib import suppress

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.launcher.launcher import Launcher
from lms.launcher.lifetime import die_with_parent
from lms.launcher.preflight import StartError


class Command(BaseCommand):
    help = "Start all of Baremath on this machine. PORT, HOST, BAREMATH_DATA, DATABASE_URL and REDIS_URL are honoured."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port", default=os.environ.get("PORT", "8000"), help="default: PORT, else 8000; 0: a free one"
        )
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="default: HOST, else 127.0.0.1")
        parser.add_argument(
            "--run", default="", metavar="COMMAND", help="run this in a shell, BAREMATH_URL being set, then stop"
        )
        parser.add_argument(
            "--stop-with-parent", action="store_true", help="stop when the caller is gone, as make wants"
        )

    def handle(self, *, port: str, host: str, run: str, stop_with_parent: bool, **_options: object) -> None:
        if not port.isascii() or not port.isdigit() or int(port) > 65535:
            raise CommandError(f"PORT={port} is not a port: give a number from 0 to 65535 (0 takes a free one).")
        if stop_with_parent:
            die_with_parent(signal.SIGTERM)
        try:
            sys.exit(Launcher(host=host, port=int(port), say=self._say).run(run))
        except StartError as problem:
            sys.exit(str(problem))  # the sentence alone, on stderr; exit code 1

    def _say(self, text: str) -> None:
        with suppress(OSError):  # nobody reads any more: `make run | head`, a closed terminal
            self.stdout.write(text)
            self.stdout.flush()
