"""How many verdicts a second the whole system gives while its queue never empties. Writes throughput.json and .md.

`make bench-throughput` starts the services of docker-compose.yml anew for each number of worker processes. What is
handed in comes over HTTP through nginx, on the same cores: a verdict here has paid for its POST.
"""

import argparse
import json
import sys
import time
from typing import Any

from benchmarks import machine
from benchmarks.system.answers import sources
from benchmarks.system.feeding import Fed, Feed, play
from benchmarks.system.process import Generator
from benchmarks.system.stack import Stack, difference, running
from benchmarks.system.throughput_report import report
from benchmarks.system.watch import Watch

TASK = "mean-squared-error"  # that of `make bench-verdict`
LEARNERS = 20  # who hand in by turns
LEAD_S = 2.0
SINCE = """
SELECT count(*), coalesce(avg(extract(epoch FROM finished - claimed)), 0)::float,
       coalesce(stddev_pop(extract(epoch FROM finished - claimed)), 0)::float,
       count(*) FILTER (WHERE verdict <> 'accepted')
FROM grader_gradingrun WHERE finished BETWEEN to_timestamp({}) AND to_timestamp({})
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4], help="worker processes, one run for each")
    parser.add_argument("--backends", nargs="+", default=["numpy", "torch"])
    parser.add_argument("--waiting", type=int, default=100, help="submissions that are kept in the system")
    parser.add_argument("--warm", type=float, default=8, help="seconds before the clock counts")
    parser.add_argument("--seconds", type=float, default=30, help="of each measurement")


def measure(options: argparse.Namespace) -> None:
    """Measure, print the table, and write the files into `options.folder`."""
    facts = machine.facts()
    runs = [run for processes in options.workers for run in _with(processes, options)]
    result = {"machine": facts, "task": TASK, "waiting": options.waiting, "seconds": options.seconds, "runs": runs}
    text = report(result)
    sys.stdout.write(text)
    (options.folder / "throughput.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "throughput.md").write_text(text)


def _with(processes: int, options: argparse.Namespace) -> list[dict[str, Any]]:
    with running(processes) as stack:
        tokens = signed_up(stack)
        return [
            {"workers": processes, "backend": backend}
            | sustained(stack, tokens, backend, options.waiting, options.warm, options.seconds)
            for backend in options.backends
        ]


def signed_up(stack: Stack) -> list[str]:
    """Make the learners; return a token for each."""
    stack.inside("people", LEARNERS, 0)
    tokens: list[str] = stack.inside("tokens", LEARNERS)
    return tokens


def sustained(
    stack: Stack, tokens: list[str], backend: str, waiting: int, warm_s: float, seconds: float
) -> dict[str, Any]:
    """Keep so many submissions in the system; return verdicts a second, and CPU seconds for a verdict by service."""
    pool = [each for each in sources([TASK]) if each.sort == f"{backend}, right"]
    bodies = [{"task": TASK, "backend": backend, "source": each.text} for each in pool]
    starts = time.time() + LEAD_S + warm_s
    feed = Feed(stack.host, stack.port, stack.database, tokens, bodies, waiting, starts + seconds)
    generator = Generator(play, feed)
    watch = Watch(stack.database, stack.roots, starts)
    time.sleep(max(0.0, starts - time.time()))
    before, began = stack.spent(generator.pid), time.time()
    while time.time() < starts + seconds - 1 and generator.is_at_work():
        watch.look()
        time.sleep(1)
    after, ended = stack.spent(generator.pid), time.time()
    fed: Fed = generator.result()
    watch.close()
    verdicts, mean_s, deviation_s, wrong = stack.query(SINCE.format(began, ended))[0]
    lasted_s = ended - began
    return {
        "verdicts": verdicts,
        "not_accepted": wrong,
        "refused": fed.refused,
        "per_s": round(verdicts / lasted_s, 2),
        "service_ms": {"mean": round(1e3 * mean_s, 2), "deviation": round(1e3 * deviation_s, 2)},
        "cpu_ms": {name: round(1e3 * s / max(1, verdicts), 2) for name, s in difference(before, after).items()},
        "waiting": [count for _, count in watch.queue],
        "memory_mib": watch.memory,
    }
