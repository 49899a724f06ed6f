"""A Markdown text as words."""

import pytest

from courses.plain_text import plain_text


@pytest.mark.parametrize(
    ("markdown", "body"),
    [
        ("A *word*, a **word**, a `word`.", "A word, a word, a word."),
        ("Two\nlines\n\nand a paragraph.", "Two lines and a paragraph."),
        ("A [link](somewhere.html) and ![what the image shows](figure.svg)", "A link and what the image shows"),
        ("For $n$ of $2n + 1$ and $\\sum_i x_i$.", "For n of 2n + 1 and …."),
        ("Before\n\n$$\\sum_i x_i$$\n\nafter", "Before after"),
        ("Before\n\n```python\nimport numpy\n```\n\nafter", "Before after"),
        ("Before\n\n| a | b |\n|---|---|\n| c | d |\n\nafter", "Before after"),
        ("- one\n- two\n\n> three", "one two three"),
        ("<b>not HTML</b>", "<b>not HTML</b>"),
        ("Ko\u0308hler", "K\u00f6hler"),
    ],
)
def test_the_words_are_left(markdown, body):
    assert plain_text(markdown).body == body


def test_headings_are_apart():
    text = plain_text("# One\n\ntext\n\n### Two $n$\n\nmore")
    assert text.headings == ("One", "Two n")
    assert text.body == "text more"
