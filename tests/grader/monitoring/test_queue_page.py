"""The page "Queue and workers" of the admin panel."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from grader import heartbeats
from grader.monitoring import recent
from grader.sweeper import sweep
from tests.grader.conftest import claim
from tests.grader.monitoring.test_collector import SEEN, grade
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db

PAGE = "/admin/grader/submission/queue/"


@pytest.fixture
def admin(client, instructor, broker):
    client.force_login(instructor)
    return client


def rows(client):
    """Return the words of each row of the page's tables, by its first cell."""
    page = client.get(PAGE, {"part": "numbers"}).content.decode()
    assert "<html" not in page
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    words = [[" ".join(re.sub(r"<.*?>", " ", cell).split()) for cell in row] for row in cells]
    return {row[0]: row[1:] for row in words}


def test_staff_find_the_page(admin):
    assert PAGE in admin.get("/admin/grader/submission/").content.decode()
    assert "<h2>Queues</h2>" in admin.get(PAGE).content.decode()


def test_learners_do_not_see_it(client, learner):
    client.force_login(learner)
    assert client.get(PAGE).status_code == client.get(PAGE, {"part": "numbers"}).status_code == 302


def test_what_waits_and_who_grades_what(admin, make_submission):
    make_submission(queued_at=timezone.now() - timedelta(seconds=90))
    heartbeats.beat(heartbeats.WorkerState("here/1/1", "host", 7, "", "", SEEN))
    heartbeats.beat(heartbeats.WorkerState("here/2/2", "host", 8, "no jail", "Mend it.", SEEN))
    held = claim(make_submission(), by="here/1/1")
    found = rows(admin)
    assert found["Grading"] == ["works"]
    assert (found["Waiting"], found["Being graded"]) == (["1"], ["1"])
    assert found["grade"][0] == "1"
    assert 90 <= int(found["grade"][1].removesuffix(" s")) < 120
    assert found["run"] == ["0", "–"]
    assert found["host, 7"] == ["grade, run", "works", f"{str(held.pk)[:8]} , since {held.claimed_at:%H:%M:%S}"]
    assert found["host, 8"] == ["grade, run", "no jail Mend it.", "no submission"]


def test_why_grading_is_paused_and_what_a_lost_worker_left(admin, make_submission):
    lost = claim(make_submission(), by="here/3/3")
    again = make_submission(attempts=2)
    found = rows(admin)
    assert found["Grading"] == [
        "Grading is paused: no grading worker is running. What you submit is kept and graded afterwards."
    ]
    assert found["no such process lives"][2].startswith(str(lost.pk)[:8])
    assert found[str(again.pk)[:8]][:2] == ["2", "queued"]


def test_the_verdicts_of_the_last_hour(admin, make_submission, monkeypatch):
    for seconds in (1, 1, 1, 9):
        grade(make_submission(), judge_s=seconds)
    found = rows(admin)
    assert found["accepted"] == ["4", "100.0 %"]
    assert [float(cell.removesuffix(" s")) for cell in found["judging"]] == pytest.approx([1, 9], abs=0.5)
    assert (found["1 minute"], found["60 minutes"]) == (["4"], ["4"])
    monkeypatch.setattr(recent, "LATEST", 4)  # as many as there are: an hour may have had more
    assert rows(admin)["60 minutes"] == ["more than are looked at"]


def test_when_the_sweeper_was_round(admin):
    assert rows(admin)["Sweeper’s last pass"] == ["unknown: it does not run, or the broker does not answer"]
    sweep()
    assert re.fullmatch(r"\d+ s ago", rows(admin)["Sweeper’s last pass"][0])


def test_it_is_there_without_a_broker(admin, settings, make_submission):
    settings.REDIS_URL = NO_BROKER
    make_submission()
    found = rows(admin)
    assert found["Waiting"] == ["1"]
    assert "the queue does not answer" in found["Grading"][0]
    assert "run" not in found
