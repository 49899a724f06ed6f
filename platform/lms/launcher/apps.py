from django.apps import AppConfig


class LauncherConfig(AppConfig):
    name = "lms.launcher"

    def ready(self) -> None:
        # Importing registers the checks, and makes the application current: every process can send jobs.
        from lms import celery_app, checks  # noqa: F401
