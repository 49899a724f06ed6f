"""The pieces of the concept map, each rendered once: a map has hundreds of them, in four states, for every visitor."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lms.progress.concept_map import ConceptMap, Label
from lms.progress.standing import State

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=8192)
def map_label(label: Label, state: State | None) -> SafeString:
    """Draw a lesson or a task on its card."""
    return _rendered("progress/map_label.html", label=label, state=state)


@register.simple_tag
@lru_cache(maxsize=8192)
def map_entry(label: Label, state: State | None) -> SafeString:
    """List a lesson or a task."""
    return _rendered("progress/map_entry.html", label=label, state=state)


@register.simple_tag
@lru_cache(maxsize=4)
def map_ground(drawn: ConceptMap) -> SafeString:
    """Draw the lanes and the links, which are the same for everybody."""
    return _rendered("progress/map_ground.html", map=drawn)


def _rendered(name: str, **context: object) -> SafeString:
    return mark_safe(render_to_string(name, context).strip())  # noqa: S308 -- a template's own output
