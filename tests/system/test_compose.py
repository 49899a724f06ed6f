"""docker-compose.yml: what it says is valid, and what it starts gives verdicts on PostgreSQL and Redis."""

import argparse
import json
import re
import subprocess
import sys
import urllib.error
from pathlib import Path

import psycopg
import pytest
import redis
import yaml
from django.conf import settings

from benchmarks.system import load
from benchmarks.system.stack import Stack
from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import compose_config, composed
from tests.system.processes import family, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

OURS = ("migrate", "manage", "web", "events", "worker", "sweeper")
COMMANDS = {"migrate", "manage"}  # they end


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
    assert found["statuses"]["POST"] == {"202": 12}
    assert found["ledger"]["wrong"] == []
    told = {name: found["ledger"][name] for name in ("handed_in", "verdicts", "lost", "doubled", "unasked")}
    assert told == {"handed_in": 12, "verdicts": 12, "lost": 0, "doubled": 0, "unasked": 0}
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


def test_no_secret_is_shown_by_docker_compose_or_in_environment_or_arguments_of_a_process(stack):
    secrets = [text for file in stack.secrets.iterdir() if (text := file.read_bytes().strip())]
    assert len(secrets) >= 5
    shown = yaml.safe_dump(compose_config(secrets=stack.secrets)).encode()
    assert [secret for secret in secrets if secret in shown] == []
    for name, child in stack.children.items():
        for pid, _ in family(child.process.pid):
            seen = b"".join(Path(f"/proc/{pid}/{part}").read_bytes() for part in ("environ", "cmdline"))
            assert [secret for secret in secrets if secret in seen] == [], name


def test_database_and_broker_let_nobody_in_without_their_password(stack):
    with redis.Redis(port=stack.ports["redis"]) as stranger, pytest.raises(redis.exceptions.AuthenticationError):
        stranger.ping()
    with redis.Redis.from_url(stack.redis_url) as friend:
        assert friend.ping()
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(host="127.0.0.1", port=stack.ports["db"], user="baremath", dbname="baremath")


def test_the_sweeper_says_that_it_sweeps(stack):
    sign = stack.folder / "data" / "sweeper.alive"
    wait_until(sign.exists, 60)
    sign.unlink()
    wait_until(sign.exists, 60)
    [command] = stack.services["sweeper"]["healthcheck"]["test"][1:]
    here = command.replace("$$", "$").replace("/data", str(sign.parent))
    assert subprocess.run(["sh", "-c", here], check=False).returncode == 0
    assert subprocess.run(["sh", "-c", here.replace("alive", "dead")], check=False, stderr=-3).returncode == 1


