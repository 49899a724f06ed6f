"""The Django project. Importing it makes the Celery application the current one, so that every process can send jobs."""

from lms.celery_app import app as celery_app

__all__ = ["celery_app"]
