"""What is around every page: where one is, where sign-in leads back to, what errors offer."""

import pytest

from courses.models import Lesson
from tests.web.html import attribute, elements, text

TASK = "/tasks/mean-squared-error/"
SIGN_UP = {"username": "newcomer", "password1": "correct horse battery", "password2": "correct horse battery"}


@pytest.mark.parametrize(
    ("address", "href", "current"),
    [
        ("/", "/", "page"),
        ("/courses/supervised-learning/", "/#courses", "true"),
        (TASK, "/#courses", "true"),
        ("/search/", "/search/", "page"),
    ],
)
def test_the_header_marks_where_one_is(visitor, address, href, current):
    marked = [link for link in elements(visitor.get(address), "a") if "aria-current" in link]
    assert {(link["href"], link["aria-current"]) for link in marked} == {(href, current)}


@pytest.mark.parametrize("name", ["login", "signup"])
def test_sign_in_and_sign_up_lead_back_to_where_one_was(visitor, name):
    assert elements(visitor.get(f"{TASK}?backend=torch"), "a", href=f"/accounts/{name}/?next={TASK}%3Fbackend%3Dtorch")
    assert elements(visitor.get("/"), "a", href=f"/accounts/{name}/")
    # From one to the other the way is kept, also when the form was sent with a mistake in it.
    entrance = f"/accounts/login/?next={TASK}"
    assert elements(visitor.get(entrance), "a", href=f"/accounts/{name}/?next={TASK}")
    assert elements(visitor.post(entrance, {"next": TASK}), "a", href=f"/accounts/{name}/?next={TASK}")


def test_after_signing_up_a_learner_is_at_the_task(visitor):
    [form] = elements(visitor.get(f"/accounts/signup/?next={TASK}"), "input", name="next")
    response = visitor.post("/accounts/signup/", SIGN_UP | {"next": form["value"]})
    assert (response.status_code, response["Location"]) == (302, TASK)


def test_a_new_learner_is_shown_the_first_step(signed_in):
    response = signed_in.get("/")
    assert "Start here" in text(response)
    first = Lesson.objects.filter(tasks__isnull=False).first()
    assert elements(response, "a", href=f"/courses/{first.course.slug}/{first.slug}/", class_="button primary large")
    assert elements(response, "a", href=f"/tasks/{first.tasks.first().slug}/", class_="button large")


def test_an_address_that_is_not_there_offers_the_search(visitor):
    response = visitor.get("/nothing/")
    assert elements(response, "form", class_="search-again", action="/search/")
    assert elements(response, "input", id="search-again", name="q")


def test_the_lessons_of_a_course_are_numbered_without_gaps(visitor):
    html = visitor.get("/courses/supervised-learning/").content.decode()
    numbers = [part.partition("<")[0] for part in html.split('<span class="number" aria-hidden="true">')[1:]]
    assert numbers == [str(place) for place in range(1, len(numbers) + 1)]
    assert len(numbers) == Lesson.objects.filter(course__slug="supervised-learning").count()


def test_what_a_learner_may_do_is_in_the_menu(signed_in, visitor, instructor):
    assert "/admin/" not in attribute(signed_in.get("/"), "href")
    visitor.force_login(instructor)
    assert {"/admin/", "/styleguide/"} <= set(attribute(visitor.get("/"), "href"))
