"""What an operator of docker-compose.yml relies on: TLS in the proxy, its cache, backups while people work."""

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.system import convolution
from tests.system.client import Client
from tests.system.composed import ROOT, composed
from tests.system.processes import children, wait_until

pytestmark = [pytest.mark.system, pytest.mark.jail]

USING_THE_DATABASE = ("web", "events", "worker", "sweeper")


def make_certificate(stack):
    """Sign a certificate for this machine with its own key, and put both where docs/operating.md says."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    (stack.secrets / "tls.crt").write_bytes(certificate)
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (stack.secrets / "tls.key").write_bytes(key.private_bytes(*pem))


@pytest.fixture(scope="module")
def stack():
    with composed(
        "deploy/tls.yml", prepare=make_certificate, WORKER_PROCESSES="1", SWEEP_INTERVAL_S="1", SUBMIT_RATE="600/min"
    ) as stack:
        yield stack


def trust(stack):
    return ssl.create_default_context(cafile=stack.secrets / "tls.crt")


def visitor(stack):
    return Client(stack.tls_url, trust(stack))


class KeepRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def headers_of(stack, path, url=None, **headers):
    handlers = urllib.request.ProxyHandler({}), KeepRedirects(), urllib.request.HTTPSHandler(context=trust(stack))
    request = urllib.request.Request((url or stack.tls_url) + path, headers=headers)
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=20) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def test_a_learner_gets_a_verdict_over_https(stack):
    client = visitor(stack)
    client.sign_up("ada", "rebuild-it-from-scratch")
    assert all(cookie.secure for cookie in client.cookies)
    submission = client.submit(convolution.TASK, convolution.slow(1))
    stream = client.get(submission["events"])
    events = [json.loads(line.removeprefix("data: ")) for line in stream.splitlines() if line.startswith("data: ")]
    assert events[-1]["verdict"] == "accepted"


def test_plain_http_leads_to_https_whatever_the_visitor_says(stack):
    for claim in ({}, {"X-Forwarded-Proto": "https"}):
        status, headers = headers_of(stack, "/search/?q=page", stack.url, **claim)
        assert (status, headers["Location"]) == (301, f"{stack.url}/search/?q=page".replace("http:", "https:"))
    assert headers_of(stack, "/healthz", stack.url)[0] == 200
    status, headers = headers_of(stack, "/", **{"X-Forwarded-Proto": "http"})
    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000")


def test_http_2_is_spoken(stack):
    context = trust(stack)
    context.set_alpn_protocols(["h2", "http/1.1"])
    assert protocol(stack, context) == "h2"


def protocol(stack, context):
    """Return which protocol a TLS handshake agrees on."""
    with (
        socket.create_connection(("127.0.0.1", stack.ports["tls"])) as connection,
        context.wrap_socket(connection, server_hostname="localhost") as secured,
    ):
        return secured.selected_alpn_protocol()


def test_a_renewed_certificate_is_taken_without_a_restart(stack):
    make_certificate(stack)
    renewed = trust(stack)
    with pytest.raises(ssl.SSLCertVerificationError):
        protocol(stack, renewed)
    renewed.set_alpn_protocols(["h2"])
    old = set(children(stack.pid("proxy")))
    os.kill(stack.pid("proxy"), signal.SIGHUP)
    wait_until(lambda: not old & set(children(stack.pid("proxy"))))  # until then some answer with the old one
    assert protocol(stack, renewed) == "h2"


def test_static_files_come_from_the_cache_and_nothing_else_does(stack):
    client = visitor(stack)
    client.sign_up("grace", "rebuild-it-from-scratch")
    page = client.get("/")
    client.get("/progress/")
    style = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    before = client.get(style)
    assert headers_of(stack, style)[1]["Cache-Control"] == "max-age=315360000, public, immutable"
    stack.children["web"].stop()  # with its workers, who would answer a little longer
    try:
        assert client.get(style) == before
        for path in ("/", "/progress/", "/accounts/login/", "/static/nothing.css"):
            assert headers_of(stack, path)[0] == 502, path
    finally:
        stack.tend()
    kept = [file.read_bytes() for file in (stack.folder / "tmp" / "static").rglob("*") if file.is_file()]
    keys = {re.search(rb"\nKEY: (\S+)", content)[1].decode() for content in kept}
    assert f"https{style}" in keys
    assert all(key.startswith("https/static/") for key in keys)
    assert all(b"Set-Cookie" not in content for content in kept)
    wait_until(lambda: headers_of(stack, "/")[0] == 200, 60)


def manage(stack, *arguments):
    """Run a command of the service `manage`, as `docker-compose run --rm manage ...` does."""
    command = [sys.executable, "manage.py", *map(str, arguments)]
    environment = stack.environment_of("manage")
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def stop_what_uses_the_database(stack):
    for name in USING_THE_DATABASE:
        stack.children[name].stop()
    quiet = "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = 'baremath' AND backend_type = 'client backend'"
    wait_until(lambda: stack.query(quiet) == [(True,)])


def rows(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))["rows"]


def with_one_more_row_in_the_manifest(path, other):
    """Write a backup whose manifest promises a row that the dump does not hold."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w") as forged:
        manifest = json.loads(archive.read("manifest.json"))
        manifest["rows"]["grader_submission"] += 1
        forged.writestr("database", archive.read("database"))
        forged.writestr("manifest.json", json.dumps(manifest))


