"""The words of the table: who gets in, and what the others meet."""

from dataclasses import dataclass, field
from typing import Any

from tests.permissions.roles import (
    DEAD_TOKEN,
    INSTRUCTOR,
    NOBODY,
    OWNER,
    PROMETHEUS,
    ROLES,
    ROLES_OF_PAGES,
    SESSIONS,
    STAFF,
    SUPERUSER,
    TOKENS,
    tokens_with,
)

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
IN, SIGN_IN = "in", "sign-in"
PAGE, FORM, JSON, API, ADMIN, METRICS, NOWHERE = "page", "form", "json", "api", "admin", "metrics", "nowhere"
ALIKE = {METRICS: "401", NOWHERE: "404"}


@dataclass(frozen=True)
class Access:
    """`who` gets in; to a stranger who is known and may ask such things, what is there does not exist, if `hidden`."""

    who: frozenset[str]
    hidden: bool = False
    scopes: tuple[str, ...] = ()


EVERYBODY = Access(frozenset(ROLES))
EVERYBODY_BUT_DEAD_TOKENS = Access(frozenset(ROLES) - {DEAD_TOKEN})
SIGNED_IN = Access(SESSIONS)
MINE = Access(frozenset({OWNER}), hidden=True)
ANY_STAFF = Access(frozenset({INSTRUCTOR, STAFF, SUPERUSER}))
INSTRUCTORS = Access(frozenset({INSTRUCTOR, SUPERUSER}))
SUPERUSERS = Access(frozenset({SUPERUSER}))
NO_ONE = Access(frozenset())


def each_by(*scopes: str) -> Access:
    """Return access for each account to what is its own: in a session, or with a token that has one of the scopes."""
    return Access(SESSIONS | tokens_with(scopes), scopes=scopes)


def mine_by(*scopes: str) -> Access:
    return Access(frozenset({OWNER}) | tokens_with(scopes, OWNER), hidden=True, scopes=scopes)


def instructors_by(*scopes: str) -> Access:
    return Access(INSTRUCTORS.who | tokens_with(scopes, INSTRUCTOR), scopes=scopes)


@dataclass(frozen=True)
class Row:
    """What can be done at one address. Verbs that are not named are refused; HEAD is as GET; OPTIONS tells no data.

    `kind` says what those meet who do not get in: PAGE leads to the sign-in page, JSON and API answer 401, ADMIN leads
    whoever is not staff to the sign-in page. FORM is a page of django-allauth, which may lead on whatever is asked.
    METRICS answers 401 to all accounts alike: it has a key of its own. NOWHERE answers 404 to whoever asks whatever.
    `at` names the object for parameters that are called alike elsewhere.
    `sent` is the body by verb: form fields, or JSON for addresses that are no pages. With `again`, whoever has not
    typed the password lately is asked for it first.
    """

    kind: str = PAGE
    GET: Access | None = None
    POST: Access | None = None
    PUT: Access | None = None
    PATCH: Access | None = None
    DELETE: Access | None = None
    at: dict[str, str] = field(default_factory=dict)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    again: bool = False
    streams: bool = False

    def access(self, verb: str) -> Access | None:
        found: Access | None = getattr(self, "GET" if verb == "HEAD" else verb, None)
        return found

    @property
    def roles(self) -> tuple[str, ...]:
        """Return who is to ask."""
        if self.kind == METRICS:
            return (*ROLES_OF_PAGES, PROMETHEUS)
        return ROLES if self.kind == API else ROLES_OF_PAGES

    def expected(self, role: str, verb: str) -> set[str]:
        """Return what may come of it: "in", "sign-in", or a status code."""
        if verb == "OPTIONS" and self.kind != FORM:
            hidden = {"404"} if self.kind == ADMIN and self.GET and self.GET.hidden else set()
            return {IN, "405"} | hidden | self._refusals(role, NO_ONE)
        access = self.access(verb)
        if self.kind == FORM and (access is None or access == EVERYBODY):
            return {IN, SIGN_IN, "again", "404", "405"}
        if (
            access is None and self.kind == ADMIN and verb not in ("GET", "HEAD")
        ):  # Django's panel reads whatever the verb is, and changes with POST
            return {"405", *self.expected(role, "GET")}
        if access is None:  # whether who asks is asked for first, or the verb is looked at, is all the same
            return {"405"} | self._refusals(role, NO_ONE)
        if role in access.who:
            return {IN, "again"} if self.kind == FORM else {IN}
        return self._refusals(role, access)

    def _refusals(self, role: str, access: Access) -> set[str]:
        if self.kind == API:
            return self._refusals_of_api(role, access)
        if self.kind in ALIKE:
            return {ALIKE[self.kind]}
        if role in NOBODY or role in TOKENS or (self.kind == ADMIN and role not in ANY_STAFF.who):
            return {"401"} if self.kind == JSON else {SIGN_IN}
        return {"404"} if access.hidden else {"403"}

    def _refusals_of_api(self, role: str, access: Access) -> set[str]:
        if role in NOBODY or role == DEAD_TOKEN:
            return {"401"}
        lacks_scope = role in TOKENS and not set(TOKENS[role][1]) & set(access.scopes)
        return {"404"} if access.hidden and not lacks_scope else {"403"}
