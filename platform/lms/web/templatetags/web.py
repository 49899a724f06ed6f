"""How pages print verdicts and arrays."""

import re
import uuid
import zlib
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from courses.models import Task
from grader.models import Verdict
from lms.progress import continuation
from lms.web.arrays import input_arrays, output_arrays
from lms.web.verdicts import CASE_WORDS, NOT_RUN, SUBMISSION_WORDS, VerdictWords

BRIEF_ROWS = 12
INLINE_CODE = re.compile(r"`([^`]+)`")

register = template.Library()


@register.filter
def words(verdict: str) -> VerdictWords:
    """Return the words for a verdict code."""
    return SUBMISSION_WORDS[verdict]


@register.filter
def check_words(check: dict[str, Any]) -> VerdictWords:
    return NOT_RUN if check["category"] == "not_run" else CASE_WORDS[check["passed"]]


@register.filter
def sample_words(sample: dict[str, Any]) -> VerdictWords:
    return CASE_WORDS[sample["passed"]]


@register.filter
def inline_code(sentence: str) -> SafeString:
    """Set what an author put between backticks as code."""
    html = INLINE_CODE.sub(r"<code>\1</code>", escape(sentence))
    return mark_safe(html)  # noqa: S308 -- escaped above


@register.filter
def points(value: float) -> str:
    """Print 2.0 as 2 and 2.5 as 2.5."""
    return f"{value:.4g}"


@register.filter
def ago(moment: datetime) -> str:
    """Say how long ago something was in one unit; of what is older than a month, the date."""
    is_recent = timezone.now() - moment < timedelta(days=30)
    return continuation.ago(moment) if is_recent else date_format(moment, "j M Y")


@register.filter
def size_of_error(value: float) -> str:
    return f"{value:.2e}" if value and not 1e-3 <= abs(value) < 1e4 else f"{value:.4g}"


@register.filter
def shape(value: list[int] | None) -> str:
    """Print a shape as NumPy does: (3,), (2, 5), ()."""
    return str(tuple(value)) if value is not None else ""


@register.filter
def index(value: list[int]) -> str:
    return f"[{', '.join(map(str, value))}]" if value else "the value itself"


@register.inclusion_tag("web/result/arrays.html")
def outputs(output: dict[str, Any], key: str) -> dict[str, Any]:
    """Show got beside expected; `key` and what is shown name the switches, of which no two may have one name."""
    return {"groups": output_arrays(output, output.get("worst_index")), "key": _switch_name(key, output)}


@register.inclusion_tag("web/result/arrays.html")
def returned(views: dict[str, Any], key: str) -> dict[str, Any]:
    """Show what came of the learner's own input, of which nothing is expected."""
    groups = [input_arrays(name or "The value", view) for name, view in views.items()]
    return {"groups": groups, "key": _switch_name(key, views)}


@register.inclusion_tag("web/result/inputs.html")
def inputs(views: dict[str, Any], key: str) -> dict[str, Any]:
    """Show the inputs of a case, open where they are few enough to be read along with what came of them."""
    groups = [input_arrays(name, view) for name, view in views.items()]
    return {
        "groups": groups,
        "mode": "picture" if any(group.mode == "picture" for group in groups) else "numbers",
        "modes": next((group.modes for group in groups if group.has_picture), []),
        "is_brief": sum(len(view["cells"]) for view in views.values()) <= BRIEF_ROWS,
        "key": _switch_name(key, views),
    }


def _switch_name(key: str, shown: dict[str, Any]) -> str:
    return f"{key}-{zlib.crc32(repr(shown).encode()):x}"


@register.inclusion_tag("web/task_state.html")
def task_state(task: Task, progress: dict[uuid.UUID, str]) -> dict[str, str]:
    """Say how far the learner has come with a task."""
    best = progress.get(task.id)
    if best is None:
        return {"word": "Not tried yet", "icon": "open", "tone": ""}
    if best == Verdict.ACCEPTED:
        return {"word": "Done", "icon": "pass", "tone": "good"}
    return {"word": "Begun", "icon": "part", "tone": "part"}
