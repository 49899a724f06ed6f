"""The pages of the map, of progress and of certificates."""

import json
import re
import uuid

import pytest

from courses.models import Lesson, Task
from courses.selectors import task_list
from lms.progress.models import CourseCertificate, LessonRead
from tests.progress.verdicts import give
from tests.web.html import attribute, elements, text

CONVOLUTION = ("conv2d-forward", "conv2d-backward", "max-pool-backward")
CLAIM = "/progress/convolutional-networks/certificate/"


@pytest.fixture
def complete(signed_in, learner):
    """A learner who has passed all tasks of the course on convolutional networks."""
    for slug in CONVOLUTION:
        give(learner, slug)
    return signed_in


@pytest.fixture
def certificate(complete):
    complete.post(CLAIM, {"name": "Ada Lovelace"})
    return CourseCertificate.objects.get()


def _marks(response):
    """Return the names of the links in the drawing."""
    return [link["aria-label"] for link in elements(response, "a") if "map-label" in link.get("class", "")]


def test_a_visitor_sees_the_map_without_marks(visitor):
    response = visitor.get("/map/")
    marks = _marks(response)
    assert len(marks) == Lesson.objects.count() + Task.objects.count()
    assert "Convolution, lesson" in marks
    assert "Convolution, forward, task" in marks
    assert "Later" not in text(response)
    assert elements(response, "a", href="/accounts/login/?next=/map/")


def test_a_learner_sees_what_is_done_begun_next_and_later_on_the_map_and_in_its_list(signed_in, learner):
    give(learner, "numerical-gradient")
    give(learner, "stable-softmax", "wrong_answer", share=0)
    response = signed_in.get("/map/")
    marks = _marks(response)
    for said in (
        "Partial derivatives and gradients, lesson: done",
        "Numerical gradient, task: done",
        "Activation functions, lesson: begun",
        "Softmax without overflow, task: begun",
        "Mean squared error, task: next",
        "Batch gradient descent, task: later",
    ):
        assert said in marks
    words = text(response)
    for said in ("Numerical gradient Done", "Softmax without overflow Begun", "Batch gradient descent Later"):
        assert said in words
    for state in ("Done", "Begun", "Next", "Later"):
        assert f"{state} " in words


def test_each_link_of_the_map_is_there_twice_once_in_the_list_and_once_in_the_drawing(signed_in):
    response = signed_in.get("/map/")
    links = [href for href in attribute(response, "href") if re.match(r"/(courses|tasks)/.", href)]
    assert sorted(links) == sorted(2 * sorted(set(links)))


def test_the_list_of_what_is_next_leaves_the_rest_out(signed_in, learner):
    give(learner, "numerical-gradient")
    response = signed_in.get("/map/?show=next")
    words = text(response).partition("The map as a drawing")[0]
    assert "Mean squared error Next" in words
    assert "Numerical gradient" not in words
    assert "Batch gradient descent" not in words
    assert "Foundations" not in words
    assert len(_marks(response)) == Lesson.objects.count() + Task.objects.count()


def test_without_courses_the_map_says_so(client, db):
    assert "There are no courses yet." in text(client.get("/map/"))


def test_a_lesson_names_what_it_builds_on_and_what_it_leads_to(visitor):
    words = text(visitor.get("/courses/supervised-learning/gradient-descent/"))
    assert (
        "Builds on Partial derivatives and gradients , Loss functions Leads to Optimizers , Logistic regression"
        in words
    )
    words = text(visitor.get("/courses/foundations/partial-derivatives-and-gradients/"))
    assert "Builds on" not in words
    assert "Leads to Gradient descent" in words


READ = "/progress/supervised-learning/optimizers/read/"
OPTIMIZERS = "/courses/supervised-learning/optimizers/"


@pytest.fixture
def without_task(catalogue):
    Task.objects.filter(slug="adam").update(is_published=False)


def test_a_lesson_without_tasks_is_marked_as_read_and_unmarked(without_task, signed_in, learner):
    assert "Mark as read" in text(signed_in.get(OPTIMIZERS))
    response = signed_in.post(READ, {"read": "yes"})
    assert (response.status_code, response.url) == (302, f"{OPTIMIZERS}#read")
    signed_in.post(READ, {"read": "yes"})
    assert LessonRead.objects.get(user=learner).lesson == "supervised-learning/optimizers"
    assert "You have marked this lesson as read." in text(signed_in.get(OPTIMIZERS))
    assert "Optimizers, lesson: done" in _marks(signed_in.get("/map/"))
    signed_in.post(READ, {"read": "no"})
    assert LessonRead.objects.count() == 0


