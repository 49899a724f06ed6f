"""How often one learner may ask for work. The rates are settings; while the cache is away everybody is let through."""

from rest_framework.throttling import UserRateThrottle


class SubmitThrottle(UserRateThrottle):
    scope = "submit"


class RunThrottle(UserRateThrottle):
    scope = "run"


class WebhookThrottle(UserRateThrottle):
    scope = "webhook"


class WatchThrottle(UserRateThrottle):
    scope = "watch"
