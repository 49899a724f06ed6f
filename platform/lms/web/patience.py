"""How long a page waits for PostgreSQL: one that hangs keeps its connections open and says nothing, for ever."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper


def limit_answers(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Have a statement without an answer in DATABASE_PATIENCE_S raise OperationalError; Django closes the connection.

    On this side, since what hangs does not keep to its own `statement_timeout`. Whether the statement is done later
    nobody knows, as with a connection that breaks.
    """
    if connection.vendor == "postgresql" and settings.DATABASE_PATIENCE_S:
        raw = connection.connection
        raw.wait = partial(raw.wait, timeout=settings.DATABASE_PATIENCE_S)
