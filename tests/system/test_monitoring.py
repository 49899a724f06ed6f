"""What the logs of all services and /metrics tell of a walk through the product, and what they never tell."""

import json
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.exposition import Exposition
from tests.system.client import Client
from tests.system.composed import composed
from tests.system.processes import wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

RULES = settings.BASE_DIR / "deploy" / "alerts.yml"
TASK, BROKEN = "stable-softmax", "mean-squared-error"
CRASHES = """
def secret(rng):
    raise RuntimeError("of the task's author")
    yield
"""
SERVICES = ("proxy", "web", "events", "worker", "sweeper")


@pytest.fixture(scope="module")
def stack():
    """All services, with a task whose cases cannot be drawn."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(settings.CONTENT_DIR, content)
        (cases,) = content.glob(f"*/*/{BROKEN}/cases.py")
        cases.write_text(cases.read_text() + CRASHES)
        given = {"WEBHOOKS": "1", "BAREMATH_CONTENT": str(content)}
        with composed(**given, SWEEP_INTERVAL_S="1", SUBMIT_RATE="1000/min") as stack:
            scrape(stack)  # verdicts are counted from here on
            yield stack


@pytest.fixture(scope="module")
def walk(stack):
    """Return what a learner did, as (submission, the one that failed by our fault, all secrets on the way)."""
    secrets = {
        "password": "rebuild-it-from-scratch",
        "wrong password": "not-the-password-at-all",
        "source": "MARKER_IN_THE_SOURCE",
        "query": "MARKER_IN_THE_QUERY",
    }
    client = Client(stack.url)
    client.sign_up("ada", secrets["password"])
    stranger = Client(stack.url)
    stranger.get(f"/accounts/login/?token={secrets['query']}")
    stranger.post("/accounts/login/", {"login": "ada", "password": secrets["wrong password"]})
    source = f"def f(*given):\n    # {secrets['source']}\n    raise ValueError('{secrets['source']}')\n"
    submission, broken = client.submit(TASK, source), client.submit(BROKEN, source)
    client.post("/accounts/reauthenticate/", {"password": secrets["password"]})
    form = [("name", "laptop"), ("scopes", "read"), ("days", "90")]
    secrets["token"] = re.search(r'id="new-token">(\w+)<', client.post("/accounts/tokens/", form))[1]
    secrets["webhook"] = client.post_json("/api/v1/webhooks/", {"url": "https://example.org/"})["secret"]
    Client(stack.url).get("/api/v1/submissions/", Authorization=f"Token {secrets['token']}")
    client.get(submission["events"])
    client.wait_for(broken, "graded", 60)
    secrets |= {f"cookie {cookie.name}": cookie.value for cookie in (*client.cookies, *stranger.cookies)}
    return submission, broken, secrets


def metrics_token(stack):
    return stack.secret("metrics_token", "web")


def scrape(stack, token=None):
    """Ask one of the web server's processes, as Prometheus does."""
    address = f"http://localhost:{stack.ports['web']}/metrics"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token or metrics_token(stack)}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
        return Exposition(answer.read().decode())


def text(stack, service):
    return (stack.folder / "logs" / f"{service}.log").read_text()


def lines(stack, service):
    return [json.loads(line) for line in text(stack, service).splitlines() if line.startswith("{")]


def of_submission(stack, service, submission):
    return [line for line in lines(stack, service) if line.get("submission_id") == submission["id"]]


def test_no_log_tells_a_secret(stack, walk):
    *_, secrets = walk
    wait_until(lambda: "/api/v1/webhooks/" in text(stack, "proxy"))  # nginx writes once a second
    secrets |= {"database": stack.secret("database_password", "web"), "metrics": metrics_token(stack)}
    assert {"token", "webhook", "cookie sessionid", "cookie csrftoken"} <= set(secrets)
    logs = {log.name: log.read_text() for log in (stack.folder / "logs").iterdir()}
    assert {f"{name}.log" for name in SERVICES} <= set(logs)
    found = [(secret, name) for secret, value in secrets.items() for name, log in logs.items() if value in log]
    assert found == []


