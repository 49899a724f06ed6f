from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "lms.search"

    def ready(self) -> None:
        from courses.signals import catalogue_read
        from lms.search.index import index_rebuild

        catalogue_read.connect(index_rebuild, dispatch_uid="lms.search.index")
