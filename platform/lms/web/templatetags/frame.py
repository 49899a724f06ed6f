"""What the frame around every page needs to know of the page."""

from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def current(context: template.Context, *names: str) -> SafeString:
    """Mark a link: as this page where the page has the first URL name, as what the page is part of for the others.

    Pages that no address leads to (404, 500) mark nothing.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    name = match.url_name if match else ""
    if name not in names:
        return mark_safe("")
    return mark_safe(' aria-current="page"' if name == names[0] else ' aria-current="true"')  # noqa: S308 -- constants


@register.simple_tag(takes_context=True)
def then_back(context: template.Context) -> str:
    """Return the query with which sign-in and sign-up lead on: to this page, or to where they were to lead already."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None:
        return ""
    heading_for = request.GET.get("next") or request.POST.get("next")
    if not heading_for and match.url_name != "home" and not match.url_name.startswith("account_"):
        heading_for = request.get_full_path()
    return f"?{urlencode({'next': heading_for}, safe='/')}" if heading_for else ""
