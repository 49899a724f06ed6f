"""How often one learner, and one address, may ask: rates are settings. While the broker is away all are let through.

A window begins with the first request that is counted in it. Everything that a request counts in is one question to the
broker.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from grader import broker


@dataclass(frozen=True, slots=True)
class Quota:
    """So many requests of somebody in a window of some seconds; `used` of them so far, and `resets_s` until it ends."""

    name: str
    most: int
    window_s: int
    whose: str
    used: int = 0
    resets_s: int = 0

    @property
    def key(self) -> str:
        return f"grader:rate:{self.name}:{self.whose}"

    @property
    def policy(self) -> str:
        """The quota as draft-ietf-httpapi-ratelimit-headers-10 writes it in RateLimit-Policy."""
        return f'"{self.name}";q={self.most};w={self.window_s}'

    @property
    def state(self) -> str:
        """What is left of it, as the draft writes it in RateLimit."""
        return f'"{self.name}";r={max(0, self.most - self.used)};t={self.resets_s}'


def count(quotas: Sequence[Quota]) -> list[Quota]:
    """Count one request in each quota and return them as they stand; none while the broker is away."""
    with (
        broker.client().pipeline() as pipeline
    ):  # one transaction: no window ends between its first command and its last
        for quota in quotas:
            pipeline.set(quota.key, 0, ex=quota.window_s, nx=True)
            pipeline.incr(quota.key)
            pipeline.ttl(quota.key)
        try:
            answers = pipeline.execute()
        except RedisError:
            return []
    return [
        Quota(each.name, each.most, each.window_s, each.whose, used, max(1, ttl))
        for each, used, ttl in zip(quotas, answers[1::3], answers[2::3], strict=True)
    ]


class AddressThrottle(SimpleRateThrottle):
    """All that comes from one address. TRUSTED_PROXIES says whose word is taken for which that is."""

    scope = "address"
    per_user = False

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ARG002 -- rest_framework's signature
        counted = count(self.quotas(request))
        request._request.rate_limits = counted  # type: ignore[attr-defined]  # noqa: SLF001 -- read by `api_answers`
        self.waits = [quota.resets_s for quota in counted if quota.used > quota.most]
        return not self.waits

    def wait(self) -> float | None:
        return max(self.waits, default=None)

    def quotas(self, request: Request) -> list[Quota]:
        return [self.quota(request, self.rate)]

    def quota(self, request: Request, rate: Any) -> Quota:
        most, window_s = self.parse_rate(rate)
        assert most is not None, "every rate is set"
        assert window_s is not None
        is_known = self.per_user and request.user.is_authenticated
        return Quota(self.scope, most, window_s, str(request.user.pk) if is_known else self.get_ident(request))


class _UserThrottle(AddressThrottle):
    """One learner's requests, or an address's where nobody is signed in; they count in the address's quota, too."""

    per_user = True

    def quotas(self, request: Request) -> list[Quota]:
        return [self.quota(request, self.rate), *AddressThrottle().quotas(request)]


class ReadThrottle(_UserThrottle):
    scope = "read"


class SubmitThrottle(_UserThrottle):
    scope = "submit"

    def quotas(self, request: Request) -> list[Quota]:
        """Those who try out a whole course hand in more than one learner does."""
        if getattr(request.user, "is_staff", False):
            self.rate = self.THROTTLE_RATES["submit_staff"]
        return super().quotas(request)


class RunThrottle(_UserThrottle):
    scope = "run"


class WebhookThrottle(_UserThrottle):
    scope = "webhook"


class WatchThrottle(_UserThrottle):
    scope = "watch"


class DeviceThrottle(_UserThrottle):
    """Asking for a device code needs no account: an address's requests."""

    scope = "device"
    per_user = False
