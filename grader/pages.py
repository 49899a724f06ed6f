"""What the task page calls: submit, run, and the two ways to wait (a stream of events, or asking again).

With `Accept: application/json` the answers are JSON and errors are problems; a plain form gets redirects and messages.
"""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework import exceptions
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from courses.models import Task
from courses.selectors import task_list
from grader import selectors, services, watching
from grader.api.authentication import PageAuthentication
from grader.api.throttles import RunThrottle, SubmitThrottle, WatchThrottle
from grader.learner import learner_of

FORM_MAX_CHARACTERS = 4 * settings.SUBMISSION_MAX_BYTES
REFUSED = "refused form: "  # in the session, until the page of the task shows it again
OWN_INPUT = "input."  # the fields of a form with the learner's own input begin with it


def take_refused_form(request: HttpRequest, slug: str) -> dict[str, dict[str, str]] | None:
    """Return what was `sent` by the plain form that was refused last, and the `errors` by field; once."""
    kept: dict[str, dict[str, str]] | None = request.session.pop(f"{REFUSED}{slug}", None)
    return kept


class _PageView(APIView):
    """JSON for the page's script, whatever else the browser says that it accepts."""

    authentication_classes = [PageAuthentication]
    throttle_classes: Sequence[type[BaseThrottle]] = []
    schema = None

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 -- rest_framework's signature
        return super().perform_content_negotiation(request, force=True)


class _StartView(_PageView):
    """A form that starts something in the jail; `came_from` is the page that holds it."""

    parser_classes = [FormParser, MultiPartParser]
    came_from = "task"

    def post(self, request: Request, slug: str) -> HttpResponseBase:
        task = get_object_or_404(task_list(), slug=slug)
        addresses = self.start(request, task, self.read(cast("QueryDict", request.data)))
        if not self._wants_json():
            return redirect(addresses["url"])
        return Response(addresses, status=202, headers={"Retry-After": "1"})

    def read(self, sent: QueryDict) -> dict[str, str]:
        raise NotImplementedError

    def start(self, request: Request, task: Task, form: dict[str, str]) -> dict[str, str]:
        raise NotImplementedError

    def refuse(self, problem: dict[str, Any]) -> None:
        messages.error(self.request, problem["detail"])

    def handle_exception(self, error: Exception) -> Any:
        """Lead a plain form back to where it came from."""
        response = super().handle_exception(error)
        if self._wants_json() or response.status_code in {404, 405, 500}:
            return response
        page = reverse(self.came_from, args=[self.kwargs["slug"]])
        if isinstance(error, exceptions.NotAuthenticated):
            return self.ask_to_sign_in(page)
        self.refuse(response.data)
        return redirect(page)

    def ask_to_sign_in(self, page: str) -> HttpResponseBase:
        return redirect_to_login(page)

    def _wants_json(self) -> bool:
        return self.request.get_preferred_type(["text/html", "application/json"]) == "application/json"


class _CodeView(_StartView):
    """A form with `source` and `backend`."""

    def read(self, sent: QueryDict) -> dict[str, str]:
        return {"source": sent.get("source", ""), "backend": sent.get("backend", "")}

    def ask_to_sign_in(self, page: str) -> HttpResponseBase:
        """Hand back what was written: without a session there is no place to keep it."""
        written = {"source": self.read(self._sent())["source"], "page": page}
        return render(self.request._request, "web/signed_out.html", written, status=403)  # noqa: SLF001 -- the other one reads the body again

    def _sent(self) -> QueryDict:
        """Return the form; an empty one where the body is none, which may be why it was refused."""
        try:
            return cast("QueryDict", self.request.data)
        except exceptions.APIException:
            return QueryDict()

    def refuse(self, problem: dict[str, Any]) -> None:
        """Keep all that was written in the form, for the page to show it again."""
        sent = {name: str(text) for name, text in self._sent().items()}
        if sum(map(len, sent.values())) > FORM_MAX_CHARACTERS:
            sent.pop("source", None)
        errors = {entry["pointer"].removeprefix("#/"): entry["detail"] for entry in problem.get("errors", [])}
        self.request.session[f"{REFUSED}{self.kwargs['slug']}"] = {"sent": sent, "errors": errors}
        messages.error(self.request, " ".join(errors.values()) or problem["detail"])


class SubmitView(_CodeView):
    throttle_classes = [SubmitThrottle]

    def start(self, request: Request, task: Task, form: dict[str, str]) -> dict[str, str]:
        submission = services.submit(user=learner_of(request), task=task, **form)
        pk = submission.pk
        return {
            "id": str(pk),
            "url": reverse("submission", args=[pk]),
            "events": reverse("grader:submission_events", args=[pk]),
            "state": reverse("grader:submission_state", args=[pk]),
            "result": reverse("submission_result", args=[pk]),
        }


class RunView(_CodeView):
    throttle_classes = [RunThrottle]

    def start(self, request: Request, task: Task, form: dict[str, str]) -> dict[str, str]:
        run = services.run_start(user=learner_of(request), task=task, **form, inputs=_own_inputs(request))
        return {
            "id": run.id,
            "url": reverse("run", args=[run.id]),
            "events": reverse("grader:run_events", args=[run.id]),
            "state": reverse("grader:run_state", args=[run.id]),
            "result": reverse("run_result", args=[run.id]),
        }


class WatchStartView(_StartView):
    """A form with the `submission` to watch and an option for each choice of the task's watch.py."""

    throttle_classes = [WatchThrottle]
    came_from = "watch"

    def read(self, sent: QueryDict) -> dict[str, str]:
        return {name: sent.get(name, "") for name in sent if name != "csrfmiddlewaretoken"}

    def start(self, request: Request, task: Task, form: dict[str, str]) -> dict[str, str]:
        user = learner_of(request)
        try:
            submission = selectors.submission_list(user, task).get(pk=uuid.UUID(form.pop("submission", "")))
        except (ValueError, ObjectDoesNotExist):
            raise exceptions.NotFound("You have no such submission to this task. Reload the page.") from None
        watch = watching.start(user=user, submission=submission, chosen=form)
        return {
            "id": watch.id,
            "url": f"{reverse('watch', args=[task.slug])}?submission={submission.pk}",
            "events": reverse("grader:watch_events", args=[watch.id]),
            "state": reverse("grader:watch_state", args=[watch.id]),
        }


def _own_inputs(request: Request) -> dict[str, str] | None:
    """Return the texts of the learner's own inputs by name, None where the shown cases are to be run."""
    sent = cast("QueryDict", request.data)
    if sent.get("on") != "own":
        return None
    return {name.removeprefix(OWN_INPUT): str(sent[name]) for name in sent if name.startswith(OWN_INPUT)}


@method_decorator(conditional_page, name="dispatch")
class SubmissionStateView(_PageView):
    def get(self, request: Request, submission_id: uuid.UUID) -> Response:
        submission = get_object_or_404(selectors.submission_list(learner_of(request)), pk=submission_id)
        return Response(selectors.submission_state(submission))


@method_decorator(conditional_page, name="dispatch")
class RunStateView(_PageView):
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        return Response(selectors.run_state(selectors.run_get(learner_of(request), str(run_id))))


class WatchStateView(_PageView):
    def get(self, request: Request, watch_id: uuid.UUID) -> Response:
        after = watching.frame_number(request.query_params.get("after", ""))
        return Response(watching.state(watching.get(learner_of(request), str(watch_id)), after))
