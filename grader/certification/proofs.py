"""What certification shows about a task: a list of proofs, each a few gradings, carried out in any order."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from courses.task_format import Task
from grader.sandbox import Sandbox

Jails = Callable[[str], Sandbox]  # by backend


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing to show: its kind is a key of `KINDS` in grader.certification.plan."""

    kind: str
    subject: str = ""  # slug of a variant, name of a degenerate answer, which part of the mutants
    backend: str = "numpy"

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.subject, self.backend) if part)


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant and what became of it."""

    mutant: str
    path: str  # "mlcore/numpy/losses.py"
    line: int
    is_killed: bool
    is_valid: bool = True  # False where it cannot even be imported: then it counts nowhere


@dataclass(frozen=True, slots=True)
class Result:
    proof: Proof
    problem: str = ""  # what was not shown, and what to do; "" = all of it was shown
    counts: bool = True  # False where there was nothing to show
    trials: tuple[Trial, ...] = ()


def seed_of(*parts: object) -> int:
    """Return the seed that belongs to these parts: another for each proof, the same in every certification."""
    text = "\0".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])


def seeds(task: Task, proof: Proof, count: int) -> list[int]:
    return [seed_of(task.slug, proof, number) for number in range(count)]
