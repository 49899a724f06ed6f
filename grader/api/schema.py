"""How errors look in the OpenAPI document, and what is true of every operation in it."""

from http import HTTPStatus
from typing import Any, cast

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.generics import GenericAPIView

from courses.selectors import task_list
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


FIELDS = "fields"
COMPONENTS = "#/components/schemas/"
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of an earlier answer: while nothing has changed, the answer is 304 without a body.",
)
NEEDED_SCOPE = "A token needs the scope {}."
ALWAYS_POSSIBLE = ("400", "406", "429", "500", "503")  # headers nobody can read, too many requests, our own faults
WITH_A_BODY = ("413", "415")
SENT_WITH_A_TASK = ("SubmissionRequest", "RunRequest")  # components of the document


class ResourceSchema(AutoSchema):
    """Adds what follows from the view: its scope, `fields`, 304, and every error that such an operation can give."""

    def get_override_parameters(self) -> list[Any]:
        if self.method != "GET":
            return []
        has_fields = getattr(self.view, "has_fields", False)
        return [*([self._fields()] if has_fields else []), *([IF_NONE_MATCH] if self._is_conditional else [])]

    def _fields(self) -> OpenApiParameter:
        serializer = cast("GenericAPIView[Any]", self.view).get_serializer_class()
        names = list(cast("serializers.Serializer[Any]", serializer()).fields)
        return OpenApiParameter(
            FIELDS,
            {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1},
            style="form",
            explode=False,
            description="Only these fields of the resource, or of each one listed: names, comma-separated.",
        )

    def _get_parameters(self) -> list[dict[str, Any]]:
        """Name what a filter takes also where that is read from the catalogue: drf-spectacular looks at lists alone."""
        parameters: list[dict[str, Any]] = super()._get_parameters()
        filters = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        for parameter in parameters:
            choices = getattr(filters.get(parameter["name"]), "extra", {}).get("choices")
            if callable(choices):
                parameter["schema"]["enum"] = [name for name, _ in choices()]
            elif parameter["name"] in filters and parameter["schema"] == {"type": "string"}:
                parameter["schema"]["minLength"] = 1
        return parameters

    def get_operation(self, path: str, *rest: Any) -> dict[str, Any] | None:
        operation = super().get_operation(path, *rest)
        if operation is None:
            return None
        if scopes := self._scopes:
            needed = NEEDED_SCOPE.format(" or ".join(f"`{scope}`" for scope in scopes))
            operation["description"] = f"{operation.get('description', '')}\n\n{needed}".strip()
        responses = operation["responses"]
        problem = {
            "content": {CONTENT_TYPE: {"schema": self.resolve_serializer(ProblemSerializer, "response").ref}},
        }
        for code in self._common_codes(path, operation):
            responses.setdefault(code, {} if code == "304" else problem.copy())
        for code, response in responses.items():
            response["description"] = response.get("description") or HTTPStatus(int(code)).phrase
        operation["responses"] = dict(sorted(responses.items()))
        return operation

    @property
    def _scopes(self) -> tuple[str, ...]:
        needed = getattr(self.view, "scopes", {}).get(self.method, ())
        return (needed,) if isinstance(needed, str) else tuple(needed)

    @property
    def _is_conditional(self) -> bool:
        return self.method == "GET" and getattr(self.view, "is_conditional", False)

    def _common_codes(self, path: str, operation: dict[str, Any]) -> list[str]:
        codes = list(ALWAYS_POSSIBLE)
        codes += ["401"] if self.view.authentication_classes else []
        codes += ["403"] if self._scopes else []
        codes += ["404"] if "{" in path or self._is_list_view() else []
        codes += WITH_A_BODY if "requestBody" in operation else []
        return codes + (["304"] if self._is_conditional else [])


def name_tasks(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: ARG001, FBT001 -- what drf-spectacular calls its hooks with
    """Name the tasks where a source is sent, each with the backends that it takes."""
    slugs: dict[tuple[str, ...], list[str]] = {}
    for slug, backends in task_list().values_list("slug", "backends"):
        slugs.setdefault(tuple(backends), []).append(slug)
    for name in SENT_WITH_A_TASK:
        pairs = [
            {"properties": {"task": {"enum": names}, "backend": {"enum": list(backends)}}}
            for backends, names in slugs.items()
        ]
        result["components"]["schemas"][name] |= {"anyOf": pairs} if pairs else {}
    return result


def name_fields(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: ARG001, FBT001 -- the same
    """Say that what `fields` narrows has some of its fields: nothing is required of it."""
    components = result["components"]["schemas"]
    for path in result["paths"].values():
        operation = path.get("get", {})
        if FIELDS in {parameter["name"] for parameter in operation.get("parameters", [])}:
            content = operation["responses"]["200"]["content"]["application/json"]
            page = components[_name_in(content["schema"])].get("properties", {}).get("results")
            holder, key = (content, "schema") if page is None else (page, "items")
            if "$ref" in holder[key]:
                whole = _name_in(holder[key])
                components[f"SomeOf{whole}"] = {
                    key: value for key, value in components[whole].items() if key != "required"
                }
                holder[key] = {"anyOf": [holder[key], {"$ref": f"{COMPONENTS}SomeOf{whole}"}]}
    return result


def _name_in(schema: dict[str, str]) -> str:
    return schema["$ref"].removeprefix(COMPONENTS)
