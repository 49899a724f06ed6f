"""Whether a verdict takes longer the more submissions there are: stored, or waiting. Writes growth.json and growth.md.

`make bench-growth` keeps the queue at one length and then at the other, as `make bench-throughput` does, beside few and
beside many stored submissions, in turn.
"""

import argparse
import json
import sys
from statistics import fmean
from typing import Any

from benchmarks import machine
from benchmarks.system.stack import Stack, running
from benchmarks.system.throughput import signed_up, sustained
from benchmarks.system.throughput_report import SERVICES, head, row
from benchmarks.tables import table

BACKEND = "numpy"
_EXPLANATION = """\
As in throughput.md, with {workers} worker processes. Stored: {many:,} graded submissions of others are put into the
database and taken out again, in turn. Waiting: the queue is kept at {few} and at {many:,}. The machine is as fast at
one moment as at another only by chance: CPU milliseconds for a verdict say more than verdicts a second.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=2, help="of each number of stored submissions, in turn")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--warm", type=float, default=5)
    parser.add_argument("--seconds", type=float, default=20, help="of each measurement")


def measure(options: argparse.Namespace) -> None:
    """Measure, print the tables, and write the files into `options.folder`."""
    facts = machine.facts()
    with running(options.workers, QUEUE_MAX=str(2 * options.many)) as stack:
        tokens = signed_up(stack)
        runs = [*_stored(stack, tokens, options), *_waiting(stack, tokens, options)]
    ratios = {what: _ratio(runs, what) for what in ("stored", "waiting")}
    asked = {name: getattr(options, name) for name in ("few", "many", "workers", "seconds")}
    result = {"machine": facts, **asked, "runs": runs, "ratios": ratios}
    text = report(result)
    sys.stdout.write(text)
    (options.folder / "growth.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "growth.md").write_text(text)


def report(result: dict[str, Any]) -> str:
    columns = ["", "verdicts/s", "verdicts", "at work, ms", "CPU ms", *SERVICES, "rest"]
    lines = [
        f"- {what}: {each['cpu']:.2f} times the CPU and {each['time']:.2f} times the time for each verdict beside "
        f"{result['many']:,} as beside {result['few']}"
        for what, each in result["ratios"].items()
    ]
    return "\n".join([
        head("A verdict beside many submissions, measured", "make bench-growth", result["machine"]),
        _EXPLANATION.format(**result),
        table(columns, [row(f"{run['count']:,} {run['what']}", run) for run in result["runs"]]),
        *lines,
        "",
    ])  # fmt: skip


def _stored(stack: Stack, tokens: list[str], options: argparse.Namespace) -> list[dict[str, Any]]:
    runs = []
    for _ in range(options.rounds):
        runs.append(_run(stack, tokens, options, "stored", options.few))
        stack.inside("crowd", options.many)
        runs.append(_run(stack, tokens, options, "stored", options.many))
        stack.inside("forget-crowd")
    return runs


def _waiting(stack: Stack, tokens: list[str], options: argparse.Namespace) -> list[dict[str, Any]]:
    few = _run(stack, tokens, options, "waiting", options.few)
    stack.pause_worker()
    stack.inside("backlog", options.many - options.few)
    stack.resume_worker()
    return [few, _run(stack, tokens, options, "waiting", options.many)]


def _run(stack: Stack, tokens: list[str], options: argparse.Namespace, what: str, count: int) -> dict[str, Any]:
    waiting = count if what == "waiting" else options.few
    found = sustained(stack, tokens, BACKEND, waiting, options.warm, options.seconds)
    return {"what": what, "count": count, **found}


def _ratio(runs: list[dict[str, Any]], what: str) -> dict[str, float]:
    """Return how much more a verdict took beside many than beside few: CPU of our own services, and time."""
    mine = [run for run in runs if run["what"] == what]
    few, many = ([run for run in mine if run["count"] == count] for count in sorted({run["count"] for run in mine}))

    def cpu(chosen: list[dict[str, Any]]) -> float:
        return fmean(sum(run["cpu_ms"][service] for service in SERVICES) for run in chosen)

    def time_of_one(chosen: list[dict[str, Any]]) -> float:
        return fmean(1 / run["per_s"] for run in chosen)

    return {"cpu": round(cpu(many) / cpu(few), 3), "time": round(time_of_one(many) / time_of_one(few), 3)}