def test_only_lessons_without_tasks_ask_to_be_marked_and_only_learners_are_asked(without_task, visitor, learner):
    assert "Mark as read" not in text(visitor.get(OPTIMIZERS))
    assert visitor.post(READ, {"read": "yes"}).url == f"/accounts/login/?next={READ}"
    visitor.force_login(learner)
    assert "Mark as read" not in text(visitor.get("/courses/supervised-learning/gradient-descent/"))
    assert visitor.post("/progress/supervised-learning/nothing/read/", {"read": "yes"}).status_code == 404
    assert visitor.get(READ).status_code == 405


def test_what_was_read_stays_read_when_the_lesson_was_away(without_task, signed_in, catalogue):
    signed_in.post(READ, {"read": "yes"})
    Lesson.objects.filter(slug="optimizers").delete()
    from courses.catalogue import sync

    sync()
    Task.objects.filter(slug="adam").update(is_published=False)
    assert "You have marked this lesson as read." in text(signed_in.get(OPTIMIZERS))


def test_the_desk_says_why_one_continues_there(signed_in, learner):
    give(learner, "k-means", "partially_accepted", share=0.5)
    response = signed_in.get("/")
    assert elements(response, "a", href="/tasks/k-means/", class_="button primary large")
    assert "You submitted this just now: 5.5 of 11 points." in text(response)


def test_progress_lists_what_is_done_begun_and_next_with_scores(signed_in, learner):
    give(learner, "numerical-gradient")
    give(learner, "k-means", "wrong_answer", share=0.2)
    give(learner, "k-means", "wrong_answer", share=0)
    words = text(signed_in.get("/progress/"))
    assert f"1 of {Task.objects.count()} tasks done." in words
    begun, coming, done = re.search(r"Begun (.*) Next (All.*) Done (.*) Courses", words).groups()
    assert "k-means Best so far 2.2 of 11 points" in begun
    assert "Mean squared error" in coming
    assert "Numerical gradient Passed" in done
    assert "You submitted this just now: 0 of 11 points." in words
    assert "0 of 3 tasks done, 0 of 2 lessons" in words


def test_progress_is_the_learners_own(visitor, other_learner, learner):
    assert visitor.get("/progress/").url == "/accounts/login/?next=/progress/"
    give(other_learner, "numerical-gradient")
    visitor.force_login(learner)
    words = text(visitor.get("/progress/"))
    assert f"0 of {Task.objects.count()} tasks done." in words
    assert "Nothing yet." in words


def test_the_page_of_a_course_leads_to_the_certificate_once_all_is_done(signed_in, learner):
    for slug in CONVOLUTION[:-1]:
        give(learner, slug)
    response = signed_in.get("/courses/convolutional-networks/")
    assert "2 of 3 tasks done, 1 of 2 lessons" in text(response)
    assert not elements(response, "a", href=CLAIM)
    give(learner, CONVOLUTION[-1])
    assert elements(signed_in.get("/courses/convolutional-networks/"), "a", href=CLAIM)


def test_claiming_asks_for_the_name_and_leads_to_the_certificate(complete, learner):
    learner.display_name = "Ada L."
    learner.save()
    [field] = elements(complete.get(CLAIM), "input", name="name")
    assert field["value"] == "Ada L."
    response = complete.post(CLAIM, {"name": "  Ada   Lovelace "})
    certificate = CourseCertificate.objects.get()
    assert certificate.name == "Ada Lovelace"
    assert (response.status_code, response.url) == (302, f"/certificates/{certificate.pk}/")
    assert elements(complete.get("/courses/convolutional-networks/"), "a", href=response.url)
    assert "You have it already" in text(complete.get(CLAIM))


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "Ada\u202eecalevoL"])
def test_a_name_that_cannot_be_printed_is_refused(complete, name):
    response = complete.post(CLAIM, {"name": name})
    assert response.status_code == 200
    assert elements(response, "ul", class_="errorlist") or elements(response, "input", aria_invalid="true")
    assert CourseCertificate.objects.count() == 0


