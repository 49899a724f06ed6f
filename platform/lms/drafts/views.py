"""Where the task page keeps its text, with problems (RFC 9457) for errors."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.views import APIView

from courses.models import Task
from courses.selectors import task_list
from grader.api.authentication import PageAuthentication
from grader.api.parsers import BoundedJSONParser
from grader.learner import learner_of
from grader.problems import CONTENT_TYPE, problem
from grader.selectors import submission_list
from lms.drafts import selectors, services
from lms.drafts.models import Draft


class DraftThrottle(UserRateThrottle):
    scope = "draft"


class TextSerializer(serializers.Serializer[dict[str, Any]]):
    source = serializers.CharField(allow_blank=True, trim_whitespace=False)


class DraftSerializer(TextSerializer):
    base = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    replaces = serializers.BooleanField(default=False)


@method_decorator(never_cache, name="dispatch")
class _DraftsView(APIView):
    authentication_classes = [PageAuthentication]
    parser_classes = [BoundedJSONParser]
    schema = None

    def get_throttles(self) -> list[BaseThrottle]:
        return [] if self.request.method == "GET" else [DraftThrottle()]


class DraftView(_DraftsView):
    """The draft as it stands. PUT answers 409 with the newer draft where the text is not based on it."""

    def get(self, request: Request, slug: str, backend: str) -> Response:
        return Response(as_json(selectors.draft_get(learner_of(request), _task(slug, backend), backend)))

    def put(self, request: Request, slug: str, backend: str) -> Response:
        task = _task(slug, backend)
        sent = DraftSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            draft = services.draft_save(user=learner_of(request), task=task, backend=backend, **sent.validated_data)
        except services.DraftConflictError as conflict:
            body = problem(409, str(conflict), draft=as_json(conflict.draft))
            return Response(body, status=409, content_type=CONTENT_TYPE)
        return Response({"version": draft.version, "saved": draft.saved})


class EarlierDraftsView(_DraftsView):
    """What the draft was before: texts that gave way to others. POST adds one that never was the draft."""

    def get(self, request: Request, slug: str, backend: str) -> Response:
        draft = selectors.draft_get(learner_of(request), _task(slug, backend), backend)
        earlier = selectors.earlier_drafts(draft)
        return Response([{"source": text.source, "written": text.written} for text in earlier])

    def post(self, request: Request, slug: str, backend: str) -> Response:
        task = _task(slug, backend)
        sent = TextSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.draft_set_aside(user=learner_of(request), task=task, backend=backend, **sent.validated_data)
        return Response(status=204)


@require_POST
@login_required
def open_submission(request: HttpRequest, submission_id: uuid.UUID) -> HttpResponse:
    """Lead to the task page, with the source of a submission in the editor."""
    submission = get_object_or_404(submission_list(learner_of(request)), pk=submission_id)
    services.draft_from_submission(submission)
    return redirect(f"{reverse('task', args=[submission.task.slug])}?backend={submission.backend}")


def _task(slug: str, backend: str) -> Task:
    task: Task = get_object_or_404(task_list(), slug=slug)
    if backend not in task.backends:
        raise Http404
    return task


def as_json(draft: Draft) -> dict[str, Any]:
    return {"version": draft.version, "source": draft.source, "saved": draft.saved}
