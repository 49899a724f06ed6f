from django.apps import AppConfig
from django.db.backends.signals import connection_created


class WebConfig(AppConfig):
    name = "lms.web"
    label = "web"

    def ready(self) -> None:
        from lms.web.patience import limit_answers

        connection_created.connect(limit_answers)
