"""Showing a page of the server to whoever sits before this machine."""

import os
import sys
from urllib.parse import urlsplit


def show_page(address: str) -> bool:
    """Open the page in a browser, if a person is here and there is one with windows; return whether it was tried."""
    if not (sys.stdout.isatty() and _has_windows()) or urlsplit(address).scheme not in {"http", "https"}:
        return False
    import webbrowser

    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def _has_windows() -> bool:
    """A browser of text would take the terminal over; who wants one names it in BROWSER."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
