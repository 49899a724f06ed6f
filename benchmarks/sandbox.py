"""Time and memory of the sandbox beside other ways to run a submission, measured in one interleaved run.

Writes sandbox.json, sandbox.md and sandbox.svg.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from benchmarks import load, machine, memory, ways
from benchmarks.chart import Bar, chart
from benchmarks.summary import Summary
from benchmarks.tables import milliseconds, table
from grader.sandbox import Kind

MAX_ROUNDS = 1000
SUPERVISORS = (1, 2, 4)
CHILDREN = 16
EARLY = 100

Result = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-n", "--rounds", type=int, default=20, help=f"interleaved rounds, at most {MAX_ROUNDS}")
    parser.add_argument("--repeats", type=int, default=10, help="runs of each of our ways in a round")
    parser.add_argument("--kinds", nargs="+", choices=["numpy", "torch"], default=["numpy", "torch"])
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement of throughput")
    parser.add_argument("--submissions", type=int, default=5000, help="after which the supervisor is looked at again")


def measure(options: argparse.Namespace) -> None:
    """Measure, print the tables, and write the three files into `options.folder`."""
    if not 1 <= options.rounds <= MAX_ROUNDS or options.repeats < 1 or options.submissions <= EARLY:
        raise SystemExit(f"Give 1 to {MAX_ROUNDS} rounds, at least 1 repeat and more than {EARLY} submissions.")
    facts = machine.facts()
    _say(f"{machine.sentence(facts)}\n{machine.warning(facts)}\n")
    kinds: list[Kind] = options.kinds
    with ways.opened(kinds) as opened:
        times = ways.interleaved(opened, options.rounds, options.repeats)
    result: Result = {
        "machine": facts,
        "ways": [_way(each) for each in times],
        "throughput": {
            kind: {str(count): load.throughput(kind, count, options.seconds) for count in SUPERVISORS} for kind in kinds
        },
        "memory": {kind: memory.held_by_jail(kind, CHILDREN) for kind in kinds},
        "endurance": {kind: load.endurance(kind, EARLY, options.submissions) for kind in kinds},
    }
    text = report(result)
    _say(text)
    (options.folder / "sandbox.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "sandbox.md").write_text(text)
    (options.folder / "sandbox.svg").write_text(_chart(result))
    _say(f"Written to {options.folder}: sandbox.json, sandbox.md, sandbox.svg")


def report(result: Result) -> str:
    """Return the result as Markdown."""
    facts = result["machine"]
    parts = [
        "<!-- Written by `make bench-sandbox`. -->\n# The sandbox, measured\n",
        machine.sentence(facts) + "\n",
        f"**{machine.warning(facts)}**\n" if machine.warning(facts) else "The machine was quiet.\n",
        "## One trivial submission, from the request to its answer\n",
        _ways_table(result),
        "![The medians of this table as bars](sandbox.svg)\n",
        "## Of that, from sending the source to having its output\n",
        _exchange_table(result),
        "## Verdicts a second\n",
        _throughput_table(result),
        "## Memory of a jail with many parked children\n",
        _memory_table(result),
        "## A supervisor that goes on and on\n",
        _endurance_table(result),
    ]
    return "\n".join(parts)


def _way(times: ways.Times) -> Result:
    exchange = Summary.of(times.exchanges).as_dict() if times.exchanges else None
    facts = {"name": times.way.name, "kind": times.kind, "ours": times.way.is_ours, "exchange": exchange}
    return facts | Summary.of(times.seconds).as_dict()


def speedup(result: Result, way: Mapping[str, Any]) -> float:
    """Return how many times faster than the bare interpreter with its import a way is, by the medians of this run."""
    bare = next(other for other in result["ways"] if other["name"] == ways.Bare.name and other["kind"] == way["kind"])
    return float(bare["median"] / way["median"])


def _ways_table(result: Result) -> str:
    rows = [
        [
            f"{way['kind']}: {way['name']}",
            milliseconds(way["median"]),
            milliseconds(way["p95"]),
            milliseconds(way["least"]),
            f"{speedup(result, way):.1f} x",
            str(way["n"]),
        ]
        for way in result["ways"]
    ]
    return table(["way", "median ms", "p95 ms", "best ms", "faster than bare", "runs"], rows)


def _exchange_table(result: Result) -> str:
    rows = [
        [
            f"{way['kind']}: {way['name']}",
            milliseconds(way["exchange"]["median"]),
            milliseconds(way["exchange"]["p95"]),
            milliseconds(way["exchange"]["least"]),
            f"{speedup(result, way) * way['median'] / way['exchange']['median']:.1f} x",
        ]
        for way in result["ways"]
        if way["exchange"]
    ]
    return table(["way", "median ms", "p95 ms", "best ms", "faster than all of bare"], rows)


def _throughput_table(result: Result) -> str:
    rows = [
        [kind, *(f"{rates[str(count)]:.0f}" for count in SUPERVISORS)] for kind, rates in result["throughput"].items()
    ]
    return table(["kind", *(f"{count} at once" for count in SUPERVISORS)], rows)


def _memory_table(result: Result) -> str:
    rows = []
    for kind, held in result["memory"].items():
        if isinstance(held, str):
            rows.append([kind, held, "", ""])
        else:
            cells = [f"{held[name]:.1f}" for name in ("together_mib", "zygote_mib", "child_mib")]
            rows.append([f"{kind}, {held['children']} children", *cells])
    return table(["PSS, MiB", "together", "zygote", "largest child"], rows)


def _endurance_table(result: Result) -> str:
    rows = [
        [f"{kind}, after {mark['submissions']:,}", f"{mark['resident_kib'] / 1024:.1f}", str(mark["descriptors"])]
        for kind, marks in result["endurance"].items()
        for mark in marks
    ]
    return table(["submissions", "resident MiB", "open descriptors"], rows)


def _chart(result: Result) -> str:
    bars = [Bar(way["kind"], way["name"], way["median"], way["p95"], ours=way["ours"]) for way in result["ways"]]
    title = "One trivial submission: median time, p95 as a line (logarithmic scale)"
    return chart(title, bars, machine.sentence(result["machine"]))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
