"""What a verdict costs, and what that asks for: predictions, checked against measurements.

Writes model.json, model.md and model.svg. Reads throughput.json and load.json; measures nothing.

- Throughput with W worker processes is that of a closed queueing network with W customers: the cores, of which what
  POSTs take is taken off, and a pause without CPU (waiting for the database's disk and for answers). Solved exactly by
  mean value analysis for a station of several servers (Reiser and Lavenberg, J. ACM 27(2), 1980).
- Waiting at a deadline is that of a queue M/G/c: Erlang's formula with the correction of Allen and Cunneen (Allen,
  Probability, Statistics, and Queueing Theory, 2nd ed., section 5.4), exact for M/G/1 and for M/M/c.
"""

import argparse
import json
import math
import sys
from dataclasses import dataclass
from typing import Any

from benchmarks.model_report import drawing, report
from benchmarks.system.throughput_report import SERVICES

CALIBRATED_WITH = 1  # worker process: the runs with more are predicted
ON_THE_PATH = ("worker", "jail")  # what one verdict spends one after the other
LEARNERS = 100_000
A_WEEK = 6  # submissions of one learner
DEADLINE_SHARE, DEADLINE_H = 0.5, 3.0  # so much of a week's submissions comes in the last hours before the deadline
PATIENCE_S = 10.0
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Cost:
    """One verdict, in seconds: of CPU on the worker's path and beside it, and of waiting without CPU."""

    path_s: float
    beside_s: float
    pause_s: float


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def measure(options: argparse.Namespace) -> None:
    """Compute, print the tables, and write the files into `options.folder`."""
    throughput = json.loads((options.folder / "throughput.json").read_text())
    load = json.loads((options.folder / "load.json").read_text())
    result = modelled(throughput, load)
    text = report(result)
    sys.stdout.write(text)
    (options.folder / "model.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "model.md").write_text(text)
    (options.folder / "model.svg").write_text(drawing(result))


def modelled(throughput: dict[str, Any], load: dict[str, Any]) -> dict[str, Any]:
    """Return predictions beside measurements, and what a deadline asks for."""
    cores = throughput["machine"]["cores"]
    costs = {run["backend"]: cost(run) for run in throughput["runs"] if run["workers"] == CALIBRATED_WITH}
    checks = []
    for run in throughput["runs"]:
        if run["backend"] in costs:
            predicted = verdicts_per_s(costs[run["backend"]], run["workers"], cores)
            error = predicted / run["per_s"] - 1
            check = {"workers": run["workers"], "backend": run["backend"], "measured": run["per_s"]}
            checks.append(check | {"predicted": round(predicted, 1), "error": round(error, 3)})
    return {
        "machine": throughput["machine"],
        "checks": checks,
        "costs_ms": {name: {each: 1e3 * getattr(it, each) for each in it.__slots__} for name, it in costs.items()},
        "thousand": thousand(load),
        "deadline": deadline(load),
    }


def cost(run: dict[str, Any]) -> Cost:
    """Return what a verdict costs, from a run with one worker process that was never idle: each verdict took 1/rate.

    What worker and jail spent beyond that they did at the same time: the jail forks children while the next job begins.
    """
    spent = {service: run["cpu_ms"][service] / 1e3 for service in SERVICES}
    path_s = min(1 / run["per_s"], sum(spent[name] for name in ON_THE_PATH))
    return Cost(path_s, sum(spent.values()) - path_s, 1 / run["per_s"] - path_s)


def verdicts_per_s(one: Cost, processes: int, cores: float) -> float:
    """Return the throughput of so many worker processes, beside the POSTs that hand in as much as they grade."""
    rate = 0.0
    for _ in range(ROUNDS):  # what is left of the cores depends on the rate; half a step at a time settles it
        left = max(cores - rate * one.beside_s, 0.05 * cores)
        rate = (rate + closed_network(processes, left, one.path_s, one.pause_s)) / 2
    return rate


def closed_network(customers: int, servers: float, demand_s: float, pause_s: float) -> float:
    """Return the throughput of a closed network: a station of `servers`, not necessarily whole ones, and a pause."""
    shares = [1.0]  # of the time that n customers are at the station
    rate = 0.0
    for present in range(1, customers + 1):
        residence = sum(n * demand_s / min(n, servers) * shares[n - 1] for n in range(1, present + 1))
        rate = present / (pause_s + residence)
        busy = [rate * demand_s / min(n, servers) * shares[n - 1] for n in range(1, present + 1)]
        shares = [max(0.0, 1 - sum(busy)), *busy]
    return rate


def erlang_c(servers: int, offered: float) -> float:
    """Return the probability that one has to wait in M/M/c; `offered` = arrivals/s times seconds of service."""
    blocked = 1.0
    for n in range(1, servers + 1):  # Erlang's B by recursion: no factorials
        blocked = offered * blocked / (n + offered * blocked)
    return blocked / (1 - offered / servers * (1 - blocked))


@dataclass(frozen=True, slots=True)
class Wait:
    mean_s: float
    p95_s: float


def waiting(arrivals_per_s: float, service_s: float, deviation_s: float, servers: int) -> Wait:
    """Return the wait in M/G/c after Allen and Cunneen; the 95th percentile takes its tail for exponential."""
    offered = arrivals_per_s * service_s
    if offered >= servers:
        return Wait(math.inf, math.inf)
    waits = erlang_c(servers, offered)
    variability = (1 + (deviation_s / service_s) ** 2) / 2  # arrivals are Poisson: their squared variation is 1
    mean_s = waits * service_s / (servers - offered) * variability
    return Wait(mean_s, mean_s / waits * math.log(waits / 0.05) if waits > 0.05 else 0.0)


def thousand(load: dict[str, Any]) -> dict[str, Any]:
    """Return what 1,000 submissions take with all that their learners ask for in `make load`, without its readers."""
    mine = submission_cpu_s(load)
    held = {name: size for name, size in load["memory_mib"].items() if name != "generator"}
    return {
        "cpu_ms_each": {name: round(1e3 * seconds, 1) for name, seconds in mine.items()},
        "core_hours": round(1000 * sum(mine.values()) / 3600, 3),
        "memory_mib": round(sum(held.values())),
        "worker_process_mib": round((held["worker"] + held["jail"]) / load["asked"]["workers"]),
    }


def submission_cpu_s(load: dict[str, Any]) -> dict[str, float]:
    """Return the CPU seconds of one submission by service: what readers' pages take of a service is taken off.

    Web, database, proxy and broker serve both; each request is taken to cost as much as any other.
    """
    counts = {kind: sum(statuses.values()) for kind, statuses in load["statuses"].items()}
    learners = sum(counts.get(kind, 0) for kind in ("POST", "state", "result"))
    share = learners / sum(counts.values())
    n = load["ledger"]["handed_in"]
    shared = {name: load["cpu_s"][name] * share / n for name in ("web", "db", "proxy", "redis")}
    return shared | {name: load["cpu_s"][name] / n for name in ("worker", "jail", "events", "sweeper")}


def deadline(load: dict[str, Any]) -> dict[str, Any]:
    """Return, for one core more at a time, how long learners wait in the last hours before a deadline."""
    mine = submission_cpu_s(load)
    rate = LEARNERS * A_WEEK * DEADLINE_SHARE / (DEADLINE_H * 3600)
    service_s = sum(mine[name] for name in ON_THE_PATH)
    deviation_s = service_s * load["variation"]
    beside = rate * (sum(mine.values()) - service_s)
    least = math.floor(rate * service_s) + 1
    rows: list[dict[str, Any]] = []
    for servers in range(least, 4 * least):
        wait = waiting(rate, service_s, deviation_s, servers)
        rows.append(
            {"graders": servers, "cores": servers + math.ceil(beside), "mean_s": wait.mean_s, "p95_s": wait.p95_s}
        )
        if wait.p95_s == 0:
            break
    return {
        "learners": LEARNERS,
        "a_week": A_WEEK,
        "share": DEADLINE_SHARE,
        "hours": DEADLINE_H,
        "per_s": rate,
        "service_s": service_s,
        "variation": load["variation"],
        "cores_beside": beside,
        "week_core_hours": LEARNERS * A_WEEK * sum(mine.values()) / 3600,
        "rows": rows,
        "enough": next(row for row in rows if row["p95_s"] <= PATIENCE_S),
        "two_cores": drained(rate, sum(mine.values()), load["machine"]["cores"]),
    }


def drained(rate: float, cpu_s: float, cores: float) -> dict[str, float]:
    """Return what becomes of the peak where all cores together give fewer verdicts than come in (a fluid queue)."""
    gives = cores / cpu_s
    excess = max(0.0, rate - gives) * DEADLINE_H * 3600
    return {"cores": cores, "per_s": gives, "waiting": excess, "hours_after": excess / gives / 3600}
