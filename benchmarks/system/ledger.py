"""What became of every submission, as the database tells it: lost, doubled, right, and when its verdict was stored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SQL = """
SELECT submission.id::text, person.username, submission.status, run.number, run.verdict,
       extract(epoch FROM run.claimed)::float, extract(epoch FROM run.finished)::float
FROM grader_submission AS submission
JOIN accounts_user AS person ON person.id = submission.user_id
LEFT JOIN grader_gradingrun AS run ON run.submission_id = submission.id
WHERE person.username LIKE 'storm-learner-%'
"""
Row = tuple[str, str, str, int | None, str | None, float | None, float | None]


@dataclass(slots=True)
class Ledger:
    """`lost`: accepted with 202 and without a verdict. `doubled`: a second verdict that nobody asked for.

    `unasked`: a submission beyond the one that a learner was told of. `wrong`: a verdict that the source must not get.
    """

    handed_in: int = 0
    verdicts: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    waits_s: dict[str, float] = field(default_factory=dict)  # from the meant POST to the stored verdict, by submission
    service_s: list[float] = field(default_factory=list)  # from the claim to the stored verdict
    by_sort: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.unasked or self.wrong)


def audit(rows: Iterable[Row], handed_in: Mapping[str, Mapping[str, Any]], sources: Mapping[str, Any]) -> Ledger:
    """Compare the rows with what the learners were told.

    `handed_in` has, for each submission answered with 202, the name of its `source` and the time `at` when its POST was
    meant to be sent, in seconds since the epoch; `sources` has each Source by name.
    """
    runs: dict[str, list[Row]] = {}
    for row in rows:
        runs.setdefault(row[0], []).append(row)
    ledger = Ledger(handed_in=len(handed_in))
    ledger.unasked = sorted(set(runs) - set(handed_in))
    for pk, note in handed_in.items():
        graded = [row for row in runs.get(pk, []) if row[3] is not None and row[2] == "graded"]
        if not graded:
            ledger.lost.append(pk)
            continue
        if len(graded) > 1:
            ledger.doubled.append(pk)
        _count(ledger, graded[0], note, sources[note["source"]])
    return ledger


def _count(ledger: Ledger, row: Sequence[Any], note: Mapping[str, Any], source: Any) -> None:
    pk, _, _, _, verdict, claimed, finished = row
    ledger.verdicts += 1
    ledger.waits_s[pk] = finished - note["at"]
    ledger.service_s.append(finished - claimed)
    ledger.by_sort.setdefault(source.sort, Counter())[verdict] += 1
    if not source.is_right_verdict(verdict):
        ledger.wrong.append(f"{source.name}: {verdict}")
