"""The cache: in Redis what may be lost, in the database what must not, how often somebody has tried to sign in."""

import json
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from grader.broker import RETRY, ImpatientRedis
from lms.accounts import limits

IN_DATABASE = "allauth:rl:"  # the limits on passwords and codes; django-allauth has no other place for them


class JsonSerializer:
    """Django's own unpickles what it finds, and the workers, which run learners' code, can write to the same Redis."""

    def dumps(self, value: Any) -> str:
        return json.dumps(value)

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)


class KeptClient(RedisCacheClient):
    """A client of one server that keeps redis-py's client, which Django makes anew for each question it asks."""

    def __init__(self, servers: Sequence[str], **options: Any) -> None:
        super().__init__(servers, retry=RETRY, **options)
        self._client = ImpatientRedis

    @cached_property
    def _kept(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: str | None = None, *, write: bool = False) -> Any:  # noqa: ARG002 -- one server
        return self._kept


class LosableCache(RedisCache):
    """While Redis does not answer, nothing is found and nothing is kept: people can sign in and hand in all the same.

    `add` then says that it added: whoever takes a lock by it goes on, and does not wait for a broker that is away.
    """

    @cached_property
    def _cache(self) -> Any:
        """Connections are the process's: Django makes a cache for each thread."""
        return _client(tuple(self._servers), tuple(sorted(self._options.items())))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        if key.startswith(IN_DATABASE):
            return limits.get(key, default)
        return _unless_away(lambda: super(LosableCache, self).get(key, default, version), otherwise=default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        if key.startswith(IN_DATABASE):
            return limits.put(key, value, timeout)
        return _unless_away(lambda: super(LosableCache, self).set(key, value, timeout, version), otherwise=None)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        if key.startswith(IN_DATABASE):
            return limits.add(key, value, timeout)
        return bool(_unless_away(lambda: super(LosableCache, self).add(key, value, timeout, version), otherwise=True))

    def delete(self, key: str, version: int | None = None) -> bool:
        if key.startswith(IN_DATABASE):
            return limits.remove(key)
        return bool(_unless_away(lambda: super(LosableCache, self).delete(key, version), otherwise=False))


@cache
def _client(servers: tuple[str, ...], options: tuple[tuple[str, Any], ...]) -> KeptClient:
    return KeptClient(servers, **dict(options))


def _unless_away(ask: Callable[[], Any], *, otherwise: Any) -> Any:
    try:
        return ask()
    except RedisError:
        return otherwise
