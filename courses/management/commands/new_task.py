"""`manage.py new_task`: a folder for a new task, filled from the template."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.new_task import new_task
from courses.task_format import TaskFormatError


class Command(BaseCommand):
    help = "Make the folder of a new task, which can be certified but for what it marks as TODO."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("place", help="course/NN-lesson/slug, as in neural-networks/05-optimizers/adam")
        parser.add_argument("--entry", default="", help="what the learner defines; default: the slug with underscores")
        parser.add_argument(
            "--backends", nargs="+", choices=("numpy", "torch"), default=["numpy", "torch"], help="default: both"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        backends = tuple(name for name in ("numpy", "torch") if name in options["backends"])
        try:
            folder = new_task(settings.CONTENT_DIR, options["place"], options["entry"], backends)
        except TaskFormatError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{folder}\nReplace what is marked TODO, then run: make certify TASK={folder.name}\n"
            "docs/authoring.md goes through it step by step."
        )