def test_one_id_leads_from_the_post_to_the_verdict(stack, walk):
    submission, *_ = walk
    [came_in] = of_submission(stack, "web", submission)
    request_id = came_in["request_id"]
    [access] = wait_until(lambda: [line for line in lines(stack, "proxy") if line["request_id"] == request_id])
    assert (access["method"], access["path"], access["status"]) == ("POST", f"/tasks/{TASK}/submit/", 202)
    done = wait_until(lambda: of_submission(stack, "worker", submission))[-1]
    known = {name: done[name] for name in ("request_id", "task", "queue", "backend", "attempt", "verdict")}
    expected = {"request_id": request_id, "queue": "grade", "backend": "numpy", "attempt": 1}
    assert known == expected | {"task": done["task"], "verdict": "run_time_error"}
    assert re.fullmatch(r"[0-9a-f.-]+/\d+/\d+", done["worker"])
    assert isinstance(came_in["user_id"], int)
    assert "ada" not in json.dumps([came_in, access, done])


def test_a_failure_of_ours_is_one_line_with_its_traceback(stack, walk):
    _, broken, _ = walk
    failed = [line for line in of_submission(stack, "worker", broken) if line["level"] == "error"]
    assert [line["attempt"] for line in failed] == [1, 2, 3]
    assert all("of the task's author" in line["exception"] for line in failed)


@pytest.mark.parametrize("service", SERVICES[:4])
def test_every_line_is_an_object_with_the_same_fields(stack, walk, service):
    for line in wait_until(lambda: lines(stack, service)):
        assert {"timestamp", "level", "logger"} <= set(line)
    if service in {"web", "events"}:
        assert [line for line in text(stack, service).splitlines() if not line.startswith("{")] == []


def test_the_web_server_s_processes_answer_for_each_other_and_for_the_workers(stack, walk):
    def told():
        found = scrape(stack)
        return found if found["baremath_verdicts_total", "internal_error", "numpy", "first"] else None

    found = wait_until(told)
    assert found["baremath_verdicts_total", "internal_error", "numpy", "first"] == 1
    assert found["baremath_verdicts_total", "run_time_error", "numpy", "first"] == 1
    assert found["baremath_grading_seconds_count", "total", "numpy", "first"] == 2
    assert found["baremath_grading_seconds_count", "judge", "numpy", "first"] == 1  # the other was never judged
    assert found["baremath_worker_processes", "grade", "ok"] == 2
    counts = {scrape(stack)["baremath_http_request_seconds_count", "start", "POST", "2xx"] for _ in range(10)}
    assert counts == {2}


def test_nobody_else_reads_the_metrics(stack):
    for address, token, status in (
        (stack.url, metrics_token(stack), 404),  # the proxy keeps them inside
        (f"http://localhost:{stack.ports['web']}", "another", 401),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            Client(address).get("/metrics", Authorization=f"Bearer {token}")
        with refused.value:
            assert refused.value.code == status


def test_every_metric_that_an_alarm_or_the_documentation_names_is_told(stack, walk):
    told = scrape(stack).names
    rules = [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]
    alarms = {name for rule in rules for name in re.findall(r"\bbaremath_\w+", rule["expr"])}
    text = (settings.BASE_DIR / "docs" / "monitoring.md").read_text()
    documented = set(re.findall(r"`(baremath_\w+)", text))
    assert alarms - told == set()
    known = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in told}
    assert documented == known


def test_every_alarm_says_what_to_do_and_leads_to_its_incident():
    rules = [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]
    for rule in rules:
        assert set(rule["annotations"]) == {"summary", "action", "incident"}, rule["alert"]
        page, anchor = rule["annotations"]["incident"].split("#")
        headings = re.findall(r"^#+ (.+)$", (settings.BASE_DIR / page).read_text(), re.MULTILINE)
        assert anchor in {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_alarms_ring_when_they_should():
    command = ["promtool", "test", "rules", "deploy/alerts_test.yml"]
    ended = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
