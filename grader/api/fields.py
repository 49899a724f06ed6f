"""What is sent is taken as it is meant or refused: no number for a text, no field of another name."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from rest_framework import serializers

TEXT = r"^[^\u0000]*$"
WRITTEN_TEXT = r"^[^\u0000]*\S[^\u0000]*$"


class Text(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        is_whole = isinstance(data, float) and data.is_integer()  # to JSON, 1.0 is the same number as 1
        if type(data) is not int and not is_whole:
            self.fail("invalid")
        return super().to_internal_value(int(data))


class Flag(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Sent(serializers.Serializer[Any]):
    """The body of a request: a field that there is not, such as a name with a slip in it, is refused."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            sentence = f"There is no such field. The fields are: {', '.join(self.fields)}."
            raise serializers.ValidationError(dict.fromkeys(unknown, sentence))
        return super().to_internal_value(data)


class SentScheme(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # the same
    target_class = "grader.api.fields.Sent"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)  # noqa: SLF001 -- drf-spectacular's own way
        return schema | {"additionalProperties": False}


class TextScheme(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers itself, which has no types
    """Says in the OpenAPI document what every text must be: without NUL, and not blank where it may not be."""

    target_class = "grader.api.fields.Text"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)  # noqa: SLF001 -- drf-spectacular's own way
        return schema | {"pattern": TEXT if self.target.allow_blank else WRITTEN_TEXT}
