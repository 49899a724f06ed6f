"""Lists come in pages that are found by a cursor: what is added meanwhile neither repeats nor hides anything."""

import re
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from django.db.models import QuerySet
from rest_framework import exceptions
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

MOST = 100
BY_TIME = {"created": ("created", "pk"), "-created": ("-created", "-pk")}


class Pages(CursorPagination):
    """In the order `ordering`, of which the first name is to be an attribute of the rows."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = MOST
    ordering: Any = ("place",)

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get("page_size")
        if asked is None:
            return self.page_size
        if not re.fullmatch(r"[1-9][0-9]?|100", asked):
            raise exceptions.ValidationError(
                {"page_size": f"“{asked}” is not a size of a page: give a whole number from 1 to {MOST}."}
            )
        return int(asked)

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValueError, OverflowError, DataError, DjangoValidationError) as error:
            if "cursor" not in request.query_params:
                raise
            raise self._no_cursor() from error  # one that can be read, with a position that no row has

    def decode_cursor(self, request: Request) -> Cursor | None:
        try:
            return super().decode_cursor(request)
        except exceptions.NotFound as error:
            raise self._no_cursor() from error

    @staticmethod
    def _no_cursor() -> exceptions.NotFound:
        return exceptions.NotFound("There is no page of that name: follow `next` and `previous` of a page as they are.")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a schema as OpenAPI 3.1 has it: rest_framework's own says `nullable`, which is no longer a word."""
        link = {
            "type": ["string", "null"],
            "format": "uri",
            "description": "Null where there is none.",
            "example": None,
        }
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == "page_size":
                parameter["schema"] |= {"minimum": 1, "maximum": MOST, "default": self.page_size}
        return parameters


class LargePages(Pages):
    page_size = MOST


class NewestFirst(Pages):
    """By time of creation; `?ordering=created` turns the order round."""

    ordering = BY_TIME["-created"]

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> tuple[str, ...]:  # noqa: ARG002 -- rest_framework's signature
        asked = request.query_params.get("ordering", "-created")
        if asked not in BY_TIME:
            raise exceptions.ValidationError(
                {"ordering": f"“{asked}” is not an order of this list: give one of {', '.join(BY_TIME)}."}
            )
        return BY_TIME[asked]

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        ordering = {
            "name": "ordering",
            "required": False,
            "in": "query",
            "description": "Newest first (-created) or oldest first.",
            "schema": {"type": "string", "enum": list(BY_TIME), "default": "-created"},
        }
        return [*super().get_schema_operation_parameters(view), ordering]
