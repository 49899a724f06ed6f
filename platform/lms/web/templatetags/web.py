"""How pages print verdicts, arrays and code."""

import uuid
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from courses.models import Task
from grader.models import Verdict
from lms.web.verdicts import SUBMISSION_WORDS, VerdictWords

register = template.Library()


@register.filter
def words(verdict: str) -> VerdictWords:
    """Return the words for a verdict code."""
    return SUBMISSION_WORDS[verdict]


@register.filter
def points(value: float) -> str:
    """Print 2.0 as 2 and 2.5 as 2.5."""
    return f"{value:.4g}"


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


@register.inclusion_tag("web/result/array.html")
def array(name: str, view: dict[str, Any]) -> dict[str, Any]:
    """Show an ArrayView as a table with row and column numbers, the differing cells marked."""
    wrong = {tuple(place) for place in view["wrong"]}
    axes = len(view["shape"])
    rows = [
        (number, [(cell, (number, column) in wrong) for column, cell in enumerate(row)])
        for number, row in enumerate(view["cells"])
    ]
    block = ", ".join([*map(str, view["block"]), ":", ":"]) if view["block"] else ""
    return {
        "name": name,
        "view": view,
        "block": block,
        "rows": rows,
        "numbered_rows": axes >= 2,
        "columns": range(len(view["cells"][0])) if axes and view["cells"] else [],
    }


@register.inclusion_tag("web/task_state.html")
def task_state(task: Task, progress: dict[uuid.UUID, str]) -> dict[str, str]:
    """Say how far the learner has come with a task."""
    best = progress.get(task.id)
    if best is None:
        return {"word": "Not tried yet", "icon": "open", "tone": ""}
    if best == Verdict.ACCEPTED:
        return {"word": "Done", "icon": "pass", "tone": "good"}
    return {"word": "Begun", "icon": "part", "tone": "part"}


@register.filter
def code_lines(source: str) -> list[SafeString]:
    """Return the lines of a Python source as coloured HTML."""
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    html = highlight(source, lexer, HtmlFormatter(nowrap=True))
    return [mark_safe(line) for line in html.removesuffix("\n").split("\n")]  # noqa: S308 -- escaped by Pygments
