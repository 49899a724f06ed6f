"""The account by keyboard: tokens, sessions, archive, and its end."""

import json
import re
import urllib.request
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.learner import PASSWORD
from tests.browser.test_accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.system]

PAGES = ["profile", "email", "password/change", "2fa", "sessions", "tokens", "export", "delete"]


def go(page, address):
    """Open a page of the account; type the password once more where it is asked for."""
    page.goto(f"/accounts/{address}/")
    if "/reauthenticate/" in page.url:
        page.get_by_role("main").get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/accounts/{address}/")


def username_of(learner):
    go(learner.page, "profile")
    return learner.page.locator("dt:text-is('Username') + dd").text_content()


def test_a_token_is_made_copied_and_revoked(learner):
    page = learner.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, "tokens")
    page.get_by_label("Name").fill("laptop")
    page.keyboard.press("Enter")
    secret = page.locator("#new-token").text_content()
    page.get_by_role("button", name="Copy").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    page.reload()  # shows the page, and makes no second token
    expect(page.get_by_role("list", name="Your tokens").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_text(secret)).to_have_count(0)
    page.get_by_role("button", name="Revoke laptop").press("Enter")
    expect(page.get_by_text("You have no tokens.")).to_be_visible()


def begin_device_flow(stack):
    """Ask as a program does that wants to be let in; return its codes."""
    body = json.dumps({"client_name": "baremath on ada's laptop", "scopes": ["read", "submit"]}).encode()
    request = urllib.request.Request(f"{stack.url}/api/v1/device/", body, {"Content-Type": "application/json"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as response:
        return json.load(response)


@pytest.mark.parametrize(("decision", "said"), [("Approve", "laptop” is in"), ("Deny", "laptop” was not let in")])
def test_a_program_is_let_in_or_not_without_scripts(stack, learner, new_page, decision, said):
    page = new_page(session=learner.page.context.storage_state(), java_script_enabled=False)
    code = begin_device_flow(stack)["user_code"]
    page.goto("/device/")
    page.get_by_label("Code").press_sequentially(code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Let “baremath on ada's laptop” in?")
    page.get_by_role("button", name=decision).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(said)
    expect(page.get_by_text("You can close this page.")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_let_a_program_in_are_accessible(stack, learner, new_page, screenshot, width, scheme):
    page = new_page(width=width, scheme=scheme, session=learner.page.context.storage_state())
    found = {}
    page.goto(begin_device_flow(stack)["verification_uri_complete"])
    found["the code"] = faults(page)
    screenshot(page, f"device-code-{width}-{scheme}")
    page.get_by_label("Code").press("Enter")
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    found["the question"] = faults(page)
    screenshot(page, f"device-question-{width}-{scheme}")
    page.get_by_role("button", name="Approve").press("Enter")
    expect(page.get_by_text("You can close this page.")).to_be_visible()
    found["the end"] = faults(page)
    screenshot(page, f"device-end-{width}-{scheme}")
    page.goto("/device/?code=nonsense")
    page.get_by_label("Code").press("Enter")
    expect(page.get_by_text("is not a code")).to_be_visible()
    found["a mistake"] = faults(page)
    screenshot(page, f"device-mistake-{width}-{scheme}")
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_another_session_is_signed_out(learner, new_page):
    username = username_of(learner)
    other = new_page()
    other.goto("/accounts/login/")
    other.get_by_label("Username or email address").fill(username)
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other).to_have_title(re.compile("Your desk"))
    go(learner.page, "sessions")
    others = learner.page.get_by_role("list", name="Other sessions").get_by_role("listitem")
    expect(others).to_have_count(1)
    learner.page.get_by_role("button", name="Sign out all other sessions").press("Enter")
    expect(others).to_have_count(0)
    other.goto("/accounts/profile/")
    expect(other).to_have_url(re.compile("/accounts/login/"))


def test_the_archive_is_a_zip(learner):
    go(learner.page, "export")
    with learner.page.expect_download() as download:
        learner.page.get_by_role("button", name="Download your data").press("Enter")
    assert re.fullmatch(r"baremath-learner-\w+-\d{4}-\d\d-\d\d\.zip", download.value.suggested_filename)
    with zipfile.ZipFile(download.value.path()) as archive:
        assert json.loads(archive.read("profile.json"))["username"].startswith("learner-")


def test_an_account_is_deleted_by_typing_its_name(learner):
    page = learner.page
    username = username_of(learner)
    go(page, "delete")
    page.get_by_label("Your username").fill("somebody else")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing was deleted.")).to_be_visible()
    page.get_by_label("Your username").fill(username)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your account is deleted")).to_be_visible()
    page.goto("/accounts/profile/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_on_a_phone_the_pages_are_folded_into_one_line(learner, new_page):
    page = new_page(width=360, session=learner.page.context.storage_state())
    page.goto("/accounts/profile/")
    page.get_by_text("Your account: Profile").press("Enter")
    page.get_by_role("navigation", name="Your account").get_by_role("link", name="Sessions").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sessions")


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_account_are_accessible(learner, new_page, screenshot, width, scheme):
    page = new_page(width=width, scheme=scheme, session=learner.page.context.storage_state())
    found = {}
    for name in PAGES:
        go(page, name)
        found[name] = faults(page)
        screenshot(page, f"account-{name.replace('/', '-')}-{width}-{scheme}")
    page.goto("/accounts/tokens/")
    page.get_by_label("Name").fill("laptop")
    page.keyboard.press("Enter")
    expect(page.locator("#new-token")).to_be_visible()
    found["a new token"] = faults(page)
    screenshot(page, f"account-new-token-{width}-{scheme}")
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
