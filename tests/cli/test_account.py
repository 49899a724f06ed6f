import json
import signal
import stat

import pytest

from tests.cli.conftest import result_of
from tests.cli.server import TOKEN, Answer, Proxy, Server, problem

CODES = {
    "device_code": "device",
    "user_code": "ABCD-EFGH",
    "verification_uri": "http://127.0.0.1/device/",
    "expires_in": 60,
    "interval": 0.05,
}
GIVEN = Answer(body={"token": TOKEN, "scopes": ["read", "submit"], "expires": None, "username": "ada"})
PENDING = problem(400, "The user has not decided yet.", error="authorization_pending")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_code_confirmed_in_the_browser_signs_in(stranger, server):
    server.on("POST", "device/", Answer(body=CODES))
    server.on("POST", "device/token/", PENDING, PENDING, GIVEN)
    said = stranger.run("login")
    assert said.returncode == 0
    assert said.stdout == (
        "Open   http://127.0.0.1/device/\nEnter  ABCD-EFGH\n" + f"Signed in to {server.url} as ada.\n"
    )
    assert server.bodies("POST", "device/")[0]["scopes"] == ["read", "submit"]
    assert server.bodies("POST", "device/token/") == [{"device_code": "device"}] * 3
    assert stranger.run("whoami").stdout.startswith("ada at")


def test_a_program_told_to_slow_down_does_and_gets_in(stranger, server):
    server.on("POST", "device/", Answer(body=CODES))
    server.on("POST", "device/token/", problem(400, "Slower.", error="slow_down"), GIVEN)
    assert stranger.run("login").returncode == 0


@pytest.mark.parametrize("reason", ["access_denied", "expired_token", "invalid_grant"])
def test_a_code_that_will_never_be_confirmed_ends_the_wait(stranger, server, reason):
    server.on("POST", "device/", Answer(body=CODES))
    server.on("POST", "device/token/", problem(400, "It is over. Begin again at /api/v1/device/.", error=reason))
    said = stranger.run("login")
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1] == "It is over. Start again with: baremath login"
    assert not stranger.tokens.exists()


def test_a_code_that_nobody_confirms_is_given_up(stranger, server):
    server.on("POST", "device/", Answer(body=CODES | {"expires_in": 0.2}))
    server.on("POST", "device/token/", PENDING)
    said = stranger.run("login")
    assert (said.returncode, said.stderr.splitlines()[-1]) == (
        1,
        "The code was not confirmed in time. Start again with: baremath login",
    )


def test_ctrl_c_while_a_code_waits_is_no_traceback(stranger, server):
    server.on("POST", "device/", Answer(body=CODES))
    server.on("POST", "device/token/", PENDING)
    with stranger.start("login") as process:
        process.stdout.readline()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130
    assert stderr.endswith("Stopped.\n")
    assert "Traceback" not in stderr


@pytest.mark.parametrize("given", [("--token", TOKEN), ("--token", "-"), ("--token",)])
def test_a_token_can_be_given_or_piped_in(stranger, server, given):
    said = stranger.run("login", *given, typed=f"{TOKEN}\n")
    assert result_of(said) == (0, f"Signed in to {server.url} as ada.\n", "")
    assert server.asked[-1].headers["authorization"] == f"Token {TOKEN}"


def test_the_token_is_for_its_owner_s_eyes_alone(terminal):
    assert (mode(terminal.tokens.parent), mode(terminal.tokens)) == (0o700, 0o600)
    assert [path.name for path in terminal.tokens.parent.iterdir()] == ["tokens.json"]


def test_a_token_file_that_others_can_read_is_closed_to_them_and_that_is_said(terminal):
    terminal.tokens.chmod(0o644)
    said = terminal.run("whoami")
    assert said.returncode == 0
    assert said.stderr == f"{terminal.tokens} could be read by others (mode 644); it is closed to them now.\n"
    assert mode(terminal.tokens) == 0o600


def test_the_folder_of_the_tokens_can_be_chosen(stranger, tmp_path):
    named = tmp_path / "chosen"
    assert stranger.run("login", "--token", TOKEN, BAREMATH_CONFIG=str(named)).returncode == 0
    assert mode(named / "tokens.json") == 0o600
    assert not stranger.tokens.exists()


@pytest.mark.parametrize("text", ["", "[]", '{"servers": {"x": 1}}', '{"servers": {}}'])
def test_a_token_file_of_something_else_is_a_sentence(terminal, text):
    terminal.tokens.write_text(text)
    assert result_of(terminal.run("whoami")) == (
        2,
        "",
        f"{terminal.tokens} is not as baremath login writes it. Delete it, then sign in again.\n",
    )


