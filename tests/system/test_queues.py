"""Queues with real workers, and the order of turns on PostgreSQL."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import composed
from tests.system.postgresql import postgresql
from tests.system.processes import children, stop, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

PROCESSES = 2
REGRADES = 300
PASSWORD = "rebuild-it-from-scratch"


def test_the_order_is_the_same_on_postgresql():
    folder = Path(tempfile.mkdtemp(prefix="baremath-turns-"))  # not tmp_path: the database's user cannot enter that
    folder.chmod(0o755)
    with postgresql(folder) as url:
        files = ["tests/grader/test_turns.py", "tests/grader/on_postgresql.py"]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
        environment = os.environ | {"DATABASE_URL": url}
        ran = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
    shutil.rmtree(folder)
    assert ran.returncode == 0, ran.stdout[-4000:]


@pytest.fixture(scope="module")
def stack():
    with composed(WORKER_PROCESSES=str(PROCESSES), SWEEP_INTERVAL_S="1") as stack:
        yield stack


@pytest.fixture(scope="module")
def sign_up(stack):
    def sign_up(name):
        client = Client(stack.url)
        client.sign_up(name, PASSWORD)
        return client

    return sign_up


def claims(stack, where):
    """Return the ids of grading runs' submissions in the order in which they were claimed."""
    sql = f"SELECT submission_id FROM grader_gradingrun WHERE {where} ORDER BY claimed"
    return [str(pk) for (pk,) in stack.query(sql)]


def test_learners_alternate_however_many_one_has_handed_in(stack, sign_up):
    many, one, few = sign_up("many"), sign_up("one"), sign_up("few")
    stop(stack.pid("worker"))
    try:
        first = [many.submit(convolution.TASK, convolution.CORRECT)["id"] for _ in range(10)]
        second = [one.submit(convolution.TASK, convolution.CORRECT)["id"]]
        third = [few.submit(convolution.TASK, convolution.CORRECT)["id"] for _ in range(2)]
        states = [json.loads(few.get(f"/api/v1/submissions/{pk}/")) for pk in third]
        assert [state["queue_position"] for state in states] == [2, 4]
    finally:
        os.kill(stack.pid("worker"), 18)
    wait_until(lambda: len(claims(stack, "true")) == 13, 60)
    order = claims(stack, "true")
    expected = [first[0], second[0], third[0], first[1], third[1], *first[2:]]
    places = {pk: place for place, pk in enumerate(expected)}
    moved = max(abs(places[pk] - place) for place, pk in enumerate(order))
    assert moved < PROCESSES, (order, expected)  # two that are claimed in one moment may be noted either way round


@pytest.fixture
def regrades(stack, sign_up):
    """Have one slow submission graded, copied, and all of the copies graded again: more than this test waits for."""
    client = sign_up("regraded")
    graded = client.submit(convolution.TASK, convolution.slow(0.3))
    client.wait_for(graded, "graded", 60)
    code = f"""
import uuid
from django.db import transaction
from grader import services
from grader.models import GradingRun, Submission
original = Submission.objects.get(pk="{graded["id"]}")
run = original.latest_run
with transaction.atomic():
    for _ in range({REGRADES}):
        original.pk, original.status, original.latest_run, original._state.adding = uuid.uuid4(), "queued", None, True
        original.save()
        run.pk, run.submission, run._state.adding = None, original, True
        run.save()
        Submission.objects.filter(pk=original.pk).update(status="graded", latest_run=run)
print(services.regrade_all(Submission.objects.filter(user__username="regraded")))
"""
    web = stack.children["web"].service.environment
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    ran = subprocess.run(command, cwd=settings.BASE_DIR, env=web, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == str(REGRADES + 1), ran.stderr
    assert stack.query("SELECT count(*) FROM grader_submission WHERE queue = 'regrade'") == [(REGRADES + 1,)]


@pytest.mark.usefixtures("regrades")
def test_regrades_delay_what_is_handed_in_by_one_job_of_each_process(stack, sign_up):
    """Between the moment that it is stored and that it is claimed, each process may begin one more of them."""
    client = sign_up("fresh")
    assert len(children(stack.pid("worker"))) == PROCESSES
    fresh = []
    for _ in range(4):
        submission = client.submit(convolution.TASK, convolution.CORRECT)
        client.wait_for(submission, "graded", 60)
        fresh.append(submission["id"])
    overtaken = stack.query(f"""
        SELECT (SELECT count(*) FROM grader_submission AS again JOIN grader_gradingrun AS run
                ON run.submission_id = again.id AND run.number = 2
                WHERE run.claimed BETWEEN mine.queued AND mine.claimed)
             + (SELECT count(*) FROM grader_submission AS again
                WHERE again.status = 'running' AND again.claimed_at BETWEEN mine.queued AND mine.claimed)
        FROM grader_gradingrun AS mine JOIN grader_submission AS fresh ON fresh.id = mine.submission_id
        WHERE fresh.id IN ({", ".join(f"'{pk}'" for pk in fresh)})
    """)
    assert len(overtaken) == 4
    assert max(count for (count,) in overtaken) <= PROCESSES
    [(left,)] = stack.query("SELECT count(*) FROM grader_submission WHERE queue = 'regrade' AND status = 'queued'")
    assert left > REGRADES / 2  # they were waiting all the time