def test_check_deploy_has_nothing_to_say(stack):
    service = stack._service("web")
    production = {"HTTPS": "1", "ALLOWED_HOSTS": "learn.example.org"}
    production["CSRF_TRUSTED_ORIGINS"] = "https://learn.example.org"
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = {**service.environment, **production}
    ended = subprocess.run(check, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert (ended.returncode, "no issues" in ended.stdout) == (0, True), ended.stderr


def test_a_host_that_is_not_ours_is_refused_through_the_proxy(stack):
    with pytest.raises(urllib.error.HTTPError) as refused:
        Client(stack.url).get("/accounts/login/", Host="evil.example.com")
    assert refused.value.code == 400
    refused.value.close()


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
    assert {name for name, service in services.items() if "healthcheck" not in service} == COMMANDS
    assert {name for name, service in services.items() if service["restart"] != "unless-stopped"} == COMMANDS


def test_no_service_can_take_the_machine_for_itself(services):
    for name, service in services.items():
        assert re.fullmatch(r"[0-9]+[mg]", service["mem_limit"]), name
        assert 0 < service["cpus"] <= 2, name
        assert 0 < service["pids_limit"] <= 1024, name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name


def test_what_is_being_done_is_finished_before_a_service_is_stopped(services):
    def patience(name):
        return int(services[name]["stop_grace_period"].removesuffix("s"))

    assert patience("worker") == patience("worker-gpu") > settings.CELERY_TASK_TIME_LIMIT
    web = services["web"]["command"]
    assert patience("web") > int(web[web.index("--graceful-timeout") + 1])
    events = services["events"]["command"]
    assert patience("events") > int(events[events.index("--timeout-graceful-shutdown") + 1])
    assert services["sweeper"]["init"] is True


def test_our_containers_have_no_more_rights_than_they_need(services):
    for name in services:
        assert services[name]["cap_drop"] == ["ALL"], name
        assert services[name]["read_only"] is True, name
        assert "no-new-privileges:true" in services[name]["security_opt"], name
    assert {name for name in OURS if "cap_add" in services[name] or "user" in services[name]} == {"worker"}
    assert all(int(services[name]["user"].split(":")[0]) > 0 for name in ("db", "redis", "proxy"))
    dockerfile = (settings.BASE_DIR / "Dockerfile").read_text()
    assert dockerfile.splitlines()[-2:-1] == ["USER baremath"]
    assert f"FROM {services['db']['image']} AS postgresql" in dockerfile  # a pg_dump that fits


def test_only_data_of_database_broker_backups_and_monitoring_is_kept(services):
    kept = {name: service["volumes"] for name, service in services.items() if "volumes" in service}
    assert {name for name in kept if any(not volume.endswith(":ro") for volume in kept[name])} == {
        "db",
        "redis",
        "manage",
        "prometheus",
    }
    assert kept["db"] == ["db:/var/lib/postgresql/data:rw"]
    assert kept["redis"] == ["redis:/data:rw"]
    assert [volume for volume in kept["prometheus"] if volume.endswith(":rw")] == ["prometheus:/prometheus:rw"]
    assert {"--appendonly yes", "--maxmemory-policy noeviction"} <= {
        " ".join(pair) for pair in zip(services["redis"]["command"], services["redis"]["command"][1:], strict=False)
    }


def test_the_gpu_worker_starts_only_when_asked_for_and_takes_one_submission_at_a_time(services):
    gpu, worker = services["worker-gpu"], services["worker"]
    assert gpu["profiles"] == ["gpu"]
    assert gpu["command"][gpu["command"].index("--concurrency") + 1] == "1"
    assert gpu["command"][gpu["command"].index("-Q") + 1] == "gpu"
    assert gpu["security_opt"] == worker["security_opt"]


def test_the_proxy_never_sends_a_post_on_a_connection_that_gunicorn_may_be_closing(services):
    command = services["web"]["command"]
    kept_s = int(command[command.index("--keep-alive") + 1])
    proxy = (settings.BASE_DIR / "deploy" / "nginx" / "nginx.conf").read_text()
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


def test_each_service_sees_its_own_secrets_only_and_as_files(services):
    seen = {name: {secret["source"] for secret in service.get("secrets", [])} for name, service in services.items()}
    both = {"database_password", "redis_password"}
    signed = both | {"secret_key", "secret_key_fallbacks", "email_url", "metrics_token"}
    worker = {"worker_database_password", "redis_password"}
    assert seen == {
        "db": {"database_password", "worker_database_password"},
        "redis": {"redis_password"},
        "migrate": both,
        "manage": both,
        "sweeper": both,
        "web": signed,
        "events": signed,
        "worker": worker,
        "worker-gpu": worker,
        "proxy": set(),
        "prometheus": {"metrics_token"},
    }
    for name in services.keys() - {"redis", "proxy", "prometheus"}:
        named = {value for value in services[name]["environment"].values() if value.startswith("/run/secrets/")}
        assert named <= {f"/run/secrets/{secret}" for secret in seen[name]}, name
        assert not {"SECRET_KEY", "EMAIL_URL", "POSTGRES_PASSWORD"} & set(services[name]["environment"]), name


def test_the_secrets_are_made_once_and_for_nobody_else_to_read(tmp_path):
    make = ["sh", str(settings.BASE_DIR / "deploy" / "make-secrets.sh"), str(tmp_path / "secrets")]
    subprocess.run(make, check=True, capture_output=True)
    made = {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}
    assert {name for name, text in made.items() if not text} == {"secret_key_fallbacks", "email_url"}
    random = [text.strip() for text in made.values() if text]
    assert len(set(random)) == len(random) == 5
    example = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    assert [line for line in example if re.match(r"[A-Z_]+=$", line)] == []  # nothing there must be filled in
    assert all(re.fullmatch(r"[\w-]{64}", text) for text in random)
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
    (tmp_path / "secrets" / "redis_password").unlink()
    assert "redis_password" in subprocess.run(make, check=True, capture_output=True, text=True).stdout
    again = {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}
    assert {name for name in made if made[name] != again[name]} == {"redis_password"}


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
