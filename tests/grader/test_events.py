import asyncio
import json
import re

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.test import AsyncClient
from django.utils import timezone
from knox.models import AuthToken

from grader import grading, runs, services
from grader.watching import frame_number
from tests.grader.api.client import assert_problem
from tests.grader.conftest import SOURCE, claim, wrong_answer
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_S = 20


class Stream:
    """An open event stream of a signed-in learner."""

    def __init__(self, response):
        assert (response.status_code, response.headers["Content-Type"]) == (200, "text/event-stream")
        self._parts = aiter(response)

    async def state(self):
        """Return the data of the next status event."""
        while True:
            part = (await asyncio.wait_for(anext(self._parts), PATIENCE_S)).decode()
            if part.startswith("event: status\ndata: ") and part.endswith("\n\n"):
                return json.loads(part.split("data: ", 1)[1])

    async def ended(self):
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(anext(self._parts), PATIENCE_S)


def run_async(scenario, learner):
    async def main():
        client = AsyncClient()
        await client.aforce_login(learner)
        await scenario(client)

    asyncio.run(main())


def test_a_stream_tells_each_status_and_ends_with_the_verdict(broker, learner, submission):
    async def scenario(client):
        stream = Stream(await client.get(f"/events/submissions/{submission.pk}/"))
        assert (await stream.state())["queue_position"] == 0
        held = await sync_to_async(claim)(submission)
        await sync_to_async(grading.events.publish_submission)(submission.pk)
        assert await stream.state() == {"status": "running"}
        await sync_to_async(grading.store_verdict)(held, wrong_answer(), started=timezone.now())
        assert await stream.state() == {
            "status": "graded",
            "verdict": "wrong_answer",
            "score": 1.0,
            "max_score": 4.0,
        }
        await stream.ended()

    run_async(scenario, learner)


def test_a_stream_opened_after_the_verdict_tells_it_at_once(broker, learner, graded):
    async def scenario(client):
        stream = Stream(await client.get(f"/events/submissions/{graded.pk}/"))
        assert (await stream.state())["verdict"] == "wrong_answer"
        await stream.ended()

    run_async(scenario, learner)


def test_without_a_broker_the_stream_looks_by_itself(learner, submission, settings, monkeypatch):
    settings.REDIS_URL = NO_BROKER
    monkeypatch.setattr("grader.events.LOOK_AGAIN_S", 0.05)

    async def scenario(client):
        stream = Stream(await client.get(f"/events/submissions/{submission.pk}/"))
        assert (await stream.state())["status"] == "paused"
        held = await sync_to_async(claim)(submission)
        assert await stream.state() == {"status": "running"}
        await sync_to_async(grading.store_verdict)(held, wrong_answer(), started=timezone.now())
        assert (await stream.state())["status"] == "graded"

    run_async(scenario, learner)


def test_while_nothing_happens_the_stream_shows_that_it_lives(broker, learner, submission, monkeypatch):
    monkeypatch.setattr("grader.events.LOOK_AGAIN_S", 0.05)

    async def scenario(client):
        response = await client.get(f"/events/submissions/{submission.pk}/")
        parts = aiter(response)
        first, second, third = [(await asyncio.wait_for(anext(parts), PATIENCE_S)).decode() for _ in range(3)]
        assert (first, third) == ("retry: 2000\n\n", ": still waiting\n\n")
        assert second.startswith("event: status\n")

    run_async(scenario, learner)


