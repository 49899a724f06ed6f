"""What `make load` found, as Markdown and as a chart."""

from collections.abc import Mapping
from typing import Any

from benchmarks import machine
from benchmarks.chart import Bar, chart
from benchmarks.tables import milliseconds, table

ROWS = 16  # of the table of the queue
_HEAD = ["", "n", "p50", "p95", "p99", "max"]
_EXPLANATION = """\
{learners:,} learners hand in one answer each within {seconds:g} s ({shape} arrivals, seed {seed}), whether earlier ones
were answered or not; a POST counts from the moment when it was meant to be sent. {events:.0%} of them follow the event
stream, the others ask for the state as the page does where streams fail; then each reads the result. Meanwhile
{readers} readers, signed in, open pages with {think:g} s of thought between them on average. Everything goes through
nginx and runs on this one machine, generator included: PostgreSQL with fsync, Redis with its append-only file,
{workers} worker processes. The mix in percent: {mix}.
"""


def report(result: Mapping[str, Any]) -> str:
    """Return the result as Markdown."""
    facts, asked = result["machine"], result["asked"]
    mix = ", ".join(f"{sort} {share}" for sort, share in asked["mix"].items())
    warning = machine.warning(facts)
    return "\n".join([
        "<!-- Written by `make load`. -->\n# The whole system under load, measured\n",
        machine.sentence(facts) + "\n",
        f"**{warning}**\n" if warning else "The machine was quiet.\n",
        _EXPLANATION.format(**{**asked, "mix": mix}),
        _ledger(result["ledger"]),
        "## Times\n\nMilliseconds.\n",
        table(_HEAD, [*_times(result["requests"]), *_times({f"verdict {k}": v for k, v in result["verdict"].items()})]),
        "## Answers\n",
        table(["", "status", "requests"], _statuses(result["statuses"])),
        "## Verdicts by what was handed in\n",
        table(["", "verdict", "submissions"], _statuses(result["ledger"]["by_sort"])),
        "## What each service took\n",
        _services(result),
        "## How many waited or were being graded\n",
        table(["seconds after the first learner", "submissions"], _queue(result["queue"])),
        "",
    ])  # fmt: skip


def drawing(result: Mapping[str, Any]) -> str:
    """Return the times as a chart."""
    groups: dict[str, dict[str, Any]] = {"Pages": {}, "Handing in": {}, "The verdict": result["verdict"]}
    for kind, times in result["requests"].items():
        groups["Handing in" if kind in {"POST", "state", "result"} else "Pages"][kind] = times
    bars = [
        Bar(group, label, times["p50"], times["p95"], ours=label != "all pages")
        for group, members in groups.items()
        for label, times in members.items()
        if times["n"]
    ]
    asked = result["asked"]
    title = f"{asked['learners']:,} learners within {asked['seconds']:g} s beside {asked['readers']} readers"
    note = f"Median (bar) and 95th percentile (line). {machine.sentence(result['machine'])}"
    return chart(title, bars, f"{note} {machine.warning(result['machine'])}".strip())


def _ledger(found: Mapping[str, Any]) -> str:
    sentence = (
        f"**{found['verdicts']:,} verdicts on {found['handed_in']:,} submissions that were taken (202): "
        f"{found['lost']} lost, {found['doubled']} with a second verdict, {found['unasked']} that nobody was told of, "
        f"{len(found['wrong'])} with a verdict that the source must not get.**\n"
    )
    return sentence + "".join(f"- {line}\n" for line in found["wrong"][:10])


def _times(spreads: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    return [
        [name, str(times["n"]), *(milliseconds(times[each]) if times["n"] else "" for each in _HEAD[2:])]
        for name, times in spreads.items()
    ]


def _statuses(counted: Mapping[str, Mapping[str, int]]) -> list[list[str]]:
    return [[kind, what, f"{n:,}"] for kind, counts in counted.items() for what, n in sorted(counts.items())]


def _services(result: Mapping[str, Any]) -> str:
    spent, held = result["cpu_s"], result["memory_mib"]
    cores, lasted = result["machine"]["cores"], result["lasted_s"]
    together = sum(seconds for name, seconds in spent.items() if name != "machine")
    rows = [
        [name, f"{seconds:.1f}", f"{seconds / lasted:.2f}", f"{held[name]:.0f}"]
        for name, seconds in spent.items()
        if name != "machine"
    ]
    rows.append(["**together**", f"{together:.1f}", f"{together / lasted:.2f}", f"{sum(held.values()):.0f}"])
    rows.append(["the whole machine", f"{spent['machine']:.1f}", f"{spent['machine'] / lasted:.2f}", ""])
    generator = result["generator"]
    return table(["service", "CPU s", "cores", "most MiB"], rows) + (
        f"\nIn {lasted:.0f} s on {cores} cores, from the first reader to the last verdict. Memory is the proportional "
        f"set size, the most of each service. `jail` is what learners' code runs in, taken out of `worker`. The "
        f"generator was late by {generator['late_ms']:.0f} ms at most.\n"
    )


def _queue(queue: list[tuple[float, int]]) -> list[list[str]]:
    """Return a row for every so many of the looks, and for the last one."""
    shown = [look for look in queue if look[0] >= 0]
    step = max(1, len(shown) // ROWS)
    return [[f"{at:.0f}", str(waiting)] for at, waiting in [*shown[:-1:step], *shown[-1:]]]
