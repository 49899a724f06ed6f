import pytest
from django.utils import timezone

from grader import grading, selectors, services
from grader.judge.verdict import VerdictCode
from tests.grader.conftest import accepted, claim, wrong_answer

pytestmark = pytest.mark.django_db


def test_progress_keeps_the_best_verdict_of_each_task(broker, learner, task, make_graded):
    assert selectors.progress(learner) == {}
    make_graded(wrong_answer())
    make_graded(wrong_answer(code=VerdictCode.PARTIALLY_ACCEPTED, score=3.0))
    make_graded(wrong_answer(score=2.0))
    assert selectors.progress(learner) == {task.pk: "partially_accepted"}
    make_graded(accepted())
    make_graded(wrong_answer(score=9.0, max_score=10.0))  # of a later version with more points
    assert selectors.progress(learner) == {task.pk: "accepted"}


def test_a_regrade_takes_no_progress_away(broker, learner, task, make_graded):
    passed = make_graded(accepted())
    services.regrade(passed)
    grading.store_verdict(claim(passed), wrong_answer(), started=timezone.now())
    assert selectors.submission_get(learner, passed.pk).latest_run.verdict == "wrong_answer"
    assert selectors.progress(learner) == {task.pk: "accepted"}
    assert selectors.has_passed(learner, task)


def test_who_has_not_passed(broker, learner, other_learner, task, make_graded):
    make_graded(wrong_answer())
    make_graded(accepted(), user=other_learner)
    assert not selectors.has_passed(learner, task)


def test_our_faults_are_no_progress(broker, learner, make_graded):
    make_graded(wrong_answer(code=VerdictCode.INTERNAL_ERROR))
    assert selectors.progress(learner) == {}


def test_a_verdict_stays_visible_during_a_regrade(broker, learner, task, graded):
    services.regrade(graded)
    again = selectors.submission_get(learner, graded.pk)
    assert selectors.submission_state(again)["status"] == "paused"  # no worker runs here
    assert selectors.latest_run(again).verdict == "wrong_answer"
    assert selectors.progress(learner) == {task.pk: "wrong_answer"}


def test_submissions_of_one_task(learner, other_learner, task, make_submission):
    mine = make_submission()
    make_submission(user=other_learner)
    assert list(selectors.submission_list(learner, task)) == [mine]
