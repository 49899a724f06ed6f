"""What error reports leave out."""

import re

from django.views.debug import SafeExceptionReporterFilter


class SecretsFilter(SafeExceptionReporterFilter):
    """Hide addresses of servers, too: REDIS_URL, the cache's LOCATION and EMAIL_CONFIG may hold passwords."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|URL|LOCATION|EMAIL|DSN", re.IGNORECASE
    )
