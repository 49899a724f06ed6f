"""All addresses, as the URL conf has them."""

import re

from django.urls import URLPattern, get_resolver

GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def routes() -> list[str]:
    """Return the route of every address, parameters as <name> or <converter:name>, in the order they are tried."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns, prefix):
    for pattern in patterns:
        part = GROUP.sub(r"<\1>", str(pattern.pattern)).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield prefix + part
        else:
            yield from _walk(pattern.url_patterns, prefix + part)


def address(route: str, objects: dict[str, str]) -> str:
    """Return the route with its parameters filled in."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: objects[found[1]], route)
