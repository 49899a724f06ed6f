"""Which known mistake gives exactly these outputs: the task's wrong variants are run on the same cases and compared.

What a variant gives for the sample and edge cases is the same in every grading run and is kept, so that only the few
variants that fit there are run in the jail again, and on the secret cases alone.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from courses.task_format import WrongVariant
from grader.judge.examination import Examination, Finding
from grader.judge.kinds import did_the_same
from grader.judge.verdict import Misconception
from grader.sandbox import Outcome, Sandbox, Status

WORTH_S = 20.0  # then the verdict is given with the names found so far; what was run is kept for the next one
MANY_ELEMENTS = 6  # so many equal wrong numbers in one case are no coincidence

Failures = dict[tuple[str, str], Finding]  # by check and case


@dataclass(frozen=True, slots=True)
class _Mistake:
    """What a wrong variant gave, and in what it failed."""

    outcome: Outcome
    failures: Failures


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
    kept = _kept_mistakes(fixed)
    until = time.monotonic() + WORTH_S
    for variant in examination.task.wrong_variants:
        if time.monotonic() > until:
            break
        if variant.backend not in {"numpy", examination.backend}:
            continue
        mistake = kept.get(variant) or _mistake(fixed, _put(variant, fixed, sandbox))
        if mistake.outcome.status is Status.COMPLETED:  # cut short on a busy machine, it says too little to be kept
            kept[variant] = mistake
        if _explained(fixed, mistake, outcome, failed) is None:
            continue
        if len(fixed.cases) < len(examination.cases):
            mistake = _mistake(examination, _put(variant, examination, sandbox, kept.get(variant)))
        count = _explained(examination, mistake, outcome, failed)
        if count:
            explained.append((variant, count))
    whole = [(variant, count) for variant, count in explained if count == len(failed)]
    return [Misconception(variant.slug, variant.did, variant.question) for variant, _ in whole or explained]


@lru_cache(maxsize=64)
def _kept_mistakes(_fixed: Examination) -> dict[WrongVariant, _Mistake]:
    """Return what was found of a task's variants in its fixed cases, to be looked into and added to."""
    return {}


def _put(variant: WrongVariant, examination: Examination, sandbox: Sandbox, kept: _Mistake | None = None) -> Outcome:
    """Return the answers of a variant: with what is kept of it, it is run on the secret cases alone."""
    source, arrays = variant.path.read_text(encoding="utf-8"), variant.backend == "numpy"
    if kept is None:
        return examination.put_to(source, sandbox, arrays=arrays)
    old, count = kept.outcome.results, len(examination.without_secret().cases)
    first = range(count, len(examination.cases))
    again = [position for position in examination.called_twice if position >= count]
    outcome = examination.put_to(source, sandbox, [*first, *again], arrays=arrays)
    new = outcome.results
    results = (*old[:count], *new[: len(first)])
    if len(results) == len(examination.cases):
        results += (*old[count:], *new[len(first) :])
    return replace(outcome, results=results)


def _mistake(examination: Examination, outcome: Outcome) -> _Mistake:
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