def test_who_is_not_done_is_told_how_far_it_is(signed_in, learner):
    give(learner, CONVOLUTION[0])
    assert "1 of 3 tasks of this course is accepted." in text(signed_in.get(CLAIM))
    signed_in.post(CLAIM, {"name": "Ada"})
    assert CourseCertificate.objects.count() == 0
    assert signed_in.get("/progress/no-such-course/certificate/").status_code == 404


def test_everybody_can_read_a_certificate_and_only_its_owner_can_withdraw_it(certificate, client):
    client.logout()
    response = client.get(f"/certificates/{certificate.pk}/")
    words = text(response)
    for said in (
        "Ada Lovelace",
        "has rebuilt in code all 3 tasks",
        "Convolutional networks",
        "This server vouches for it",
    ):
        assert said in words
    assert certificate.signature in words
    assert [slug for slug in CONVOLUTION if elements(response, "a", href=f"/tasks/{slug}/")] == list(CONVOLUTION)
    assert elements(response, "form", action=f"/certificates/{certificate.pk}/shown/") == []
    assert "ada@example.org" not in response.content.decode()


def test_search_engines_are_asked_to_leave_certificates_out_and_cards_can_be_made_of_them(certificate, client):
    client.logout()
    address = f"/certificates/{certificate.pk}/"
    response = client.get(address)
    assert response["X-Robots-Tag"] == "noindex"
    assert elements(response, "meta", name="robots", content="noindex")
    tags = {meta["property"]: meta["content"] for meta in elements(response, "meta") if "property" in meta}
    assert tags["og:title"] == "Ada Lovelace: Convolutional networks"
    assert tags["og:url"] == f"http://testserver{address}"
    assert client.get(f"{address[:-1]}.json")["X-Robots-Tag"] == "noindex"


def test_the_file_of_a_certificate_holds_what_was_signed(certificate, client):
    response = client.get(f"/certificates/{certificate.pk}.json")
    document = json.loads(response.content)
    assert document["certificate"]["name"] == "Ada Lovelace"
    assert document["signature"] == {
        "algorithm": "Ed25519",
        "public_key": document["signature"]["public_key"],
        "value": certificate.signature,
    }
    assert document["address"] == f"http://testserver/certificates/{certificate.pk}/"
    assert "attachment" in response["Content-Disposition"]


def test_a_withdrawn_certificate_is_gone_for_others_until_it_is_shown_again(certificate, complete, other_learner):
    address = f"/certificates/{certificate.pk}/"
    complete.post(f"{address}shown/", {"shown": "no"})
    assert "Only you see this page." in text(complete.get(address))
    assert "(withdrawn: only you see it)" in text(complete.get("/progress/"))
    complete.force_login(other_learner)
    response = complete.get(address)
    assert response.status_code == 410
    assert "Ada Lovelace" not in text(response)
    assert complete.get(f"{address[:-1]}.json").status_code == 410
    assert complete.post(f"{address}shown/", {"shown": "yes"}).status_code == 404
    complete.force_login(certificate.user)
    complete.post(f"{address}shown/", {"shown": "yes"})
    complete.logout()
    assert complete.get(address).status_code == 200


def test_a_row_that_was_tampered_with_is_not_vouched_for(certificate, client):
    CourseCertificate.objects.update(name="Charles Babbage")
    words = text(client.get(f"/certificates/{certificate.pk}/"))
    assert "This server vouches for it" not in words
    assert "Do not rely on this page" in words


def test_a_task_that_is_no_longer_taught_is_named_without_a_link(certificate, client):
    Task.objects.filter(slug="conv2d-forward").update(is_published=False)
    response = client.get(f"/certificates/{certificate.pk}/")
    assert "Convolution, forward" in text(response)
    assert not elements(response, "a", href="/tasks/conv2d-forward/")


@pytest.mark.parametrize("end", ["/", ".json"])
def test_there_is_no_certificate_that_nobody_was_issued(visitor, end):
    assert visitor.get(f"/certificates/{uuid.uuid4()}{end}").status_code == 404


def test_whoever_has_done_everything_reads_so(signed_in, learner):
    for task in task_list():
        give(learner, task.slug)
    words = text(signed_in.get("/progress/"))
    assert "Nothing is half done." in words
    assert "Every task is done" in text(signed_in.get("/"))
