"""Learners who hand in within a minute while others read, on the whole system. Writes load.json, load.md, load.svg.

`make load` starts the services of docker-compose.yml as plain processes: PostgreSQL with fsync, Redis with its
append-only file, gunicorn, uvicorn, the worker, the sweeper and nginx. The learners and readers run beside them on the
same cores.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from statistics import fmean, pstdev
from typing import Any

from benchmarks import machine
from benchmarks.system import ledger
from benchmarks.system.answers import SHARES, Source, drawn, sources
from benchmarks.system.arrivals import SHAPES, arrivals
from benchmarks.system.load_report import drawing, report
from benchmarks.system.process import Generator
from benchmarks.system.spread import spread
from benchmarks.system.stack import Stack, difference, running
from benchmarks.system.storm import Outcome, Plan, Visit, play
from benchmarks.system.watch import QUEUE_EVERY_S, Watch

READ = {"task": 35, "lesson": 35, "course": 15, "progress": 15}
LEAD_S = 3.0  # for the generator to start
PATIENCE_S = 90.0  # after the last learner


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learners", type=int, default=1000, help="each hands in once")
    parser.add_argument("--seconds", type=float, default=60, help="within which they do")
    parser.add_argument("--shape", choices=SHAPES, default="poisson", help="of their arrivals")
    parser.add_argument("--readers", type=int, default=100, help="who read pages meanwhile")
    parser.add_argument("--think", type=float, default=1.0, help="mean seconds between a reader's pages")
    parser.add_argument("--events", type=float, default=0.2, help="share of learners who follow the event stream")
    parser.add_argument("--workers", type=int, default=2, help="worker processes")
    parser.add_argument("--warm", type=float, default=10, help="seconds of reading alone, before")
    parser.add_argument("--seed", type=int, default=1)


def measure(options: argparse.Namespace) -> None:
    """Measure, print the report, and write the three files into `options.folder`; end with 1 if anything was lost."""
    facts = machine.facts()
    with running(options.workers) as stack:
        result = {"machine": facts, **measured(stack, options)}
    text = report(result)
    sys.stdout.write(text)
    (options.folder / "load.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "load.md").write_text(text)
    (options.folder / "load.svg").write_text(drawing(result))
    if not result["ledger"]["holds"]:
        raise SystemExit("Something was lost, doubled or judged wrongly: see load.json.")


def measured(stack: Stack, options: argparse.Namespace) -> dict[str, Any]:
    """Let everybody hand in and read on a running system, and return what was seen."""
    rng = random.Random(options.seed)  # noqa: S311 -- a seeded plan
    pool = sources()
    people = stack.inside("people", options.learners, options.readers)
    visits = _visits(options, people["learners"], pool, rng)
    ends_s = options.warm + options.seconds
    plan = Plan(
        host=stack.host,
        port=stack.port,
        start=time.time() + LEAD_S,
        ends_s=ends_s,
        gives_up_s=ends_s + PATIENCE_S,
        visits=visits,
        readers=people["readers"],
        pages=people["pages"],
        shares=READ,
        think_s=options.think,
        seed=options.seed,
    )
    outcome, seen = _played(stack, plan, options.warm)
    audited = ledger.audit(stack.query(ledger.SQL), _absolute(outcome, plan), {each.name: each for each in pool})
    asked = {name: getattr(options, name) for name in ("learners", "seconds", "shape", "readers", "think", "events")}
    return {
        "asked": asked | {"workers": options.workers, "seed": options.seed, "mix": SHARES},
        **seen,
        "requests": _by_kind(outcome, options.warm, ends_s),
        "statuses": _statuses(outcome),
        "verdict": _verdicts(outcome, audited),
        "variation": round(pstdev(audited.service_s) / fmean(audited.service_s), 3) if audited.service_s else 0.0,
        "ledger": {
            **{name: getattr(audited, name) for name in ("handed_in", "verdicts", "holds", "wrong")},
            **{name: len(getattr(audited, name)) for name in ("lost", "doubled", "unasked")},
            "by_sort": audited.by_sort,
        },
        "generator": {"cpu_s": round(outcome.cpu_s, 2), "late_ms": round(1e3 * outcome.late_s, 1)},
    }


def _visits(
    options: argparse.Namespace, people: list[dict[str, str]], pool: list[Source], rng: random.Random
) -> list[Visit]:
    """Give each learner a time after the readers have warmed up, a source, and a way to follow it."""
    times = arrivals(options.learners, options.seconds, options.shape, rng)
    return [
        Visit(
            options.warm + at, who, source.task, source.backend, source.text, source.name, rng.random() < options.events
        )
        for at, who, source in zip(times, people, drawn(pool, options.learners, rng), strict=True)
    ]


def _played(stack: Stack, plan: Plan, warm_s: float) -> tuple[Outcome, dict[str, Any]]:
    """Let the generator play; return what it saw, and what was seen from outside meanwhile."""
    generator = Generator(play, plan)
    watch = Watch(stack.database, {**stack.roots, "generator": generator.pid}, plan.start + warm_s)
    time.sleep(max(0.0, plan.start - time.time()))
    before, began = stack.spent(generator.pid), time.time()
    spent = before
    while generator.is_at_work():
        watch.look()
        spent = stack.spent(generator.pid)
        time.sleep(QUEUE_EVERY_S)
    lasted_s = time.time() - began
    outcome: Outcome = generator.result()
    watch.close()
    seen = {"lasted_s": round(lasted_s, 1), "cpu_s": difference(before, spent)}
    return outcome, seen | {"memory_mib": watch.memory, "queue": watch.queue}


def _absolute(outcome: Outcome, plan: Plan) -> dict[str, dict[str, Any]]:
    return {pk: note | {"at": plan.start + note["at"]} for pk, note in outcome.handed_in.items()}


def _by_kind(outcome: Outcome, first_s: float, last_s: float) -> dict[str, dict[str, float]]:
    """Return the times of the answers that were given, of what was asked while learners handed in, by kind.

    Requests without an answer count in the statuses, not here.
    """
    times: dict[str, list[float]] = {kind: [] for kind in (*READ, "POST", "state", "result")}
    for kind, seconds, status, meant in outcome.requests:
        if status and kind in times and first_s <= meant < last_s + (0 if kind in READ else PATIENCE_S):
            times[kind].append(seconds)
    pages = [seconds for kind in READ for seconds in times[kind]]
    return {"all pages": spread(pages)} | {kind: spread(seconds) for kind, seconds in times.items()}


def _statuses(outcome: Outcome) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {}
    for kind, _, status, _ in outcome.requests:
        counted.setdefault(kind, Counter())[str(status or "no answer")] += 1
    return counted


def _verdicts(outcome: Outcome, audited: ledger.Ledger) -> dict[str, dict[str, float]]:
    seen: dict[bool, list[float]] = {True: [], False: []}
    for note in outcome.handed_in.values():
        if "seen" in note:
            seen[note["by_events"]].append(note["seen"] - note["at"])
    return {
        "stored": spread(list(audited.waits_s.values())),
        "seen by events": spread(seen[True]),
        "seen by asking": spread(seen[False]),
    }
