"""The task page under the fingers."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.learner import CORRECT, CRASHING, MSE, Learner

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]


@pytest.fixture
def at_the_task(learner):
    learner.page.goto(MSE)
    expect(learner.editor).to_be_visible()
    return learner


def test_the_keyboard_submits_and_the_hint_says_when_the_code_has_changed(at_the_task):
    page = at_the_task.page
    at_the_task.write(CORRECT)
    page.keyboard.press("Control+Shift+Enter")
    expect(at_the_task.results.locator(".score")).to_be_visible()
    stale = page.get_by_text("Code changed since this result")
    expect(stale).to_be_hidden()
    page.keyboard.type("# later")
    expect(stale).to_be_visible()


def test_escape_and_tab_leave_the_editor_and_tab_alone_indents(at_the_task):
    page = at_the_task.page
    at_the_task.write("x = 1")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(at_the_task.editor).to_have_text("    x = 1")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run the shown cases")).to_be_focused()


def test_typing_over_a_selection(at_the_task):
    at_the_task.write(CORRECT)  # coloured text, whose colour Chromium would keep in a style attribute
    at_the_task.page.keyboard.press("Control+A")
    at_the_task.page.keyboard.type("import math")
    expect(at_the_task.editor).to_have_text("import math")
    at_the_task.page.keyboard.press("Control+A")
    at_the_task.page.keyboard.type("(")
    expect(at_the_task.editor).to_have_text("(import math)")
    at_the_task.page.keyboard.press("Control+Z")
    expect(at_the_task.editor).to_have_text("import math")


def test_a_draft_survives_a_reload_for_each_backend(at_the_task):
    page = at_the_task.page
    at_the_task.write("numpy draft")
    page.get_by_role("radio", name="PyTorch").check()
    expect(at_the_task.editor).to_contain_text("import torch")
    at_the_task.write("torch draft")
    page.reload()
    page.get_by_role("radio", name="PyTorch").check()
    expect(at_the_task.editor).to_have_text("torch draft")
    page.get_by_role("radio", name="NumPy").check()
    expect(at_the_task.editor).to_have_text("numpy draft")


def test_a_draft_from_after_a_submission_survives_and_gives_way_to_a_later_submission(at_the_task, new_page):
    page = at_the_task.page
    at_the_task.submit(CRASHING)
    at_the_task.write("draft after the submission")
    page.reload()
    expect(at_the_task.editor).to_have_text("draft after the submission")

    elsewhere = Learner(new_page())
    elsewhere.page.context.add_cookies(page.context.cookies())
    elsewhere.page.goto(MSE)
    expect(elsewhere.editor).to_contain_text("far_element")
    elsewhere.submit(CORRECT)
    page.reload()
    expect(at_the_task.editor).to_contain_text("np.mean")


def test_what_a_visitor_typed_is_there_after_signing_up_and_not_for_the_next_person(new_page):
    page = new_page()
    page.goto(MSE)
    Learner(page).write("typed before signing up")
    first = Learner.sign_up(page, f"first-{secrets.token_hex(4)}")
    page.goto(MSE)
    expect(first.editor).to_have_text("typed before signing up")
    first.write("mine alone")

    page.context.clear_cookies()
    second = Learner.sign_up(page, f"second-{secrets.token_hex(4)}")
    page.goto(MSE)
    expect(second.editor).to_contain_text("raise NotImplementedError")


def test_the_starter_comes_back_and_goes_again(at_the_task):
    at_the_task.write("mine")
    at_the_task.page.get_by_role("button", name="Restore the starter").click()
    expect(at_the_task.editor).to_contain_text("raise NotImplementedError")
    at_the_task.page.keyboard.press("Control+Z")
    expect(at_the_task.editor).to_have_text("mine")


def test_a_traceback_leads_to_its_line(at_the_task):
    at_the_task.submit(CRASHING)
    expect(at_the_task.results).to_contain_text("IndexError")
    at_the_task.results.get_by_role("link", name="Line 6").click()
    expect(at_the_task.editor).to_be_focused()
    expect(at_the_task.page.locator(".cm-activeLine")).to_have_text("    return values.reshape(-1)[10_000]")


def test_a_refused_submission_says_why(at_the_task):
    at_the_task.write(" ")
    at_the_task.page.get_by_role("button", name="Submit").click()
    expect(at_the_task.page.get_by_text("The source is empty.")).to_be_visible()


def test_the_panes_are_resized_by_keyboard_and_stay_so(at_the_task):
    page = at_the_task.page
    divider = page.get_by_role("separator", name="Width of the statement")
    before = page.get_by_role("region", name="Statement").bounding_box()["width"]
    divider.focus()
    page.keyboard.press("End")
    expect(divider).to_have_attribute("aria-valuenow", "65")
    page.reload()
    expect(divider).to_have_attribute("aria-valuenow", "65")
    assert page.get_by_role("region", name="Statement").bounding_box()["width"] > before + 100
