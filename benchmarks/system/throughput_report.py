"""What `make bench-throughput` and `make bench-growth` found, as Markdown."""

from collections.abc import Mapping
from typing import Any

from benchmarks import machine
from benchmarks.tables import milliseconds, table

SERVICES = ("db", "redis", "web", "worker", "jail", "proxy", "events", "sweeper", "generator")
_EXPLANATION = """\
The task {task}, answers that are accepted. {waiting} submissions are kept in the system for {seconds:g} s by POSTs to
the API through nginx, which run on the same cores, as do PostgreSQL (fsync on), Redis (append-only file) and the
generator. CPU: milliseconds for each verdict, all from its POST on. At work: from the claim to the stored verdict.
"""


def head(title: str, command: str, facts: Mapping[str, Any]) -> str:
    warning = machine.warning(facts)
    return "\n".join([
        f"<!-- Written by `{command}`. -->\n# {title}\n",
        machine.sentence(facts) + "\n",
        f"**{warning}**\n" if warning else "The machine was quiet.\n",
    ])  # fmt: skip


def report(result: Mapping[str, Any]) -> str:
    """Return a row for each number of worker processes and each backend."""
    columns = ["workers, backend", "verdicts/s", "verdicts", "at work, ms", "CPU ms", *SERVICES, "rest"]
    return "\n".join([
        head("Verdicts a second, end to end, measured", "make bench-throughput", result["machine"]),
        _EXPLANATION.format(**result),
        table(columns, [row(f"{run['workers']}, {run['backend']}", run) for run in result["runs"]]),
        "`rest` is what the machine spent beside: kernel threads, this measurement, other people's programs.\n",
    ])  # fmt: skip


def row(name: str, run: Mapping[str, Any]) -> list[str]:
    """Return the cells of one measurement."""
    spent = run["cpu_ms"]
    together = sum(spent[service] for service in SERVICES)
    cells = [f"{run['per_s']:.1f}", f"{run['verdicts']:,}", milliseconds(run["service_ms"]["mean"])]
    cells += [milliseconds(together), *(milliseconds(spent[service]) for service in SERVICES)]
    return [name, *cells, milliseconds(spent["machine"] - together)]
