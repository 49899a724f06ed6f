"""What several commands take."""

from collections.abc import Callable
from typing import Any

import click

from lms.cli.addresses import DEFAULT, server_address

WAIT_S = 600.0

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _address(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    return server_address(given) if given else None


url: Decorator = click.option(
    "--url",
    envvar="BAREMATH_URL",
    metavar="ADDRESS",
    callback=_address,
    help=f"Address of the server; else BAREMATH_URL, the server signed in to last, {DEFAULT}.",
)
as_json: Decorator = click.option("--json", "as_json", is_flag=True, help="Print one JSON document, nothing else.")
task: Decorator = click.option(
    "--task", metavar="SLUG", help="The task; else what the file's first lines or its name say."
)
backend: Decorator = click.option(
    "--backend", metavar="NAME", help="numpy or torch; else what the file's first lines say, or the task's first."
)
timeout: Decorator = click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    default=WAIT_S,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for a verdict.",
)
