"""Who may do what: one row for each address. What a row does not allow is refused, and a test sees to it.

`tests/permissions/access.py` says what the words mean, CONTRIBUTING.md how to add a row.
"""

from tests.permissions.access import (
    ADMIN,
    ANY_STAFF,
    API,
    EVERYBODY,
    EVERYBODY_BUT_DEAD_TOKENS,
    FORM,
    INSTRUCTORS,
    JSON,
    METRICS,
    MINE,
    NO_ONE,
    NOWHERE,
    SIGNED_IN,
    SUPERUSERS,
    Access,
    Row,
    each_by,
    instructors_by,
    mine_by,
)
from tests.permissions.roles import OWNER, PROMETHEUS
from tests.permissions.world import PASSWORD, SLUG, USER_CODE

CODE = {"source": "def f(): ...\n", "backend": "numpy"}
BY_FORM = {"GET": EVERYBODY, "POST": EVERYBODY}  # django-allauth's: what it does depends on what is sent
OWN_FORM = {"GET": SIGNED_IN, "POST": SIGNED_IN}
NOTHING = Access(frozenset(), hidden=True)
SEEN_BY_INSTRUCTORS = Access(INSTRUCTORS.who, hidden=True)
ONLY_OWNER = Access(frozenset({OWNER}))  # who alone has what the page is about: an accepted submission, for one


def in_panel(model: str, reads: Access, changes: Access = NO_ONE, deletes: Access = NO_ONE) -> dict[str, Row]:
    """Return the rows of a model in the admin panel. `model` is app/model; who changes some also adds some."""
    prefix, at = f"admin/{model}/", {"object_id": model}
    return {
        prefix: Row(ADMIN, GET=reads, POST=reads),
        f"{prefix}add/": Row(ADMIN, GET=changes, POST=changes),
        f"{prefix}<path:object_id>/history/": Row(ADMIN, GET=reads, at=at),
        f"{prefix}<path:object_id>/delete/": Row(ADMIN, GET=deletes, POST=deletes, at=at),
        f"{prefix}<path:object_id>/change/": Row(ADMIN, GET=reads, POST=changes, at=at),
        f"{prefix}<path:object_id>/": Row(ADMIN, GET=ANY_STAFF, at=at),  # leads on to change/
    }


