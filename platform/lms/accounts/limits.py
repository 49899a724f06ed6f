"""What django-allauth's rate limits remember of tries at passwords and codes: rows of the database.

The cache is lost with the broker, and guessing must not become free then. Where the database is away nobody signs in.
"""

import random
from datetime import timedelta
from typing import Any

from django.utils import timezone

CLEARED_EVERY = 100  # writes, about: what has expired does no harm, it only takes room


def get(key: str, default: Any) -> Any:
    found = _rows().filter(pk=key, expires__gt=timezone.now()).values_list("value", flat=True).first()
    return default if found is None else found


def put(key: str, value: Any, for_s: float) -> None:
    row = _rows().model(key=key, value=value, expires=_in(for_s))
    _rows().bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=["value", "expires"])
    if random.randrange(CLEARED_EVERY) == 0:  # noqa: S311 -- when to clean, not a secret
        clear_expired()


def add(key: str, value: Any, for_s: float) -> bool:
    """Keep the value unless there is one; tell whether it was kept. Of two at once one is told so."""
    _rows().filter(pk=key, expires__lte=timezone.now()).delete()
    _, made = _rows().get_or_create(key=key, defaults={"value": value, "expires": _in(for_s)})
    return made


def remove(key: str) -> bool:
    removed, _ = _rows().filter(pk=key).delete()
    return bool(removed)


def clear_expired() -> None:
    _rows().filter(expires__lte=timezone.now()).delete()


def _in(for_s: float) -> Any:
    return timezone.now() + timedelta(seconds=for_s)


def _rows() -> Any:
    from lms.accounts.models import AccountLimit  # the cache is made before there are models

    return AccountLimit.objects
