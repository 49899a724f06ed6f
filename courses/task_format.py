"""A task is a folder: task.toml, statement, starter, cases, hints, solution and the submissions that prove it.

Everything that reads a task folder reads it through `load_task`. No Django in here: the judge uses it too.
"""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One `[[checks]]` table."""

    name: str
    kind: str  # allclose, exact, unchanged_inputs, ...: the judge's kinds
    points: float
    cases: tuple[str, ...] = ("sample", "edge", "secret")  # groups, or names of single cases
    output: str = ""  # which of several outputs; "" = the whole return value
    rtol: float = 1e-6
    atol: float = 1e-9  # times the scale of the reference


@dataclass(frozen=True, slots=True)
class LimitSpec:
    cpu_s: float = 2.0
    memory_mib: int = 256


@dataclass(frozen=True, slots=True)
class WrongVariant:
    """A wrong answer that learners give: its docstring says what was done, then asks the question that leads on."""

    slug: str
    path: Path
    did: str
    question: str
    backend: str = "numpy"


@dataclass(frozen=True, slots=True)
class Task:
    folder: Path
    slug: str
    id: str
    title: str
    concepts: tuple[str, ...]
    prerequisites: tuple[str, ...]
    difficulty: int
    entry: str
    reference: str  # "mlcore.convolution:conv2d_forward", resolved in mlcore.numpy and mlcore.torch
    backends: tuple[str, ...]
    checks: tuple[CheckSpec, ...]
    version: str  # content hash of the folder
    outputs: tuple[str, ...] = ()  # names of the outputs, where there are several
    limits: LimitSpec = field(default_factory=LimitSpec)
    wrong_variants: tuple[WrongVariant, ...] = ()

    @property
    def max_score(self) -> float:
        return sum(check.points for check in self.checks)


class TaskFormatError(ValueError):
    """A task folder that cannot be used: names the file, the key, what is allowed and what to do."""
