"""How errors look in the OpenAPI document."""

from typing import Any

from rest_framework import serializers

from grader.problems import CONTENT_TYPE


class FieldProblemSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(help_text="JSON pointer into the request body, for example #/source.")
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """An error as RFC 9457 describes it."""

    type = serializers.CharField(default="about:blank")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FieldProblemSerializer(many=True, required=False)  # type: ignore[assignment]  # a field of that name


def problems(*codes: int) -> dict[tuple[int, str], type[ProblemSerializer]]:
    """Return the `responses` of extend_schema for these status codes."""
    return {(code, CONTENT_TYPE): ProblemSerializer for code in codes}


PROBLEMS = problems(401)
