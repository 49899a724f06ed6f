"""What only PostgreSQL can do in a test: SQLite in memory has no second connection that waits for the first.

tests/system/test_queues.py runs this file.
"""

import threading

import pytest
from django.db import connection

from grader import heartbeats
from grader.models import Submission
from tests.grader.test_turns import claimed, ids


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same(make_submission):
    submissions = [make_submission() for _ in range(40)]
    found = []

    def work():
        try:
            while mine := claimed(1):
                found.extend(mine)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(ids(*submissions))
    assert set(Submission.objects.values_list("attempts", "claimed_by")) == {(1, heartbeats.own_name())}
