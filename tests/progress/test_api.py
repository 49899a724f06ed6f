import pytest
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from courses.models import Course, Lesson, Task
from lms.drafts.models import Draft
from lms.progress.services import lesson_mark
from tests.progress.verdicts import give

pytestmark = pytest.mark.django_db
PROGRESS = "/api/v1/progress/"


@pytest.fixture
def api(learner, broker):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(learner)[1]}")
    return client


def tasks_of(body):
    return {
        task["slug"]: task for course in body["courses"] for lesson in course["lessons"] for task in lesson["tasks"]
    }


def lessons_of(body):
    return {lesson["slug"]: lesson for course in body["courses"] for lesson in course["lessons"]}


def test_who_has_done_nothing_reads_all_there_is_to_do(api, catalogue):
    body = api.get(PROGRESS).json()
    assert [(course["slug"], course["title"], course["done"]) for course in body["courses"]] == [
        (course.slug, course.title, 0) for course in Course.objects.all()
    ]
    assert sum(course["total"] for course in body["courses"]) == len(tasks_of(body)) == Task.objects.count()
    assert {task["state"] for task in tasks_of(body).values()} == {"next", "later"}
    assert body["continue_with"] is None


def test_progress_tells_the_best_verdict_and_where_to_go_on(api, learner, catalogue):
    give(learner, "affine-backward")
    give(learner, "affine-backward", "wrong_answer", share=0.0)
    give(learner, "two-layer-backprop", "partially_accepted", share=0.5)
    body = api.get(PROGRESS).json()
    told = tasks_of(body)
    assert told["affine-backward"] == {"slug": "affine-backward", "state": "done", "verdict": "accepted"}
    assert told["two-layer-backprop"]["state"] == "begun"
    assert told["two-layer-backprop"]["verdict"] == "partially_accepted"
    assert told["hebb-rule"]["verdict"] is None
    assert lessons_of(body)["backpropagation"]["state"] == "begun"
    assert [course["done"] for course in body["courses"] if course["slug"] == "neural-networks"] == [1]
    assert body["continue_with"] == "http://testserver/api/v1/tasks/two-layer-backprop/"
    assert api.get(body["continue_with"]).json()["state"] == "begun"


def test_a_draft_is_something_to_go_on_with(api, learner, catalogue):
    task = Task.objects.get(slug="hebb-rule")
    Draft.objects.create(user=learner, task=task, backend="numpy", source="x", version=1, saved=timezone.now())
    assert api.get(PROGRESS, {"fields": "continue_with"}).json() == {
        "continue_with": "http://testserver/api/v1/tasks/hebb-rule/"
    }


def test_a_lesson_without_tasks_is_done_once_it_was_read(api, learner, catalogue):
    read = Lesson.objects.get(slug="backpropagation")
    read.tasks.update(is_published=False)
    assert lessons_of(api.get(PROGRESS).json())[read.slug]["state"] == "later"
    lesson_mark(learner, read, read=True)
    assert lessons_of(api.get(PROGRESS).json())[read.slug]["state"] == "done"


def test_the_progress_of_others_is_none_of_ones_own(api, other_learner, catalogue):
    give(other_learner, "hebb-rule")
    assert tasks_of(api.get(PROGRESS).json())["hebb-rule"]["verdict"] is None


def test_progress_takes_the_same_few_queries_however_much_there_is(api, learner, catalogue, django_assert_num_queries):
    give(learner, "hebb-rule")
    with django_assert_num_queries(
        8
    ):  # the token and its user; courses, lessons, tasks; verdicts, lessons read; activity
        api.get(PROGRESS)
    for slug in ("adam", "pca", "k-means"):
        give(learner, slug)
    with django_assert_num_queries(8):
        api.get(PROGRESS)


def test_progress_is_for_those_who_sign_in(client):
    response = client.get(PROGRESS)
    assert (response.status_code, response.headers["Content-Type"]) == (401, "application/problem+json")
