"""Markdown of lessons, statements and hints as HTML for the pages.

Raw HTML is off, so that a text can hold no script. Formulas are set by KaTeX; code is coloured by classes; a
paragraph that is only an image of an SVG beside the text becomes that drawing, so that it follows the colour scheme.
One that is only an image of `see:name` becomes the place of a figure that moves, which a script of the page draws.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from courses.formulas import set_formula

SEE = re.compile(r"see:([a-z0-9-]+)")
STILL = (
    "This figure moves only with JavaScript. What it shows is also in the text and in the still figures of this lesson."
)
LINE_BREAKS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    level: int
    id: str
    text: str


@lru_cache(maxsize=1024)
def render(text: str, folder: Path | None = None) -> SafeString:
    """Return `text` as HTML; `folder` is where its figures lie."""
    return mark_safe(_parser().render(text, {"folder": folder}))  # noqa: S308 -- html is off: see the module


@lru_cache(maxsize=256)
def headings(text: str) -> tuple[Heading, ...]:
    """Return the second- and third-level headings, with the ids that `render` gives them."""
    tokens = _parser().parse(text, {"folder": None})
    return tuple(
        Heading(int(opening.tag[1]), str(opening.attrs["id"]), _plain(inline))
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open" and opening.tag in {"h2", "h3"}
    )


def has_moving_figures(html: str) -> bool:
    """Say whether a rendered text has places that the page's script is to fill."""
    return '<figure class="see"' in html


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlighted})
    parser.enable("table").use(front_matter_plugin)
    parser.use(anchors_plugin, min_level=2, max_level=3, slug_func=slugify)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    parser.core.ruler.push("figures", _lift_figures)
    parser.add_render_rule("figure", lambda _self, tokens, index, _options, _env: tokens[index].content)
    parser.add_render_rule("math_block", lambda _self, tokens, index, _options, _env: _display(tokens[index].content))
    parser.add_render_rule("math_inline", lambda _self, tokens, index, _options, _env: _inline(tokens[index].content))
    return parser


def _inline(tex: str) -> str:
    return f'<span class="math inline">{set_formula(LINE_BREAKS.sub(" ", tex.strip()), display=False)}</span>'


def _display(tex: str) -> str:
    # Focusable, because a wide formula scrolls inside its box and must do so by keyboard too.
    return f'<div class="math display" tabindex="0">{set_formula(tex.strip(), display=True)}</div>\n'


def _highlighted(code: str, language: str, _attributes: str) -> str:
    if code.startswith(">>> "):
        language = "pycon"  # a session: its prompts and its output are not Python
    try:
        lexer = get_lexer_by_name(language or "text")
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))


def _lift_figures(state: StateCore) -> None:
    """Replace each paragraph that is one image of a figure by the figure itself."""
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "paragraph_close" and (html := _figure(tokens[-2], state.env.get("folder"))) is not None:
            tokens[-3:] = [Token("figure", "", 0, content=html)]
    state.tokens = tokens


def _figure(inline: Token, folder: Path | None) -> str | None:
    """Return what a paragraph that is only a figure becomes: a drawing, or the place of one that moves."""
    image = _only_image(inline)
    if image is None:
        return None
    source, caption = str(image.attrs["src"]), f"<figcaption>{escape(image.content)}</figcaption>"
    if moving := SEE.fullmatch(source):
        stage = f'<div class="see-stage"></div><noscript><p class="see-still">{STILL}</p></noscript>'
        return f'<figure class="see" data-see="{moving[1]}">{stage}{caption}</figure>\n'
    if folder is not None and (path := _figure_path(folder, source)) is not None:
        return f'<figure class="figure">{path.read_text(encoding="utf-8")}{caption}</figure>\n'
    return None


def _only_image(inline: Token) -> Token | None:
    children = inline.children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _figure_path(folder: Path, source: str) -> Path | None:
    """Return the path of an SVG that lies in `folder` itself."""
    path = folder / source
    return path if path.suffix == ".svg" and path.parent == folder and path.is_file() else None


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])