def test_a_run_is_streamed_too(broker, learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")

    async def scenario(client):
        stream = Stream(await client.get(f"/events/runs/{run.id}/"))
        assert (await stream.state())["status"] == "paused"  # no worker runs here
        verdict = {"code": "accepted", "score": 1, "max_score": 1}
        await sync_to_async(runs.advance)(run, status="graded", result=verdict)
        await sync_to_async(grading.events.publish_run)(run.id)
        assert (await stream.state())["verdict"] == "accepted"
        await stream.ended()

    run_async(scenario, learner)


def test_only_who_reads_a_stream_opens_one(broker, learner, graded):
    async def scenario(client):
        for method in (client.options, client.head):
            answer = await method(f"/api/v1/submissions/{graded.pk}/events/")
            assert (answer.status_code, answer.streaming) == (200, False)

    run_async(scenario, learner)


def test_nobody_follows_the_work_of_others(broker, other_learner, graded):
    async def scenario(client):
        assert (await client.get(f"/events/submissions/{graded.pk}/")).status_code == 404
        assert (await AsyncClient().get(f"/events/submissions/{graded.pk}/")).status_code == 401

    run_async(scenario, other_learner)


def test_a_server_that_cannot_stream_says_so_at_once(client, learner, submission):
    client.force_login(learner)
    assert client.get(f"/events/submissions/{submission.pk}/").status_code == 501


async def drained(parts):
    """Return what a stream still tells, once it has ended."""
    return [part async for part in parts]


def switch_off(learner, _client):
    learner.is_active = False
    learner.save()


def change_the_password(learner, _client):
    learner.set_password("another battery staple")
    learner.save()


def sign_out_everywhere(_learner, _client):
    Session.objects.all().delete()


def delete_the_account(learner, _client):
    learner.delete()


@pytest.mark.parametrize("end", [switch_off, change_the_password, sign_out_everywhere, delete_the_account])
def test_a_stream_ends_with_the_session_that_opened_it(broker, learner, submission, monkeypatch, end):
    monkeypatch.setattr("grader.events.LOOK_AGAIN_S", 0.05)
    monkeypatch.setattr("grader.admission.LOOK_EVERY_S", 0.0)

    async def scenario(client):
        stream = Stream(await client.get(f"/events/submissions/{submission.pk}/"))
        await stream.state()
        await sync_to_async(end)(learner, client)
        await asyncio.wait_for(drained(stream._parts), PATIENCE_S)
        assert (await client.get(f"/events/submissions/{submission.pk}/")).status_code == 401

    run_async(scenario, learner)


@pytest.mark.parametrize("end", ["revoke", "expire", "switch_off"])
def test_a_stream_ends_with_the_token_that_opened_it(broker, learner, submission, monkeypatch, end):
    monkeypatch.setattr("grader.events.LOOK_AGAIN_S", 0.05)
    monkeypatch.setattr("grader.admission.LOOK_EVERY_S", 0.0)
    token, secret = AuthToken.objects.create(learner)
    ways = {
        "revoke": token.delete,
        "expire": lambda: AuthToken.objects.update(expiry=timezone.now()),
        "switch_off": lambda: switch_off(learner, None),
    }

    async def scenario(_client):
        headers = {"Authorization": f"Token {secret}"}
        response = await AsyncClient().get(f"/api/v1/submissions/{submission.pk}/events/", headers=headers)
        parts = aiter(response)
        for _ in range(2):
            await anext(parts)
        await sync_to_async(ways[end])()
        await asyncio.wait_for(drained(parts), PATIENCE_S)

    run_async(scenario, learner)


# --- the API ---------------------------------------------------------------------------------------------------------


def stream_with_token(user, path, **headers):
    """Return the answer to a program, and the events of its stream: (name, state)."""
    token = AuthToken.objects.create(user)[1]

    async def main():
        response = await AsyncClient().get(path, headers={"Authorization": f"Token {token}", **headers})
        if not response.streaming:
            return response, []
        return response, [part.decode() async for part in response]

    response, parts = asyncio.run(main())
    found = [re.fullmatch(r"event: (\w+)\ndata: (.*)\n\n", part) for part in parts]
    return response, [(each[1], json.loads(each[2])) for each in found if each]


@pytest.mark.parametrize("last_event", ["", "7", "-1", "x" * 1000, "9" * 5000])
def test_a_program_follows_with_its_token(broker, learner, graded, last_event):
    path = f"/api/v1/submissions/{graded.pk}/events/"
    response, told = stream_with_token(learner, path, **{"Last-Event-ID": last_event})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/event-stream")
    state = {"status": "graded", "verdict": "wrong_answer", "score": 1.0, "max_score": 4.0}
    assert told == [("state", state)]


def test_a_program_follows_a_run(broker, learner, task):
    run = services.run_start(user=learner, task=task, source=SOURCE, backend="numpy")
    runs.advance(run, status="graded", result={"code": "accepted", "score": 1, "max_score": 1})
    response, told = stream_with_token(learner, f"/api/v1/runs/{run.id}/events/", Accept="text/event-stream")
    assert response.headers["RateLimit-Policy"] == '"read";q=600;w=60, "address";q=3000;w=60'
    assert told == [("state", {"status": "graded", "verdict": "accepted", "score": 1, "max_score": 1})]


def test_a_session_follows_there_too(broker, learner, graded):
    async def scenario(client):
        response = await client.get(f"/api/v1/submissions/{graded.pk}/events/")
        assert (response.status_code, response.streaming) == (200, True)
        await anext(aiter(response))

    run_async(scenario, learner)


def test_a_program_meets_problems(broker, learner, other_learner, graded, settings):
    path = f"/api/v1/submissions/{graded.pk}/events/"
    assert_problem(stream_with_token(other_learner, path)[0], 404)
    assert_problem(stream_with_token(learner, f"/api/v1/runs/{graded.pk}/events/")[0], 404)
    refused = asyncio.run(AsyncClient().get(path))
    assert_problem(refused, 401)
    assert refused.headers["WWW-Authenticate"] == "Token"
    assert_problem(asyncio.run(AsyncClient().get(path, headers={"Authorization": "Token nonsense"})), 401)
    settings.REDIS_URL = NO_BROKER
    away, _ = stream_with_token(learner, f"/api/v1/runs/{graded.pk}/events/")
    assert_problem(away, 503)
    assert away.headers["Retry-After"] == "5"


def test_a_server_that_cannot_stream_tells_programs_what_to_do(client, broker, learner, graded):
    token = AuthToken.objects.create(learner)[1]
    response = client.get(f"/api/v1/submissions/{graded.pk}/events/", headers={"Authorization": f"Token {token}"})
    detail = "This server does not stream events. Ask for the state instead, and again until it is graded."
    assert_problem(response, 501, detail=detail)


def test_the_schema_describes_the_streams(client):
    paths = client.get("/api/schema/", {"format": "json"}).json()["paths"]
    described = [path for path in paths if path.endswith("/events/")]
    assert described == ["/api/v1/runs/{id}/events/", "/api/v1/submissions/{id}/events/"]
    for path in described:
        assert list(paths[path]["get"]["responses"]["200"]["content"]) == ["text/event-stream"]


@pytest.mark.parametrize(
    ("sent", "number"), [("12", 12), ("", 0), ("-1", 0), ("x", 0), ("9" * 10, 0), ("٣", 0), ("²", 0)]
)
def test_the_frame_to_go_on_with_is_a_small_number_or_the_first(sent, number):
    assert frame_number(sent) == number
