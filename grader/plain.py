"""Text that both databases take: learners print what they like, and PostgreSQL refuses NUL and half surrogates."""

from typing import Any


def plain_json(value: Any) -> Any:
    """Return JSON data in which characters that no database can store are replaced by visible signs."""
    if isinstance(value, str):
        return value.replace("\0", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {plain_json(key): plain_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_json(item) for item in value]
    return value
