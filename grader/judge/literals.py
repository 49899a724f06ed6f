"""Values as people write them in Python: numbers, True, False, None, strings, and lists and dicts of these.

A reader of its own, because Python's would take any program, and gives up in its own ways on one made to be awkward.
What it reads is no larger than its caps, and what is wrong it says with the place where it is.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_CHARACTERS = 8_000
MAX_ELEMENTS = 2_000
MAX_DEPTH = 8
MAX_STRING = 200
LINE_WIDTH = 72

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)
      | (?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
      | (?P<name>[A-Za-z_][\w.]*)
      | (?P<sign>[-+\[\](){},:])
      | (?P<end>\Z)
    )""",
    re.VERBOSE | re.ASCII,
)
_NAMES: dict[str, Any] = {"True": True, "False": False, "None": None} | {
    prefix + name: float(name) for prefix in ("", "np.", "torch.", "math.") for name in ("inf", "nan")
}
_CLOSING = {"[": "]", "(": ")", "{": "}"}


class LiteralError(ValueError):
    """The text is no value; the message says where and why."""


def read_literal(text: str) -> Any:
    """Return the value that `text` stands for. Raises LiteralError."""
    if len(text) > MAX_CHARACTERS:
        raise LiteralError(f"This is {len(text):,} characters long; at most {MAX_CHARACTERS:,} are allowed.")
    return _Reader(text).read()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, string, name, sign, end
    text: str
    place: int

    def is_sign(self, sign: str) -> bool:
        return self.kind == "sign" and self.text == sign

    def __str__(self) -> str:
        return f"“{self.text[:40]}”" if self.text else "the end"


class _Reader:
    """Reads one value from left to right; `_token` is the next one to be read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._elements = 0
        self._token = self._token_at(0)

    def read(self) -> Any:
        if self._token.kind == "end":
            raise LiteralError("Write a value.")
        value = self._value(0)
        if self._token.kind != "end":
            raise self._error(f"{self._token} comes after the end of the value.")
        return value

    def _token_at(self, start: int) -> _Token:
        found = _TOKEN.match(self._text, start)
        if found is None:
            place = len(self._text) - len(self._text[start:].lstrip())
            self._token = _Token("", self._text[place], place)
            raise self._error(f"{self._token} cannot stand here. Write numbers, lists, True, False or None.")
        kind = str(found.lastgroup)
        return _Token(kind, found[kind], found.start(kind))

    def _take(self) -> str:
        """Go on to the next token; return the text of the one that was read."""
        text = self._token.text
        self._token = self._token_at(self._token.place + len(text))
        return text

    def _error(self, words: str) -> LiteralError:
        place = self._token.place
        line = self._text.count("\n", 0, place) + 1
        return LiteralError(f"Line {line}, column {place - self._text.rfind(chr(10), 0, place)}: {words}")

    def _value(self, depth: int) -> Any:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise LiteralError(f"This has more than {MAX_ELEMENTS:,} elements, which is the most that is allowed.")
        if self._token.kind == "sign" and self._token.text in _CLOSING:
            return self._container(depth)
        if self._token.kind == "string":
            return self._string()
        if self._token.kind == "name":
            return self._name()
        return self._number()

    def _name(self) -> Any:
        if self._token.text not in _NAMES:
            raise self._error(f"{self._token} has no value here. Write numbers, lists, True, False, None, inf or nan.")
        return _NAMES[self._take()]

    def _number(self) -> float:
        sign = self._take() if self._token.is_sign("-") or self._token.is_sign("+") else ""
        if self._token.kind == "name" and isinstance(_NAMES.get(self._token.text), float):
            value: float = self._name()
        elif self._token.kind == "number":
            value = self._plain_number()
        else:
            raise self._error(f"A value is missing before {self._token}.")
        return -value if sign == "-" else value

    def _plain_number(self) -> float:
        digits = self._token.text.replace("_", "")
        try:
            value = int(digits) if digits.isdigit() else float(digits)
        except ValueError as error:  # more digits than Python reads
            raise self._error(f"{self._token} is no number.") from error
        if isinstance(value, int) and value >= 2**63:
            raise self._error("Whole numbers have to fit into 64 bits.")
        self._take()
        return value

    def _string(self) -> str:
        if len(self._token.text) > MAX_STRING:
            raise self._error(f"A string may have at most {MAX_STRING} characters.")
        try:
            value: str = ast.literal_eval(self._token.text)
        except (ValueError, SyntaxError) as error:
            raise self._error("This string is not written as Python has it.") from error
        self._take()
        return value

    def _container(self, depth: int) -> Any:
        if depth == MAX_DEPTH:
            raise self._error(f"Lists may be nested {MAX_DEPTH} deep.")
        opening = self._take()
        closing = _CLOSING[opening]
        items: list[Any] = []
        has_comma = True
        while not self._token.is_sign(closing):
            if not has_comma:
                raise self._error(f"A comma or “{closing}” is missing before {self._token}.")
            items.append(self._entry(depth + 1) if opening == "{" else self._value(depth + 1))
            has_comma = self._token.is_sign(",")
            if has_comma:
                self._take()
        self._take()
        if opening == "{":
            return dict(items)
        if opening == "(" and len(items) == 1 and not has_comma:
            return items[0]
        return tuple(items) if opening == "(" else items

    def _entry(self, depth: int) -> tuple[str, Any]:
        if self._token.kind != "string":
            raise self._error("The keys of a dict are strings, in quotes.")
        key = self._string()
        if not self._token.is_sign(":"):
            raise self._error(f"A colon is missing before {self._token}.")
        self._take()
        return key, self._value(depth)


def write_literal(value: Any, indent: int = 0) -> str:
    """Return a text from which `read_literal` makes the same numbers; rows of a table are lines."""
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, separator=", ", threshold=value.size + 1, floatmode="unique", max_line_width=10**6
        )
        return text.replace("\n", "\n" + " " * indent)
    if isinstance(value, Mapping):
        parts = [f"{key!r}: {write_literal(entry, indent + len(repr(key)) + 3)}" for key, entry in value.items()]
        between = ", " if sum(map(len, parts)) < LINE_WIDTH and "\n" not in "".join(parts) else ",\n " + " " * indent
        return "{" + between.join(parts) + "}"
    if isinstance(value, list | tuple):
        inside = ", ".join(write_literal(entry, indent + 1) for entry in value)
        return f"[{inside}]" if isinstance(value, list) else f"({inside}{',' * (len(value) == 1)})"
    return repr(value)
