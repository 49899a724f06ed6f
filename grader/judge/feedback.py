"""Findings told to the learner: results of the checks, the smallest failing case, the shown cases one by one.

Of edge and secret cases only how they failed is told, never an input, an expected value or a word that the learner's
code chose at run time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.task_format import CheckSpec
from grader.judge.cases import Case
from grader.judge.comparison import Difference
from grader.judge.examination import Examination, Finding
from grader.judge.kinds import KINDS
from grader.judge.learner_errors import error_dict, error_sentence
from grader.judge.outputs import WHOLE, expected_outputs, learner_outputs
from grader.judge.verdict import CheckResult, FailingCase, OutputView, SampleCase
from grader.judge.views import difference_view, input_views, output_view
from grader.sandbox import CallResult, Outcome, Status


@dataclass(frozen=True, slots=True)
class Feedback:
    """Everything there is to say about one run of one submission."""

    examination: Examination
    source: str
    outcome: Outcome
    expected: Sequence[Any]
    findings: Sequence[Finding]

    def check_results(self) -> list[CheckResult]:
        """Return one result for each check, in order."""
        checks = self.examination.checks
        passed = {check for check in checks if self._smallest_failure(check) is None}
        others = [check for check in checks if not KINDS[check.kind].is_guard]
        guards_count = not others or any(check in passed for check in others)
        return [
            self._check_result(check, earns=check in passed and (guards_count or check in others)) for check in checks
        ]

    def failing_case(self) -> FailingCase | None:
        """Return the case in which the run ended, else the smallest one that failed, shown cases first."""
        ended = self._ended_in()
        finding = ended or self._smallest_failure()
        if finding is None or finding.difference is None or (finding.difference.category == "not_run" and not ended):
            return None
        case, difference = finding.case, finding.difference
        result = self._result(case) if case.is_shown else None
        told = self._output(case, finding, self._told(finding)) if case.is_shown else OutputView("", None, None)
        return FailingCase(
            check=finding.check.name,
            case="secret" if case.group == "secret" else case.name,
            group=case.group,
            category=difference.category,
            message=self._message(finding),
            inputs=input_views(case.inputs) if case.is_shown else None,
            output=told.name,
            got=told.got,
            expected=told.expected,
            difference=told.difference,
            got_shape=None if difference.got is None else list(difference.got.shape),
            expected_shape=None if difference.want is None else list(difference.want.shape),
            got_dtype="" if difference.got is None else str(difference.got.dtype),
            expected_dtype="" if difference.want is None else str(difference.want.dtype),
            different=difference.different,
            size=None if difference.got is None else difference.got.size,
            worst_index=None if difference.worst_index is None else list(difference.worst_index),
            max_abs_error=difference.max_abs_error,
            max_rel_error=difference.max_rel_error,
            prints=result.prints if result is not None else "",
        )

    def samples(self) -> list[SampleCase]:
        """Return each shown case as it went."""
        return [self._sample(case) for case in self.examination.cases if case.is_shown]

    def error(self) -> dict[str, Any] | None:
        """Return the exception to show: of the source itself, or of the failing case."""
        if self.outcome.error is not None:
            return error_dict(self.outcome.error, self.source, shown=True)
        finding = self._smallest_failure()
        result = self._result(finding.case) if finding else None
        if finding is None or result is None or result.error is None:
            return None
        return error_dict(result.error, self.source, shown=finding.case.is_shown)

    def where_it_ended(self) -> str:
        """Return a sentence on the case in which the run was ended, or nothing."""
        finding = self._ended_in()
        return f"It ended in {_named(finding.case)}." if finding else ""

    def prints(self) -> str:
        """Return what was printed outside of answered cases; nothing where a case that is not shown was running."""
        finding = self._ended_in()
        return "" if finding and not finding.case.is_shown else self.outcome.prints

    def _check_result(self, check: CheckSpec, *, earns: bool) -> CheckResult:
        failure = self._smallest_failure(check)
        points = check.points if earns else 0
        if failure is None or failure.difference is None:
            words = self._remark(check) if earns else "Counts as soon as another check passes."
            return CheckResult(check.name, check.kind, True, points, check.points, "", words)  # noqa: FBT003 -- passed
        mine = [finding for finding in self.findings if finding.check == check]
        failed = [finding for finding in mine if finding.difference]
        words = self._in_case(failure)
        if check.least and len(failed) > len(mine) - check.least:
            words += f" ({len(mine) - len(failed)} of {len(mine)} runs reached the goal; {check.least} are needed.)"
        elif len(mine) > 1:
            words += f" ({len(failed)} of {len(mine)} cases failed.)"
        category = failure.difference.category
        return CheckResult(check.name, check.kind, False, points, check.points, category, words)  # noqa: FBT003 -- passed

    def _remark(self, check: CheckSpec) -> str:
        """Return what is worth saying of a check that passed, most often nothing."""
        mine = [finding for finding in self.findings if finding.check == check]
        remarks = [finding for finding in mine if finding.remark]
        if not remarks:
            return ""
        if check.least:
            return f"{len(mine) - len(remarks)} of {len(mine)} runs reached the goal."
        return self._in_case(min(remarks, key=lambda finding: (not finding.case.is_shown, finding.case.elements)))

    def _sample(self, case: Case) -> SampleCase:
        mine = [finding for finding in self.findings if finding.case is case]
        failed = next((finding for finding in mine if finding.difference), None)
        told = failed or next((finding for finding in mine if finding.remark), None)
        difference = (told.difference or told.remark) if told else None
        name = self._told(failed)
        first = self._output(case, failed, name)
        others = [self._output(case, self._failure_of(other, mine), other) for other in self._names if other != name]
        result = self._result(case)
        return SampleCase(
            name=case.name,
            passed=difference is None or not difference.fails,
            inputs=input_views(case.inputs),
            got=first.got,
            expected=first.expected,
            message=self._message(told) if told else "",
            prints=result.prints if result else "",
            output=name,
            difference=first.difference,
            others=[view for view in others if view.got],
        )

    def _smallest_failure(self, check: CheckSpec | None = None) -> Finding | None:
        """Return the failure in the smallest case that was answered: first of the shown ones, then of the others."""
        failures = [
            finding for finding in self.findings if finding.difference and (check is None or finding.check == check)
        ]
        return min(failures, key=self._rank, default=None)

    @staticmethod
    def _rank(finding: Finding) -> tuple[bool, bool, int]:
        assert finding.difference is not None
        return finding.difference.category == "not_run", not finding.case.is_shown, finding.case.elements

    def _ended_in(self) -> Finding | None:
        """Return the finding of the case that was running when the program was ended."""
        if self.outcome.status is Status.COMPLETED or "sent" not in self.outcome.phases:  # sent: the source is imported
            return None
        position = len(self.outcome.results)
        cases = self.examination.cases
        running = cases[position] if position < len(cases) else None
        return next((finding for finding in self.findings if finding.case is running), None)

    def _result(self, case: Case) -> CallResult | None:
        return self.examination.result(self.examination.cases.index(case), self.outcome)

    def _in_case(self, finding: Finding) -> str:
        where = _named(finding.case)
        return f"{where[0].upper()}{where[1:]}: {self._message(finding)}"

    def _message(self, finding: Finding) -> str:
        difference, shown = finding.difference or finding.remark, finding.case.is_shown
        result = self._result(finding.case)
        if result is not None and result.error is not None:
            return error_sentence(result.error, self.source, shown=shown)
        assert difference is not None
        return f"{difference.message} {difference.told}".strip() if shown else difference.message

    @property
    def _names(self) -> tuple[str, ...]:
        return self.examination.task.outputs or (WHOLE,)

    def _told(self, failed: Finding | None) -> str:
        """Return the output that is shown first: the one that differs, else the one that the check is about."""
        if failed is None or failed.difference is None:
            return self._names[0]
        return failed.difference.output or failed.check.output or self._names[0]

    @staticmethod
    def _failure_of(name: str, findings: Sequence[Finding]) -> Finding | None:
        return next((finding for finding in findings if finding.difference and finding.difference.output == name), None)

    def _output(self, case: Case, failed: Finding | None, name: str) -> OutputView:
        """Return views of what a shown case gave and should have given."""
        difference = failed.difference if failed else None
        if difference is not None and difference.category != "inputs_changed" and difference.want is not None:
            return difference_view(difference)
        task, result = self.examination.task, self._result(case)
        position = self.examination.cases.index(case)
        want = expected_outputs(task, self.expected[position])[name] if position < len(self.expected) else None
        if result is None or result.error is not None:
            return output_view(name, None, want)
        got = learner_outputs(task, result)
        if isinstance(got, Difference):  # no outputs to be told apart: what came is shown as it is, once
            return output_view(name, result.value if name == self._names[0] else None, want)
        return output_view(name, got[name], want)


def _named(case: Case) -> str:
    """Return how a case is called: a secret one has no name that would tell what is in it."""
    return {"sample": f"case “{case.name}”", "edge": f"edge case “{case.name}”", "secret": "a secret case"}[case.group]
