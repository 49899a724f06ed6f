import base64
import json
import subprocess
import sys
import uuid

import pytest
from django.utils import timezone

from courses.models import Task
from grader import grading
from grader.judge.verdict import CheckResult, Misconception, Verdict, VerdictCode
from grader.models import Submission

SOURCE = "def mean_squared_error(y_pred, y_true):\n    return 0.0\n"


@pytest.fixture
def task(catalogue):
    return Task.objects.get(slug="mean-squared-error")


@pytest.fixture
def make_submission(task, learner):
    """Return a function that makes a queued submission for which no turn was sent."""

    def make(**fields):
        return Submission.objects.create(
            **{"user": learner, "task": task, "source": SOURCE, "backend": "numpy"} | fields
        )

    return make


@pytest.fixture
def submission(make_submission):
    return make_submission()


@pytest.fixture
def make_graded(make_submission):
    """Return a function that makes a submission with a stored verdict."""

    def make(verdict=None, **fields):
        claimed = claim(make_submission(**fields))
        grading.store_verdict(claimed, verdict or wrong_answer(), started=timezone.now())
        return Submission.objects.get(pk=claimed.pk)

    return make


@pytest.fixture
def graded(make_graded):
    return make_graded()


@pytest.fixture
def dead_worker():
    """The name of a process of this machine that has ended."""
    script = "from grader.heartbeats import own_name; print(own_name())"
    return subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.strip()


def queued_arguments(broker, queue="grade"):
    """Return the arguments of the jobs that wait in a queue: ids of runs, and of what is a turn the queue's name."""
    bodies = [base64.b64decode(json.loads(message)["body"]) for message in broker.lrange(queue, 0, -1)]
    return [json.loads(body)[0][0] for body in bodies]


def claim(submission, *, by="elsewhere/1/1", at=None):
    """Claim a queued submission in the name of some worker process."""
    Submission.objects.filter(pk=submission.pk, status="queued").update(
        status="running", claim=uuid.uuid4(), claimed_by=by, claimed_at=at or timezone.now(), attempts=1
    )
    return Submission.objects.select_related("task").get(pk=submission.pk)


def wrong_answer(**fields):
    values = {
        "code": VerdictCode.WRONG_ANSWER,
        "score": 1.0,
        "max_score": 4.0,
        "checks": [
            CheckResult("shape", "allclose", True, 1.0, 1.0),
            CheckResult("values", "allclose", False, 0.0, 3.0, category="values", feedback="3 of 4 elements differ."),
        ],
        "misconceptions": [Misconception("sum-for-mean", "You summed.", "What is divided by N?")],
        "provenance": {"seed": 7},
    }
    return Verdict(**values | fields)


def accepted():
    return wrong_answer(code=VerdictCode.ACCEPTED, score=4.0, misconceptions=[])


@pytest.fixture
def backlog_counts(monkeypatch):
    """Have who waits counted at each submission, not once a second; what was counted is forgotten after the test."""
    monkeypatch.setattr("grader.backlog._counted", (float("-inf"), False))
    monkeypatch.setattr("grader.backlog.COUNT_KEPT_S", 0)
