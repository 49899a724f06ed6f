"""What a certificate depends on, as one hash: where it is the same, certifying again would show the same."""

import ast
import hashlib
import importlib.util
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from courses.task_format import Task
from grader.certification.program import reference_program

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("grader/judge/**/*.py", "grader/sandbox/**/*.py", "grader/certification/**/*.py", "courses/task_*.py")


def fingerprint(task: Task) -> str:
    """Return the SHA-256 of the task's folder with its submissions, its references, and the grader's sources.

    Of mlcore only what is used counts: the functions that the reference reaches, and whole modules where the task's
    own programs import them.
    """
    digest = hashlib.sha256(_graders().encode())
    for path in _files(task.folder):
        _add(digest, path.relative_to(task.folder).as_posix(), path.read_bytes())
    for backend in task.backends:
        _add(digest, backend, reference_program(task, backend).source.encode())
    used = {path for name in ("cases.py", "checker.py", "driver.py") for path in _mlcore_files(task.folder / name)}
    for path in sorted(used):
        _add(digest, path.name, path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _graders() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        _add(digest, path.relative_to(ROOT).as_posix(), path.read_bytes())
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", name: str, content: bytes) -> None:
    digest.update(f"{name}\0{len(content)}\0".encode() + content)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part[0] == "." or part == "__pycache__" for part in parts):
            yield path


def _mlcore_files(path: Path, seen: frozenset[Path] = frozenset()) -> set[Path]:
    """Return the files of mlcore that the program at `path` imports, directly or through others of mlcore."""
    if not path.is_file():
        return set()
    found: set[Path] = set()
    for name in _imported(path):
        spec = importlib.util.find_spec(name) if name.split(".")[0] == "mlcore" else None
        if spec and spec.origin and Path(spec.origin) not in seen | found:
            found.add(Path(spec.origin))
            found |= _mlcore_files(Path(spec.origin), seen | found)
    return found


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "mlcore":
                yield from (f"mlcore.{alias.name}" for alias in node.names)
