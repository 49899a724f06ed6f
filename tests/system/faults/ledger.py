"""What is stored, read past the product, against what learners were told."""

from collections import Counter
from contextlib import suppress

from tests.system.faults.conftest import RECOVERY_S

SUBMISSIONS = """
    SELECT submission.id::text, split_part(submission.source, E'\\n', 1), submission.status,
           (SELECT json_agg(json_build_array(run.number, run.verdict))
            FROM grader_gradingrun run WHERE run.submission_id = submission.id)
    FROM grader_submission submission WHERE submission.source LIKE '# %/% %'
"""
NEGATIVE = "SELECT count(*) FROM grader_gradingrun WHERE claimed < queued OR started < claimed OR finished < started"
WAITING = "SELECT count(*) FROM grader_submission WHERE status <> 'graded'"


def waiting(stack):
    """Return how many submissions have no verdict yet, None while the database is away."""
    import psycopg

    with suppress(psycopg.OperationalError):
        return stack.query(WAITING)[0][0]
    return None


def settle(stack, *learners):
    """Have the learners stop, and wait until everything has its verdict."""
    for learner in learners:
        learner.end()
    learners[0].until(lambda: not any(learner.is_alive() for learner in learners), RECOVERY_S, stack.tend)
    learners[0].until(lambda: waiting(stack) == 0, RECOVERY_S, stack.tend)


def assert_nothing_lost_or_doubled(stack, *learners):
    """Each submission that was taken is there, each that is there has one verdict, the right one; no answer lied."""
    stored = {pk: (*first.split()[1:], status, runs) for pk, first, status, runs in stack.query(SUBMISSIONS)}
    taken = {pk: wanted for learner in learners for pk, wanted in learner.accepted.items()}
    assert {pk: stored[pk][1] for pk in taken if pk in stored} == taken
    assert {pk: row for pk, row in stored.items() if row[2:] != ("graded", [[1, row[1]]])} == {}
    times = Counter(marker for marker, *_ in stored.values())
    assert {marker: times[marker] for learner in learners for marker in learner.keyed if times[marker] != 1} == {}
    assert max(times.values()) == 1
    lies = [lie for learner in learners for lie in learner.lies]
    assert lies == [], lies  # this file is no test: pytest says nothing of its own about what is compared
    assert stack.query(NEGATIVE) == [(0,)]
    return len(taken), len(stored)
