"""What the pages of an account need said in words."""

from django import template

register = template.Library()

# The first that occurs: browsers name those that they descend from as well.
BROWSERS = [
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("python", "a Python program"),
]  # fmt: skip
SYSTEMS = [
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
]  # fmt: skip


@register.filter
def browser(user_agent: str) -> str:
    """Return what a User-Agent means, as in "Firefox on Linux"; what is unknown is called that."""
    name = next((name for sign, name in BROWSERS if sign in user_agent), "Unknown browser")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{name} on {system}" if system else name
