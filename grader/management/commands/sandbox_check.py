"""`manage.py sandbox_check`: what protects this machine from learners' code, found out by trying."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand

from grader.sandbox.layers import Layer, check_layers


class Command(BaseCommand):
    help = "Try every layer of the sandbox. Exit status: 0 if all hold, 1 otherwise."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the layers as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        layers = check_layers()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(layer) for layer in layers], indent=2))
        else:
            self.stdout.write("\n".join(lines(layers)))
        if not all(layer.holds for layer in layers):
            sys.exit(1)


def lines(layers: list[Layer]) -> Iterator[str]:
    """Yield the layers for a person at a terminal."""
    width = max(len(layer.name) for layer in layers)
    for layer in layers:
        yield f"{'holds  ' if layer.holds else 'MISSING'}  {layer.name:<{width}}  {layer.reason}"
        if layer.remedy:
            yield f"{'':{width + 9}}  {'Stronger still' if layer.holds else 'To mend it'}: {layer.remedy}"
    missing = sum(not layer.holds for layer in layers)
    yield f"{missing} layers are missing: nothing is graded here." if missing else "Every layer holds."
