"""`manage.py grade TASK FILE`: a verdict from the same judge and jail as on the platform, without web and database."""

import json
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from courses.task_format import Task, TaskFormatError, load_task
from courses.toml_table import closest
from grader.judge import JudgeError, Verdict, VerdictCode, grade
from grader.judge.verdict import FailingCase
from grader.sandbox import Kind, Sandbox, SandboxError

OUR_FAULT = 2
# A submission's own words must not move the cursor or retitle the terminal of whoever grades it.
_CONTROL_CHARACTERS = {code: f"\\x{code:02x}" for code in (*range(9), *range(11, 32), *range(127, 160))}
KINDS: dict[str, Kind] = {"numpy": "numpy", "torch": "torch"}


class Command(BaseCommand):
    help = "Grade a file. Exit status: 0 accepted, 1 not accepted, 2 when it could not be graded."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", help="slug of a task, or the path of its folder")
        parser.add_argument("file", type=Path, help="the submission")
        parser.add_argument("--backend", choices=sorted(KINDS), help="default: numpy where the task takes it")
        parser.add_argument("--json", action="store_true", help="print the whole verdict as JSON")
        parser.add_argument("--seed", type=int, help="of the secret cases; default: a fresh one")

    def handle(self, *_args: Any, **options: Any) -> None:
        seed = secrets.randbits(32) if options["seed"] is None else options["seed"]
        if seed < 0:
            raise CommandError(f"--seed is {seed}; give a whole number of at least 0.", returncode=OUR_FAULT)
        try:
            task = load_task(find_task(options["task"]))
            source = read_source(options["file"])
            verdict = judged(task, source, options["backend"] or task.backends[0], seed)
        except (TaskFormatError, JudgeError, SandboxError) as error:
            raise CommandError(str(error), returncode=OUR_FAULT) from None
        if options["json"]:
            self.stdout.write(json.dumps(verdict.as_dict(), indent=2, ensure_ascii=False, allow_nan=False))
        else:
            self.stdout.write("\n".join(lines(task, verdict)).translate(_CONTROL_CHARACTERS))
        if verdict.code is not VerdictCode.ACCEPTED:
            sys.exit(1)


def judged(task: Task, source: str, backend: str, seed: int) -> Verdict:
    """Return the verdict, from a jail of its own."""
    if backend not in task.backends:
        raise JudgeError(f"The task {task.slug} takes {' and '.join(task.backends)}, not {backend}: change --backend.")
    with Sandbox(KINDS[backend]) as sandbox:
        return grade(task, source, backend, sandbox, seed=seed)


def find_task(name: str) -> Path:
    """Return the folder of the task with this slug, or the folder that `name` is."""
    if (Path(name) / "task.toml").is_file():
        return Path(name).resolve()
    folders = {path.parent.name: path.parent for path in settings.CONTENT_DIR.glob("*/*/*/task.toml")}
    if name not in folders:
        missing = f"{name!r} is neither a task in {settings.CONTENT_DIR} nor the path of a task folder."
        raise CommandError(missing + closest(name, folders), returncode=OUR_FAULT)
    return folders[name]


def read_source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=OUR_FAULT) from None
    except UnicodeDecodeError:
        raise CommandError(f"{path} is not UTF-8 text; give a Python file.", returncode=OUR_FAULT) from None


def lines(task: Task, verdict: Verdict) -> Iterator[str]:
    """Yield the verdict for a person at a terminal."""
    result = verdict.as_dict()
    yield f"{task.title}: {verdict.code.value.replace('_', ' ')}, {result['score']} of {result['max_score']} points"
    yield verdict.detail
    width = max(len(check.name) for check in verdict.checks)
    for check in result["checks"]:
        mark = "passed" if check["passed"] else "FAILED"
        points = f"{check['points']:>4} / {check['max_points']:<4}"
        yield f"  {mark}  {points} {check['name']:<{width}}  {check['feedback']}".rstrip()
    for misconception in verdict.misconceptions:
        yield f"\nThis looks familiar ({misconception.slug}): {misconception.did}\n  {misconception.question}"
    if verdict.failing_case:
        yield from _failing_case_lines(verdict.failing_case)
    if verdict.error:
        yield f"\n{verdict.error['type']}: {verdict.error['message']}"
        for frame in verdict.error["trace"]:
            yield f"  line {frame['line']}, in {frame['function']}: {frame['text']}"
    if verdict.prints:
        yield f"\nPrinted:\n{verdict.prints}"
    yield f"\nSeed {verdict.provenance['seed']}; grade again with --seed to get the same secret cases."


def _failing_case_lines(failing: FailingCase) -> Iterator[str]:
    name = "a secret case" if failing.group == "secret" else f"{failing.group} case “{failing.case}”"
    yield f"\nSmallest failing case: {name}, check “{failing.check}”\n  {failing.message}"
    views = [*(failing.inputs or {}).items(), ("got", failing.got), ("expected", failing.expected)]
    for label, view in views:
        if view is None:
            continue
        rows = ["[" + ", ".join(row) + "]" for row in view.cells]
        note = f", from {list(view.corner)} of block {view.block}" if view.truncated else ""
        yield f"  {label} {view.dtype} {tuple(view.shape)}{note}"
        yield from (f"    {row}" for row in rows)
    if failing.prints:
        yield f"  printed: {failing.prints.rstrip()}"
