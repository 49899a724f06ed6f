"""The author's programs: cases.py, driver.py and checker.py. Trusted, and run outside the jail."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from grader.judge.errors import JudgeError


@contextmanager
def authors_fault(what: str) -> Iterator[None]:
    """Turn any exception of the author's code into a JudgeError that names it."""
    try:
        yield
    except JudgeError:
        raise
    except Exception as error:
        raise JudgeError(f"{what}: {type(error).__name__}: {error}") from error


@lru_cache(maxsize=512)
def author_module(path: Path, version: str) -> ModuleType:
    """Return the module made from `path`; `version`, the task's, tells apart what was in the file before.

    No import by name: a task folder is no package, and nothing is written beside the file.
    """
    module = ModuleType(f"{path.parent.name}.{path.stem}@{version[:12]}")
    module.__file__ = str(path)
    with authors_fault(str(path)):
        exec(compile(path.read_text(encoding="utf-8"), path, "exec"), module.__dict__)  # noqa: S102 -- the author's code
    return module
