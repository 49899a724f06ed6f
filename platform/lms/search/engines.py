"""The index of words in the way of each database: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL.

The tables are made by the first migration. A word weighs most in the title, then in headings, then in the body. Terms
hold letters and digits only (see `words`), so between quotes they mean nothing but themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from lms.search.words import Term

MOST_MATCHES = 200  # the best by the database's own ranking; the rest is not looked at


@dataclass(frozen=True, slots=True)
class Words:
    """What is indexed of a document: folded words between single spaces."""

    document_id: int
    title: str
    headings: str
    body: str


@dataclass(frozen=True, slots=True)
class Match:
    document_id: int
    title_words: str
    heading_words: str
    rank: float  # higher is better; comparable within one query only


def write(documents: Sequence[Words]) -> None:
    """Index these documents and no others."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
        rows = [(words.title, words.headings, words.body, words.document_id) for words in documents]
        cursor.executemany(_WRITE[connection.vendor], rows)


def match(terms: Sequence[Term]) -> list[Match]:
    """Return the documents in which each of the terms occurs."""
    if connection.vendor == "sqlite":
        query = " AND ".join(f'"{term.start}"' + ("" if term.whole else "*") for term in terms)
    else:
        query = " & ".join(f"'{term.start}'" + ("" if term.whole else ":*") for term in terms)
    with connection.cursor() as cursor:
        cursor.execute(_MATCH[connection.vendor], [query, MOST_MATCHES])
        return [Match(*row) for row in cursor.fetchall()]


_WRITE = {
    "sqlite": "INSERT INTO search_words (title, headings, body, rowid) VALUES (%s, %s, %s, %s)",
    "postgresql": """
        UPDATE search_document
        SET words = setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')
                 || setweight(to_tsvector('simple', %s), 'D')
        WHERE id = %s
    """,
}
_MATCH = {
    "sqlite": """
        SELECT document.id, document.title_words, document.heading_words, -bm25(search_words, 8.0, 3.0, 1.0) AS score
        FROM search_words JOIN search_document AS document ON document.id = search_words.rowid
        WHERE search_words MATCH %s ORDER BY score DESC, document.id LIMIT %s
    """,
    "postgresql": """
        SELECT id, title_words, heading_words, ts_rank(ARRAY[0.1, 0.1, 0.4, 1.0], words, query, 1) AS score
        FROM search_document, to_tsquery('simple', %s) AS query
        WHERE words @@ query ORDER BY score DESC, id LIMIT %s
    """,
}
