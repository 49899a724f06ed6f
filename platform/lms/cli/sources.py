"""A learner's file: what is in it, and for which task and backend it is."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from lms.cli.addresses import task_slug
from lms.cli.errors import MistakeError
from lms.cli.shapes import TASK

if TYPE_CHECKING:
    from lms.cli.client import Api

# A comment in the file itself: it goes along when the file is moved, renamed, copied or sent.
HEADER = "# baremath: task={task} backend={backend}\n"
_HEADER = re.compile(r"# *baremath: *task=(?P<task>[\w-]+)(?: +backend=(?P<backend>\w+))? *")
HEADER_WITHIN = 5  # lines
MAX_BYTES = 1_000_000  # what no server takes is not even read


@dataclass(frozen=True, slots=True)
class Source:
    """`task` and `backend` are what the file's first lines say, "" where they do not."""

    path: Path
    text: str
    task: str = ""
    backend: str = ""

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Work:
    """What is handed in."""

    source: Source
    task: str
    backend: str

    def body(self) -> dict[str, str]:
        return {"task": self.task, "backend": self.backend, "source": self.source.text}


def read_source(path: Path) -> Source:
    """Return a file. Raises MistakeError where it cannot be anybody's submission."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise MistakeError(f"{path} is a folder. Give one file; baremath grade-folder takes a folder.")
        if not path.is_file() or size > MAX_BYTES:
            raise MistakeError(f"{path} has {size:,} bytes or is no plain file. Give a Python file of a task.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MistakeError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise MistakeError(f"{path} is not UTF-8 text (byte {error.start + 1}). Give a Python file.") from None
    found = next(filter(None, map(_HEADER.fullmatch, text.splitlines()[:HEADER_WITHIN])), None)
    return Source(path, text, *((found["task"], found["backend"] or "") if found else ()))


class Catalogue:
    """The tasks of a server and the backends of each, asked for once, when a file does not say all itself."""

    def __init__(self, api: "Api") -> None:
        self._api = api

    @cached_property
    def backends(self) -> dict[str, list[str]]:
        return {each["slug"]: each["backends"] for each in self._api.pages("tasks/", TASK, page_size=100)}

    def backend_of(self, slug: str) -> str:
        if not self.backends.get(slug):
            raise MistakeError(f"There is no task “{slug}”: baremath tasks lists them.")
        return self.backends[slug][0]


def work_of(source: Source, catalogue: Catalogue, *, task: str | None, backend: str | None) -> Work:
    """Decide for which task and backend a file is: an option counts more than the file, and that more than its name."""
    slug = task_slug(task) if task else source.task or task_named_by(source, catalogue.backends)
    said = source.backend if slug == source.task else ""
    return Work(source, slug, backend or said or catalogue.backend_of(slug))


def task_named_by(source: Source, slugs: Collection[str]) -> str:
    """Return the task that the file is called after, or its folder. Raises MistakeError where that is none or two."""
    path = source.path.absolute()
    named = {name.replace("_", "-").lower() for name in (path.stem, path.parent.name)} & set(slugs)
    if len(named) != 1:
        found = f"both {' and '.join(sorted(named))}" if named else "no task"
        raise MistakeError(
            f"{source.path} names {found}: give --task, or the file a first line like {HEADER.strip()!r} with its task."
        )
    return named.pop()