PAGES = {
    "": Row(GET=EVERYBODY),
    "favicon.ico": Row(GET=EVERYBODY, POST=EVERYBODY, PUT=EVERYBODY, PATCH=EVERYBODY, DELETE=EVERYBODY),
    "healthz": Row(GET=EVERYBODY),
    "readyz": Row(GET=EVERYBODY),
    "metrics": Row(METRICS, GET=Access(frozenset({PROMETHEUS}))),
    "map/": Row(GET=EVERYBODY),
    "search/": Row(GET=EVERYBODY),
    "courses/<slug:course_slug>/": Row(GET=EVERYBODY),
    "courses/<slug:course_slug>/<slug:lesson_slug>/": Row(GET=EVERYBODY),
    "styleguide/": Row(ADMIN, GET=ANY_STAFF),
    # Tasks, and what one does with them
    "tasks/<slug:slug>/": Row(GET=EVERYBODY),
    "tasks/<slug:slug>/solution/": Row(GET=EVERYBODY),
    "tasks/<slug:slug>/submit/": Row(JSON, POST=SIGNED_IN, sent={"POST": CODE}),
    "tasks/<slug:slug>/run/": Row(JSON, POST=SIGNED_IN, sent={"POST": CODE}),
    "tasks/<slug:slug>/submissions/": Row(GET=SIGNED_IN),
    "tasks/<slug:slug>/drafts/<slug:backend>/": Row(
        JSON, GET=SIGNED_IN, PUT=SIGNED_IN, sent={"PUT": {"source": "x", "base": 0}}
    ),
    "tasks/<slug:slug>/drafts/<slug:backend>/earlier/": Row(
        JSON, GET=SIGNED_IN, POST=SIGNED_IN, sent={"POST": {"source": "x"}}
    ),
    "tasks/<slug:slug>/watch/": Row(GET=ONLY_OWNER),
    "tasks/<slug:slug>/watch/start/": Row(JSON, POST=MINE, sent={"POST": {"submission": "submission"}}),
    # One's own submissions and runs
    "submissions/": Row(GET=SIGNED_IN),
    "submissions/compare/": Row(GET=NOTHING),  # leads on once two of one's own are chosen
    "submissions/<uuid:old_id>/compare/<uuid:new_id>/": Row(GET=MINE),
    "submissions/<uuid:submission_id>/": Row(GET=MINE),
    "submissions/<uuid:submission_id>/result/": Row(GET=MINE),
    "submissions/<uuid:submission_id>/state/": Row(JSON, GET=MINE),
    "submissions/<uuid:submission_id>/open/": Row(POST=MINE),
    "events/submissions/<uuid:pk>/": Row(JSON, GET=MINE, at={"pk": "submission"}, streams=True),
    "runs/<str:run_id>/": Row(GET=MINE),
    "runs/<str:run_id>/result/": Row(GET=MINE),
    "runs/<uuid:run_id>/state/": Row(JSON, GET=MINE),
    "events/runs/<uuid:pk>/": Row(JSON, GET=MINE, at={"pk": "run"}, streams=True),
    "watches/<uuid:watch_id>/state/": Row(JSON, GET=MINE),
    "events/watches/<uuid:pk>/": Row(JSON, GET=MINE, at={"pk": "watch"}, streams=True),
    # Progress
    "progress/": Row(GET=SIGNED_IN),
    "progress/<slug:course_slug>/certificate/": Row(GET=SIGNED_IN, POST=SIGNED_IN),
    "progress/<slug:course_slug>/<slug:lesson_slug>/read/": Row(POST=SIGNED_IN, sent={"POST": {"read": "yes"}}),
    "certificates/<uuid:certificate_id>/": Row(GET=EVERYBODY),  # to be shown around, until its owner withdraws it
    "certificates/<uuid:certificate_id>.json": Row(GET=EVERYBODY),
    "certificates/<uuid:certificate_id>/shown/": Row(POST=MINE),
}

ACCOUNT = {
    "accounts/profile/": Row(**OWN_FORM, sent={"POST": {"display_name": "Ada"}}),
    "accounts/tokens/": Row(**OWN_FORM, again=True, sent={"POST": {"name": "laptop", "scopes": "read"}}),
    "accounts/tokens/revoke/": Row(POST=SIGNED_IN, again=True, sent={"POST": {"key": "key"}}),
    "accounts/export/": Row(**OWN_FORM),
    # An account of the staff sees the page, which says why it cannot be deleted.
    "accounts/delete/": Row(
        GET=SIGNED_IN,
        POST=Access(frozenset({OWNER, "other learner"})),
        again=True,
        sent={"POST": {"username": "ada"}},
    ),
    "device/": Row(**OWN_FORM, sent={"POST": {"code": USER_CODE}}),
}

