from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.figures import FigureError, redraw


class Command(BaseCommand):
    help = "Draw the figures of the lessons again, from the figure.py beside each lesson."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            for path, svg in redraw(settings.CONTENT_DIR):
                path.write_text(svg, encoding="utf-8")
                self.stdout.write(str(path.relative_to(settings.CONTENT_DIR)))
        except FigureError as error:
            raise CommandError(str(error)) from None
