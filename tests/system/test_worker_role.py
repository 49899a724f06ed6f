"""deploy/worker-role.sql and .yml: a worker whose database role may grade and do nothing else."""

import json
import os
import subprocess
from dataclasses import replace
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml

from lms.launcher.child import Child
from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import ROOT, SECRETS, composed
from tests.system.processes import wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

PASSWORD = "another-password-for-these-tests"


@pytest.fixture(scope="module")
def stack():
    webhooks = {"WEBHOOKS": "1", "WEBHOOK_PRIVATE_ADDRESSES": "1", "SWEEP_INTERVAL_S": "1"}
    with composed(WORKER_PROCESSES="1", **webhooks) as stack:
        for _ in range(2):  # the second time as after an update
            make_role(stack)
        stack.kill("worker")
        service = stack.children["worker"].service
        service = replace(service, environment=service.environment | {"DATABASE_URL": address(stack)})
        stack.children["worker"] = Child(service, stack.folder / "logs", ROOT)
        yield stack


def make_role(stack):
    owner = {"PGPASSWORD": SECRETS["POSTGRES_PASSWORD"], "PATH": os.environ["PATH"]}
    server = [f"--port={stack.ports['db']}", "--host=127.0.0.1", "--username=baremath", "baremath"]
    command = ["psql", "--quiet", *server, "--set", f"password={PASSWORD}", "--file", "deploy/worker-role.sql"]
    subprocess.run(command, cwd=ROOT, env=owner, check=True, capture_output=True)


def address(stack):
    """Return what docker-compose gives to the worker with deploy/worker-role.yml."""
    files = ["--file", "docker-compose.yml", "--file", "deploy/worker-role.yml", "--env-file", ".env.example"]
    environment = {"PATH": os.environ["PATH"], "WORKER_PASSWORD": PASSWORD, **SECRETS}
    command = ["docker-compose", *files, "config"]
    config = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    services = yaml.safe_load(config.stdout)["services"]
    assert services["worker-gpu"]["environment"]["DATABASE_URL"] == services["worker"]["environment"]["DATABASE_URL"]
    return stack._local(services["worker"]["environment"]["DATABASE_URL"])


def test_it_may_grade(stack):
    client = Client(stack.url)
    client.sign_up("ada", "rebuild-it-from-scratch")
    convolution.assert_both_verdicts_are_right(client)
    torch = client.submit(convolution.TASK, convolution.CORRECT_TORCH, backend="torch")
    assert client.wait_for(torch, "graded", 60)["verdict"] == "accepted"


def test_it_may_tell_of_its_verdicts(stack, receiver):
    client = Client(stack.url)
    client.sign_up("emmy", "rebuild-it-from-scratch")
    client.post_json("/api/v1/webhooks/", {"url": receiver.url})
    submission = client.submit(convolution.TASK, convolution.CORRECT)
    client.wait_for(submission, "graded", 60)
    wait_until(lambda: receiver.received)
    [(_, _, body)] = receiver.received
    told = json.loads(body)["data"]
    assert (told["id"], told["verdict"]) == (submission["id"], "accepted")
    assert json.loads(client.get(urlsplit(told["url"]).path))["id"] == submission["id"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT password FROM accounts_user",
        "SELECT * FROM django_session",
        "SELECT * FROM knox_authtoken",
        "SELECT secret FROM webhooks_webhook",
        "SELECT url FROM webhooks_webhook",
        "UPDATE webhooks_webhook SET is_active = false",
        "SELECT * FROM webhooks_delivery",
        "DELETE FROM webhooks_delivery",
        "INSERT INTO webhooks_webhook SELECT * FROM webhooks_webhook",
        "INSERT INTO grader_submission SELECT * FROM grader_submission",
        "UPDATE grader_submission SET source = ''",
        "UPDATE grader_submission SET user_id = 1",
        "UPDATE grader_submission SET queue = 'grade'",
        "UPDATE grader_submission SET turn = 0",
        "DELETE FROM grader_submission",
        "UPDATE grader_gradingrun SET score = 100",
        "DELETE FROM grader_gradingrun",
        "UPDATE courses_task SET title = ''",
        "CREATE TABLE mine (id int)",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_the_role_may_not(stack, sql):
    with psycopg.connect(address(stack)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(sql)


def test_a_worker_has_no_secret_but_the_database_s(stack):
    for name in ("worker", "worker-gpu"):
        environment = stack.services[name]["environment"]
        assert environment["SECRET_KEY"] == ""
        assert SECRETS["SECRET_KEY"] not in str(environment)
        assert environment["EMAIL_URL"] == "consolemail://"
