"""Which verdict a submission gets: the first row of PRECEDENCE that holds.

How the program ended comes first: checks whose cases were all answered before keep their points, but the verdict says
why the run ended. Then the checks decide. A submission whose calls raise has a run-time error only where that is all
that went wrong: with some points it is partially accepted, with some wrong values a wrong answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.judge.verdict import CheckResult, VerdictCode
from grader.sandbox import Status


@dataclass(frozen=True, slots=True)
class Findings:
    """What the verdict depends on."""

    status: Status
    checks: Sequence[CheckResult]
    is_inconsistent: bool = False

    @property
    def failed(self) -> list[CheckResult]:
        return [check for check in self.checks if not check.passed]

    @property
    def score(self) -> float:
        return sum(check.points for check in self.checks)


def _ended(status: Status) -> Callable[[Findings], bool]:
    return lambda found: found.status is status


def _only_raised(found: Findings) -> bool:
    return all(check.category == "error" for check in found.failed)


PRECEDENCE: tuple[tuple[Callable[[Findings], bool], VerdictCode, str], ...] = (
    (_ended(Status.SYNTAX_ERROR), VerdictCode.SYNTAX_ERROR, "This is not valid Python."),
    (_ended(Status.FORBIDDEN_OPERATION), VerdictCode.FORBIDDEN_OPERATION, "Your code did what is not allowed here."),
    (_ended(Status.MEMORY_LIMIT_EXCEEDED), VerdictCode.MEMORY_LIMIT_EXCEEDED, "Your code took too much memory."),
    (_ended(Status.TIME_LIMIT_EXCEEDED), VerdictCode.TIME_LIMIT_EXCEEDED, "Your code took too long."),
    (
        _ended(Status.OUTPUT_LIMIT_EXCEEDED),
        VerdictCode.OUTPUT_LIMIT_EXCEEDED,
        "Your code printed or returned too much.",
    ),
    (_ended(Status.RUN_TIME_ERROR), VerdictCode.RUN_TIME_ERROR, "Your code ended before it had answered."),
    (lambda found: not found.failed, VerdictCode.ACCEPTED, "Every check passed."),
    (
        lambda found: found.is_inconsistent,
        VerdictCode.INCONSISTENT,
        "Equal inputs gave different results: your code keeps something between calls, or leaves something to chance.",
    ),
    (lambda found: found.score > 0, VerdictCode.PARTIALLY_ACCEPTED, "{passed} of {total} checks passed."),
    (_only_raised, VerdictCode.RUN_TIME_ERROR, "Your code raised an exception."),
    (lambda _found: True, VerdictCode.WRONG_ANSWER, "The results are not what they should be."),
)


def verdict_code(found: Findings) -> tuple[VerdictCode, str]:
    """Return the verdict and a sentence that says it."""
    code, sentence = next((code, sentence) for holds, code, sentence in PRECEDENCE if holds(found))
    total = len(found.checks)
    return code, sentence.format(passed=total - len(found.failed), total=total)
