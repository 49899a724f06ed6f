import logging
import threading
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from grader.sweeper import sweep
from grader.webhooks.delivering import Deliverer

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Release the submissions of dead workers, enqueue those that no message speaks of, and send what is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on for ever, every SWEEP_INTERVAL_S seconds")

    def handle(self, *_args: Any, loop: bool, **_options: Any) -> None:
        deliverer = Deliverer()
        if not loop:
            report = sweep()
            deliverer.start_due()
            deliverer.finish()
            self.stdout.write(f"{report.released} released, {report.enqueued} enqueued")
            return
        pause = threading.Event()
        while True:
            self._sweep_once(deliverer)
            pause.wait(settings.SWEEP_INTERVAL_S)

    def _sweep_once(self, deliverer: Deliverer) -> None:
        close_old_connections()
        try:
            report = sweep()
            deliverer.start_due()
        except DatabaseError as error:
            logger.warning("Not swept: the database does not answer (%s).", error)
            return
        with suppress(OSError):  # a full disk keeps nobody from sweeping
            (settings.DATA_DIR / "sweeper.alive").touch()  # its age is the health check of docker-compose.yml
        if report.released or report.enqueued:
            logger.info("%d released, %d enqueued", report.released, report.enqueued)
