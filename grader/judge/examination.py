"""One task put to one submission: the calls that are made, and what each check finds in each case."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from courses.task_format import CheckSpec, Task
from grader.judge.cases import Case, check_cases, fixed_cases, secret_cases
from grader.judge.comparison import Difference
from grader.judge.errors import JudgeError
from grader.judge.gradients import nudged
from grader.judge.kinds import KINDS, Answer
from grader.judge.reference import fixed_outputs, reference_outputs
from grader.sandbox import Call, CallResult, Limits, Outcome, Program, Sandbox

WALL_S = 10.0
WALL_PER_CPU = 4.0  # of a machine on which other gradings run too


OnCase = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found in one case: nothing wrong, or the first difference.

    `remark` is a difference that fails nothing: of a training run that missed the goal where enough others reached it,
    or of a right gradient beside a wrong loss.
    """

    check: CheckSpec
    case: Case
    difference: Difference | None
    remark: Difference | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """A call a small step aside of a case, whose loss tells something about the gradient there."""

    check: CheckSpec
    case: Case
    inputs: Mapping[str, Any]


Aside = Mapping[tuple[str, str], list[tuple[Mapping[str, Any], CallResult]]]  # by check and case


@dataclass(frozen=True, slots=True)
class Examination:
    task: Task
    backend: str
    checks: tuple[CheckSpec, ...]
    cases: tuple[Case, ...]

    def without_secret(self) -> "Examination":
        """Return the examination in the cases that are the same in every grading run: the first of `cases`."""
        return replace(self, cases=tuple(case for case in self.cases if case.group != "secret"))

    @property
    def called_twice(self) -> tuple[int, ...]:
        """Positions of the cases that are put a second time, after all others."""
        checks = [check for check in self.checks if KINDS[check.kind].calls_twice]
        return tuple(
            position for position, case in enumerate(self.cases) if any(case.belongs_to(check) for check in checks)
        )

    def nudges(self, seed: int) -> tuple[Nudge, ...]:
        """Return the calls beside each case in which a gradient is judged along with its loss: ahead and back."""
        rng = np.random.default_rng([seed, 2])  # the cases of this seed are drawn from `seed` alone
        return tuple(
            Nudge(check, case, inputs)
            for check in self.checks
            if check.loss
            for case in self.cases
            if case.belongs_to(check)
            for inputs in nudged(case, check.wrt, rng)
        )

    def put_to(
        self,
        source: str,
        sandbox: Sandbox,
        positions: Sequence[int] | None = None,
        nudges: Sequence[Nudge] = (),
        *,
        arrays: bool = False,
        on_case: OnCase | None = None,
    ) -> Outcome:
        """Make all calls of `source` in the jail, or those of the cases at `positions` alone, and then the nudges.

        With `arrays` a program that is written for NumPy runs in the torch kind. `on_case` is told the number of each
        case that is next, and how many there are.
        """
        watched = [check for check in self.checks if check.kind == "unchanged_inputs"]
        if positions is None:
            positions = (*range(len(self.cases)), *self.called_twice)
        calls = [
            Call(self.task.entry, case.inputs, return_inputs=any(case.belongs_to(check) for check in watched))
            for case in (self.cases[position] for position in positions)
        ]
        calls += [Call(self.task.entry, nudge.inputs) for nudge in nudges]
        total = len(self.cases)
        return sandbox.run(
            Program(source, self.task.driver, arrays),
            calls,
            limits_of(self.task),
            on_result=on_case and (lambda position, _result: on_case(min(position + 2, total), total)),
        )

    def expected(self, answered: int) -> tuple[Any, ...]:
        """Return the reference outputs of the first `answered` cases."""
        if not answered:
            return ()
        fixed = fixed_outputs(self.task, self.backend)[: len(self.cases)]
        secret = self.cases[len(fixed) : answered]
        return (*fixed, *reference_outputs(self.task, self.backend, secret))[:answered]

    def findings(self, outcome: Outcome, expected: Sequence[Any], nudges: Sequence[Nudge] = ()) -> list[Finding]:
        """Return what every check found in each of its cases, checks in order."""
        aside: Aside = defaultdict(list)
        for nudge, result in zip(nudges, outcome.results[len(self.cases) + len(self.called_twice) :], strict=False):
            aside[nudge.check.name, nudge.case.name].append((nudge.inputs, result))
        return [finding for check in self.checks for finding in self._findings(check, outcome, expected, aside)]

    def result(self, position: int, outcome: Outcome) -> CallResult | None:
        """Return the answer to the case at `position`, None where the run ended before."""
        return outcome.results[position] if position < min(len(outcome.results), len(self.cases)) else None

    def _findings(self, check: CheckSpec, outcome: Outcome, expected: Sequence[Any], aside: Aside) -> list[Finding]:
        found = [
            (case, self._difference(check, position, outcome, expected, aside))
            for position, case in enumerate(self.cases)
            if case.belongs_to(check)
        ]
        failed = [difference for _, difference in found if difference is not None and difference.fails]
        is_enough = check.least > 0 and len(found) - len(failed) >= check.least
        return [
            Finding(check, case, difference)
            if difference is None or (difference.fails and not is_enough)
            else Finding(check, case, None, remark=difference)
            for case, difference in found
        ]

    def _difference(
        self, check: CheckSpec, position: int, outcome: Outcome, expected: Sequence[Any], aside: Aside
    ) -> Difference | None:
        kind, case = KINDS[check.kind], self.cases[position]
        result, again = self.result(position, outcome), None
        if result is not None and kind.calls_twice:
            second = len(self.cases) + self.called_twice.index(position)
            again = outcome.results[second] if second < len(outcome.results) else None
        if result is None or position >= len(expected) or (kind.calls_twice and again is None):
            return Difference("not_run", "The run ended before this case was answered.")
        if result.error is not None:
            return Difference("error", "")
        nudged = aside.get((check.name, case.name), ())
        return kind.judge(self.task, check, Answer(case, result, expected[position], again, nudged, self.backend))


def limits_of(task: Task) -> Limits:
    """Return what a submission to this task may use."""
    limits = task.limits
    wall_s = max(WALL_S, WALL_PER_CPU * limits.cpu_s)
    return Limits(cpu_s=limits.cpu_s, wall_s=wall_s, memory_mib=limits.memory_mib)


def examination(task: Task, backend: str, seed: int, *, shown_only: bool) -> Examination:
    """Return the examination of a grading run, or with `shown_only` that of the sample cases alone."""
    if backend not in task.backends:
        raise JudgeError(f"The task {task.slug} takes {' and '.join(task.backends)}, not {backend}.")
    cases = fixed_cases(task)
    if shown_only:
        cases = tuple(case for case in cases if case.is_shown)
    else:
        cases += secret_cases(task, seed)
        check_cases(task, cases)
    checks = tuple(check for check in task.checks if any(case.belongs_to(check) for case in cases))
    if shown_only:
        checks = tuple(replace(check, least=_least_shown(task, check)) if check.least else check for check in checks)
    return Examination(task, backend, checks, cases)


def _least_shown(task: Task, check: CheckSpec) -> int:
    """Return how many of the shown runs must reach the goal: as many may miss it as may of all, but one reaches it."""
    runs = [case for case in (*fixed_cases(task), *secret_cases(task, 0)) if case.belongs_to(check)]
    may_miss = len(runs) - check.least
    return max(1, sum(case.is_shown for case in runs) - may_miss)
