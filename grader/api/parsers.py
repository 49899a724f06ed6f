"""Reading JSON bodies: no more than could be a submission, nothing that two readers may take for different things."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

JSON_BYTES_PER_BYTE = 6  # \u0000
KINDS = {list: "an array", str: "a string", bool: "a truth value", type(None): "null"}
MOST_LEVELS = 32
MOST_DIGITS = 18  # what 64 bits hold
TOO_DEEP = f"The body is nested too deeply: at most {MOST_LEVELS} levels are accepted."


class PayloadTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The request body is too large."


class BoundedJSONParser(JSONParser):
    """Takes an object, in UTF-8; raises PayloadTooLarge, or ParseError that says what is wrong with it."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002 -- rest_framework's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 -- the same
    ) -> dict[str, Any]:
        limit = settings.SUBMISSION_MAX_BYTES * JSON_BYTES_PER_BYTE + 4096
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise PayloadTooLarge(
                f"The request body is larger than {limit:,} bytes. "
                f"A source may have at most {settings.SUBMISSION_MAX_BYTES:,}."
            )
        return _object(body)


def _object(body: bytes) -> dict[str, Any]:
    if not body.strip():
        raise ParseError("The request body is empty. Send a JSON object.")
    try:
        value = json.loads(
            body.decode(), object_pairs_hook=_unique, parse_int=_int, parse_float=_float, parse_constant=_constant
        )
    except UnicodeDecodeError as error:
        raise ParseError(f"Byte {error.start + 1} of the body is not UTF-8, in which JSON is written.") from error
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        raise ParseError(f"The body is not JSON: {error.msg} at {at}.") from error
    except RecursionError:
        raise ParseError(TOO_DEEP) from None
    if not isinstance(value, dict):
        raise ParseError(f"The body is {KINDS.get(type(value), 'a number')}. Send a JSON object: {{...}}.")
    _check(value)
    return value


def _check(value: Any) -> None:
    """Refuse what is nested too deeply, and text that no encoding holds."""
    level = [value]
    for _ in range(MOST_LEVELS):
        level = [part for each in level for part in _parts(each)]
    if any(isinstance(each, dict | list) for each in level):
        raise ParseError(TOO_DEEP)


def _parts(value: Any) -> list[Any]:
    """Return what an object or an array holds, with the texts in it checked."""
    parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    for text in parts:
        if isinstance(text, str):
            _check_text(text)
    return parts


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        at = error.start + 1
        raise ParseError(
            f"Character {at} of a text is half of a surrogate pair. Send text encoded as UTF-8."
        ) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]  # in one pass: names come by the ten thousand
        raise ParseError(f"The name {twice!a} stands twice in one object. Give each name once.")
    return value


def _int(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise ParseError(f"A number has {len(digits.lstrip('-')):,} digits; at most {MOST_DIGITS} are accepted.")
    return int(digits)


def _float(digits: str) -> float:
    if (value := float(digits)) in {float("inf"), float("-inf")}:
        raise ParseError("A number is too large: JSON numbers of up to 1e308 are accepted.")
    return value


def _constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is not JSON. Send a number, or null.")
