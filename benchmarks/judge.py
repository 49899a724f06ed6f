"""What the judge itself takes: cases, reference, comparison, feedback. Writes judge.json and judge.md.

For every task and backend an accepted and a wrong variant are graded in turn, round after round, so that whatever else
the machine does falls on all of them alike. The time of the learner's code, of the jail around it, of the second run
and of the wrong variants that are run to name a mistake is left out.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import machine
from benchmarks.summary import Summary
from benchmarks.tables import milliseconds, table
from courses.task_format import Task, load_task
from grader.judge import grade
from grader.sandbox import Sandbox

CONTENT = Path(__file__).resolve().parents[1] / "courses" / "content"
BAR_MS = 10
PHASES = {
    "cases_drawn": "cases",
    "reference_computed": "reference",
    "compared": "comparison",
    "described": "feedback",
}
_EXPLANATION = """\
{n} gradings of each submission after one to warm up, all submissions in turn. Milliseconds, median (95th percentile);
the reference outputs of sample and edge cases are kept from one grading to the next, as in a worker. The last column is
the least that the whole took: where others use the machine, it says more of the judge than the median does.
"""


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission that is graded over and over."""

    task: Task
    backend: str
    verdict: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.task.slug}, {self.backend}, {self.verdict}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-n", "--rounds", type=int, default=20, help="gradings of each submission, in turn")
    parser.add_argument("--tasks", nargs="*", default=[], help="slugs; all tasks where none is given")


def measure(options: argparse.Namespace) -> None:
    """Measure, print the table, and write the two files into `options.folder`."""
    facts = machine.facts()
    graded = list(_graded(options.tasks))
    times: dict[str, list[dict[str, float]]] = defaultdict(list)
    with ExitStack() as stack:
        kinds = sorted({each.backend for each in graded})
        sandboxes = {kind: stack.enter_context(Sandbox("torch" if kind == "torch" else "numpy")) for kind in kinds}
        for seed in range(1 + options.rounds):
            for each in graded:
                verdict = grade(each.task, each.source, each.backend, sandboxes[each.backend], seed=seed)
                if seed:
                    times[each.name].append(own_seconds(verdict.phases))
    result = {"machine": facts, "submissions": {name: _summaries(each) for name, each in times.items()}}
    text = report(result)
    sys.stdout.write(text)
    (options.folder / "judge.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.folder / "judge.md").write_text(text)


def own_seconds(phases: Mapping[str, float]) -> dict[str, float]:
    """Return the seconds of the judge's own phases, and of all of them together."""
    begins = dict(zip(phases, (0.0, *phases.values()), strict=False))
    own = {name: phases[name] - begins[name] for name in PHASES}
    return {**own, "together": sum(own.values())}


def report(result: Mapping[str, Any]) -> str:
    """Return the result as Markdown: a row for each submission."""
    facts, submissions = result["machine"], result["submissions"]
    medians = {name: phases["together"]["median"] for name, phases in submissions.items()}
    slowest = max(medians, key=lambda name: medians[name])
    rows = [
        [name, *(_cell(phases[key]) for key in (*PHASES, "together")), milliseconds(phases["together"]["least"])]
        for name, phases in submissions.items()
    ]
    summary = (
        f"The median submission takes {milliseconds(median(medians.values()))} ms of the judge's own time, the slowest "
        f"({slowest}) {milliseconds(medians[slowest])} ms; the bar for small tasks is {BAR_MS} ms.\n"
    )
    parts = [
        "<!-- Written by `make bench-judge`. -->\n# What the judge itself takes, measured\n",
        machine.sentence(facts) + "\n",
        f"**{machine.warning(facts)}**\n" if machine.warning(facts) else "The machine was quiet.\n",
        _EXPLANATION.format(n=next(iter(submissions.values()))["together"]["n"]),
        summary,
        table(["submission", *PHASES.values(), "**together**", "least"], rows),
    ]
    return "\n".join(parts)


def _cell(summary: Mapping[str, float]) -> str:
    return f"{milliseconds(summary['median'])} ({milliseconds(summary['p95'])})"


def _summaries(times: Sequence[dict[str, float]]) -> dict[str, dict[str, float]]:
    return {name: Summary.of([one[name] for one in times]).as_dict() for name in times[0]}


def _graded(slugs: Sequence[str]) -> Iterator[Graded]:
    for path in sorted(CONTENT.glob("*/*/*/task.toml")):
        if slugs and path.parent.name not in slugs:
            continue
        task = load_task(path.parent)
        for backend in task.backends:
            right = next((each.path for each in task.accepted_variants if each.backend == backend), None)
            wrong = next((each.path for each in task.wrong_variants if each.backend == backend), None)
            for verdict, source in (("accepted", right), ("rejected", wrong)):
                if source is not None:
                    yield Graded(task, backend, verdict, source.read_text(encoding="utf-8"))
