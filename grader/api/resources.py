"""What all resources of the API have in common: an ETag, `?fields=`, pages, and sentences about what is not there."""

from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework import exceptions, generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer, ListSerializer, Serializer
from rest_framework.views import APIView

from grader.api.pages import Pages

READING = ("GET", "HEAD")
T = TypeVar("T", bound=Model)


@method_decorator(conditional_page, name="dispatch")
class Resource(APIView):
    """Something that can be asked for again and again: answers have an ETag, and no cache serves them unasked.

    `scopes` says what a token needs for each method; who sends none may do all that its user may.
    """

    scopes: dict[str, str | tuple[str, ...]] = {}
    is_conditional = True

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        patch_cache_control(response, private=True, no_cache=True)
        return super().finalize_response(request, response, *args, **kwargs)


class _WithFields(Resource, generics.GenericAPIView[Any]):
    """`?fields=id,status` keeps only these fields of what is read."""

    has_fields = True
    missing = "There is nothing of that name."

    def get_serializer(self, *args: Any, **kwargs: Any) -> BaseSerializer[Any]:
        serializer = super().get_serializer(*args, **kwargs)
        asked = self.request.query_params.get("fields") if self.request and self.request.method in READING else None
        if asked is not None:
            _keep(serializer.child if isinstance(serializer, ListSerializer) else serializer, asked)
        return serializer

    def get_object(self) -> Any:
        try:
            return super().get_object()
        except Http404:
            raise exceptions.NotFound(self.missing) from None


class OneResource(_WithFields, generics.RetrieveAPIView[T]):
    pass


class ListResource(_WithFields, generics.ListAPIView[T]):
    pagination_class = Pages


def _keep(serializer: Any, asked: str) -> None:
    assert isinstance(serializer, Serializer)
    wanted, known = {name.strip() for name in asked.split(",")}, list(serializer.fields)
    if unknown := sorted(wanted.difference(known)):
        raise exceptions.ValidationError(
            {"fields": f"There is no field “{'”, “'.join(unknown)}”. The fields are: {', '.join(known)}."}
        )
    for name in known:
        if name not in wanted:
            serializer.fields.pop(name)
