"""Formulas of lessons and statements, set by KaTeX while a page is made: nothing is left to do for the browser.

KaTeX writes sizes into style attributes, which the pages' content security policy refuses. So each distinct style
becomes a class, and a page that holds formulas prints the rules of the classes on it (`style_rules`).
"""

import hashlib
import json
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString, mark_safe

KATEX = Path(__file__).parent / "katex" / "katex.min.js"
# The answer goes through JSON because the binding cannot read the ropes that QuickJS makes of joined strings.
RENDER = """
function render(tex, display) {
  return JSON.stringify(katex.renderToString(tex, { displayMode: display, strict: "ignore" }));
}
"""
STYLED_TAG = re.compile(r'<(?P<start>[^<>]*?) style="(?P<style>[^"]*)"(?P<end>[^<>]*)>')
STYLE_CLASS = re.compile(r"\bfs-[0-9a-f]{8}\b")

_rules: dict[str, str] = {}  # by class; as many as there are distinct styles in the formulas of the catalogue


class FormulaError(ValueError):
    """A formula that KaTeX cannot read; the message is KaTeX's."""


def set_formula(tex: str, *, display: bool) -> str:
    """Return HTML and MathML of a formula; of one that cannot be read, its TeX as code: the page still opens."""
    try:
        return checked_formula(tex, display=display)
    except FormulaError:
        return f"<code>{escape(tex)}</code>"


@lru_cache(maxsize=16_384)
def checked_formula(tex: str, *, display: bool) -> str:
    """Return HTML and MathML of a formula. Raises FormulaError."""
    import quickjs

    try:
        html = json.loads(_katex()(tex, display, run_gc=False))
    except quickjs.JSException as error:
        raise FormulaError(str(error).split("\n", 1)[0]) from None
    return STYLED_TAG.sub(_with_class, html)


def style_rules(*texts: str) -> SafeString:
    """Return the CSS rules that the formulas in some HTML need."""
    names = {name for html in texts for name in _classes_in(html)}
    return mark_safe("".join(_rules[name] for name in sorted(names)))  # noqa: S308 -- KaTeX wrote them


@lru_cache(maxsize=512)
def _classes_in(html: str) -> frozenset[str]:
    """Return the classes of formulas in some HTML. A lesson is long, and the same for everybody."""
    return frozenset(STYLE_CLASS.findall(html))


@cache
def _katex() -> Any:
    import quickjs  # its import starts a thread, which a process that never shows a page can do without

    return quickjs.Function("render", KATEX.read_text(encoding="utf-8") + RENDER)


def _with_class(tag: re.Match[str]) -> str:
    name = _class_of(tag["style"])
    start, found, rest = tag["start"].partition(' class="')
    if found:
        return f'<{start} class="{name} {rest}{tag["end"]}>'
    start, found, rest = tag["end"].partition(' class="')
    classes = f' class="{name} {rest}' if found else f' class="{name}"'
    return f"<{tag['start']}{start}{classes}>"


def _class_of(style: str) -> str:
    name = f"fs-{hashlib.sha256(style.encode()).hexdigest()[:8]}"
    declarations = [declaration for declaration in style.split(";") if declaration]
    # As strong as the attribute that it replaces.
    _rules[name] = f".{name}{{{';'.join(f'{declaration}!important' for declaration in declarations)}}}"
    return name
