"""Some of the calls once more, in a second child and in another order.

A solution is a function of its inputs. One that counts its calls, remembers an earlier one, asks the clock, or draws
from a stream that it does not seed gives itself away here; one that draws from a seed among its inputs gives the same
again. Outputs are compared by the rules of each check: the last bits of a sum are not a hidden state.
"""

from collections.abc import Sequence

import numpy as np

from grader.judge.cases import Case
from grader.judge.changes import are_equal
from grader.judge.comparison import Difference
from grader.judge.examination import Examination, Finding
from grader.judge.kinds import did_the_same
from grader.sandbox import CallResult, Outcome, Sandbox, Status

REPLAYED = 6  # calls
WORTH_S = 0.25  # where calls are slow, as many as fit into this time, but two at least
MESSAGE = "The same inputs gave another result in a second run, with the calls in another order."

# A second run that a busy machine made too long or too large says nothing about the first one.
_OF_THE_MACHINE = {Status.TIME_LIMIT_EXCEEDED, Status.MEMORY_LIMIT_EXCEEDED}


def inconsistent_cases(
    exam: Examination, source: str, outcome: Outcome, sandbox: Sandbox, seed: int
) -> tuple[Case, ...]:
    """Return the replayed cases in which a run that was completed cannot be repeated."""
    if outcome.status is not Status.COMPLETED:
        return ()
    positions = _drawn(len(exam.cases), outcome, seed)
    again = exam.put_to(source, sandbox, positions)
    found = [
        position
        for position, result in zip(positions, again.results, strict=False)
        if not _same(exam, position, outcome.results[position], result)
    ]
    if again.status is not Status.COMPLETED and again.status not in _OF_THE_MACHINE:
        found += positions[len(again.results) :][:1] or positions[:1]
    return tuple(exam.cases[position] for position in found)


def with_inconsistent(findings: Sequence[Finding], cases: Sequence[Case]) -> list[Finding]:
    """Return the findings, with what was right in one of `cases` no longer right."""
    return [
        Finding(finding.check, finding.case, Difference("inconsistent", MESSAGE))
        if finding.difference is None and finding.case in cases
        else finding
        for finding in findings
    ]


def _drawn(cases: int, outcome: Outcome, seed: int) -> list[int]:
    """Return positions of cases in an order in which, where there are two, none is at its old place."""
    call_s = outcome.wall_s / len(outcome.results)
    count = min(cases, REPLAYED, max(2, int(WORTH_S / max(call_s, 1e-6))))
    rng = np.random.default_rng([seed, 1])  # the cases of this seed are drawn from `seed` alone
    order = rng.permutation(cases)
    while cases > 1 and np.any(order[:count] == np.arange(count)):
        order = rng.permutation(cases)
    return [int(position) for position in order[:count]]


def _same(exam: Examination, position: int, one: CallResult, other: CallResult) -> bool:
    if not one.error and not other.error and one.unsupported == other.unsupported:
        ones, others = [one.value, one.inputs_after], [other.value, other.inputs_after]
        if are_equal(ones, others):
            return True
    case = exam.cases[position]
    return all(did_the_same(exam.task, check, one, other) for check in exam.checks if case.belongs_to(check))
