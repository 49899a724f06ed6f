"""The style guide: for staff, and with every token, icon, tone and verdict that there is."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from grader.models import Verdict
from lms.web.verdicts import SUBMISSION_WORDS
from tests.web.html import attribute, elements, text

STYLESHEETS = ("components.css", "forms.css")


@pytest.fixture
def guide(visitor, instructor):
    visitor.force_login(instructor)
    return visitor.get("/styleguide/")


def test_a_visitor_is_led_to_the_sign_in_page(visitor):
    response = visitor.get("/styleguide/")
    assert response.status_code == 302
    assert response["Location"] == "/admin/login/?next=/styleguide/"


def test_a_learner_is_kept_out(signed_in):
    assert signed_in.get("/styleguide/", follow=True).status_code == 403


def test_every_icon_is_drawn_beside_its_name(guide):
    folder = Path(get_template("web/icons/pass.svg").origin.name).parent
    assert set(attribute(guide, "data-icon")) == {path.stem for path in folder.glob("*.svg")}


def test_every_verdict_is_shown_in_its_tone_and_every_tone_as_a_callout(guide):
    assert attribute(guide, "data-verdict") == Verdict.values
    badges = {badge["data-verdict"]: badge["class"] for badge in elements(guide, "span") if "data-verdict" in badge}
    assert badges == {code: f"badge tone-{words.tone}" for code, words in SUBMISSION_WORDS.items()}
    assert set(attribute(guide, "data-tone")) == {words.tone for words in SUBMISSION_WORDS.values()}


def test_every_colour_token_is_shown(guide):
    tokens = Path(finders.find("web/css/tokens.css")).read_text(encoding="utf-8")
    shown = set(re.findall(r"var\(--([\w-]+)\)", " ".join(attribute(guide, "fill"))))
    assert shown == set(re.findall(r"--([\w-]+): #", tokens))


@pytest.mark.parametrize("sheet", STYLESHEETS)
def test_every_component_of_the_sheet_is_shown(guide, sheet):
    rules = Path(finders.find(f"web/css/{sheet}")).read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "", rules)))
    used = {name for value in attribute(guide, "class") for name in value.split()}
    # The table of submissions, which is a .table; what a script adds to a block of code.
    assert styled - used <= {"history", "copy"}


def test_a_form_is_shown_with_what_is_wrong_with_it(guide):
    assert elements(guide, "input", name="email", aria_invalid="true")
    assert "Enter a valid email address." in text(guide)
    assert "This is what a form says that is wrong as a whole." in text(guide)
