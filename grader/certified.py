"""What certification found out about the tasks: read without the packages that certifying takes."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from courses.models import Task


@dataclass(frozen=True, slots=True)
class CertificationStatus:
    """`stale` is None where it is not known. Counts are None, and nothing is certified, where nothing was recorded."""

    slug: str
    version: str
    certified: bool = False
    stale: bool | None = None
    backends: list[str] = field(default_factory=list)
    accepted: str | None = None
    wrong: str | None = None
    degenerate: str | None = None
    mutants: str | None = None
    survivors: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def record_path() -> Path:
    """Return where results are kept: in docs/, or beside the content where that is none of this repository's."""
    docs = settings.BASE_DIR / "docs"
    folder = docs if settings.CONTENT_DIR.is_relative_to(settings.BASE_DIR) else settings.CONTENT_DIR
    return Path(folder / "certification.json")


def certification_of(tasks: list[Task]) -> list[CertificationStatus]:
    """Return what is recorded of each of these tasks."""
    path = record_path()
    record = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return [_status(task, record.get(task.slug)) for task in tasks]


def _status(task: Task, kept: dict[str, Any] | None) -> CertificationStatus:
    if kept is None:
        return CertificationStatus(task.slug, task.version)
    found = {name: value for name, value in kept.items() if name != "fingerprint"}
    stale = _is_stale(task, kept["fingerprint"])
    return CertificationStatus(task.slug, task.version, certified=not kept["problems"], stale=stale, **found)


def _is_stale(task: Task, fingerprint_then: str) -> bool | None:
    try:
        from grader.certification import fingerprint
    except ModuleNotFoundError:  # what only development needs is not installed everywhere
        return None
    return fingerprint(task.load()) != fingerprint_then