# django-allauth's pages
ALLAUTH = {
    "accounts/login/": Row(FORM, **BY_FORM, sent={"POST": {"login": "ada", "password": PASSWORD}}),
    "accounts/logout/": Row(FORM, **BY_FORM),
    "accounts/inactive/": Row(FORM, GET=EVERYBODY),
    "accounts/signup/": Row(FORM, **BY_FORM),
    "accounts/reauthenticate/": Row(FORM, **OWN_FORM, sent={"POST": {"password": PASSWORD}}),
    "accounts/email/": Row(FORM, **OWN_FORM),
    "accounts/confirm-email/": Row(FORM, GET=EVERYBODY),
    "accounts/confirm-email/<key>/": Row(FORM, **BY_FORM, at={"key": "slug"}),
    "accounts/password/change/": Row(FORM, **OWN_FORM),
    "accounts/password/set/": Row(FORM, **OWN_FORM),
    "accounts/password/reset/": Row(FORM, **BY_FORM, sent={"POST": {"email": "nobody@example.org"}}),
    "accounts/password/reset/done/": Row(FORM, GET=EVERYBODY),
    "accounts/password/reset/key/<uidb36>-<key>/": Row(FORM, **BY_FORM, at={"uidb36": "slug"}),
    "accounts/password/reset/key/done/": Row(FORM, GET=EVERYBODY),
    "accounts/login/code/confirm/": Row(FORM, **BY_FORM),
    "accounts/sessions/": Row(FORM, **OWN_FORM),
    "accounts/2fa/": Row(FORM, GET=SIGNED_IN),
    "accounts/2fa/authenticate/": Row(
        FORM, **BY_FORM
    ),  # between password and code; else it leads back to the sign-in page
    "accounts/2fa/reauthenticate/": Row(FORM, **OWN_FORM),
    "accounts/2fa/totp/activate/": Row(FORM, **OWN_FORM, again=True),
    "accounts/2fa/totp/deactivate/": Row(FORM),  # nobody here has set one up
    "accounts/2fa/recovery-codes/": Row(FORM),
    "accounts/2fa/recovery-codes/download/": Row(FORM),
    "accounts/2fa/recovery-codes/generate/": Row(FORM, **OWN_FORM),
}

ANYBODY = {"GET": EVERYBODY_BUT_DEAD_TOKENS}
RESOURCES = {
    "api/": Row(NOWHERE),  # all that has no address of its own
    "api/docs/": Row(API, GET=EVERYBODY_BUT_DEAD_TOKENS),
    "api/schema/": Row(API, GET=EVERYBODY_BUT_DEAD_TOKENS),
    "api/v1/courses/": Row(API, **ANYBODY),
    "api/v1/courses/<slug:slug>/": Row(API, **ANYBODY, at={"slug": "course"}),
    "api/v1/courses/<slug:course>/lessons/<slug:lesson>/": Row(API, **ANYBODY),
    "api/v1/lessons/": Row(API, **ANYBODY),
    "api/v1/tasks/": Row(API, **ANYBODY),
    "api/v1/tasks/<slug:slug>/": Row(API, **ANYBODY),
    # What is one's own
    "api/v1/me/": Row(API, GET=each_by("read")),
    "api/v1/progress/": Row(API, GET=each_by("read")),
    "api/v1/submissions/": Row(API, GET=each_by("read"), POST=each_by("submit"), sent={"POST": CODE | {"task": SLUG}}),
    "api/v1/submissions/<uuid:pk>/": Row(API, GET=mine_by("read"), at={"pk": "submission"}),
    "api/v1/submissions/<uuid:pk>/events/": Row(API, GET=mine_by("read"), at={"pk": "submission"}, streams=True),
    "api/v1/submissions/<uuid:pk>/source/": Row(API, GET=mine_by("read"), at={"pk": "submission"}),
    "api/v1/submissions/<uuid:pk>/runs/": Row(API, GET=mine_by("read"), at={"pk": "submission"}),
    "api/v1/submissions/<uuid:pk>/runs/<int:number>/": Row(API, GET=mine_by("read"), at={"pk": "submission"}),
    "api/v1/runs/": Row(API, POST=each_by("submit"), sent={"POST": CODE | {"task": SLUG}}),
    "api/v1/runs/<uuid:pk>/": Row(API, GET=mine_by("read", "submit"), at={"pk": "run"}),
    "api/v1/runs/<uuid:pk>/events/": Row(API, GET=mine_by("read"), at={"pk": "run"}, streams=True),
    "api/v1/tokens/": Row(
        API, GET=each_by("account"), POST=each_by("account"), again=True, sent={"POST": {"name": "laptop"}}
    ),
    "api/v1/tokens/<key>/": Row(API, DELETE=mine_by("account"), again=True),
    "api/v1/tokens/current/": Row(
        API, DELETE=Access(each_by("read", "submit", "account", "staff").who - SIGNED_IN.who, hidden=True)
    ),
    "api/v1/webhooks/": Row(
        API, GET=each_by("account"), POST=each_by("account"), sent={"POST": {"url": "https://example.org/"}}
    ),
    "api/v1/webhooks/<uuid:webhook_id>/": Row(
        API,
        GET=mine_by("account"),
        PATCH=mine_by("account"),
        DELETE=mine_by("account"),
        sent={"PATCH": {"is_active": False}},
    ),
    "api/v1/webhooks/<uuid:webhook_id>/ping/": Row(API, POST=mine_by("account")),
    "api/v1/webhooks/<uuid:webhook_id>/deliveries/": Row(API, GET=mine_by("account")),
    "api/v1/webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/": Row(API, GET=mine_by("account")),
    "api/v1/webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/replay/": Row(API, POST=mine_by("account")),
    # The device flow: no account, and no token is looked at
    "api/v1/device/": Row(API, POST=EVERYBODY, sent={"POST": {"client_name": "a program"}}),
    "api/v1/device/token/": Row(API, POST=EVERYBODY, sent={"POST": {"device_code": "device code"}}),
    # What is everybody's, for staff
    "api/v1/staff/submissions/": Row(API, GET=instructors_by("staff")),
    "api/v1/staff/submissions/<uuid:pk>/": Row(API, GET=instructors_by("staff"), at={"pk": "submission"}),
    "api/v1/staff/submissions/<uuid:pk>/regrade/": Row(API, POST=instructors_by("staff"), at={"pk": "submission"}),
    "api/v1/staff/certification/": Row(API, GET=Access(ANY_STAFF.who | instructors_by("staff").who, scopes=("staff",))),
}

