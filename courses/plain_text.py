"""The words of a Markdown text as one would read them aloud: no marks, listings or tables, and only simple formulas."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

TEX = re.compile(r"[\\^_{}]")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PlainText:
    headings: tuple[str, ...]
    body: str


@lru_cache(maxsize=512)
def plain_text(markdown: str) -> PlainText:
    """Return headings and body, in Unicode's composed form and with single spaces.

    A formula is kept where it reads as it is written ($x$, $2n + 1$) and is an ellipsis otherwise; displayed formulas,
    listings and tables are left out.
    """
    headings, body = [], []
    previous = ""
    for token in _parser().parse(unicodedata.normalize("NFC", markdown)):
        if token.type == "inline" and previous not in {"th_open", "td_open"}:
            words = SPACES.sub(" ", "".join(_words(token))).strip()
            (headings if previous == "heading_open" else body).append(words)
        previous = token.type
    return PlainText(tuple(headings), " ".join(filter(None, body)))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.use(dollarmath_plugin, allow_space=False, allow_digits=False)


def _words(inline: Token) -> Iterator[str]:
    for child in inline.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type.startswith("math"):
            yield "…" if TEX.search(child.content) else child.content
        else:
            yield child.content  # of an image: its description; of the marks around emphasis and links: nothing
