"""What is answered when something of ours fails: a page that needs no database, or a problem under /api/."""

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error as failed

from grader.persistence import AWAY
from grader.problems import DATABASE_AWAY, RETRY_AFTER_S, problem_json


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponseBase:
    """Say that the database is away where that is all; Django calls this for whatever a view or a middleware raised."""
    if not isinstance(sys.exception(), AWAY):
        return failed(request)
    wants_json = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    if wants_json or request.path_info.startswith("/api/"):
        return problem_json(503, DATABASE_AWAY)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_AFTER_S)})
