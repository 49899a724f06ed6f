"""Certification at a terminal: a bar while it runs, then a line for each task and what is wrong with it."""

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress

from courses.task_format import Task
from grader.certification.certificate import Certificate
from grader.certification.certifier import Certifier


def certified(tasks: list[Task], jobs: int) -> dict[str, Certificate]:
    """Certify tasks, with a progress bar on stderr where that is a terminal, else with a line for each task."""
    done: dict[str, Certificate] = {}
    columns = ("{task.completed}/{task.total}", BarColumn(), "{task.description}")
    bar = Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())
    with Certifier(jobs) as certifier, bar:
        whole = bar.add_task("")

        def show(count: int, total: int, proof: str) -> None:
            bar.update(whole, completed=count, total=total, description=proof)

        for each in certifier.certify(tasks, show):
            done[each.task] = each
            if bar.disable:
                sys.stderr.write(f"{len(done)}/{len(tasks)} {each.task}\n")
                sys.stderr.flush()
    return done


def lines(certificates: Iterable[Certificate]) -> Iterator[str]:
    """Yield what to print about each task, and how many are certified."""
    ordered = sorted(certificates, key=lambda each: each.task)
    width = max((len(each.task) for each in ordered), default=0)
    for each in ordered:
        yield (
            f"{'certified' if each.is_certified else 'NOT certified':<14} {each.task:<{width}}  "
            f"accepted {each.accepted}  wrong {each.wrong}  degenerate {each.degenerate}  "
            f"mutants {each.mutants} ({each.score})"
        )
        yield from (f"  {problem}" for problem in each.problems)
    yield f"{sum(each.is_certified for each in ordered)} of {len(ordered)} tasks are certified."
