"""The Celery application. Jobs live in grader/jobs.py; a worker is `celery -A lms.celery_app worker`."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from django.conf import settings
from kombu.transport import redis as redis_transport
from redis.exceptions import ConnectionError as LostConnectionError

from lms import tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
os.environ["PYTORCH_NVML_BASED_CUDA_CHECK"] = "1"  # torch's other way of looking for a GPU does not survive a fork


class Channel(redis_transport.Channel):
    """A channel that says what is wrong when its connection is lost, and keeps its client.

    kombu 5.7 raises an AttributeError when a worker acknowledges or hands back a message just after the broker died,
    which ends it; at a connection error it waits for the broker and goes on. It also makes a new client, with all of
    redis-py's answer parsers, for each message that it sends, takes or acknowledges.
    """

    _kept: Any = None

    def _connparams(self, asynchronous: bool = False) -> dict[str, object]:  # noqa: FBT001, FBT002 -- kombu's signature
        if self.connection is None or self.connection.client is None:
            raise LostConnectionError("The connection to the broker is lost.")
        return super()._connparams(asynchronous)

    def _create_client(self, asynchronous: bool = False) -> Any:  # noqa: FBT001, FBT002 -- kombu's signature
        if asynchronous:
            return super()._create_client(asynchronous)
        if self._kept is None or self._kept.connection_pool is not self.pool:  # a fork or a lost broker ends a pool
            self._kept = super()._create_client()
        return self._kept


redis_transport.Transport.Channel = Channel

app = Celery("baremath")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["grader"], related_name="jobs")


@setup_logging.connect
def log_as_everybody_does(**_signal: Any) -> None:
    """Log as the web server does: without this, Celery puts handlers of its own beside those of LOGGING."""
    logging.config.dictConfig(settings.LOGGING)


@worker_process_init.connect
def trace_jobs(**_signal: Any) -> None:
    tracing.start()
