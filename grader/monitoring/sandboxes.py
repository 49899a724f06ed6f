"""The numbers of each worker process's sandboxes, as its heartbeat tells them.

They are labelled by process: a counter may go back to 0 when its process ends, the sum of several may not.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from grader.heartbeats import WorkerState

LABELS = ["process", "kind"]
COUNTERS = {
    "baremath_sandbox_errors": ("errors", "Programs that failed by our fault."),
    "baremath_sandbox_crashes": ("crashes", "Zygotes that ended by themselves."),
}
GAUGES = {
    "baremath_sandbox_parked": ("parked", "Children that wait for a program."),
    "baremath_sandbox_failures_in_a_row": ("failures_in_a_row", "Times that the sandbox could not be opened."),
}
CANARIES = {
    "baremath_sandbox_canaries": ("ran", "Attacks of our own that were tried."),
    "baremath_sandbox_canaries_could_not_run": ("could_not_run", "Attacks of our own that could not be tried."),
}


def metrics(states: list[WorkerState]) -> Iterable[Metric]:
    found = [([f"{state.host}/{state.pid}", box["kind"]], box) for state in states for box in state.sandboxes]
    canaries = [(labels, box["canaries"]) for labels, box in found]
    for name, (key, text) in COUNTERS.items():
        yield _filled(CounterMetricFamily(name, text, labels=LABELS), found, key)
    for name, (key, text) in GAUGES.items():
        yield _filled(GaugeMetricFamily(name, text, labels=LABELS), found, key)
    for name, (key, text) in CANARIES.items():
        yield _filled(CounterMetricFamily(name, text, labels=LABELS), canaries, key)
    programs = CounterMetricFamily("baremath_sandbox_programs", "Programs by how they ended.", labels=[*LABELS, "end"])
    breaches = GaugeMetricFamily("baremath_sandbox_breaches", "Walls of the jail that did not hold.", labels=LABELS)
    tried = GaugeMetricFamily(
        "baremath_sandbox_canary_timestamp_seconds", "When the last attack of our own was tried.", labels=LABELS
    )
    for labels, box in found:
        for end, number in box["ends"].items():
            programs.add_metric([*labels, end], number)
        breaches.add_metric(labels, len(box["canaries"]["breaches"]))
        if box["canaries"]["last"]:
            tried.add_metric(labels, datetime.fromisoformat(box["canaries"]["last"]).timestamp())
    yield from (programs, breaches, tried)


def _filled(family: Any, found: list[tuple[list[str], dict[str, Any]]], key: str) -> Metric:
    for labels, numbers in found:
        family.add_metric(labels, numbers[key])
    result: Metric = family
    return result
