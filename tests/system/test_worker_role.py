"""deploy/worker-role.sql and .yml: a worker whose database role may grade and do nothing else."""

import json
import subprocess
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import ROOT, composed
from tests.system.processes import wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]


@pytest.fixture(scope="module")
def stack():
    webhooks = {"WEBHOOKS": "1", "WEBHOOK_PRIVATE_ADDRESSES": "1", "SWEEP_INTERVAL_S": "1"}
    with composed("deploy/worker-role.yml", prepare=make_role, WORKER_PROCESSES="1", **webhooks) as stack:
        make_role(stack)  # as after an update
        yield stack


def make_role(stack):
    """What docs/operating.md says, but for the folder in which the database's container sees its secrets."""
    sql = stack._local((ROOT / "deploy" / "worker-role.sql").read_text(), "db")
    command = ["psql", "--quiet", stack.database_url]
    subprocess.run(command, input=sql, text=True, check=True, capture_output=True)


def address(stack):
    password = stack.secret("worker_database_password", "worker")
    assert password not in stack.database_url
    return stack.address("worker", "DATABASE_URL", "baremath_worker", password)


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


def test_a_worker_sees_the_password_of_its_role_and_the_broker_s_and_no_other_secret(stack):
    for name in ("worker", "worker-gpu"):
        assert {secret["source"] for secret in stack.services[name]["secrets"]} == {
            "worker_database_password",
            "redis_password",
        }
        assert stack.secret("database_password", "web") not in str(stack.environment_of(name))
        environment = stack.services[name]["environment"]
        assert urlsplit(environment["DATABASE_URL"]).username == "baremath_worker"
        assert {"SECRET_KEY_FILE", "EMAIL_URL_FILE", "SECRET_KEY", "EMAIL_URL"} & set(environment) == set()
