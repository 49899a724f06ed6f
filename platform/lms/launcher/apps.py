from django.apps import AppConfig


class LauncherConfig(AppConfig):
    name = "lms.launcher"

    def ready(self) -> None:
        from lms import checks  # noqa: F401 -- importing registers them
