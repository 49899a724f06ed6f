import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grader.health import readiness


class Command(BaseCommand):
    help = "Print what /readyz tells staff, reasons and workers included; exit status 1 where something fails."

    def handle(self, *_args: Any, **_options: Any) -> None:
        parts = readiness()
        self.stdout.write(json.dumps({name: part.as_dict() for name, part in parts.items()}, indent=2))
        if failed := [name for name, part in parts.items() if not part.ok]:
            raise CommandError(f"Not ready: {', '.join(failed)}.")