def submit_until(stopped, client, handed_in):
    while not stopped.is_set():
        handed_in.append(client.submit(convolution.TASK, convolution.CORRECT))
        time.sleep(0.5)


def test_what_was_handed_in_before_a_backup_is_graded_after_its_restore(stack, tmp_path):
    client = visitor(stack)
    client.sign_up("emmy", "rebuild-it-from-scratch")
    stack.kill("worker")  # so that something waits
    before = [client.submit(convolution.TASK, convolution.CORRECT)]
    meanwhile, stopped = [], threading.Event()
    people = threading.Thread(target=submit_until, args=(stopped, client, meanwhile))
    people.start()
    try:
        wait_until(lambda: meanwhile)
        backup = manage(stack, "backup", tmp_path / "backup")
    finally:
        stopped.set()
        people.join()
    assert backup.returncode == 0, backup.stderr
    assert re.match(rf"{tmp_path}/backup: \d+ rows of \d+ tables \(postgresql\), made at ", backup.stdout)
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["backup"]
    held = rows(tmp_path / "backup")["grader_submission"]

    refused = manage(stack, "restore", tmp_path / "backup", "--replace")
    assert "other connections use the database: stop what uses it first" in refused.stderr
    stop_what_uses_the_database(stack)
    assert "The database is not empty. Give --replace" in manage(stack, "restore", tmp_path / "backup").stderr

    everything = "SELECT (SELECT count(*) FROM grader_submission), (SELECT count(*) FROM accounts_user)"
    as_it_was = stack.query(everything)
    with_one_more_row_in_the_manifest(tmp_path / "backup", tmp_path / "forged")
    forged = manage(stack, "restore", tmp_path / "forged", "--replace")
    assert "was not restored, the database is as it was." in forged.stderr
    assert stack.query(everything) == as_it_was

    restored = manage(stack, "restore", tmp_path / "backup", "--replace")
    assert restored.returncode == 0, restored.stderr
    assert stack.query("SELECT count(*) FROM grader_submission") == [(held,)]
    stack.tend()
    wait_until(stack.is_ready, 90)
    for submission in before + meanwhile[: held - as_it_was[0][0]]:
        assert client.wait_for(submission, "graded", 90)["verdict"] == "accepted"  # in the session of before, too
    wait_until(lambda: stack.query("SELECT count(*) FROM grader_submission WHERE status <> 'graded'") == [(0,)], 90)
    assert stack.query("SELECT count(*) FROM grader_gradingrun") == [(held,)]


def test_a_backup_that_is_killed_leaves_nothing_under_its_name(stack, tmp_path):
    command = [sys.executable, "manage.py", "backup", str(tmp_path / "backup")]
    with psycopg.connect(stack.database_url) as connection:
        connection.execute("LOCK TABLE courses_lesson IN ACCESS EXCLUSIVE MODE")  # pg_dump waits
        process = subprocess.Popen(command, cwd=ROOT, env=stack.environment_of("manage"))
        wait_until(lambda: list(tmp_path.glob(".backup.*/archive")), 60)
        process.kill()
        process.wait()
    assert not (tmp_path / "backup").exists()
    assert manage(stack, "backup", tmp_path / "backup").returncode == 0
