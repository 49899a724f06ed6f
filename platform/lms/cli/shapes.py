"""The parts of the API's answers that are read here, checked on arrival: nothing else looks for what may be missing."""

from typing import Any

from lms.cli.errors import UnavailableError

# A type, a tuple of types, [shape of each entry], {name: shape}, {"*": shape of each value}
# A name that ends in "?" may be missing or null.
Shape = Any
Document = dict[str, Any]
NUMBER = (int, float)

TABLE: Shape = {"block": [int], "cells": [[str]], "wrong?": [[int]], "corner?": [int]}
ARRAY: Shape = TABLE | {"shape": [int], "dtype": str, "truncated?": bool, "others?": [TABLE]}
ARRAYS: Shape = {"*": ARRAY}
ERROR: Shape = {"type": str, "message": str, "trace": [{"line": int, "function": str, "text": str}]}
CHECK: Shape = {"name": str, "passed": bool, "points": NUMBER, "max_points": NUMBER, "feedback?": str}
TOLD: Shape = {"error?": ERROR, "detail?": str, "prints?": str}
SAMPLE: Shape = {
    "name": str, "passed": bool, "inputs?": ARRAYS, "got?": ARRAY, "expected?": ARRAY, "message?": str, "prints?": str,
    "output?": str,
}  # fmt: skip
RESULT: Shape = TOLD | {"code": str, "samples?": [SAMPLE], "outputs?": ARRAYS, "note?": str}
STATE: Shape = {
    "status": str, "reason?": str, "queue_position?": int, "estimate_s?": NUMBER, "case?": int, "cases?": int,
}  # fmt: skip
CREATED: Shape = {"id": str, "status": str}
RUN: Shape = STATE | {"id": str, "result?": RESULT}
FAILING_CASE: Shape = {
    "check": str, "case": str, "group": str, "message": str, "inputs?": ARRAYS, "got?": ARRAY, "expected?": ARRAY,
    "prints?": str,
}  # fmt: skip
SUMMARY: Shape = {
    "id": str, "task": str, "backend": str, "status": str, "verdict?": str, "score?": NUMBER, "max_score?": NUMBER,
    "created": str,
}  # fmt: skip
SUBMISSION: Shape = (
    STATE | TOLD | SUMMARY | {"checks?": [CHECK], "misconceptions?": [str], "failing_case?": FAILING_CASE}
)
TASK: Shape = {"slug": str, "title": str, "backends": [str], "course?": str, "difficulty?": NUMBER, "state?": str}
TASK_DETAIL: Shape = {"slug": str, "title": str, "entry": str, "statement": str, "starters": {"*": str}}
ME: Shape = {"username": str, "display_name?": str, "scopes?": [str]}
DEVICE: Shape = {
    "device_code": str, "user_code": str, "verification_uri": str, "verification_uri_complete?": str,
    "expires_in": NUMBER, "interval?": NUMBER,
}  # fmt: skip
TOKEN: Shape = {"token": str, "username": str, "expires?": str}


class Resource(Document):
    """An answer with what may be missing filled in; `sent` is what the server sent."""

    def __init__(self, filled: Document, sent: Document) -> None:
        super().__init__(filled)
        self.sent = sent


def as_sent(document: Any) -> Any:
    """Return a document without what was filled in, for whoever reads it as the API's."""
    if isinstance(document, list):
        return [as_sent(entry) for entry in document]
    return document.sent if isinstance(document, Resource) else document


def page_of(shape: Shape) -> Shape:
    return {"results": [shape], "next?": str}


def conform(value: Any, shape: Shape, where: str = "the answer") -> Any:
    """Return `value` with what may be missing filled in: [] for a list, "" for a text, else None.

    Raises UnavailableError where it is anything else than the shape: then it is no Baremath that answers, or a newer.
    """
    if isinstance(shape, dict):
        _check(value, dict, where)
        if "*" in shape:
            return {key: conform(entry, shape["*"], f"“{key}” of {where}") for key, entry in value.items()}
        filled = {name.rstrip("?"): _member(value, name, each, where) for name, each in shape.items()}
        return Resource(value | filled, value)
    if isinstance(shape, list):
        _check(value, list, where)
        return [conform(entry, shape[0], f"an entry of {where}") for entry in value]
    _check(value, shape, where)
    return value


def _member(value: Document, name: str, shape: Shape, where: str) -> Any:
    key = name.rstrip("?")
    if name.endswith("?") and value.get(key) is None:
        return [] if isinstance(shape, list) else {} if shape is ARRAYS else "" if shape is str else None
    return conform(value.get(key), shape, f"“{key}” of {where}")


def _check(value: Any, types: Any, where: str) -> None:
    if not isinstance(value, types):
        raise UnavailableError(
            f"The server does not speak this program's API: {where} is {type(value).__name__}. "
            "Is the address right, and is this program as new as the server?"
        )
