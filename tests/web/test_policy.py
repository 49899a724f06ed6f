"""Nothing but our own origin, and no inline script or style: what the content security policy says, the pages do."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.web.html import attribute, elements

LMS = settings.BASE_DIR / "platform" / "lms"
TEMPLATES = sorted(LMS.glob("*/templates/**/*.html"))
OWN_STATIC = sorted(path for path in (LMS / "web" / "static").rglob("*.*") if "vendor" not in path.parts)
ADDRESSES = [
    "/",
    "/courses/supervised-learning/",
    "/courses/supervised-learning/loss-functions/",
    "/courses/neural-networks/activation-functions/",
    "/courses/convolutional-networks/convolution/",
    "/tasks/conv2d-forward/",
    "/map/",
    "/tasks/conv2d-forward/solution/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nothing/",
]
WITH_FORMULAS = {address for address in ADDRESSES if address.startswith("/tasks/") or address.count("/") == 4}


def _name(path):
    return str(path.relative_to(settings.BASE_DIR)) if isinstance(path, Path) else path


@pytest.mark.parametrize("path", TEMPLATES + OWN_STATIC, ids=_name)
def test_no_address_outside(path):
    source = path.read_text(encoding="utf-8").replace('"http://www.w3.org/2000/svg"', "")
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", source) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_inline_script_or_style_in_a_template(path):
    source = path.read_text(encoding="utf-8")
    assert re.findall(r"<style(?! nonce=)|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", source) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_carries_the_strict_policy(visitor, address):
    policy = visitor.get(address)["Content-Security-Policy"]
    directives = dict(directive.split(maxsplit=1) for directive in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    if address in WITH_FORMULAS:
        directives["style-src"] = re.sub(r" 'nonce-[\w+/=]+'", "", directives["style-src"])
    assert directives["style-src"] == "'self'"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_has_inline_style_or_code(visitor, address):
    response = visitor.get(address)
    assert attribute(response, "style") == []
    assert [style for style in elements(response, "style") if not style.get("nonce")] == []
    inline = [script for script in elements(response, "script") if "src" not in script]
    assert [script for script in inline if script["type"] != "application/json"] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_file_that_a_page_asks_for_is_there(visitor, address):
    response = visitor.get(address)
    asked = [link["href"] for link in elements(response, "link")] + [
        script["src"] for script in elements(response, "script") if "src" in script
    ]
    assert len(asked) > 3
    assert [path for path in asked if finders.find(path.removeprefix("/static/")) is None] == []


@pytest.mark.parametrize("sheet", sorted((LMS / "web" / "static").rglob("*.css")), ids=_name)
def test_every_file_that_a_style_sheet_asks_for_is_there(sheet):
    asked = re.findall(r'url\("?([^")]+)"?\)', sheet.read_text(encoding="utf-8"))
    assert [path for path in asked if not (sheet.parent / path).is_file()] == []


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_nothing_that_could_be_broken(name):
    page = get_template(name).render()
    assert "Baremath" in page
    assert 'href="/"' in page


def test_a_form_out_of_date_is_explained(django_user_model, catalogue):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "ada"})
    assert response.status_code == 403
    assert "This form was out of date" in response.content.decode()
