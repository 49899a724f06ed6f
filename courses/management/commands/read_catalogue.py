from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses import catalogue


class Command(BaseCommand):
    help = "Read courses, lessons and tasks from disk into the database."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            report = catalogue.sync()
        except catalogue.CatalogueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{report.courses} courses, {report.lessons} lessons, {report.tasks} tasks.")
        if report.problems:
            raise CommandError("Left out:\n" + "\n".join(report.problems))
