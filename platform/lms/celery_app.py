"""The Celery application. Jobs live in grader/jobs.py; a worker is `celery -A lms.celery_app worker`."""

import os

from celery import Celery
from celery.signals import worker_process_init

from lms.launcher.lifetime import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

app = Celery("baremath")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["grader"], related_name="jobs")


@worker_process_init.connect
def end_with_the_worker(**_kwargs: object) -> None:
    """Without this, a worker killed by `kill -9` leaves its pool processes, and their jails, running."""
    die_with_parent()
