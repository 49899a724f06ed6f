import re

import pytest
from django.conf import settings

from courses import markdown
from courses.formulas import FormulaError, checked_formula, set_formula, style_rules

TEXTS = sorted(path for path in settings.CONTENT_DIR.glob("*/*/**/*.md"))
FRACTION = r"\frac{1}{2}"


def test_a_formula_is_set_for_eyes_and_for_screen_readers():
    html = set_formula(FRACTION, display=False)
    assert "<mfrac><mn>1</mn><mn>2</mn></mfrac>" in html
    assert 'class="katex-html" aria-hidden="true"' in html


def test_sizes_are_classes_whose_rules_are_as_strong_as_the_attributes_they_replace():
    html = set_formula(FRACTION, display=False)
    assert " style=" not in html
    rules = style_rules("<p>", html)
    assert "{height:1.1901em!important;vertical-align:-0.345em!important}" in rules
    for name in re.findall(r"fs-\w+", html):
        assert f".{name}{{" in rules


def test_only_the_rules_that_a_text_needs_are_given():
    set_formula(r"\sum_{i=1}^N x_i", display=True)
    assert style_rules("no formula") == ""
    assert style_rules(set_formula("x", display=False)).count("{") == 1


def test_a_formula_that_cannot_be_read_is_shown_as_it_was_written():
    with pytest.raises(FormulaError, match="Undefined control sequence"):
        checked_formula(r"\nosuchthing<", display=False)
    assert set_formula(r"\nosuchthing<", display=False) == r"<code>\nosuchthing&lt;</code>"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(settings.CONTENT_DIR)))
def test_every_formula_of_what_is_taught_can_be_read(path):
    html = markdown.render(path.read_text(encoding="utf-8"), path.parent)
    assert re.findall(r'class="math [a-z]+"[^>]*>(?!<span class="katex)(.*)', html) == []
