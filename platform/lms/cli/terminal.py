"""Saying things: results on stdout, messages on stderr; colours, tables that fit and progress on a terminal alone."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lms.cli.shapes import as_sent

if TYPE_CHECKING:
    from rich.console import Console

# Nothing that a server or a learner wrote may move the cursor, retitle the window or reverse the direction of reading.
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_ESCAPED = {code: f"\\x{code:02x}" for code in (*range(9), *range(11, 32), *range(127, 160))}
_ESCAPED |= {code: f"\\u{code:04x}" for code in (*_TURNING, 0x2028, 0x2029)}
IN_A_PIPE = 10_000  # columns: what reads a pipe wants whole lines
LEAST, GAP = 20, 2  # columns of a text that says something still, and between two of a table

Tell = Callable[[str], None]


def visible(text: str) -> str:
    """Return the text with what is not to be seen written out; line ends and tabs stay."""
    return text.replace("\r\n", "\n").translate(_ESCAPED).encode("utf-8", "backslashreplace").decode()


def one_line(text: str) -> str:
    return visible(" ".join(text.split("\n")))


def prepare() -> None:
    """Let no character end the program where the terminal's encoding has none for it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def is_interactive() -> bool:
    """Tell whether a person watches: messages go to stderr, so that is where it is looked for."""
    return sys.stderr.isatty()


def say(text: str, style: str = "") -> None:
    """Print a line of the result."""
    _print(text, style, to_stderr=False)


def note(text: str, style: str = "") -> None:
    """Print a message, which is no part of the result."""
    _print(text, style, to_stderr=True)


def say_json(document: Any) -> None:
    """Print the one JSON document that `--json` promises; in ASCII, so that no terminal acts upon it."""
    sys.stdout.write(json.dumps(as_sent(document), indent=2) + "\n")
    sys.stdout.flush()


def say_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    styles: Sequence[str] = (),
    *,
    spared: Sequence[str] = (),
) -> None:
    """Print rows under headers; `styles` has one per row.

    What one copies from a table must be whole. Where a terminal is too narrow, only the columns called in `spared` are
    cut; those that would be cut to nothing are left out, the last one first.
    """
    from rich.table import Table
    from rich.text import Text

    console = _console(to_stderr=False)
    cells = [[one_line(cell) for cell in row] for row in rows]
    kept = _columns_that_fit(headers, cells, spared, console.width)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in kept:
        table.add_column(headers[column], no_wrap=headers[column] not in spared)
    for row, style in zip(cells, styles or [""] * len(rows), strict=True):
        table.add_row(*(Text(row[column], no_wrap=True, overflow="ellipsis") for column in kept), style=style)
    with console.capture() as captured:
        console.print(table)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))
    sys.stdout.flush()


def _columns_that_fit(
    headers: Sequence[str], rows: Sequence[Sequence[str]], spared: Sequence[str], width: int
) -> list[int]:
    from rich.cells import cell_len

    least = [max(map(cell_len, column)) for column in zip(headers, *rows, strict=True)]
    least = [min(each, LEAST) if header in spared else each for header, each in zip(headers, least, strict=True)]
    kept = list(range(len(headers)))
    for header in reversed(spared):
        if sum(least[column] + GAP for column in kept) - GAP > width:
            kept.remove(headers.index(header))
    return kept


@contextmanager
def progress(first: str) -> Iterator[Tell]:
    """Show one line that changes, on a terminal; elsewhere nothing."""
    if not is_interactive():
        yield lambda _text: None
        return
    from rich.text import Text

    with _console(to_stderr=True).status(Text(one_line(first))) as status:
        yield lambda text: status.update(Text(one_line(text)))


def _print(text: str, style: str, *, to_stderr: bool) -> None:
    stream = sys.stderr if to_stderr else sys.stdout
    if style and stream.isatty():
        from rich.text import Text

        _console(to_stderr=to_stderr).print(Text(visible(text), style), soft_wrap=True)
    else:
        stream.write(f"{visible(text)}\n")
        stream.flush()


def _console(*, to_stderr: bool) -> "Console":
    from rich.console import Console

    stream = sys.stderr if to_stderr else sys.stdout
    width = None if stream.isatty() else IN_A_PIPE
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)
