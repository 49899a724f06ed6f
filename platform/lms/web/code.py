"""The learner's code as pages show it: numbered and coloured, with what happened where; and two versions compared."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

NOTE_LENGTH = 90
AROUND = 3  # unchanged lines that are shown before and after a change
WORDS = re.compile(r"\w+|\s+|[^\w\s]")
WORDS_IN_A_LINE = 200  # in longer lines it is not looked for what changed within them


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    html: SafeString
    note: str  # what happened in this line when the code was graded


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a comparison: `sign` is "-", "+" or " "; `parts` are pieces of text, each changed or not."""

    sign: str
    old: int | None
    new: int | None
    parts: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that follow each other; those far from any change are folded."""

    lines: list[Change]
    is_folded: bool


def code_lines(source: str, error: dict[str, Any] | None = None) -> list[Line]:
    """Return the lines of a Python source as coloured HTML, those of a traceback with what happened in them."""
    html = highlight(source, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))
    notes = _notes(error) if error else {}
    return [
        Line(number, mark_safe(line), notes.get(number, ""))  # noqa: S308 -- escaped by Pygments
        for number, line in enumerate(html.removesuffix("\n").split("\n"), 1)
    ]


def _notes(error: dict[str, Any]) -> dict[int, str]:
    *outer, last = [frame["line"] for frame in error["trace"]] or [0]
    said = f"{error['type']}: {error['message']}" if error["message"] else error["type"]
    said = said.splitlines()[0]
    short = said if len(said) <= NOTE_LENGTH else f"{said[: NOTE_LENGTH - 1]}…"
    return dict.fromkeys(outer, "called from here") | {last: short}


def compare(old: str, new: str) -> list[Stretch]:
    """Return the lines of both sources in order, with what was taken out before what was put in its place."""
    stretches: list[Stretch] = []
    one, other = old.splitlines(), new.splitlines()
    opcodes = difflib.SequenceMatcher(None, one, other).get_opcodes()
    for place, (tag, i, j, k, m) in enumerate(opcodes):
        if tag == "equal":
            same = [Change(" ", i + n + 1, k + n + 1, [(one[i + n], False)]) for n in range(j - i)]
            is_first, is_last = place == 0, place == len(opcodes) - 1
            stretches += _folded(same, 0 if is_first else AROUND, 0 if is_last else AROUND)
        else:
            stretches.append(Stretch(list(_changes(one[i:j], other[k:m], i, k)), is_folded=False))
    return stretches


def _folded(same: list[Change], before: int, after: int) -> Iterator[Stretch]:
    end = len(same) - after
    if end - before <= AROUND:  # a fold that hides three lines costs more than it saves
        yield Stretch(same, is_folded=False)
        return
    parts = ((same[:before], False), (same[before:end], True), (same[end:], False))
    yield from (Stretch(lines, is_folded) for lines, is_folded in parts if lines)


def _changes(old: Sequence[str], new: Sequence[str], above_old: int, above_new: int) -> Iterator[Change]:
    pairs = [_parts(*pair) for pair in zip(old, new, strict=False)] if len(old) == len(new) else []
    for number, line in enumerate(old):
        yield Change("-", above_old + number + 1, None, pairs[number][0] if pairs else [(line, False)])
    for number, line in enumerate(new):
        yield Change("+", None, above_new + number + 1, pairs[number][1] if pairs else [(line, False)])


def _parts(old: str, new: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both lines in pieces, those marked that the other does not have; of lines with little in common, none."""
    one, other = WORDS.findall(old), WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if max(len(one), len(other)) > WORDS_IN_A_LINE or matcher.ratio() < 0.5:
        return [(old, False)], [(new, False)]
    mine: list[tuple[str, bool]] = []
    theirs: list[tuple[str, bool]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        mine += [("".join(one[i:j]), tag != "equal")] if j > i else []
        theirs += [("".join(other[k:m]), tag != "equal")] if m > k else []
    return mine, theirs
