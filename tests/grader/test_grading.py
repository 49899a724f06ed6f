"""Claims and sweeping, without any job being run. tests/grader/test_jobs.py grades in the jail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grader import grading, heartbeats
from grader.judge.verdict import VerdictCode
from grader.models import GradingRun, Submission
from grader.sweeper import SweepReport, sweep
from tests.grader.conftest import accepted, claim, queued_arguments, wrong_answer
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db


def living_elsewhere(name="elsewhere/1/1", reason="", queues=("run", "grade")):
    state = heartbeats.WorkerState(name, "host", 1, reason, "", "2026-01-01T00:00:00+00:00", list(queues))
    heartbeats.beat(state)
    return name


@pytest.fixture
def old_broker(broker, monkeypatch):
    """The broker, taken to be up for long enough to know every living worker."""
    monkeypatch.setattr(heartbeats, "BROKER_SETTLES_S", 0)
    return broker


def stored():
    return Submission.objects.get()


def test_storing_a_verdict_ends_the_claim(broker, submission):
    held = claim(submission)
    run = grading.store_verdict(held, wrong_answer(), started=timezone.now())
    assert (run.number, run.verdict, run.score, run.task_version) == (1, "wrong_answer", 1.0, held.task.version)
    assert (stored().status, stored().claim, stored().latest_run) == ("graded", None, run)


def test_a_worker_that_lost_its_claim_stores_nothing(broker, submission):
    lost = claim(submission)
    grading.try_again(lost)
    kept = claim(submission)
    assert grading.store_verdict(lost, accepted(), started=None) is None
    grading.store_verdict(kept, wrong_answer(), started=None)
    assert [run.verdict for run in GradingRun.objects.all()] == ["wrong_answer"]


def test_storing_twice_gives_one_verdict(broker, submission):
    held = claim(submission)
    assert grading.store_verdict(held, accepted(), started=None)
    assert grading.store_verdict(held, accepted(), started=None) is None
    assert GradingRun.objects.count() == 1


def test_what_no_database_can_store_is_made_visible(broker, submission):
    run = grading.store_verdict(claim(submission), wrong_answer(prints="a\0b\udc80"), started=None)
    run.refresh_from_db()
    assert run.result["prints"] == "a␀b?"


def test_a_turn_too_many_finds_nothing_to_claim(broker, submission):
    held = claim(submission, by=heartbeats.own_name())
    grading.grade_next("grade")
    assert (stored().status, stored().claim) == ("running", held.claim)


def test_giving_back_charges_no_attempt(broker, submission):
    grading.give_back(claim(submission))
    assert (stored().status, stored().attempts) == ("queued", 0)
    assert queued_arguments(broker) == []


def test_after_the_last_attempt_it_is_our_fault(broker, submission, settings):
    held = claim(submission)
    held.attempts = settings.SUBMISSION_MAX_ATTEMPTS
    grading.try_again(held)
    run = stored().latest_run
    assert (stored().status, run.verdict, run.score, run.max_score) == (
        "graded",
        VerdictCode.INTERNAL_ERROR,
        0.0,
        held.task.max_score,
    )
    assert "our fault" in run.result["detail"]


def test_a_worker_that_is_killed_from_outside_says_little_about_its_submission(broker, submission, settings):
    held = claim(submission)
    held.attempts = settings.SUBMISSION_MAX_ATTEMPTS
    grading.release(held, held=timedelta(0))
    assert (stored().status, stored().latest_run) == ("queued", None)


@pytest.mark.parametrize("held_for", ["CELERY_TASK_TIME_LIMIT", None])
def test_a_submission_is_not_tried_for_ever(broker, submission, settings, held_for):
    """Not one that was stuck until the hard limit killed its worker, nor one whose worker dies each time."""
    held = claim(submission)
    held.attempts = settings.SUBMISSION_MAX_ATTEMPTS if held_for else settings.SUBMISSION_MAX_DELIVERIES
    seconds = getattr(settings, held_for) + 1 if held_for else 0
    grading.release(held, held=timedelta(seconds=seconds))
    assert stored().latest_run.verdict == VerdictCode.INTERNAL_ERROR


def test_times_that_come_from_several_clocks_stay_in_order(broker, submission):
    ahead = timezone.now() + timedelta(hours=1)
    Submission.objects.update(queued_at=ahead)
    run = grading.store_verdict(claim(submission, at=ahead), accepted(), started=ahead)
    assert run.queued == run.claimed == run.started == run.finished < ahead


def test_a_process_is_alive_until_it_is_gone(dead_worker):
    assert not heartbeats.is_gone(heartbeats.own_name())
    assert heartbeats.is_gone(dead_worker)


def test_a_reused_process_number_is_another_process():
    machine, pid, started = heartbeats.own_name().split("/")
    assert heartbeats.is_gone(f"{machine}/{pid}/{int(started) - 1}")


def test_a_worker_elsewhere_is_alive_while_its_heart_beats(old_broker):
    name = living_elsewhere()
    assert not heartbeats.is_gone(name)
    heartbeats.end(name)
    assert heartbeats.is_gone(name)


def test_a_broker_that_has_just_started_declares_nobody_dead(broker, monkeypatch):
    monkeypatch.setattr(heartbeats, "BROKER_SETTLES_S", 10**6)
    assert not heartbeats.is_gone("elsewhere/1/1")


def test_the_sweeper_releases_the_claims_of_dead_workers_only(broker, make_submission, dead_worker):
    dead, alive, elsewhere = make_submission(), make_submission(), make_submission()
    claim(dead, by=dead_worker)
    claim(alive, by=heartbeats.own_name())
    claim(elsewhere, by=living_elsewhere())
    assert sweep().released == 1
    statuses = dict(Submission.objects.values_list("pk", "status"))
    assert statuses == {dead.pk: "queued", alive.pk: "running", elsewhere.pk: "running"}
    assert queued_arguments(broker) == ["grade"]


def test_a_claim_expires_even_if_its_process_lives(broker, submission, settings):
    long_ago = timezone.now() - timedelta(seconds=settings.CLAIM_EXPIRES_S + 1)
    claim(submission, by=heartbeats.own_name(), at=long_ago)
    assert sweep().released == 1
    assert stored().status == "queued"


def test_the_sweeper_sends_the_turns_that_are_lacking(broker, make_submission):
    for _ in range(3):
        make_submission()
    assert sweep() == SweepReport(released=0, enqueued=3)
    assert sweep() == SweepReport(released=0, enqueued=0)
    broker.lpop("grade")
    assert sweep() == SweepReport(released=0, enqueued=1)
    assert queued_arguments(broker) == ["grade"] * 3


def test_each_queue_has_turns_of_its_own(broker, make_submission):
    make_submission(queue="regrade")
    broker.rpush("grade", "a message", "another message")
    assert sweep().enqueued == 1
    assert queued_arguments(broker, "regrade") == ["regrade"]


def test_while_every_jail_is_broken_nothing_is_enqueued(broker, submission):
    name = living_elsewhere(reason="no user namespaces")
    assert sweep().enqueued == 0
    living_elsewhere(name)
    assert sweep().enqueued == 1


def test_the_sweeper_survives_a_broker_that_is_down(submission, settings):
    settings.REDIS_URL = NO_BROKER
    claim(submission, by="elsewhere/1/1")
    assert sweep() == SweepReport(released=0, enqueued=0)
    assert stored().status == "running"
