"""docker-compose.yml: what it says is valid, and what it starts gives verdicts on PostgreSQL and Redis."""

import argparse
import json
import re
import subprocess

import pytest
import yaml
from django.conf import settings

from benchmarks.system import load
from benchmarks.system.stack import Stack
from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import SECRETS, compose_config, composed

pytestmark = [pytest.mark.system, pytest.mark.jail]

OURS = ("migrate", "web", "events", "worker", "sweeper")


@pytest.fixture(scope="module")
def stack():
    with composed() as stack:
        yield stack


def test_a_learner_gets_both_verdicts_through_the_proxy(stack):
    client = Client(stack.url)
    client.sign_up("ada", "rebuild-it-from-scratch")
    convolution.assert_both_verdicts_are_right(client)


def test_a_verdict_arrives_as_an_event_through_the_proxy(stack):
    client = Client(stack.url)
    client.sign_up("grace", "rebuild-it-from-scratch")
    submission = client.submit(convolution.TASK, convolution.slow(1))
    stream = client.get(submission["events"])  # the stream ends with the verdict
    events = [json.loads(line.removeprefix("data: ")) for line in stream.splitlines() if line.startswith("data: ")]
    assert events[-1]["status"] == "graded"
    assert events[-1]["verdict"] == "accepted"
    assert len(events) > 1


def test_a_verdict_arrives_from_the_api_through_the_proxy(stack):
    client = Client(stack.url)
    client.sign_up("emmy", "rebuild-it-from-scratch")
    submission = client.submit(convolution.TASK, convolution.slow(1))
    stream = client.get(f"/api/v1/submissions/{submission['id']}/events/")
    events = [json.loads(line.removeprefix("data: ")) for line in stream.splitlines() if line.startswith("data: ")]
    assert (events[0]["status"] != "graded", events[-1]["verdict"]) == (True, "accepted")


def test_of_a_small_storm_nothing_is_lost_or_doubled(stack):
    parser = argparse.ArgumentParser()
    load.add_arguments(parser)
    small = "--learners 12 --seconds 2 --readers 3 --think 0.5 --events 0.5 --warm 1 --seed 7"
    found = load.measured(Stack(stack), parser.parse_args(small.split()))
    assert found["ledger"]["wrong"] == []
    told = {name: found["ledger"][name] for name in ("handed_in", "verdicts", "lost", "doubled", "unasked")}
    assert told == {"handed_in": 12, "verdicts": 12, "lost": 0, "doubled": 0, "unasked": 0}
    assert found["statuses"]["POST"] == {"202": 12}
    assert "events, broken" not in found["statuses"]
    assert {status for kind in ("task", "lesson") for status in found["statuses"].get(kind, ())} <= {"200"}
    assert found["requests"]["all pages"]["n"] > 0
    by_events, by_asking = (found["verdict"][f"seen by {way}"]["n"] for way in ("events", "asking"))
    assert (by_events + by_asking, found["verdict"]["stored"]["n"]) == (12, 12)
    assert min(by_events, by_asking) > 0
    assert min(found["cpu_s"][name] for name in ("web", "worker", "jail", "db")) > 0


def test_the_rows_are_in_postgresql(stack):
    folders = list(settings.CONTENT_DIR.glob("*/*/*/task.toml"))
    assert stack.query("SELECT count(*) FROM courses_task") == [(len(folders),)]


@pytest.fixture(scope="module")
def services():
    return compose_config()["services"]


def test_nothing_reaches_the_world_but_the_sweeper_where_webhooks_are_wanted(services):
    assert {name for name, service in services.items() if "out" in service["networks"]} == set()
    config = compose_config("deploy/webhooks.yml")
    assert {name for name, service in config["services"].items() if "out" in service["networks"]} == {"sweeper"}
    assert set(config["services"]["sweeper"]["networks"]) == {"back", "out"}
    assert [name for name, network in config["networks"].items() if network.get("internal")] == ["back"]


def test_every_service_can_be_checked_or_is_said_to_be_restarted(services):
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"migrate", "sweeper"}
    assert {name for name, service in services.items() if service["restart"] != "unless-stopped"} == {"migrate"}


def test_our_containers_have_no_more_rights_than_they_need(services):
    for name in (*OURS, "proxy"):
        assert services[name]["cap_drop"] == ["ALL"], name
        assert services[name]["read_only"] is True, name
        assert "no-new-privileges:true" in services[name]["security_opt"], name
    assert {name for name in OURS if "cap_add" in services[name] or "user" in services[name]} == {"worker"}
    dockerfile = (settings.BASE_DIR / "Dockerfile").read_text()
    assert dockerfile.splitlines()[-2:-1] == ["USER baremath"]


def test_the_gpu_worker_starts_only_when_asked_for_and_takes_one_submission_at_a_time(services):
    gpu, worker = services["worker-gpu"], services["worker"]
    assert gpu["profiles"] == ["gpu"]
    assert gpu["command"][gpu["command"].index("--concurrency") + 1] == "1"
    assert gpu["command"][gpu["command"].index("-Q") + 1] == "gpu"
    assert gpu["security_opt"] == worker["security_opt"]


def test_the_proxy_never_sends_a_post_on_a_connection_that_gunicorn_may_be_closing(services):
    command = services["web"]["command"]
    kept_s = int(command[command.index("--keep-alive") + 1])
    proxy = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    assert kept_s > int(re.search(r"keepalive 16;\s+keepalive_timeout (\d+)s;", proxy)[1])


def test_only_the_proxy_is_reachable_from_outside(services):
    assert {name for name, service in services.items() if "ports" in service} == {"proxy"}
    assert {name for name, service in services.items() if "back" not in service["networks"]} == {"proxy"}


def test_the_worker_s_seccomp_profile_allows_what_builds_the_jail():
    import pyseccomp

    profile = json.loads((settings.BASE_DIR / "deploy" / "seccomp-worker.json").read_text())
    denied = {name for group in profile["syscalls"] for name in group["names"]}
    assert all(pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) >= 0 for name in denied)
    jail = {"unshare", "clone", "clone3", "setns", "mount", "umount2", "pivot_root", "seccomp", "prctl", "pidfd_open"}
    assert denied & (jail | {"landlock_create_ruleset", "landlock_restrict_self", "pidfd_send_signal"}) == set()


def test_the_secrets_must_be_set_and_are_the_only_ones():
    example = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    must_be_set = {line.split("=")[0] for line in example if line.endswith("=") and not line.startswith("#")}
    assert must_be_set == set(SECRETS)
    text = (settings.BASE_DIR / "docker-compose.yml").read_text()
    assert yaml.safe_load(text)["x-environment"]["SECRET_KEY"] == "${SECRET_KEY:?set it in .env}"


def test_the_worker_s_entry_point_gives_up_root_and_every_capability(tmp_path):
    script = (settings.BASE_DIR / "deploy" / "worker-entrypoint.sh").read_text()
    assert compose_config()["services"]["worker"]["entrypoint"] == ["/bin/sh", "/app/deploy/worker-entrypoint.sh"]
    user = "--reuid=baremath --regid=baremath --init-groups"
    assert user in script
    # A user namespace has no second user to become, but every capability to give up.
    as_here = script.replace("/sys/fs/cgroup", str(tmp_path)).replace(user, "--reuid=0 --regid=0 --keep-groups")
    command = ["unshare", "--user", "--map-root-user", "/bin/sh", "-c", as_here, "entry", "cat", "/proc/self/status"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    status = dict(line.split(":\t", 1) for line in ended.stdout.splitlines())
    assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
    assert "address space limits stand alone" in ended.stderr
