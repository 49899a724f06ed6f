"""PostgreSQL that hangs, is restarted, absent or full."""

import json
import secrets
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.system import convolution
from tests.system.faults.conftest import RECOVERY_S
from tests.system.faults.disks import small_disk
from tests.system.faults.learners import ACCEPTED, Learner
from tests.system.faults.ledger import assert_nothing_lost_or_doubled, settle
from tests.system.faults.watching import answer, stream
from tests.system.processes import family, resume, stop, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # PostgreSQL's words for them
TASK = f"/tasks/{convolution.TASK}/"
FORM = {"source": convolution.CORRECT, "backend": "numpy"}
AWAY = "The database does not answer at the moment."


def end_database(stack, how):
    stack.children["db"].process.send_signal(how)
    stack.children["db"].process.wait(30)


def assert_says_that_the_database_is_away(client, submission):
    body = {"task": convolution.TASK, **FORM}
    for page in (TASK, submission["url"], "/submissions/", "/admin/"):
        status, kind, retry_after, text = answer(lambda page=page: client.get(page))
        assert (status, kind, retry_after) == (503, "text/html; charset=utf-8", "5"), page
        assert AWAY.rstrip(".") in text
    for question in (
        lambda: client.get("/api/v1/submissions/"),
        lambda: client.get(submission["state"]),
        lambda: client.post_json("/api/v1/submissions/", body, **{"Idempotency-Key": "once"}),
        lambda: client.post(f"{TASK}submit/", FORM, Accept="application/json"),
    ):
        status, kind, retry_after, text = answer(question)
        assert (status, kind, retry_after) == (503, "application/problem+json", "5")
        assert AWAY in json.loads(text)["detail"]
    plain = answer(lambda: client.post(f"{TASK}submit/", FORM, Accept="text/html"))
    assert (plain[0], plain[2]) == (503, "5")
    assert AWAY.rstrip(".") in plain[3]
    assert answer(lambda: client.get("/healthz"))[0] == 200
    status, *_, parts = answer(lambda: client.get("/readyz"))
    assert (status, json.loads(parts)["database"]["state"]) == (503, "failed")


@pytest.mark.parametrize("how", [FAST, IMMEDIATE])
def test_absent_in_the_middle_of_grading_and_of_a_stream(stack, client, how):
    """Everything says so; the verdict that was in the making is stored as soon as there is a place for it."""
    worker = stack.pid("worker")
    submission = client.submit(convolution.TASK, convolution.slow(1.5))
    client.wait_for(submission, "running", RECOVERY_S)
    with stream(client, submission) as told:
        told.until("running")
        end_database(stack, how)
        assert told.until("paused")["reason"].startswith(AWAY)
        assert_says_that_the_database_is_away(client, submission)
        stack.tend()
        assert told.until("graded")["verdict"] == "accepted"
    attempts = f"SELECT attempts, count(*) FROM grader_submission WHERE id = '{submission['id']}' GROUP BY 1"
    assert stack.query(attempts) == [(1, 1)]
    assert stack.pid("worker") == worker
    convolution.assert_both_verdicts_are_right(client)


def test_hanging_in_the_middle_of_grading_and_of_a_stream(stack, client):
    """Connections stay, and nobody answers: no page waits for that, but the worker does, and grades once."""
    client.patience_s = 30
    submission = client.submit(convolution.TASK, convolution.slow(1.5))
    client.wait_for(submission, "running", RECOVERY_S)
    body, key = {"task": convolution.TASK, **FORM}, {"Idempotency-Key": "while-it-hangs"}
    questions = (
        lambda: client.get(TASK),
        lambda: client.get(submission["url"]),
        lambda: client.get("/api/v1/submissions/"),
        lambda: client.post_json("/api/v1/submissions/", body, **key),
        lambda: client.get("/readyz"),
    )
    with ExitStack() as later, stream(client, submission) as told, ThreadPoolExecutor(len(questions)) as visitors:
        told.until("running")
        for pid, _ in sorted(family(stack.pid("db"))):
            stop(pid)
            later.callback(resume, pid)
        assert [each[0] for each in visitors.map(answer, questions)] == [503] * len(questions)
        assert told.until("paused")["reason"].startswith(AWAY)
        later.pop_all().close()
        assert told.until("graded")["verdict"] == "accepted"
    again = [client.post_json("/api/v1/submissions/", body, **key)["id"] for _ in range(2)]
    assert again[0] == again[1]
    runs = f"SELECT count(*) FROM grader_gradingrun WHERE submission_id = '{submission['id']}'"
    assert stack.query(runs) == [(1,)]


def test_restarted_in_the_middle_of_posts(stack, sign_up):
    learners = [Learner(f"poster-{number}", sign_up()) for number in range(3)]
    for learner in learners:
        learner.start()
    for how in (FAST, IMMEDIATE, FAST):
        time.sleep(2)
        end_database(stack, how)
        stack.tend()
    settle(stack, *learners)
    assert_nothing_lost_or_doubled(stack, *learners)


@pytest.mark.root
def test_full_disk(stack, sign_up):
    """What does not fit is refused and not there; what was taken is graded when there is room again."""
    learner = Learner("filler", sign_up())
    end_database(stack, FAST)
    with small_disk(stack.folder / "db", mib=160) as disk:
        stack.tend()
        wait_until(stack.is_ready, RECOVERY_S)
        assert learner.hand_in("filler/before", wanted=ACCEPTED, is_keyed=True)
        disk.fill()
        refused = 0
        deadline = time.monotonic() + RECOVERY_S
        for number in range(10**6):
            ballast = "\n".join(f"# {secrets.token_hex(40)}" for _ in range(600))
            source = f"{convolution.CORRECT}\n{ballast}"
            refused += learner.hand_in(f"filler/{number}", wanted=ACCEPTED, is_keyed=True, source=source) is None
            learner.look()
            stack.tend()
            if refused >= 5:
                break
            assert time.monotonic() < deadline
        disk.free()
        learner.until(lambda: learner.hand_in("filler/after", wanted=ACCEPTED, is_keyed=True), RECOVERY_S, stack.tend)
        settle(stack, learner)
        assert_nothing_lost_or_doubled(stack, learner)
        end_database(stack, FAST)
    stack.tend()
    wait_until(stack.is_ready, RECOVERY_S)
    assert_nothing_lost_or_doubled(stack, learner)
