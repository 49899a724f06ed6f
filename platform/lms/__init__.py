"""The Django project. Importing it makes its Celery application the current one: every process can send jobs."""

from lms.celery_app import app as celery_app

__all__ = ["celery_app"]
