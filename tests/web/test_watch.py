"""The page on which a learner's accepted code trains, as the server writes it."""

import pytest
from django.template.loader import render_to_string

from courses.models import Task
from grader import watches, watching
from tests.grader.conftest import accepted, wrong_answer
from tests.web.html import attribute, elements

ADDRESS = "/tasks/k-means/watch/"


@pytest.fixture
def task(catalogue):
    return Task.objects.get(slug="k-means")


@pytest.fixture
def passed(make_graded):
    return make_graded(accepted())


@pytest.fixture
def watched(learner, passed):
    """A training of which a worker has told three frames."""
    watch = watching.start(user=learner, submission=passed, chosen={"k": "4"})
    watches.advance(watch, status="running", started=1e12)
    watches.add_frame(watch, {"pictures": {}, "facts": ["Mean squared distance"], "frames": 9})
    for number in range(3):
        frame = {"label": f"iteration {number}", "facts": {"Mean squared distance": f"{9 - number}"}, "parts": {}}
        watches.add_frame(watch, frame)
    return watch


def words(response):
    return " ".join(response.content.decode().split())


def data(response):
    [script] = [script for script in elements(response, "script") if script.get("id") == "watch-data"]
    assert script["type"] == "application/json"
    return response.context["data"]


def test_a_visitor_signs_in_first(visitor):
    assert visitor.get(ADDRESS).url == f"/accounts/login/?next={ADDRESS}"


def test_whoever_has_not_passed_is_told_when_it_opens(signed_in, make_graded):
    make_graded(wrong_answer())
    response = signed_in.get(ADDRESS)
    assert response.status_code == 403
    assert "This opens once your code is accepted" in words(response)
    assert "Centroids on their way" in words(response)
    assert elements(response, "form") != []
    assert "watch-data" not in words(response)


def test_an_accepted_submission_can_be_started_before_any_picture_has_moved(signed_in, passed):
    response = signed_in.get(ADDRESS)
    assert response.status_code == 200
    fields = elements(response, "input")
    assert [field["value"] for field in fields if field.get("name") == "submission"] == [str(passed.pk)]
    assert {field["name"] for field in fields if field.get("type") == "radio"} == {"k", "near"}
    assert [field["value"] for field in fields if "checked" in field] == ["3", "all in one corner"]
    assert attribute(response, "data-picture") == ["data", "cost"]
    assert len(data(response)["scene"]["pictures"]["data"]["points"]) == 300
    assert data(response)["watch"] is None


def test_the_latest_accepted_submission_is_watched_unless_another_is_chosen(signed_in, make_graded):
    first, second = make_graded(accepted()), make_graded(accepted())
    make_graded(wrong_answer())
    assert signed_in.get(ADDRESS).context["submission"] == second
    response = signed_in.get(ADDRESS, {"submission": str(first.pk)})
    assert response.context["submission"] == first
    assert f"{ADDRESS}?submission={second.pk}" in attribute(response, "href")


def test_what_is_not_ones_own_or_not_there_is_not_found(signed_in, make_graded, other_learner, passed):
    other, wrong = make_graded(accepted(), user=other_learner), make_graded(wrong_answer())
    statuses = [
        signed_in.get(ADDRESS, {"submission": str(other.pk)}).status_code,
        signed_in.get(ADDRESS, {"submission": "x"}).status_code,
        signed_in.get("/tasks/nothing/watch/").status_code,
        signed_in.get("/tasks/mean-squared-error/watch/").status_code,
        signed_in.get(ADDRESS, {"submission": str(wrong.pk)}).status_code,
    ]
    assert statuses == [404, 404, 404, 404, 403]


def test_a_training_of_a_moment_ago_is_gone_on_with(signed_in, watched):
    response = signed_in.get(ADDRESS)
    assert data(response)["watch"] == {
        "events": f"/events/watches/{watched.id}/",
        "state": f"/watches/{watched.id}/state/",
    }
    assert "4" in [field["value"] for field in elements(response, "input") if "checked" in field]
    assert "Start over" in words(response)


def test_without_a_script_the_numbers_are_there_after_a_reload(signed_in, watched):
    text = words(signed_in.get(ADDRESS))
    noscript = "".join(text.split("<noscript>")[1:])
    assert '<meta http-equiv="refresh" content="2">' in noscript
    assert "Your code is running" in noscript
    assert '<th scope="row">iteration 2</th><td>7</td>' in noscript
    watches.advance(watched, status="ended", ending={"code": "finished", "text": "Settled.", "where": ""})
    text = words(signed_in.get(ADDRESS))
    assert "How it went" in text
    assert "Settled." in text
    assert 'http-equiv="refresh"' not in text


def test_a_training_of_another_submission_is_not_shown(signed_in, watched, make_graded):
    make_graded(accepted())
    assert data(signed_in.get(ADDRESS))["watch"] is None


def test_without_a_broker_the_page_is_there(signed_in, passed, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert signed_in.get(ADDRESS).status_code == 200


def test_the_link_is_there_where_there_is_something_to_watch(task, passed):
    html = render_to_string("web/watch_link.html", {"task": task, "submission": passed})
    assert f'href="{ADDRESS}?submission={passed.pk}"' in html
    assert render_to_string("web/watch_link.html", {"task": task}).count(f'href="{ADDRESS}"') == 1
    other = Task.objects.get(slug="mean-squared-error")
    assert render_to_string("web/watch_link.html", {"task": other}).strip() == ""


def test_what_was_accepted_and_the_page_of_its_task_lead_here(signed_in, task, passed):
    verdict = signed_in.get(f"/submissions/{passed.pk}/result/")
    assert elements(verdict, "a", class_="button", href=f"{ADDRESS}?submission={passed.pk}")
    assert elements(signed_in.get(f"/tasks/{task.slug}/"), "a", href=ADDRESS)


def test_nothing_leads_here_before(signed_in, task, make_graded):
    verdict = signed_in.get(f"/submissions/{make_graded(task=task).pk}/result/")
    page = signed_in.get(f"/tasks/{task.slug}/")
    assert ADDRESS not in verdict.content.decode() + page.content.decode()


def test_queries_do_not_grow_with_submissions(signed_in, make_graded, django_assert_num_queries):
    for _ in range(4):
        make_graded(accepted())
    with django_assert_num_queries(4):
        signed_in.get(ADDRESS)
