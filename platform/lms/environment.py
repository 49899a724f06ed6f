"""Reading the environment: a value that cannot be used is named, with what is allowed, before anything starts."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class Environment(environ.Env):
    def secret(self, name: str) -> str:
        """Return the setting `name`, or what is in the file that `name`_FILE names; neither is the empty text.

        A file is seen by whom it is given to. The environment is seen by whoever inspects a container or a process.
        """
        said, path = self.str(name, default=""), self.str(f"{name}_FILE", default="")
        if not path:
            return said
        if said:
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: unset one of them.")
        try:
            return Path(path).read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            raise ImproperlyConfigured(
                f"{name}_FILE={path} cannot be read: {reason}. Give a file of text that this user may read "
                "(deploy/make-secrets.sh makes those of docker-compose.yml)."
            ) from error

    def secrets(self, name: str) -> list[str]:
        """Return several secrets, which commas or line ends keep apart."""
        return [part.strip() for part in re.split(r"[,\n]", self.secret(name)) if part.strip()]

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

    def database(self, name: str, *, password: str = "", default: Path) -> dict[str, Any]:
        """Return Django's settings of the database that a URL names; without one, of the SQLite file `default`.

        `password` is for a URL that has none.
        """
        text = self.secret(name)
        if not text:
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": default}
        allowed = "give postgres://user:password@host:5432/name, or leave it unset for SQLite in the data folder."
        if urlsplit(text).scheme not in {"postgres", "postgresql", "sqlite"}:
            raise ImproperlyConfigured(f"{name} is not the address of a PostgreSQL database: {allowed}")
        try:
            config = dict(self.db_url_config(text))
        except ValueError as error:  # it quotes the part at fault, never the password
            raise ImproperlyConfigured(f"{name}: {error}; {allowed}") from error
        return config if config.get("PASSWORD") else config | {"PASSWORD": password}

    def mail(self, name: str) -> dict[str, Any]:
        """Return Django's settings of the mail server that a URL names; without one, mail is printed."""
        try:
            return dict(self.email_url_config(self.secret(name) or "consolemail://"))
        except (ImproperlyConfigured, ValueError) as error:
            allowed = "give smtp+tls://user:password@host:587, or leave it unset to have mail printed."
            raise ImproperlyConfigured(f"{name} is not the address of a mail server: {allowed}") from error

    def broker(self, name: str, *, password: str = "", default: str) -> str:
        """Return the URL of a Redis server, with `password` in it if it is for one on the network and has none."""
        text = self.secret(name) or default
        if urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
            allowed = "give redis://host:6379/0, or leave it unset for the embedded Valkey."
            raise ImproperlyConfigured(f"{name} is not the address of a Redis server: {allowed}")
        scheme, separator, rest = text.partition("://")
        if not password or scheme == "unix" or "@" in rest:
            return text
        return f"{scheme}{separator}:{quote(password, safe='')}@{rest}"
