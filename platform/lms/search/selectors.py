"""Finding lessons and tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.urls import reverse
from django.utils.safestring import SafeString

from lms.search import engines
from lms.search.models import Document
from lms.search.passages import passage
from lms.search.words import Term, query_terms

TITLE_WORD, TITLE_START, HEADING, BODY = 16, 8, 3, 1
TITLE_OPENING, WHOLE_TITLE = 2, 16
CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str  # "lesson" or "task"
    title: str
    address: str
    course: str
    snippet: SafeString
    rank: int


def search(query: str, limit: int) -> list[Hit]:
    """Return the lessons and tasks that hold all words of `query`, or words that begin with them; the best first.

    A word in the title counts more than one in a heading, and that more than one in the text; most counts a title that
    is the query, even one still being typed, or begins with it. Among equals the database's own ranking decides. Any
    text may be asked for; one without a letter or digit finds nothing.
    """
    terms = query_terms(query)
    if not terms:
        return []
    ranks = {match.document_id: _rank(match, terms) for match in engines.match(terms)}
    best = sorted(ranks, key=lambda found: -ranks[found])[:limit]  # stable: the database's order among equals
    documents = Document.objects.select_related("lesson__course", "task").in_bulk(best)
    return [_hit(documents[found], ranks[found], terms) for found in best]


def closest_query(query: str) -> str:
    """Return the query with each unknown word replaced by the known one most like it, or "" if that changes nothing.

    Known are the words of titles, headings and concepts.
    """
    texts = Document.objects.values_list("title_words", "heading_words")
    known = sorted({word for text in texts for words in text for word in words.split()})
    words = [term.word for term in query_terms(query)]
    closest = [_closest(term, known) for term in query_terms(query)]
    return " ".join(closest) if closest != words else ""


def first_lessons() -> list[Hit]:
    """Return the lesson with which each course begins: where to go when nothing was found."""
    lessons = Document.objects.filter(task=None).select_related("lesson__course")
    firsts: dict[int, Document] = {}
    for document in lessons.order_by("lesson__course__order", "lesson__course__slug", "lesson__order"):
        firsts.setdefault(document.lesson.course_id, document)
    return [_hit(document, 0, []) for document in firsts.values()]


def _rank(match: engines.Match, terms: Sequence[Term]) -> int:
    title, headings = f" {match.title_words} ", f" {match.heading_words} "
    title_words = match.title_words.split()
    bonus = TITLE_OPENING if match.title_words.startswith(terms[0].start) else 0
    if len(title_words) == len(terms):
        is_whole = all(word.startswith(term.start) for word, term in zip(title_words, terms, strict=True))
        bonus += WHOLE_TITLE if is_whole else 0
    return bonus + sum(_rank_of_term(term, title, headings) for term in terms)


def _rank_of_term(term: Term, title: str, headings: str) -> int:
    """Return what one term is worth; titles and headings have a space before and after each word."""
    if f" {term.word} " in title:
        return TITLE_WORD
    start = f" {term.start} " if term.whole else f" {term.start}"
    if start in title:
        return TITLE_START
    return HEADING if start in headings else BODY


def _hit(document: Document, rank: int, terms: Sequence[Term]) -> Hit:
    lesson, task = document.lesson, document.task
    return Hit(
        kind="task" if task else "lesson",
        title=task.title if task else lesson.title,
        address=reverse("task", args=[task.slug])
        if task
        else reverse("lesson", args=[lesson.course.slug, lesson.slug]),
        course=lesson.course.title,
        snippet=passage(document.body, terms),
        rank=rank,
    )


def _closest(term: Term, known: Sequence[str]) -> str:
    if any(other.startswith(term.start) for other in known):
        return term.word
    alike = [other for other in known if other[0] == term.word[0] and abs(len(other) - len(term.word)) <= 2]
    return next(iter(get_close_matches(term.word, alike, 1, CLOSE)), term.word)
