"""From a task and a source to a verdict.

The judge draws the cases, has the learner's outputs made in the jail and the reference's outside, and compares the two
as plain arrays. Whatever fails on this side is a JudgeError or SandboxError: never the learner's fault.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from courses.task_format import Task
from grader.judge.cases import Case
from grader.judge.examination import Examination, Finding, OnCase, examination
from grader.judge.feedback import Feedback
from grader.judge.misconceptions import find_misconceptions
from grader.judge.precedence import Findings, verdict_code
from grader.judge.provenance import provenance
from grader.judge.replay import inconsistent_cases, with_inconsistent
from grader.judge.verdict import CheckResult, Verdict, VerdictCode
from grader.sandbox import Outcome, Sandbox


def grade(
    task: Task,
    source: str,
    backend: str,
    sandbox: Sandbox,
    *,
    seed: int,
    shown_only: bool = False,
    on_case: OnCase | None = None,
) -> Verdict:
    """Return the verdict on `source`.

    Parameters
    ----------
    backend : "numpy" or "torch", one of the task's; `sandbox` is of the same kind
    seed : int >= 0, draws the secret cases
    shown_only : judge the sample cases alone and show each of them
    on_case : told, while the code runs, the number of the case that is next, and how many there are

    Raises
    ------
    JudgeError
        The task's cases, reference or checker fail.
    SandboxError
        The jail cannot be had, or broke; the run may be tried again.
    """
    phases = _Phases()
    exam = examination(task, backend, seed, shown_only=shown_only)
    outcome, expected, findings, unrepeated = _examined(
        exam, source, sandbox, seed, on_case, phases, replays=not shown_only
    )
    feedback = Feedback(exam, source, outcome, expected, findings)
    checks = feedback.check_results()
    code, sentence = _code(outcome, checks, unrepeated)
    failing_case = None if code is VerdictCode.ACCEPTED else feedback.failing_case()
    samples = feedback.samples() if shown_only else []
    phases.end("described")
    misconceptions = [] if unrepeated else find_misconceptions(exam, outcome, findings, sandbox)
    phases.end("explained")
    return Verdict(
        code=code,
        score=round(sum(check.points for check in checks), 6),
        max_score=round(sum(check.max_points for check in checks), 6),
        checks=checks,
        misconceptions=misconceptions,
        failing_case=failing_case,
        samples=samples,
        error=feedback.error(),
        detail=f"{outcome.detail or sentence} {feedback.where_it_ended()}".strip(),
        prints=feedback.prints(),
        provenance=provenance(task, backend, seed),
        phases=phases.seconds,
        resources=outcome.resources,
    )


def _examined(
    exam: Examination,
    source: str,
    sandbox: Sandbox,
    seed: int,
    on_case: OnCase | None,
    phases: "_Phases",
    *,
    replays: bool,
) -> tuple[Outcome, tuple[Any, ...], list[Finding], Sequence[Case]]:
    """Return what the code gave, what was expected, what differs, and the cases that gave another result again."""
    nudges = exam.nudges(seed)
    phases.end("cases_drawn")
    outcome = exam.put_to(source, sandbox, nudges=nudges, on_case=on_case)
    phases.within("jail", outcome.phases)
    phases.end("answered")
    expected = exam.expected(min(len(outcome.results), len(exam.cases)))
    phases.end("reference_computed")
    findings = exam.findings(outcome, expected, nudges)
    phases.end("compared")
    unrepeated = inconsistent_cases(exam, source, outcome, sandbox, seed) if replays else ()
    findings = with_inconsistent(findings, unrepeated)
    phases.end("replayed")
    return outcome, expected, findings, unrepeated


def _code(outcome: Outcome, checks: Sequence[CheckResult], unrepeated: Sequence[Case]) -> tuple[VerdictCode, str]:
    """Return the verdict's code and its sentence, given the cases that did not give the same a second time."""
    is_inconsistent = bool(unrepeated) or any(
        check.kind == "determinism" and check.category == "values" for check in checks
    )
    return verdict_code(Findings(outcome.status, checks, is_inconsistent=is_inconsistent))


class _Phases:
    """Seconds from the beginning of the grade to the end of each phase."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def end(self, name: str) -> None:
        self.seconds[name] = round(time.perf_counter() - self._began, 6)

    def within(self, name: str, parts: Mapping[str, float]) -> None:
        """Add the parts of the phase that goes on, given as seconds since the last one ended."""
        began = max(self.seconds.values())
        self.seconds |= {f"{name}_{part}": round(began + seconds, 6) for part, seconds in parts.items()}
