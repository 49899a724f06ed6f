"""Which known mistake gives exactly these outputs: the task's wrong variants are run on the same cases and compared."""

from collections.abc import Sequence
from typing import Any

from courses.task_format import WrongVariant
from grader.judge.examination import Examination, Finding
from grader.judge.kinds import did_the_same
from grader.judge.verdict import Misconception
from grader.sandbox.outcome import Outcome

MANY_ELEMENTS = 6  # so many equal wrong numbers in one case are no coincidence


def find_misconceptions(
    examination: Examination, outcome: Outcome, expected: Sequence[Any], findings: Sequence[Finding], sandbox: Any
) -> list[Misconception]:
    """Return the mistakes that explain what failed; several where the outputs cannot tell them apart.

    A variant fits where every (check, case) that it fails is failed by the learner in the same way. Variants that
    explain all that the learner fails silence those that explain only a part.
    """
    failed = _failed(findings)
    if not failed or _is_starter(outcome):
        return []
    explained: list[tuple[WrongVariant, int]] = []
    for variant in examination.task.wrong_variants:
        if variant.backend == examination.backend:
            count = _explained(examination, variant, outcome, expected, failed, sandbox)
            if count:
                explained.append((variant, count))
    whole = [(variant, count) for variant, count in explained if count == len(failed)]
    return [Misconception(variant.slug, variant.did, variant.question) for variant, _ in whole or explained]


def _is_starter(outcome: Outcome) -> bool:
    """Tell whether nothing was written yet: nobody needs a name for that."""
    return all(result.error is not None and result.error.type == "NotImplementedError" for result in outcome.results)


def _failed(findings: Sequence[Finding]) -> dict[tuple[str, str], Finding]:
    """Return the failed findings by check and case, without the cases that were not reached."""
    return {
        (finding.check.name, finding.case.name): finding
        for finding in findings
        if finding.difference is not None and finding.difference.category != "not_run"
    }


def _explained(
    examination: Examination,
    variant: WrongVariant,
    outcome: Outcome,
    expected: Sequence[Any],
    failed: dict[tuple[str, str], Finding],
    sandbox: Any,
) -> int:
    """Return how many of the learner's failures the variant explains; 0 where it does not fit."""
    other = examination.put_to(variant.path.read_text(encoding="utf-8"), sandbox)
    wrong = _failed(examination.findings(other, expected))
    positions = {case.name: position for position, case in enumerate(examination.cases)}
    evidence: set[str] = set()
    count = 0
    for key, finding in wrong.items():
        position = positions[finding.case.name]
        one, two = examination.result(position, outcome), examination.result(position, other)
        if one is None or two is None:
            continue
        if key not in failed or not did_the_same(examination.task, finding.check, one, two):
            return 0
        count += 1
        evidence.add(finding.case.name)
        if _elements(finding) >= MANY_ELEMENTS:
            evidence.add("")  # as good as a second case
    return count if len(evidence) > 1 else 0


def _elements(finding: Finding) -> int:
    difference = finding.difference
    assert difference is not None
    if difference.different is not None:
        return difference.different
    return difference.got.size if difference.got is not None else 1
