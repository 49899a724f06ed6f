"""Idempotency-Key: a request that is sent again, because its answer got lost, is answered again and not done again.

The key, what the request does and its answer are stored in one transaction: there is no half-done state to find. Where
two requests with one key meet, the second waits for the first: in SQLite for its turn to write, in PostgreSQL for the
unique row that the other has inserted. Then it finds the answer, or, had the first one failed, takes its place.
"""

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from grader.learner import learner_of
from grader.models import KeptAnswer

ALLOWED = re.compile(r"[\x21-\x7e]{1,255}")
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{1,255}$"},
    OpenApiParameter.HEADER,
    description="1 to 255 visible ASCII characters of your choice, new for each request that is meant anew. The same "
    "request under the same key is done once; for 24 hours its answer is given again, with Idempotency-Replayed: true.",
)
Method = TypeVar("Method", bound=Callable[..., Response])


class KeyReused(exceptions.APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = (
        "This Idempotency-Key came before with another address or body. Use a new key for what is meant anew, "
        "and the old one only to send the same request again."
    )


def idempotent(method: Method) -> Method:
    """Have a view's method heed Idempotency-Key. What the method sends to the broker must go out on commit."""

    @wraps(method)
    def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return method(view, request, *args, **kwargs)
        if not ALLOWED.fullmatch(key):
            raise exceptions.ParseError("An Idempotency-Key has 1 to 255 visible ASCII characters; this one has not.")
        return _answer_once(request, key, lambda: method(view, request, *args, **kwargs))

    return cast("Method", extend_schema(parameters=[KEY])(once))


def _answer_once(request: Request, key: str, answer: Callable[[], Response]) -> Response:
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        kept, is_new = KeptAnswer.objects.get_or_create(
            user_id=learner_of(request).pk, key=key, defaults={"fingerprint": fingerprint}
        )
        if not is_new:
            return _replay(kept, fingerprint)
        response = answer()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        else:
            _keep(kept, response)
        return response


def _fingerprint(request: Request) -> str:
    parts = [str(request.method).encode(), request.path.encode(), request.body]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _keep(kept: KeptAnswer, response: Response) -> None:
    kept.status = response.status_code
    kept.headers = {name: value for name, value in response.headers.items() if name != "Content-Type"}
    kept.body = JSONRenderer().render(response.data).decode()
    kept.save(update_fields=["status", "headers", "body"])


def _replay(kept: KeptAnswer, fingerprint: str) -> Response:
    if kept.fingerprint != fingerprint:
        raise KeyReused
    headers = kept.headers | {"Idempotency-Replayed": "true"}
    return Response(json.loads(kept.body) if kept.body else None, status=kept.status, headers=headers)
