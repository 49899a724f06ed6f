"""`manage.py certify`: proof that the tests of each task reject what is wrong, kept in docs/certification.json."""

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress

from courses.task_format import Task, TaskFormatError, load_task
from grader.certification import (
    Certificate,
    CertificationError,
    Certifier,
    fingerprint,
    read_record,
    write_record,
)
from grader.management.commands.grade import OUR_FAULT, find_task
from grader.sandbox import SandboxError

RECORD = Path("docs") / "certification.json"


class Command(BaseCommand):
    help = "Certify tasks. Exit status: 0 all certified, 1 not all, 2 when that could not be found out."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("tasks", nargs="*", metavar="task", help="slug or folder of a task; default: every task")
        parser.add_argument("--json", action="store_true", help="print the certificates as JSON")
        parser.add_argument("--all", action="store_true", help="certify unchanged tasks again too")
        parser.add_argument("--jobs", type=int, default=0, help="processes; default: one for each core")

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        record = settings.BASE_DIR / RECORD
        try:
            tasks = [load_task(folder) for folder in _folders(options["tasks"])]
            kept = read_record(record)
            stale = [task for task in tasks if options["all"] or _is_stale(task, kept)]
            fresh = self._certified(stale, options["jobs"])
        except (TaskFormatError, SandboxError, CertificationError) as error:
            raise CommandError(str(error), returncode=OUR_FAULT) from None
        certificates = kept | fresh
        mine = {task.slug: certificates[task.slug] for task in tasks}
        write_record(record, certificates if options["tasks"] else mine)  # of all tasks: without those that are gone
        if options["json"]:
            self.stdout.write(json.dumps({each: mine[each].as_dict() for each in sorted(mine)}, indent=2))
        else:
            self._tell(mine.values(), f"{len(fresh)} certified anew in {time.monotonic() - began:.0f} s")
        if not all(each.is_certified for each in mine.values()):
            sys.exit(1)

    def _certified(self, tasks: list[Task], jobs: int) -> dict[str, Certificate]:
        """Certify tasks, with a progress bar where somebody looks, else with a line for each task."""
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
                    self.stderr.write(f"{len(done)}/{len(tasks)} {each.task}")
        return done

    def _tell(self, certificates: Iterable[Certificate], how: str) -> None:
        ordered = sorted(certificates, key=lambda each: each.task)
        width = max((len(each.task) for each in ordered), default=0)
        for each in ordered:
            self.stdout.write(
                f"{'certified' if each.is_certified else 'NOT certified':<14} {each.task:<{width}}  "
                f"accepted {each.accepted}  wrong {each.wrong}  degenerate {each.degenerate}  "
                f"mutants {each.mutants} ({each.score})"
            )
            for problem in each.problems:
                self.stdout.write(f"  {problem}")
        certified = sum(each.is_certified for each in ordered)
        self.stdout.write(f"{certified} of {len(ordered)} tasks are certified; {how}.")


def _is_stale(task: Task, kept: dict[str, Certificate]) -> bool:
    return task.slug not in kept or kept[task.slug].fingerprint != fingerprint(task)


def _folders(names: list[str]) -> list[Path]:
    if names:
        return [find_task(name) for name in names]
    return sorted(path.parent for path in settings.CONTENT_DIR.glob("*/*/*/task.toml"))
