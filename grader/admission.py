"""Whether who opened a stream may still follow it: a session can end, and a token be revoked, while it is open."""

import time
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils import timezone
from knox.models import AuthToken

LOOK_EVERY_S = 10.0  # each look is two queries, and a class may have hundreds of streams open


class NotAdmittedError(Exception):
    """The stream must end; who connects again is told why."""


class Admission:
    def __init__(self, request: HttpRequest) -> None:
        self._token: AuthToken | None = getattr(request, "auth", None)
        self._session_key = None if self._token else request.session.session_key
        self._looked = time.monotonic()

    def check(self) -> None:
        """Raise NotAdmittedError once session, token or account are no longer valid; a look holds for some seconds."""
        if time.monotonic() < self._looked + LOOK_EVERY_S:
            return
        self._looked = time.monotonic()
        if not (self._session_holds() if self._token is None else self._token_holds()):
            raise NotAdmittedError

    def _token_holds(self) -> bool:
        assert self._token is not None
        found = AuthToken.objects.filter(pk=self._token.pk, user__is_active=True)
        return bool(found.exclude(expiry__lte=timezone.now()).exists())

    def _session_holds(self) -> bool:
        anew = HttpRequest()
        anew.session = import_module(settings.SESSION_ENGINE).SessionStore(self._session_key)
        return get_user(anew).is_authenticated
