"""The passage of a text that shows why it was found, as HTML with the words marked."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from lms.search.words import Term, fold

LENGTH = 180  # characters
LEAD = LENGTH // 3  # most characters before the first word that is shown for
PLACES = 20  # of a term that are looked at
SENTENCE_ENDS = (". ", "? ", "! ", ": ")


def passage(text: str, terms: Sequence[Term]) -> SafeString:
    """Return the stretch of `text` in which most of the terms occur, marked; its beginning where none does."""
    folded = fold(text)
    start, end = _bounds(text, _best_place([_places(folded, term) for term in terms]))
    marked = _marked(text[start:end], folded[start:end], terms)
    return mark_safe(("… " if start else "") + marked + (" …" if end < len(text) else ""))  # noqa: S308 -- escaped


def _places(folded: str, term: Term) -> list[int]:
    """Return where the first words stand that a term finds. Faster than its pattern, and called on whole texts."""
    found, at = [], folded.find(term.start)
    while at >= 0 and len(found) < PLACES:
        end = at + len(term.start)
        if not folded[at - 1 : at].isalnum() and not (term.whole and folded[end : end + 1].isalnum()):
            found.append(at)
        at = folded.find(term.start, end)
    return found


def _best_place(places_by_term: Sequence[Sequence[int]]) -> int:
    """Return the first of the places after which most different terms follow closely."""

    def followed_by(place: int) -> int:
        nexts = [(places, bisect_left(places, place)) for places in places_by_term]
        return sum(at < len(places) and places[at] < place + LENGTH - LEAD for places, at in nexts)

    return max(sorted(place for places in places_by_term for place in places), key=followed_by, default=0)


def _bounds(text: str, place: int) -> tuple[int, int]:
    """Return a stretch around a place that begins and ends between words, with its sentence if that began near."""
    start = 0
    if place > LEAD:
        before = text[place - LEAD : place]
        sentence = max(before.rfind(end) for end in SENTENCE_ENDS)
        start = place - LEAD + (sentence + 2 if sentence >= 0 else before.find(" ") + 1)
    end = start + LENGTH
    while text.startswith("… ", start):  # a formula that was left out
        start += 2
    return start, len(text) if end >= len(text) else max(text.rfind(" ", place, end), place + 1)


def _marked(text: str, folded: str, terms: Sequence[Term]) -> str:
    """Escape the text, and mark the whole of each word that a term finds."""
    parts, at = [], 0
    for word in re.finditer("|".join(term.pattern for term in terms), folded) if terms else ():
        parts += [escape(text[at : word.start()]), "<mark>", escape(text[word.start() : word.end()]), "</mark>"]
        at = word.end()
    return "".join([*parts, escape(text[at:])])
