"""The cases of a task: named inputs, drawn from seeds.

`sample` and `edge` are the same for everybody and always; `secret` is fresh for every grading run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from courses.task_format import GROUPS, CheckSpec, Task
from grader.judge.authored import author_module, authors_fault
from grader.judge.errors import JudgeError

FIXED_SEED = 0


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One case of a task; equal to itself alone, since arrays have no single truth value."""

    name: str
    group: str  # sample, edge, secret
    inputs: Mapping[str, Any]

    @property
    def is_shown(self) -> bool:
        return self.group == "sample"

    @property
    def elements(self) -> int:
        """Number of input elements: what makes one case smaller than another."""
        return sum(_elements(value) for value in self.inputs.values())

    def belongs_to(self, check: CheckSpec) -> bool:
        return self.group in check.cases or self.name in check.cases


@lru_cache(maxsize=64)
def shown_cases(task: Task) -> tuple[Case, ...]:
    """Return the sample cases."""
    return tuple(_drawn(task, "sample", np.random.default_rng((FIXED_SEED, 0))))


@lru_cache(maxsize=64)
def fixed_cases(task: Task) -> tuple[Case, ...]:
    """Return the sample and the edge cases. Their arrays are read-only: they serve many grading runs."""
    return (*shown_cases(task), *_drawn(task, "edge", np.random.default_rng((FIXED_SEED, 1))))


def secret_cases(task: Task, seed: int) -> tuple[Case, ...]:
    """Return the cases that only this seed gives."""
    return tuple(_drawn(task, "secret", np.random.default_rng(seed)))


def check_cases(task: Task, cases: Sequence[Case]) -> None:
    """Refuse cases that share a name, and checks that name a case that there is not, or have none to fail."""
    names = [case.name for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise JudgeError(f"{task.folder / 'cases.py'}: several cases are named {', '.join(sorted(twice))}.")
    for check in task.checks:
        unknown = set(check.cases) - set(names) - set(GROUPS)
        if unknown:
            raise JudgeError(f"{task.folder / 'task.toml'}: check {check.name!r} names no case: {sorted(unknown)}.")
        mine = [case for case in cases if case.belongs_to(check)]
        if not mine:
            raise JudgeError(f"{task.folder / 'task.toml'}: check {check.name!r} has no case in cases.py.")
        if len(mine) < check.least:
            raise JudgeError(
                f"{task.folder / 'task.toml'}: check {check.name!r} has least = {check.least}, but {len(mine)} cases."
            )
        without = next((case for case in mine if check.wrt and check.wrt not in case.inputs), None)
        if without:
            raise JudgeError(
                f"{task.folder / 'task.toml'}: check {check.name!r} has wrt = {check.wrt!r}, which is no input of case "
                f"{without.name!r}: {', '.join(without.inputs)}."
            )


def _drawn(task: Task, group: str, rng: np.random.Generator) -> Iterator[Case]:
    path = task.folder / "cases.py"
    with authors_fault(f"{path}: {group}"):
        for name, inputs in getattr(author_module(path, task.version), group)(rng):
            yield Case(str(name), group, {key: _frozen(value) for key, value in dict(inputs).items()})


def _frozen(value: Any) -> Any:
    """Return `value` with every array in it read-only and NumPy's numbers as Python's."""
    if isinstance(value, np.ndarray):
        value = value.copy()
        value.setflags(write=False)
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return {key: _frozen(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_frozen(entry) for entry in value)
    return value


def _elements(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, Mapping):
        return sum(_elements(entry) for entry in value.values())
    if isinstance(value, list | tuple):
        return sum(_elements(entry) for entry in value)
    return 1
