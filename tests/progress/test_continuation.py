"""Where a learner goes on, and why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Task
from courses.selectors import course_list, task_list
from grader.models import Submission
from lms.drafts.models import Draft
from lms.progress.selectors import continue_at, progress_of
from tests.progress.verdicts import give

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def go_on(learner):
    """Return a function that tells where the learner goes on: slug and reason."""

    def tell():
        found = continue_at(learner, list(course_list()), progress_of(learner))
        return found and (found.task.slug, found.why)

    return tell


def _ago(**duration):
    return timezone.now() - timedelta(**duration)


def test_who_has_not_begun_goes_on_nowhere(go_on):
    assert go_on() is None


def test_what_was_submitted_last_and_is_open_still(go_on, learner):
    give(learner, "mean-squared-error", "wrong_answer", share=0.2, at=_ago(days=3))
    give(learner, "k-means", "partially_accepted", share=0.6, at=_ago(hours=2, minutes=9))
    points = Task.objects.get(slug="k-means").max_score
    assert go_on() == ("k-means", f"You submitted this 2 hours ago: {points * 0.6:.4g} of {points:.4g} points.")


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (None, "You submitted this just now: it is being graded."),
        (
            "internal_error",
            "You submitted this just now, and we could not grade it: nothing was charged. Submit it again.",
        ),
    ],
)
def test_what_has_no_verdict_of_its_own(go_on, learner, verdict, said):
    if verdict:
        give(learner, "k-means", verdict)
    else:
        task = Task.objects.get(slug="k-means")
        Submission.objects.create(user=learner, task=task, source="x", backend="numpy")
    assert go_on() == ("k-means", said)


def test_after_a_pass_first_what_is_left_of_the_lesson(go_on, learner):
    give(learner, "stable-softmax", at=_ago(days=1, hours=1))
    for slug in ("numerical-gradient", "mean-squared-error", "batch-gradient-descent", "perceptron-train"):
        give(learner, slug, at=_ago(days=9))
    for slug in ("stable-sigmoid", "logistic-regression-fit"):
        give(learner, slug, at=_ago(days=9))
    assert go_on() == (
        "softmax-cross-entropy",
        "You passed Softmax without overflow 1 day ago. This one belongs to the same lesson.",
    )


def test_then_what_builds_on_it(go_on, learner):
    for slug in ("numerical-gradient", "mean-squared-error"):
        give(learner, slug, at=_ago(days=9))
    give(learner, "k-means", "wrong_answer", share=0, at=_ago(days=2))
    give(learner, "perceptron-train", at=_ago(days=1))
    slug, why = go_on()
    assert slug == "hebb-rule"
    assert why == "You passed Train a perceptron 1 day ago. Hebbian learning builds on it."


def test_then_what_was_begun_and_then_what_is_next_in_the_order_of_teaching(go_on, learner):
    give(learner, "pca", "wrong_answer", share=0, at=_ago(days=2))
    give(learner, "decision-tree", at=_ago(days=1))
    assert go_on() == (
        "pca",
        "You passed A decision tree 1 day ago. You have begun this one, and it is not passed yet.",
    )
    give(learner, "pca", at=_ago(days=1))
    give(learner, "k-means", at=_ago(hours=1))
    assert go_on() == ("numerical-gradient", "You passed k-means 1 hour ago. All that this one builds on is done.")


def test_a_task_that_was_passed_stays_passed_whatever_was_submitted_since(go_on, learner):
    give(learner, "decision-tree", at=_ago(days=2))
    give(learner, "decision-tree", "wrong_answer", share=0, at=_ago(days=1))
    assert go_on()[0] == "numerical-gradient"


def test_who_has_done_everything_is_free(go_on, learner):
    for task in task_list():
        give(learner, task.slug)
    assert go_on() is None


def test_a_task_that_is_no_longer_taught_is_passed_over(go_on, learner):
    give(learner, "decision-tree", "wrong_answer", share=0, at=_ago(days=2))
    give(learner, "k-means", "wrong_answer", share=0, at=_ago(days=1))
    Task.objects.filter(slug="k-means").update(is_published=False)
    assert go_on()[0] == "decision-tree"


def _draft(learner, slug, saved, version=1):
    task = Task.objects.get(slug=slug)
    Draft.objects.create(user=learner, task=task, backend="numpy", source="x = 2", version=version, saved=saved)


def test_what_is_being_written_comes_first_when_it_is_newer(go_on, learner):
    give(learner, "k-means", "wrong_answer", share=0, at=_ago(days=2))
    _draft(learner, "decision-tree", _ago(days=3))
    assert go_on()[0] == "k-means"
    _draft(learner, "pca", _ago(hours=3))
    assert go_on() == ("pca", "You were writing this 3 hours ago. It is not submitted yet.")


def test_a_draft_alone_is_enough_to_go_on_and_an_empty_one_is_not(go_on, learner):
    _draft(learner, "k-means", _ago(hours=1), version=0)
    assert go_on() is None
    _draft(learner, "pca", _ago(hours=2))
    assert go_on()[0] == "pca"


def test_what_became_of_a_submission_says_more_than_its_draft(go_on, learner):
    give(learner, "k-means", "wrong_answer", share=0, at=_ago(days=2))
    _draft(learner, "k-means", _ago(minutes=5))
    assert go_on()[1].startswith("You submitted this 2 days ago: 0 of ")


def test_a_draft_of_what_is_passed_leads_nowhere(go_on, learner):
    give(learner, "pca", at=_ago(days=3))
    give(learner, "k-means", "wrong_answer", share=0, at=_ago(days=2))
    _draft(learner, "pca", _ago(minutes=5))
    assert go_on()[0] == "k-means"