PANEL = {
    "admin/": Row(ADMIN, GET=ANY_STAFF, POST=ANY_STAFF),
    # The door: a visitor is led to the site's own sign-in page, staff are led in, others told that it is not theirs.
    "admin/login/": Row(GET=ANY_STAFF, POST=ANY_STAFF, PUT=ANY_STAFF, PATCH=ANY_STAFF, DELETE=ANY_STAFF),
    "admin/logout/": Row(FORM, **BY_FORM),
    "admin/password_change/": Row(ADMIN, GET=ANY_STAFF, POST=ANY_STAFF),
    "admin/password_change/done/": Row(ADMIN, GET=ANY_STAFF),
    "admin/autocomplete/": Row(ADMIN),  # no field here completes
    "admin/jsi18n/": Row(ADMIN, GET=ANY_STAFF),
    "admin/r/<path:content_type_id>/<path:object_id>/": Row(
        ADMIN, GET=ANY_STAFF, POST=ANY_STAFF, at={"content_type_id": "content type", "object_id": "certificate"}
    ),
    "admin/<app_label>/": Row(ADMIN, GET=SEEN_BY_INSTRUCTORS, POST=SEEN_BY_INSTRUCTORS),
    "admin/<url>": Row(ADMIN, GET=NOTHING, POST=NOTHING),
    "admin/grader/submission/sandbox/": Row(ADMIN, GET=ANY_STAFF, POST=ANY_STAFF),
    "admin/grader/submission/queue/": Row(ADMIN, GET=ANY_STAFF, POST=ANY_STAFF),
    **in_panel("grader/submission", reads=INSTRUCTORS),
    **in_panel("webhooks/delivery", reads=SUPERUSERS),
    **in_panel("courses/course", reads=INSTRUCTORS),
    **in_panel("courses/lesson", reads=INSTRUCTORS),
    **in_panel("courses/task", reads=INSTRUCTORS),
    **in_panel("auth/group", reads=SUPERUSERS, changes=SUPERUSERS, deletes=SUPERUSERS),
    **in_panel("account/emailaddress", reads=SUPERUSERS, changes=SUPERUSERS, deletes=SUPERUSERS),
    "admin/accounts/user/<id>/password/": Row(ADMIN, GET=SUPERUSERS, POST=SUPERUSERS, at={"id": "accounts/user"}),
    **in_panel("accounts/user", reads=SUPERUSERS, changes=SUPERUSERS),
}

TABLE = {**PAGES, **ACCOUNT, **ALLAUTH, **RESOURCES, **PANEL}
