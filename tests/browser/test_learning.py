"""From the start page to a passed task."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.learner import CORRECT, HALVED, MSE

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]


def test_sign_up_read_fail_fix_pass(learner, screenshot):
    page = learner.page
    page.goto("/")
    page.get_by_role("link", name=re.compile("Start with")).click()
    page.goto("/courses/supervised-learning/loss-functions/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Loss functions")
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.locator("figure svg.fig").first).to_be_visible()

    page.get_by_label("Prove it").get_by_role("link", name="Mean squared error").click()
    learner.submit(HALVED)
    expect(learner.results.get_by_role("heading", level=2)).to_have_text("Wrong answer")
    expect(learner.results).to_contain_text("You computed half of the sum of the squares.")
    expect(learner.results.locator(".array.got td.differs")).to_have_text("2.625 differs")
    expect(learner.results.locator(".array.expected td")).to_have_text("1.3125 differs")
    expect(learner.results.locator(".printed")).to_contain_text("differences")
    expect(page.get_by_role("status").filter(has_text="Wrong answer. 0 of 10 points.")).to_be_attached()
    screenshot(page, "wrong-answer")

    learner.submit(CORRECT)
    expect(learner.results.get_by_role("heading", level=2)).to_have_text("Accepted")
    expect(learner.results.locator(".score")).to_have_text("10 of 10 points")
    screenshot(page, "accepted")

    page.goto(f"{MSE}submissions/")
    expect(page.locator(".verdict-word")).to_have_text([re.compile("Accepted"), re.compile("Wrong answer")])
    page.get_by_role("cell").get_by_role("link").last.click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Wrong answer")
    expect(page.locator("#L6")).to_contain_text("np.sum((y_pred - y_true) ** 2) / 2")
    page.goto("/courses/supervised-learning/")
    expect(page.get_by_text(re.compile(r"1 of \d+ tasks done"))).to_be_visible()


def test_without_a_script_submitting_needs_a_reload_and_nothing_else(learner, new_page, screenshot):
    page = new_page(session=learner.page.context.storage_state(), java_script_enabled=False)
    page.goto(MSE)
    page.get_by_role("textbox", name="Your code").fill(HALVED)
    page.get_by_role("button", name="Submit").click()
    expect(page).to_have_url(re.compile("/submissions/"))
    expect(page.get_by_role("heading", level=2).first).to_have_text("Wrong answer")  # comes by <meta> refresh
    expect(page.get_by_text("You computed half of the sum of the squares.")).to_be_visible()
    screenshot(page, "without-script")

    page.get_by_role("button", name="Open in the editor").click()
    expect(page.get_by_role("textbox", name="Your code")).to_have_value(HALVED)
    page.get_by_role("button", name="Run the shown cases").click()
    expect(page).to_have_url(re.compile("/runs/"))
    expect(page.get_by_role("heading", level=2).first).to_have_text("Not all shown cases pass")


def test_without_a_script_the_code_of_each_backend_is_a_link_away(learner, new_page):
    page = new_page(session=learner.page.context.storage_state(), java_script_enabled=False)
    page.goto(MSE)
    expect(page.locator(".editor-keys")).to_be_hidden()
    page.get_by_role("link", name="Open the PyTorch code").click()
    expect(page.get_by_role("radio", name="PyTorch")).to_be_checked()
    expect(page.get_by_role("textbox", name="Your code")).to_have_value(re.compile("import torch"))
    expect(page.get_by_role("link", name="Open the NumPy code")).to_be_visible()


def test_without_a_script_code_outlives_the_session(learner, new_page):
    page = new_page(session=learner.page.context.storage_state(), java_script_enabled=False)
    page.goto(MSE)
    page.get_by_role("textbox", name="Your code").fill(HALVED)
    page.context.clear_cookies()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your code")).to_have_value(HALVED)
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(f"/accounts/login/?next={MSE}")


def test_a_verdict_comes_where_no_events_get_through(learner):
    learner.page.route("**/events/**", lambda route: route.fulfill(status=204))
    learner.page.goto(MSE)
    learner.submit(CORRECT)
    expect(learner.results.get_by_role("heading", level=2)).to_have_text("Accepted")


def test_a_run_shows_the_shown_cases_and_records_nothing(learner):
    learner.page.goto(MSE)
    learner.write(CORRECT)
    learner.page.keyboard.press("Control+Enter")
    expect(learner.results.get_by_role("heading", level=2)).to_have_text("Shown cases pass")
    expect(learner.results.get_by_role("group")).not_to_have_count(0)
    learner.page.goto(f"{MSE}submissions/")
    expect(learner.page.get_by_role("heading", name="Nothing yet")).to_be_visible()
