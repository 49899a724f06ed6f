"""The Celery application. Jobs live in grader/jobs.py; a worker is `celery -A lms.celery_app worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

app = Celery("baremath")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["grader"], related_name="jobs")
