"""Words as they are indexed and looked for: small letters without accents, British and American spelling alike.

Both databases are handed words that were folded here, and split nothing and stem nothing by themselves, so that they
find the same. Folding keeps the length of a text: what is found in a folded text stands at the same place in the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

NOT_ASCII = re.compile(r"[^\x00-\x7f]")
WORD = re.compile(r"[^\W_]+")
MOST_CHARACTERS = 200  # of a query that are read
MOST_TERMS = 8
LONGEST = 40  # characters of a word that count
SUFFIXES = ("ations", "ation", "ings", "ing", "ed", "es", "s")
SHORTEST_STEM = 4


def fold(text: str) -> str:
    """Return a text of the same length in small letters without accents, where -ize is written -ise."""
    folded = NOT_ASCII.sub(lambda found: _base(found[0]), text).lower()
    return folded.replace("iz", "is").replace("yz", "ys")


@lru_cache(maxsize=4096)
def _base(character: str) -> str:
    """Return the small letter without accents, or the character itself where that would be several."""
    base = unicodedata.normalize("NFKD", character)[0].casefold()
    return base if len(base) == len(base.lower()) == 1 else character


def folded_words(text: str) -> list[str]:
    return [word[:LONGEST] for word in WORD.findall(fold(unicodedata.normalize("NFC", text)))]


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for: what a word must begin with, or be as a `whole`."""

    word: str
    start: str
    whole: bool

    @property
    def pattern(self) -> str:
        """Return a regular expression for the words that it finds in a folded text."""
        end = r"(?![^\W_])" if self.whole else r"[^\W_]*"
        return rf"(?<![^\W_]){self.start}{end}"


def query_terms(query: str) -> list[Term]:
    """Return the terms of what somebody typed, whatever it is; at most MOST_TERMS, each once.

    The last word may still be being typed. Of the others, one or two letters (the k of k-means) stand for themselves.
    """
    words = list(dict.fromkeys(folded_words(query[:MOST_CHARACTERS])))[:MOST_TERMS]
    return [Term(word, stem(word), whole=len(word) <= 2 and word != words[-1]) for word in words]


def stem(word: str) -> str:
    """Return the beginning that words of one kind share: gradients and gradient, training and trained.

    Whatever begins with it is found, so that cutting too much only finds more.
    """
    for suffix in SUFFIXES:
        if word.endswith(suffix) and not word.endswith("ss") and len(word) - len(suffix) >= SHORTEST_STEM:
            return word.removesuffix(suffix)
    return word
