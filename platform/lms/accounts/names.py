"""Which names people may give themselves."""

import unicodedata

from django.core.exceptions import ValidationError

# Controls, line ends, what is not assigned, and marks of direction that would turn the text around a name: U+202A-202E,
# U+2066-2069. Joiners, which several scripts and emoji need, are of the same category as those and allowed.
UNSEEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def validate_display_name(name: str) -> None:
    for character in name:
        if _is_unseen(character):
            code = f"U+{ord(character):04X}"
            raise ValidationError(f"A name cannot hold the invisible character {code}. Type the name anew.")


def displayable(name: str) -> str:
    """Return the name that a program gave itself without what cannot be seen, in one line."""
    return " ".join("".join(" " if _is_unseen(character) else character for character in name).split())


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN or ord(character) in TURNING
