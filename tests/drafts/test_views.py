"""What the task page saves its text with."""

import pytest
from django.test import Client

from grader.models import Submission
from lms.drafts.models import Draft
from lms.drafts.selectors import draft_get
from lms.web.workbench import desks_of
from tests.grader.api.client import assert_problem

ADDRESS = "/tasks/mean-squared-error/drafts/numpy/"
JSON = "application/json"


@pytest.fixture
def page(client, learner, task):
    client.force_login(learner)
    return client


def put(page, source, base=0, **more):
    return page.put(ADDRESS, {"source": source, "base": base} | more, content_type=JSON)


def test_a_draft_comes_back_as_it_was_saved(page, learner, task):
    assert page.get(ADDRESS).json() | {"saved": ""} == {"version": 0, "source": "", "saved": ""}
    saved = put(page, "  x = 1\n")
    assert (saved.status_code, saved.json()["version"]) == (200, 1)
    again = page.get(ADDRESS)
    assert again.json() == {"version": 1, "source": "  x = 1\n", "saved": saved.json()["saved"]}
    assert "no-store" in again.headers["Cache-Control"]
    assert draft_get(learner, task, "numpy").source == "  x = 1\n"


def test_the_second_of_two_writers_is_handed_the_newer_draft(page):
    put(page, "first")
    problem = assert_problem(put(page, "second"), 409)
    assert problem["draft"] | {"saved": ""} == {"version": 1, "source": "first", "saved": ""}
    assert "another tab" in problem["detail"]
    assert [text["source"] for text in page.get(f"{ADDRESS}earlier/").json()] == ["second"]


def test_a_text_is_put_aside(page):
    assert page.post(f"{ADDRESS}earlier/", {"source": "not this"}, content_type=JSON).status_code == 204
    assert [text["source"] for text in page.get(f"{ADDRESS}earlier/").json()] == ["not this"]


def test_a_text_replaced_as_a_whole_is_kept(page):
    put(page, "x = 1")
    put(page, "x = 12", base=1, replaces=True)
    assert [text["source"] for text in page.get(f"{ADDRESS}earlier/").json()] == ["x = 1"]


@pytest.mark.parametrize(
    "body",
    [{}, {"source": "x"}, {"source": None, "base": 0}, {"source": "x", "base": -1}, {"source": "x\0", "base": 0}, []],
)
def test_a_body_that_is_no_draft_is_a_problem(page, body):
    assert_problem(page.put(ADDRESS, body, content_type=JSON), 400)
    assert not Draft.objects.exists()


def test_a_text_too_large_to_submit_is_too_large_to_save(page):
    assert "at most 65,536 are accepted" in assert_problem(put(page, "x" * 65_537), 400)["detail"]
    assert_problem(put(page, "x" * 500_000), 413)


@pytest.mark.parametrize("address", ["/tasks/nope/drafts/numpy/", "/tasks/mean-squared-error/drafts/jax/"])
def test_what_is_not_there_is_not_found(page, address):
    assert_problem(page.get(address), 404)
    assert_problem(page.put(address, {"source": "x", "base": 0}, content_type=JSON), 404)


def test_visitors_have_no_drafts(client, task):
    assert_problem(client.get(ADDRESS), 401)
    assert_problem(put(client, "x"), 401)


def test_others_do_not_see_a_draft(page, client, other_learner):
    put(page, "mine")
    client.force_login(other_learner)
    assert client.get(ADDRESS).json()["source"] == ""


def test_a_save_without_its_csrf_token_is_refused(learner, task):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert_problem(put(client, "x"), 403)


def test_who_saves_too_often_is_told_when_to_come_back(page, monkeypatch):
    monkeypatch.setattr("lms.drafts.views.DraftThrottle.THROTTLE_RATES", {"draft": "1/min"})
    put(page, "x")
    response = put(page, "xy", base=1)
    assert_problem(response, 429)
    assert "Retry-After" in response.headers
    assert page.get(ADDRESS).status_code == 200


def test_a_submission_is_opened_in_the_editor_and_nothing_is_lost(page, learner, task):
    old = Submission.objects.create(user=learner, task=task, source="# handed in first\n", backend="numpy")
    Submission.objects.create(user=learner, task=task, source="# handed in last\n", backend="numpy")
    put(page, "# typed since")
    response = page.post(f"/submissions/{old.pk}/open/")
    assert response.url == "/tasks/mean-squared-error/?backend=numpy"
    assert desks_of(learner, task)["numpy"].text == "# handed in first\n"
    assert [text["source"] for text in page.get(f"{ADDRESS}earlier/").json()] == ["# typed since"]


def test_a_submission_that_the_draft_equals_is_opened_before_a_later_one(page, learner, task):
    old = Submission.objects.create(user=learner, task=task, source="# first\n", backend="numpy")
    put(page, "# first\n")
    Submission.objects.create(user=learner, task=task, source="# last\n", backend="numpy")
    page.post(f"/submissions/{old.pk}/open/")
    assert desks_of(learner, task)["numpy"].text == "# first\n"


def test_nobody_opens_the_submission_of_another(page, other_learner, task):
    theirs = Submission.objects.create(user=other_learner, task=task, source="# theirs\n", backend="numpy")
    assert page.post(f"/submissions/{theirs.pk}/open/").status_code == 404
    assert page.get(f"/submissions/{theirs.pk}/open/").status_code == 405
