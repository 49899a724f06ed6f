"""Reading the environment: a value that cannot be used is named, with what is allowed, before anything starts."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class Environment(environ.Env):
    def number(self, name: str, *, default: int, least: int = 1) -> int:
        text = self.str(name, default=str(default))
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise ImproperlyConfigured(
                f"{name}={text} is not a number: give a whole number from {least} up, such as {default}."
            )
        return int(text)

    def switch(self, name: str) -> bool:
        text = self.str(name, default="")
        if text.lower() not in TRUE | FALSE:
            raise ImproperlyConfigured(f"{name}={text} is neither on nor off: give 1 or 0.")
        return text.lower() in TRUE

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words, the first where nothing is set."""
        text = self.str(name, default="") or allowed[0]
        if text not in allowed:
            raise ImproperlyConfigured(f"{name}={text} is not known: give {' or '.join(allowed)}.")
        return text

    def rate(self, name: str, *, default: str) -> str:
        text = self.str(name, default=default)
        if not re.fullmatch(r"[1-9][0-9]*/(s|sec|min|hour|day)", text):
            raise ImproperlyConfigured(
                f"{name}={text} is not a rate: give a number per s, min, hour or day, such as {default}."
            )
        return text

    def database(self, name: str, *, default: Path) -> dict[str, Any]:
        """Return Django's settings of the database that a URL names; without one, of the SQLite file `default`."""
        text = self.str(name, default="")
        if not text:
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": default}
        allowed = "give postgres://user:password@host:5432/name, or leave it unset for SQLite in the data folder."
        if urlsplit(text).scheme not in {"postgres", "postgresql", "sqlite"}:
            raise ImproperlyConfigured(f"{name} is not the address of a PostgreSQL database: {allowed}")
        try:
            return dict(self.db_url_config(text))
        except ValueError as error:  # it quotes the part at fault, never the password
            raise ImproperlyConfigured(f"{name}: {error}; {allowed}") from error

    def mail(self, name: str) -> dict[str, Any]:
        """Return Django's settings of the mail server that a URL names; without one, mail is printed."""
        try:
            return dict(self.email_url(name, default="consolemail://"))
        except (ImproperlyConfigured, ValueError) as error:
            allowed = "give smtp+tls://user:password@host:587, or leave it unset to have mail printed."
            raise ImproperlyConfigured(f"{name} is not the address of a mail server: {allowed}") from error

    def broker(self, name: str, *, default: str) -> str:
        text = self.str(name, default="") or default
        if urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
            allowed = "give redis://host:6379/0, or leave it unset for the embedded Valkey."
            raise ImproperlyConfigured(f"{name} is not the address of a Redis server: {allowed}")
        return text
