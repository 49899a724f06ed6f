"""Which known mistake gives exactly these outputs: the task's wrong variants are run on the same cases and compared.

What a variant gives for the sample and edge cases is the same in every grading run and is kept, so that only the few
variants that fit there are run in the jail again, on the secret cases too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.task_format import WrongVariant
from grader.judge.examination import Examination, Finding
from grader.judge.kinds import did_the_same
from grader.judge.verdict import Misconception
from grader.sandbox import Outcome, Sandbox, Status

MANY_ELEMENTS = 6  # so many equal wrong numbers in one case are no coincidence
KEPT_MISTAKES = 512

Failures = dict[tuple[str, str], Finding]  # by check and case


@dataclass(frozen=True, slots=True)
class _Mistake:
    """What a wrong variant gave, and in what it failed."""

    outcome: Outcome
    failures: Failures


_kept: dict[tuple[WrongVariant, Examination], _Mistake] = {}


def find_misconceptions(
    examination: Examination, outcome: Outcome, findings: Sequence[Finding], sandbox: Sandbox
) -> list[Misconception]:
    """Return the mistakes that explain what failed; several where the outputs cannot tell them apart.

    A variant fits where the learner did the same as it in every (check, case) that it fails, in two cases or in one of
    many elements at least. Variants that explain all that failed silence those that explain only a part of it.
    """
    failed = _failures(findings)
    if not failed:
        return []
    explained: list[tuple[WrongVariant, int]] = []
    fixed = examination.without_secret()
    for variant in examination.task.wrong_variants:
        if variant.backend != examination.backend:
            continue
        mistake = _kept_mistake(variant, fixed, sandbox)
        if _explained(fixed, mistake, outcome, failed) is None:
            continue
        if len(fixed.cases) < len(examination.cases):
            mistake = _mistake(variant, examination, sandbox)
        count = _explained(examination, mistake, outcome, failed)
        if count:
            explained.append((variant, count))
    whole = [(variant, count) for variant, count in explained if count == len(failed)]
    return [Misconception(variant.slug, variant.did, variant.question) for variant, _ in whole or explained]


def _kept_mistake(variant: WrongVariant, examination: Examination, sandbox: Sandbox) -> _Mistake:
    key = (variant, examination)
    if key in _kept:
        return _kept[key]
    mistake = _mistake(variant, examination, sandbox)
    if mistake.outcome.status is Status.COMPLETED:  # a run cut short on a busy machine says too little to be kept
        if len(_kept) >= KEPT_MISTAKES:
            _kept.clear()
        _kept[key] = mistake
    return mistake


def _mistake(variant: WrongVariant, examination: Examination, sandbox: Sandbox) -> _Mistake:
    outcome = examination.put_to(variant.path.read_text(encoding="utf-8"), sandbox)
    expected = examination.expected(min(len(outcome.results), len(examination.cases)))
    return _Mistake(outcome, _failures(examination.findings(outcome, expected)))


def _failures(findings: Sequence[Finding]) -> Failures:
    """Return what failed, without the cases that were not reached."""
    return {
        (finding.check.name, finding.case.name): finding
        for finding in findings
        if finding.difference is not None and finding.difference.category != "not_run"
    }


def _explained(examination: Examination, mistake: _Mistake, outcome: Outcome, failed: Failures) -> int | None:
    """Return how many of the learner's failures the variant explains: 0 on too little evidence, None if it misfits.

    The cases of `examination` are those that the variant was run on: all of the learner's, or the first of them.
    """
    evidence: set[str] = set()
    count = 0
    for key, finding in mistake.failures.items():
        position = examination.cases.index(finding.case)
        mine, theirs = (examination.result(position, each) for each in (outcome, mistake.outcome))
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
