"""`manage.py certify`: proof that the tests of each task reject what is wrong, kept in docs/certification.json."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from courses.task_format import TaskFormatError, load_task
from grader.certified import record_path
from grader.management.commands.grade import OUR_FAULT, find_task
from grader.sandbox import SandboxError


class Command(BaseCommand):
    help = "Certify tasks. Exit status: 0 all certified, 1 not all, 2 when that could not be found out."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("tasks", nargs="*", metavar="task", help="slug or folder of a task; default: every task")
        parser.add_argument("--json", action="store_true", help="print the certificates as JSON")
        parser.add_argument("--all", action="store_true", help="certify unchanged tasks again too")
        parser.add_argument("--jobs", type=int, default=0, help="processes; default: one for each core")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            from grader.certification import CertificationError, fingerprint, read_record, write_record
            from grader.certification.terminal import certified, lines
        except ModuleNotFoundError as missing:  # what only development needs is not installed everywhere
            raise CommandError(f"{missing.name} is not installed; `make certify` does that.", returncode=2) from None
        try:
            tasks = {folder.name: load_task(folder) for folder in _folders(options["tasks"])}
            kept = read_record(record_path())
            prints = {slug: each.fingerprint for slug, each in kept.items() if not options["all"]}
            stale = [task for slug, task in tasks.items() if prints.get(slug) != fingerprint(task)]
            certificates = kept | certified(stale, options["jobs"])
        except (TaskFormatError, SandboxError, CertificationError) as error:
            raise CommandError(str(error), returncode=OUR_FAULT) from None
        known = {folder.name for folder in _all_folders()}
        write_record(record_path(), {slug: each for slug, each in certificates.items() if slug in known})
        mine = {slug: certificates[slug] for slug in sorted(tasks)}
        if options["json"]:
            plain = {slug: each.as_dict() for slug, each in mine.items()}
            self.stdout.write(json.dumps(plain, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(lines(mine.values())))
        if not all(each.is_certified for each in mine.values()):
            sys.exit(1)


def _folders(names: list[str]) -> list[Path]:
    return [find_task(name) for name in names] if names else _all_folders()


def _all_folders() -> list[Path]:
    return sorted(path.parent for path in settings.CONTENT_DIR.glob("*/*/*/task.toml"))
