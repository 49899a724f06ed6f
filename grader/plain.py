"""JSON that both databases take: PostgreSQL refuses NUL and half surrogates, SQLite refuses NaN and infinity."""

import math
from typing import Any


def plain_json(value: Any) -> Any:
    """Return the value with what learners can print, but no database can store, replaced by signs for it."""
    if isinstance(value, str):
        return value.replace("\0", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {plain_json(key): plain_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_json(item) for item in value]
    return value
