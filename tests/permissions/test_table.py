"""Every address, for every role and verb: what `table.py` allows happens, all else is refused and changes nothing."""

import json
import re
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection, transaction
from django.test import AsyncClient, Client
from rest_framework.throttling import SimpleRateThrottle

from tests.permissions.access import ADMIN, FORM, IN, JSON, PAGE, SIGN_IN, VERBS
from tests.permissions.roles import OTHER, OWNER, SESSIONS, VISITOR
from tests.permissions.routes import address, routes
from tests.permissions.table import TABLE
from tests.permissions.world import MARK, METRICS_TOKEN, World

pytestmark = pytest.mark.django_db

READS = {"GET", "HEAD", "OPTIONS"}
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# Kept about whoever asks, whether or not they get in.
BOOKS = {"django_session", "accounts_accountlimit", "usersessions_usersession"}
SIGN_IN_PAGES = {"/accounts/login/", "/admin/login/"}
AGAIN_PAGES = {"/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"}
ROUTES = routes()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, valkey_url, session_settings):
    """One world for all tests: each request is undone."""
    rates = dict.fromkeys(SimpleRateThrottle.THROTTLE_RATES, "1000000/min")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
        patch.setattr(settings, "WEBHOOKS", True)
        patch.setattr(settings, "METRICS_TOKEN", METRICS_TOKEN)
        yield World()
        transaction.set_rollback(True)


class Asking:
    """A request of somebody, which is undone: what came of it, and what it wrote."""

    def __init__(self, world, route, *, enforce_csrf_checks=False):
        self.world, self.row = world, TABLE[route]
        at = {name: world.objects[kind] for name, kind in self.row.at.items()}
        self.path = address(route, world.objects | at)
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=enforce_csrf_checks)
        self.on_loop = AsyncClient(raise_request_exception=False)

    def ask(self, role, verb, session=None):
        client = self.on_loop if self.row.streams else self.client
        session = session or self.world.sessions.get(role)
        client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session} if session else {})
        headers = {"Authorization": self.world.keys[role]} if role in self.world.keys else {}
        headers |= {"Accept": "application/json"} if self.row.kind == JSON else {}
        request = getattr(client, verb.lower())
        written = set()

        def watch(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if (found := WRITE.match(sql)) and context["cursor"].rowcount:
                written.add(found[1])
            return result

        with transaction.atomic(), connection.execute_wrapper(watch):
            ask = async_to_sync(request) if self.row.streams else request
            response = ask(self.path, headers=headers, **self._body(verb))
            transaction.set_rollback(True)
        response.close()
        return response, written - BOOKS

    def _body(self, verb):
        if verb in READS:
            return {}
        sent = {name: self.world.objects.get(value, value) if isinstance(value, str) else value
                for name, value in self.row.sent.get(verb, {}).items()}  # fmt: skip
        is_form = self.row.kind in (PAGE, FORM, ADMIN) or (
            self.row.kind == JSON and verb == "POST" and "base" not in sent
        )
        if is_form and verb == "POST" and "/drafts/" not in self.path:
            return {"data": sent}
        return {"data": json.dumps(sent), "content_type": "application/json"}


def outcome(response):
    """Return "in", "sign-in", "again" or the status code."""
    if response.status_code in (301, 302, 303):
        path = urlsplit(response["Location"]).path
        return SIGN_IN if path in SIGN_IN_PAGES else "again" if path in AGAIN_PAGES else IN
    # What is sent here may be incomplete, and no worker runs: whoever hears that was let in.
    return IN if response.status_code < 300 or response.status_code in (400, 409, 503) else str(response.status_code)


def told(response):
    return b"" if response.streaming else response.content


def test_every_address_has_a_row_and_every_row_an_address():
    assert [route for route in ROUTES if route not in TABLE] == [], "each needs a row in tests/permissions/table.py"
    assert [route for route in TABLE if route not in ROUTES] == [], "nothing is there any more: delete these rows"


@pytest.mark.parametrize("route", sorted(TABLE), ids=lambda route: route or "the start page")
def test_who_may_do_what(world, route):
    asking, wrong = Asking(world, route), []
    for role in asking.row.roles:
        for verb in VERBS:
            expected = asking.row.expected(role, verb)
            response, written = asking.ask(role, verb)
            found = outcome(response)
            if found not in expected:
                wrong.append(f"{verb} by {role}: {found} ({response.status_code}), not {' or '.join(sorted(expected))}")
            if written and (found != IN or verb in READS or (asking.row.access(verb) is None)):
                wrong.append(f"{verb} by {role}: {found}, and yet it wrote to {', '.join(sorted(written))}")
            if role in (VISITOR, OTHER) and MARK.encode() in told(response):
                wrong.append(f"{verb} by {role} shows what is the owner's")
    assert not wrong, "\n".join(wrong)


WITHOUT_CSRF = {"api/v1/device/", "api/v1/device/token/"}  # they look at no session
CHANGES = [
    (route, verb)
    for route, row in sorted(TABLE.items())
    for verb in VERBS[2:6]
    if route not in WITHOUT_CSRF and (access := row.access(verb)) and access.who & SESSIONS
]


@pytest.mark.parametrize(("route", "verb"), CHANGES, ids=lambda part: part or "the start page")
def test_a_session_changes_nothing_without_its_csrf_token(world, route, verb):
    """Pages of other origins can have a browser send the cookie, but not read the token. The rest needs no cookie."""
    asking = Asking(world, route, enforce_csrf_checks=True)
    for role in sorted(SESSIONS & asking.row.access(verb).who):
        response, written = asking.ask(role, verb)
        assert (response.status_code, written) == (403, set()), role


ASKING_AGAIN = [route for route, row in sorted(TABLE.items()) if row.again]


@pytest.mark.parametrize("route", ASKING_AGAIN)
def test_an_open_browser_is_not_enough_where_the_password_is_asked_for_again(world, route):
    asking = Asking(world, route)
    for verb in VERBS[2:6]:
        if asking.row.access(verb):
            response, written = asking.ask(OWNER, verb, session=world.stale_session(OWNER))
            assert outcome(response) in {"again", "403"}, verb
            assert written == set()
