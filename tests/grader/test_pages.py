"""What the task page calls. How the pages themselves look: tests/web."""

from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from grader import runs, services
from grader.models import Submission
from tests.grader.api.client import assert_problem
from tests.grader.conftest import SOURCE
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db

SUBMIT = "/tasks/mean-squared-error/submit/"
RUN = "/tasks/mean-squared-error/run/"
FORM = {"source": SOURCE, "backend": "numpy"}
JSON = {"HTTP_ACCEPT": "application/json"}
BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def page(learner, broker, client):
    client.force_login(learner)
    return client


def test_a_script_that_submits_gets_the_addresses_to_wait_at(page, task):
    response = page.post(SUBMIT, FORM, **JSON)
    pk = str(Submission.objects.get().pk)
    assert response.status_code == 202
    assert response.json() == {
        "id": pk,
        "url": f"/submissions/{pk}/",
        "events": f"/events/submissions/{pk}/",
        "state": f"/submissions/{pk}/state/",
        "result": f"/submissions/{pk}/result/",
    }


def test_a_script_that_runs_gets_the_addresses_to_wait_at(page, task):
    body = page.post(RUN, FORM, **JSON).json()
    assert body["state"] == f"/runs/{body['id']}/state/"
    assert runs.get(body["id"]).source == SOURCE
    assert not Submission.objects.exists()


def test_a_form_leads_to_the_submission(page, task):
    response = page.post(SUBMIT, FORM, **BROWSER)
    assert (response.status_code, response.headers["Location"]) == (302, f"/submissions/{Submission.objects.get().pk}/")


def test_a_form_with_a_mistake_leads_back_with_a_sentence(page, task):
    response = page.post(SUBMIT, FORM | {"source": ""}, **BROWSER)
    assert (response.status_code, response.headers["Location"]) == (302, "/tasks/mean-squared-error/")
    sentences = [str(message) for message in get_messages(response.wsgi_request)]
    assert sentences == ["The source is empty. Write the function that the task asks for."]


def test_a_script_with_a_mistake_gets_a_problem(page, task):
    assert_problem(page.post(SUBMIT, FORM | {"backend": "jax"}, **JSON), 400)


def test_whoever_is_not_signed_in_any_more_gets_the_code_back(client, task):
    response = client.post(SUBMIT, FORM, **BROWSER)
    assert response.status_code == 403
    page = unescape(response.content.decode())
    assert f">\n{SOURCE}</textarea>" in page
    assert f'href="{reverse("account_login")}?next=/tasks/mean-squared-error/"' in page
    assert_problem(client.post(SUBMIT, FORM, **JSON), 401)


def test_a_page_from_before_another_sign_in_is_told_so(learner, task):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    problem = assert_problem(client.post(SUBMIT, FORM, **JSON), 403)
    assert problem["detail"] == "Nothing was sent, because you have signed in again since this page came."
    assert not Submission.objects.exists()


def test_an_unknown_task_is_not_found(page, task):
    problem = assert_problem(page.post("/tasks/nope/submit/", FORM, **JSON), 404)
    assert problem["detail"] == (
        "There is nothing at /tasks/nope/submit/ that you may see. Look whether the address is right."
    )


def test_too_many_runs_are_told_when_to_come_back(page, task, monkeypatch):
    monkeypatch.setattr("grader.api.throttles.RunThrottle.THROTTLE_RATES", {"run": "1/min"})
    assert page.post(RUN, FORM, **JSON).status_code == 202
    response = page.post(RUN, FORM, **JSON)
    problem = assert_problem(response, 429)
    assert problem["detail"].startswith("Too many requests in a short time. Try again in ")
    assert "Retry-After" in response.headers


def test_a_run_without_a_broker_is_a_problem(page, task, settings):
    settings.REDIS_URL = NO_BROKER
    assert_problem(page.post(RUN, FORM, **JSON), 503)


def test_the_state_of_a_submission(page, graded):
    state = page.get(f"/submissions/{graded.pk}/state/")
    assert state.json() == {"status": "graded", "verdict": "wrong_answer", "score": 1.0, "max_score": 4.0}
    again = page.get(f"/submissions/{graded.pk}/state/", HTTP_IF_NONE_MATCH=state.headers["ETag"])
    assert again.status_code == 304


def test_the_state_of_a_run(page, learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    assert page.get(f"/runs/{run.id}/state/").json()["status"] == "paused"  # no worker runs here
    runs.advance(run, status="running")
    assert page.get(f"/runs/{run.id}/state/").json() == {"status": "running"}
    runs.advance(run, status="graded", result={"code": "accepted", "score": 1, "max_score": 1})
    assert page.get(f"/runs/{run.id}/state/").json()["verdict"] == "accepted"


def test_others_see_no_state(client, other_learner, graded, learner, task, broker):
    client.force_login(other_learner)
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    assert_problem(client.get(f"/submissions/{graded.pk}/state/"), 404)
    assert_problem(client.get(f"/runs/{run.id}/state/"), 404)


@pytest.mark.parametrize("who", ["visitor", "learner"])
def test_a_body_that_is_no_form_is_no_error_of_ours(client, learner, task, broker, who):
    if who == "learner":
        client.force_login(learner)
    for address in (f"/tasks/{task.slug}/submit/", f"/tasks/{task.slug}/run/"):
        for ask in (client.post, client.put):
            response = ask(address, {"source": "x"}, content_type="application/json")
            assert response.status_code in {302, 403, 405}