def test_a_token_that_the_server_does_not_know_is_not_kept(stranger, server):
    server.on("GET", "me/", problem(401, "Invalid token."))
    said = stranger.run("login", "--token", "wrong")
    assert (said.returncode, said.stderr) == (2, f"Invalid token. Sign in with: baremath login --url {server.url}\n")
    assert not stranger.tokens.exists()


@pytest.mark.parametrize("text", ["", "two words", "tökén", "a\x1bb"])
def test_what_is_no_token_is_not_sent(stranger, server, text):
    assert stranger.run("login", "--token", "-", typed=f"{text}\n").returncode == 2
    assert server.asked == []


def test_each_server_has_a_token_of_its_own(terminal, server):
    other = Server()
    try:
        other.on("GET", "me/", Answer(body={"username": "emmy", "scopes": []}))
        assert terminal.run("login", "--url", other.url, "--token", "another").returncode == 0
        assert terminal.run("whoami").stdout.startswith(f"ada at {server.url}")
        del terminal.environment["BAREMATH_URL"]
        assert terminal.run("whoami").stdout == f"emmy at {other.url}\nThe token is good for: nothing.\n"
        assert terminal.run("logout").returncode == 0
        assert terminal.run("whoami").stdout.startswith(f"ada at {server.url}")
    finally:
        other.stop()


def test_who_is_not_signed_in_is_told_how(stranger, server):
    assert result_of(stranger.run("whoami")) == (
        2,
        "",
        f"You are not signed in to {server.url}. Sign in with: baremath login --url {server.url}\n",
    )


def test_signing_out_ends_the_token_and_forgets_it(terminal, server):
    server.on("DELETE", "tokens/current/", Answer(204))
    assert result_of(terminal.run("logout")) == (0, f"Signed out of {server.url}.\n", "")
    assert server.asked[-1].method == "DELETE"
    assert terminal.run("whoami").returncode == 2


def test_signing_out_after_the_token_was_revoked_elsewhere_is_no_failure(terminal, server):
    server.on("DELETE", "tokens/current/", problem(401, "Nobody has this token."))
    assert result_of(terminal.run("logout")) == (0, f"Signed out of {server.url}.\n", "")


def test_signing_out_says_where_a_token_that_could_not_be_ended_lives_on(terminal, server):
    server.on("DELETE", "tokens/current/", problem(500, "The database is away."))
    said = terminal.run("logout")
    assert said.returncode == 0
    assert said.stderr.splitlines() == [
        "The token could not be ended there: The database is away.",
        f"Until you end it at {server.url}/accounts/tokens/ it stays valid.",
    ]
    assert terminal.run("whoami").returncode == 2


def test_whoami_is_one_json_document(terminal, server):
    said = terminal.run("whoami", "--json")
    assert json.loads(said.stdout) == {
        "url": server.url,
        "username": "ada",
        "display_name": "Ada",
        "scopes": ["read", "submit"],
    }


def test_a_proxy_of_the_environment_is_used_and_an_open_address_warned_of(stranger, server):
    proxy = Proxy(server)
    try:
        said = stranger.run("login", "--url", "http://baremath.invalid", "--token", TOKEN, HTTP_PROXY=proxy.url)
        assert (said.returncode, said.stdout) == (0, "Signed in to http://baremath.invalid as ada.\n")
        assert said.stderr.startswith("http://baremath.invalid is not encrypted")
        assert [each.path for each in proxy.asked] == ["http://baremath.invalid/api/v1/me/"]
    finally:
        proxy.stop()


@pytest.mark.parametrize("proxy", ["ftp://127.0.0.1:1", "socks5://127.0.0.1:1"])
def test_a_proxy_that_cannot_be_used_is_a_sentence(terminal, proxy):
    said = terminal.run("whoami", ALL_PROXY=proxy)
    assert (said.returncode, said.stderr[:46]) == (2, "HTTP_PROXY, HTTPS_PROXY, ALL_PROXY or SSL_CERT")


@pytest.mark.parametrize(
    "address", ["localhost:8000", "ftp://x", "http://", "http://a:b@c", "http://x:99999", "http://x y"]
)
def test_an_address_that_is_none_is_a_sentence(stranger, address):
    said = stranger.run("whoami", "--url", address)
    assert said.returncode == 2
    assert said.stderr.startswith(f"“{address}” is not the address of a server")


@pytest.mark.parametrize("address", ["http://ü..x", "http://xn--a", "http://a..b"])
def test_a_name_that_no_server_can_have_is_a_sentence(stranger, address):
    said = stranger.run("tasks", "--url", address)
    assert said.returncode == 2
    assert said.stderr.startswith(f"{address}, or an option, holds what cannot be sent: ")


@pytest.mark.parametrize("ending", ["/", "/api/v1/", "/api"])
def test_an_address_may_say_more_than_it_has_to(terminal, server, ending):
    assert terminal.run("whoami", "--url", server.url + ending).returncode == 0
