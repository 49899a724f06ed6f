"""How long a title is when it is drawn, near enough to break it into lines before any browser sees it."""

NARROW, WIDE = frozenset("fijlrtI.,:;'’!()-| "), frozenset("mwMWQO@%—")
EM_NARROW, EM_USUAL, EM_WIDE = 0.36, 0.57, 0.86  # of the widest typeface in --font-ui, so that no other is too long


def text_width(text: str, size: float) -> float:
    ems = sum(EM_NARROW if letter in NARROW else EM_WIDE if letter in WIDE else EM_USUAL for letter in text)
    return ems * size


def broken_into_lines(text: str, size: float, width: float) -> tuple[str, ...]:
    """Break `text` between words so that each line fits `width`; a word that is longer has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
