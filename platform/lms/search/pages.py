"""What the page of search results and the list under the search field show."""

from dataclasses import dataclass
from typing import Any

from lms.search.selectors import Hit, closest_query, first_lessons, search
from lms.search.words import MOST_CHARACTERS

ON_PAGE = 30
IN_LIST = 8


@dataclass(frozen=True, slots=True)
class Group:
    name: str  # "lesson", "task"
    hits: list[Hit]


def results_page(query: str) -> dict[str, Any]:
    """Return the results, those of the query most like it where it finds nothing, and else where to begin."""
    page = results(query, ON_PAGE)
    return page | {"first_lessons": [] if page["groups"] else first_lessons()}


def results(query: str, limit: int) -> dict[str, Any]:
    query = " ".join(query[:MOST_CHARACTERS].split())
    hits, corrected = search(query, limit), ""
    if query and not hits and (corrected := closest_query(query)):
        hits = search(corrected, limit)
    return {"query": query, "corrected": corrected if hits else "", "count": len(hits), "groups": _groups(hits)}


def _groups(hits: list[Hit]) -> list[Group]:
    """Part the hits by kind; the kind of the best hit comes first."""
    kinds = dict.fromkeys(hit.kind for hit in hits)
    return [Group(kind, [hit for hit in hits if hit.kind == kind]) for kind in kinds]
