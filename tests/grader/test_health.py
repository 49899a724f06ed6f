import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from grader import heartbeats
from grader.sandbox import Sandbox
from grader.sandbox.pool import PARKED
from lms.accounts.services import token_create
from tests.grader.test_services import NO_BROKER

pytestmark = pytest.mark.django_db

SEEN = "2026-01-01T00:00:00+00:00"


def beat(name, reason="", remedy=""):
    heartbeats.beat(heartbeats.WorkerState(name, "host", 1, reason, remedy, SEEN))


@pytest.fixture
def staff(client, instructor):
    client.force_login(instructor)
    return client


def states(response):
    return {name: part["state"] for name, part in response.json().items()}


def test_a_process_that_answers_is_healthy(client, settings):
    settings.REDIS_URL = NO_BROKER
    assert (client.get("/healthz").status_code, client.get("/healthz").content) == (200, b"ok\n")


def test_all_is_ready(client, broker):
    beat("one")
    response = client.get("/readyz")
    assert response.status_code == 200
    assert states(response) == {"database": "ok", "broker": "ok", "workers": "ok", "jail": "ok"}


def test_without_a_worker_it_says_how_to_start_one(staff, broker):
    response = staff.get("/readyz")
    assert response.status_code == 503
    assert states(response) == {"database": "ok", "broker": "ok", "workers": "failed", "jail": "failed"}
    assert "celery -A lms.celery_app worker" in response.json()["workers"]["reason"]


def test_a_broken_jail_is_told_with_its_remedy(staff, broker):
    beat("one", "no user namespaces.", "Run: sysctl ...")
    response = staff.get("/readyz")
    assert response.status_code == 503
    assert response.json()["jail"] == {"state": "failed", "reason": "host: no user namespaces. Run: sysctl ..."}
    assert response.json()["workers"]["state"] == "ok"


def test_one_working_jail_is_enough_and_the_broken_one_is_told(staff, broker):
    beat("one", "no user namespaces")
    beat("two")
    response = staff.get("/readyz")
    assert response.status_code == 200
    assert response.json()["jail"] == {"state": "ok", "reason": "host: no user namespaces"}


def test_a_worker_that_stopped_beating_is_forgotten(client, broker):
    beat("one")
    heartbeats.end("one")
    assert heartbeats.worker_states() == []
    assert broker.smembers("grader:workers") == set()


def test_a_broker_that_is_down_is_told(client, settings):
    settings.REDIS_URL = NO_BROKER
    response = client.get("/readyz")
    assert response.status_code == 503
    assert states(response) == {"database": "ok", "broker": "failed", "workers": "failed", "jail": "failed"}


@pytest.mark.django_db(databases=[])
def test_a_database_that_is_down_is_told(client, broker, django_db_blocker):
    beat("one")
    with django_db_blocker.unblock():
        lost = connections.create_connection("default")
        lost.settings_dict = lost.settings_dict | {"NAME": "/nonexistent/database"}
        kept, connections["default"] = connections["default"], lost
        try:
            response = client.get("/readyz")
        finally:
            connections["default"] = kept
    assert response.status_code == 503
    assert states(response) == {"database": "failed", "broker": "ok", "workers": "ok", "jail": "ok"}


def test_the_layers_of_the_jail_are_told_without_words_about_the_machine(staff, broker):
    holding = {"name": "landlock", "holds": True, "reason": "version 7", "remedy": ""}
    missing = {"name": "memory limit", "holds": False, "reason": "no group", "remedy": "Run: ..."}
    for name, memory in (("one", missing), ("two", missing | {"holds": True})):
        state = heartbeats.WorkerState(name, "host", 1, "", "", SEEN, layers=[holding, memory])
        heartbeats.beat(state)
    jail = staff.get("/readyz").json()["jail"]
    assert jail == {"state": "ok", "reason": "", "layers": {"landlock": True, "memory limit": False}}


def test_what_the_sandboxes_of_each_worker_did_is_told_in_numbers(staff, broker):
    numpy, torch = Sandbox("numpy"), Sandbox("torch")
    numpy.metrics.canaries.count("network", 0.004, succeeded=True)
    numpy.metrics.canaries.failed = 2
    numpy.metrics.ends["completed"] = 5
    numpy.metrics.crashes = 1
    for name, host, sandboxes in (("one", "first", [numpy, torch]), ("two", "second", [])):
        snapshots = [sandbox.snapshot() for sandbox in sandboxes]
        heartbeats.beat(heartbeats.WorkerState(name, host, 7, "", "", SEEN, sandboxes=snapshots))
    first, second = staff.get("/readyz").json()["workers"]["processes"]
    assert (first["host"], first["pid"], first["jail"], first["seen"]) == (
        "first",
        7,
        "ok",
        SEEN,
    )
    assert set(first["sandboxes"]) == {"numpy", "torch"}
    seen = first["sandboxes"]["numpy"]
    assert seen["ends"] == {"completed": 5}
    assert (seen["pool"], seen["parked"], seen["crashes"]) == (PARKED, 0, 1)
    assert (seen["recycled"], seen["refill_ms"]) == (0, None)
    last = seen["canaries"].pop("last")
    assert seen["canaries"] == {"ran": 1, "could_not_run": 2, "breaches": ["network"], "median_ms": 4.0}
    assert last.endswith("+00:00")
    assert first["sandboxes"]["torch"]["canaries"]["ran"] == 0
    assert second["sandboxes"] == {}


def test_a_worker_that_only_serves_the_gpu_is_told_but_does_not_make_ready(staff, broker):
    gpu = heartbeats.WorkerState("one", "host", 1, "", "", SEEN, queues=["gpu"])
    heartbeats.beat(gpu)
    response = staff.get("/readyz")
    assert response.status_code == 503
    assert [process["queues"] for process in response.json()["workers"]["processes"]] == [["gpu"]]


def test_the_public_learns_the_words_and_nothing_of_the_machines(client, broker, learner):
    heartbeats.beat(heartbeats.WorkerState("one", "host-17", 4711, "no user namespaces", "Run: sysctl", SEEN))
    for sign_in in (lambda: None, lambda: client.force_login(learner)):
        sign_in()
        body = client.get("/readyz").json()
        assert body == {name: {"state": "failed" if name == "jail" else "ok"} for name in body}
        assert set(body) == {"database", "broker", "workers", "jail"}


@pytest.mark.parametrize(("scopes", "sees"), [(["staff"], True), (["read"], False)])
def test_a_monitor_reads_the_details_with_a_token_of_staff(client, broker, instructor, scopes, sees):
    beat("one")
    _, secret = token_create(user=instructor, name="monitor", days=None, scopes=scopes)
    for header, seen in ((f"Token {secret}", sees), ("Token nonsense", False)):
        response = client.get("/readyz", headers={"Authorization": header})
        assert (response.status_code, "processes" in response.json()["workers"]) == (200, seen)


def test_the_shell_tells_the_details(broker, capsys):
    with pytest.raises(CommandError, match=r"Not ready: workers, jail\."):
        call_command("readiness")
    assert "celery -A lms.celery_app worker" in json.loads(capsys.readouterr().out)["workers"]["reason"]
    beat("one")
    call_command("readiness")
