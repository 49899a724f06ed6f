"""What the pages of the catalogue show, to visitors and to learners."""

import pytest

from courses.models import Course, Lesson, Task
from courses.selectors import task_list
from grader.judge.verdict import Verdict, VerdictCode
from tests.web.html import attribute, elements, text

ACCEPTED = Verdict(VerdictCode.ACCEPTED, 10.0, 10.0, [])


def test_home_leads_a_visitor_to_the_first_lesson(visitor):
    response = visitor.get("/")
    first = Lesson.objects.first()
    assert elements(response, "a", href=f"/courses/{first.course.slug}/{first.slug}/", class_="button primary large")
    titles = list(Course.objects.values_list("title", flat=True))
    assert [title for title in titles if title in text(response)] == titles
    assert elements(response, "progress") == []


def test_home_without_courses_says_how_to_read_them(client, db):
    assert "manage.py read_catalogue" in text(client.get("/"))


def test_home_takes_a_learner_to_the_first_task_that_is_not_done(signed_in, make_graded):
    make_graded(ACCEPTED)
    response = signed_in.get("/")
    first_open = task_list().exclude(slug="mean-squared-error").first()
    assert elements(response, "a", href=f"/tasks/{first_open.slug}/", class_="button primary large")
    count = Task.objects.filter(lesson__course__slug="supervised-learning").count()
    assert elements(response, "progress", max=str(count), value="1", aria_label="Tasks done in Supervised learning")


def test_a_course_lists_its_lessons_and_how_far_the_learner_is(signed_in, make_graded):
    make_graded()
    response = signed_in.get("/courses/supervised-learning/")
    assert elements(response, "a", href="/courses/supervised-learning/loss-functions/")
    assert elements(response, "a", href="/tasks/mean-squared-error/")
    assert "Begun" in text(response)
    count = Task.objects.filter(lesson__course__slug="supervised-learning").count()
    assert f"0 of {count} tasks done" in text(response)


def test_a_lesson_has_contents_that_lead_to_its_headings(visitor):
    response = visitor.get("/courses/convolutional-networks/convolution/")
    targets = [href[1:] for href in attribute(response, "href") if href.startswith("#") and href != "#main"]
    assert len(targets) > 2
    assert set(targets) <= set(attribute(response, "id"))
    assert elements(response, "a", href="/tasks/conv2d-forward/")
    assert elements(response, "svg", class_="fig")


def test_lessons_are_linked_in_the_order_in_which_they_are_taught(visitor):
    addresses = [f"/courses/{lesson.course.slug}/{lesson.slug}/" for lesson in Lesson.objects.all()]
    seen, address = [], addresses[0]
    while address:
        seen.append(address)
        following = elements(visitor.get(address), "a", rel="next")
        address = following[0]["href"] if following else None
    assert seen == addresses
    assert elements(visitor.get(addresses[1]), "a", rel="prev")[0]["href"] == addresses[0]


def test_a_visitor_reads_a_task_and_is_asked_to_sign_in_before_running(visitor):
    response = visitor.get("/tasks/conv2d-forward/")
    assert elements(response, "a", href="/accounts/login/?next=/tasks/conv2d-forward/")
    assert elements(response, "button", type="submit") == []
    assert "import numpy as np\n\n\ndef conv2d_forward(" in response.content.decode()


def test_a_learner_can_run_and_submit_without_a_script(signed_in):
    response = signed_in.get("/tasks/mean-squared-error/")
    assert elements(response, "form", action="/tasks/mean-squared-error/submit/", method="post")
    assert elements(response, "button", formaction="/tasks/mean-squared-error/run/")
    assert elements(response, "textarea", name="source")
    assert [choice["value"] for choice in elements(response, "input", name="backend")] == ["numpy", "torch"]


def test_the_backend_is_the_one_asked_for_or_the_one_used_last(signed_in, make_submission):
    make_submission(backend="torch", source="import torch  # mine\n")
    assert _chosen_backend(signed_in.get("/tasks/mean-squared-error/")) == "torch"
    assert _chosen_backend(signed_in.get("/tasks/mean-squared-error/?backend=numpy")) == "numpy"
    assert _chosen_backend(signed_in.get("/tasks/mean-squared-error/?backend=fortran")) == "torch"


def _chosen_backend(response):
    [chosen] = [choice for choice in elements(response, "input", name="backend") if "checked" in choice]
    return chosen["value"]


@pytest.mark.parametrize(
    "address",
    ["/nothing/", "/courses/no-such-course/", "/courses/supervised-learning/no-such-lesson/", "/tasks/no-such-task/"],
)
def test_an_unknown_address_is_a_404_that_leads_on(visitor, address):
    response = visitor.get(address)
    assert response.status_code == 404
    assert "There is no such page" in text(response)
    assert elements(response, "a", href="/", class_="button primary")


def test_an_unpublished_task_is_gone(visitor):
    Task.objects.filter(slug="conv2d-forward").update(is_published=False)
    assert visitor.get("/tasks/conv2d-forward/").status_code == 404
    assert "/tasks/conv2d-forward/" not in attribute(visitor.get("/courses/convolutional-networks/"), "href")


def test_pages_only_answer_reading_requests(visitor):
    assert visitor.post("/tasks/conv2d-forward/").status_code == 405
    assert visitor.head("/tasks/conv2d-forward/").status_code == 200
