from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GraderConfig(AppConfig):
    name = "grader"

    def ready(self) -> None:
        from grader.roles import ensure_instructors

        post_migrate.connect(ensure_instructors, dispatch_uid="grader.instructors")
