"""Reading a TOML table key by key, so that whatever is wrong is said with file, key, what is allowed and what to do."""

import difflib
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_MISSING: Any = object()


class TaskFormatError(ValueError):
    """A task folder that cannot be used: names the file, the key, what is allowed and what to do."""


def closest(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the known word nearest to `word`, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


class TomlTable:
    """One table of a TOML file. Every getter notes its key; `finish` then refuses the keys that nobody asked for."""

    def __init__(self, path: Path, values: dict[str, Any], name: str = "") -> None:
        self.path = path
        self.name = name
        self._values = values
        self._known: set[str] = set()

    @classmethod
    def of_file(cls, path: Path) -> "TomlTable":
        try:
            return cls(path, tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise TaskFormatError(
                f"{path}: cannot be read ({error.strerror}); a task folder holds this file."
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TaskFormatError(f"{path}: not valid TOML: {error}.") from None

    def error(self, key: str, problem: str) -> TaskFormatError:
        """Return the error to raise about `key`, with file and table named."""
        return TaskFormatError(f"{self.path}: {f'{self.name}.' if self.name else ''}{key}: {problem}")

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, default: str = _MISSING) -> str:
        """Return a string with something in it."""
        value = self._get(key, default)
        if value is not default and (not isinstance(value, str) or not value.strip()):
            raise self.error(key, f"is {value!r}; write a text in quotes.")
        return str(value)

    def integer(self, key: str, default: int = _MISSING, *, least: int, most: int) -> int:
        value = self._get(key, default)
        if type(value) is not int or not least <= value <= most:
            raise self.error(key, f"is {value!r}; write a whole number from {least} to {most}.")
        return value

    def one_of(self, key: str, allowed: tuple[int, ...]) -> int:
        value = self._get(key, _MISSING)
        if type(value) is not int or value not in allowed:
            raise self.error(key, f"is {value!r}; allowed: {', '.join(map(str, allowed))}.")
        return value

    def number(self, key: str, default: float = _MISSING, *, least: float, most: float) -> float:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.error(key, f"is {value!r}; write a number from {least:g} to {most:g}.")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._get(key, default)
        if type(value) is not bool:
            raise self.error(key, f"is {value!r}; write true or false.")
        return value

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.error(key, f"is {value!r}; allowed: {', '.join(allowed)}.{closest(value, allowed)}")
        return value

    def texts(
        self, key: str, default: tuple[str, ...] = _MISSING, *, allowed: tuple[str, ...] = (), empty: bool = False
    ) -> tuple[str, ...]:
        """Return a list of different strings, each one of `allowed` where that is given."""
        value = self._get(key, default)
        if isinstance(value, tuple):
            return value
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            raise self.error(key, f'is {value!r}; write a list of texts, as in ["a", "b"].')
        if not value and not empty:
            raise self.error(key, "is empty; name at least one.")
        if len(set(value)) < len(value):
            raise self.error(key, f"is {value!r}; name each entry once.")
        for entry in value:
            if allowed and entry not in allowed:
                raise self.error(key, f"has {entry!r}; allowed: {', '.join(allowed)}.{closest(entry, allowed)}")
        return tuple(value)

    def table(self, key: str) -> "TomlTable":
        """Return the table `[key]`, empty where there is none."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, f"is {value!r}; write a table [{key}].")
        return TomlTable(self.path, value, key)

    def tables(self, key: str, *, optional: bool = False) -> Iterator["TomlTable"]:
        """Yield the tables `[[key]]`; at least one must be there, unless they are optional."""
        value = self._get(key, None)
        if value is None and optional:
            return
        if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
            raise self.error(key, f"write at least one table [[{key}]].")
        for number, entry in enumerate(value, start=1):
            yield TomlTable(self.path, entry, f"{key} {number}")

    def finish(self) -> None:
        """Refuse unknown keys: a mistyped key would otherwise silently do nothing."""
        for key in self._values:
            if key not in self._known:
                known = ", ".join(sorted(self._known))
                raise self.error(key, f"is no known key.{closest(key, self._known)} Known: {known}.")

    def _get(self, key: str, default: Any) -> Any:
        self._known.add(key)
        value = self._values.get(key, default)
        if value is _MISSING:
            # A mistyped key is the likely reason for a missing one: say both.
            near = difflib.get_close_matches(key, list(self._values), n=1)
            raise self.error(key, f"is missing.{f' Is it {near[0]!r}, mistyped?' if near else ''}")
        return value
