"""The cost model's predictions, as Markdown and as a chart."""

import math
from collections.abc import Mapping
from typing import Any

from benchmarks import machine
from benchmarks.chart import Bar, chart
from benchmarks.tables import milliseconds, table

_CHECK = """\
A closed queueing network, calibrated with one worker process and solved by mean value analysis: the CPU that a verdict
takes on the worker's path ({path} ms for NumPy), the CPU that its POST and the services take beside it ({beside} ms),
and its pauses ({pause} ms). What more worker processes give is predicted from that, and was measured.
"""
_THOUSAND = """
In the mix of `make load`, with the asking for the state and the reading of the result, without the pages of readers:
**{core_hours:.3f} core hours for 1,000 submissions**. All services together hold {memory_mib:,} MiB at most; one worker
process with its jails {worker_process_mib} MiB.
"""
_DEADLINE = """\
Assumed: {learners:,} learners, {a_week} submissions of each a week, {share:.0%} of them in the last {hours:g} hours,
evenly: {per_s:.1f} a second. A submission takes {service_ms:.0f} ms in the worker and its jail; all that its learner
asks for beside that takes {cores_beside:.1f} cores at this rate. Waiting before grading begins: M/G/c after Allen and
Cunneen, with service times whose deviation is {variation:.2f} of their mean, as in `make load`. A grader is a worker
process with a core of its own.
"""
_ENOUGH = """\
**{graders} graders on {cores} cores** keep 95 % of the waits below 10 s. The week takes {week:.0f} core hours in all.
On {few:g} cores, which give {per_s:.0f} verdicts a second, {waiting:,.0f} would wait at the deadline, and the last of
them for {hours_after:.1f} hours.
"""


def report(result: Mapping[str, Any]) -> str:
    """Return the result as Markdown."""
    facts, warning = result["machine"], machine.warning(result["machine"])
    numpy = {name: milliseconds(value) for name, value in result["costs_ms"]["numpy"].items()}
    return "\n".join([
        "<!-- Written by `make bench-model`. -->\n# What a verdict costs, and what that asks for: a model\n",
        machine.sentence(facts) + "\n",
        f"**{warning}**\n" if warning else "The machine was quiet.\n",
        "## Verdicts a second\n",
        _CHECK.format(path=numpy["path_s"], beside=numpy["beside_s"], pause=numpy["pause_s"]),
        table(["worker processes, backend", "predicted", "measured", "error"], map(_check, result["checks"])),
        "## 1,000 submissions\n",
        _thousand(result["thousand"]),
        "## A deadline\n",
        _deadline(result["deadline"]),
    ])  # fmt: skip


def drawing(result: Mapping[str, Any]) -> str:
    """Return predictions and measurements as a chart."""
    bars = []
    for check in result["checks"]:
        group = f"{check['backend']}, worker processes: {check['workers']}"
        bars += [Bar(group, name, check[name], check[name], name == "measured") for name in ("predicted", "measured")]
    note = f"End to end, POST included. Calibrated with one worker process. {machine.sentence(result['machine'])}"
    return chart("Verdicts a second", bars, f"{note} {machine.warning(result['machine'])}".strip(), unit="/s")


def _check(check: Mapping[str, Any]) -> list[str]:
    error = "calibrated" if check["workers"] == 1 else f"{check['error']:+.0%}"
    return [f"{check['workers']}, {check['backend']}", f"{check['predicted']:.1f}", f"{check['measured']:.1f}", error]


def _thousand(costs: Mapping[str, Any]) -> str:
    each = costs["cpu_ms_each"]
    rows = [[name, milliseconds(value)] for name, value in each.items()]
    rows.append(["**together**", milliseconds(sum(each.values()))])
    return table(["service", "CPU ms for each"], rows) + _THOUSAND.format(**costs)


def _deadline(found: Mapping[str, Any]) -> str:
    rows = [
        [str(row["graders"]), str(row["cores"]), _seconds(row["mean_s"]), _seconds(row["p95_s"])]
        for row in found["rows"][:12]
    ]
    few = {**found["two_cores"], "few": found["two_cores"]["cores"]}
    enough = {**few, **found["enough"], "week": found["week_core_hours"]}
    return "\n".join([
        _DEADLINE.format(**found, service_ms=1e3 * found["service_s"]),
        table(["graders", "cores in all", "mean wait, s", "95 % wait less than, s"], rows),
        _ENOUGH.format(**enough),
    ])  # fmt: skip


def _seconds(value: float) -> str:
    return "grows" if math.isinf(value) else f"{value:.2f}"
