"""Which known mistake gives exactly these outputs: the task's wrong variants are run on the same cases and compared.

What a variant gives for the sample and edge cases is the same in every grading run and is kept, so that only the few
variants that fit there are run in the jail again, on the secret cases too.
"""

from collections.abc import Sequence
from typing import Any

from courses.task_format import WrongVariant
from grader.judge.examination import Examination, Finding
from grader.judge.kinds import did_the_same
from grader.judge.verdict import Misconception
from grader.sandbox import Outcome, Sandbox, Status

MANY_ELEMENTS = 6  # so many equal wrong numbers in one case are no coincidence
KEPT_OUTCOMES = 512

Failures = dict[tuple[str, str], Finding]  # by check and case
_kept: dict[tuple[WrongVariant, Examination], Outcome] = {}


def find_misconceptions(
    examination: Examination, outcome: Outcome, expected: Sequence[Any], findings: Sequence[Finding], sandbox: Sandbox
) -> list[Misconception]:
    """Return the mistakes that explain what failed; several where the outputs cannot tell them apart.

    A variant fits where the learner did the same as it in every (check, case) that it fails, in two cases or in one of
    many elements at least. Variants that explain all that failed silence those that explain only a part of it.
    """
    failed = _failures(findings)
    if not failed:
        return []
    explained: list[tuple[WrongVariant, int]] = []
    for variant in examination.task.wrong_variants:
        if variant.backend != examination.backend:
            continue
        fixed = examination.without_secret()
        others = _kept_outcome(variant, fixed, sandbox)
        if _explained(fixed, others, outcome, expected, failed) is None:
            continue
        if len(fixed.cases) < len(examination.cases):
            others = _outcome(variant, examination, sandbox)
        count = _explained(examination, others, outcome, expected, failed)
        if count:
            explained.append((variant, count))
    whole = [(variant, count) for variant, count in explained if count == len(failed)]
    return [Misconception(variant.slug, variant.did, variant.question) for variant, _ in whole or explained]


def _kept_outcome(variant: WrongVariant, examination: Examination, sandbox: Sandbox) -> Outcome:
    key = (variant, examination)
    if key in _kept:
        return _kept[key]
    outcome = _outcome(variant, examination, sandbox)
    if outcome.status is Status.COMPLETED:  # a run cut short on a busy machine says too little to be kept
        if len(_kept) >= KEPT_OUTCOMES:
            _kept.clear()
        _kept[key] = outcome
    return outcome


def _outcome(variant: WrongVariant, examination: Examination, sandbox: Sandbox) -> Outcome:
    return examination.put_to(variant.path.read_text(encoding="utf-8"), sandbox)


def _failures(findings: Sequence[Finding]) -> Failures:
    """Return what failed, without the cases that were not reached."""
    return {
        (finding.check.name, finding.case.name): finding
        for finding in findings
        if finding.difference is not None and finding.difference.category != "not_run"
    }


def _explained(
    examination: Examination, others: Outcome, outcome: Outcome, expected: Sequence[Any], failed: Failures
) -> int | None:
    """Return how many of the learner's failures the variant explains: 0 on too little evidence, None if it misfits.

    The cases of `examination` are those that the variant was run on: all of the learner's, or the first of them.
    """
    evidence: set[str] = set()
    count = 0
    for key, finding in _failures(examination.findings(others, expected)).items():
        position = examination.cases.index(finding.case)
        mine, theirs = (examination.result(position, each) for each in (outcome, others))
        if mine is None or theirs is None:
            continue
        if key not in failed or not did_the_same(examination.task, finding.check, mine, theirs):
            return None
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
