"""What is typed is never lost: not by a reload, a second tab, a second machine, or a network that is away."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.learner import CORRECT, CRASHING, MSE, PASSWORD, Learner

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]


def open_task(page):
    page.goto(MSE)
    expect(page.locator(".cm-editor")).to_be_visible()
    return Learner(page)


def state(learner):
    return learner.page.locator("#draft-state")


def write_saved(learner, source):
    learner.write(source)
    expect(state(learner)).to_have_text("Saved")


@pytest.fixture
def at_the_task(learner):
    return open_task(learner.page)


@pytest.fixture
def elsewhere(at_the_task, new_page):
    """Return a function that opens the task on another machine of the same learner."""
    return lambda: open_task(new_page(session=at_the_task.page.context.storage_state()))


def test_a_draft_follows_the_learner_to_another_machine_for_each_backend(at_the_task, elsewhere):
    write_saved(at_the_task, "numpy draft")
    at_the_task.page.get_by_role("radio", name="PyTorch").check()
    expect(at_the_task.editor).to_contain_text("import torch")
    write_saved(at_the_task, "torch draft")
    at_the_task.page.get_by_role("radio", name="NumPy").check()
    expect(at_the_task.editor).to_have_text("numpy draft")

    other = elsewhere()
    expect(other.editor).to_have_text("torch draft")
    other.page.get_by_role("radio", name="NumPy").check()
    expect(other.editor).to_have_text("numpy draft")


def test_a_page_left_before_the_pause_is_saved_all_the_same(at_the_task):
    page = at_the_task.page
    at_the_task.write("left at once")
    page.goto("/")
    stored = f"fetch('{MSE}drafts/numpy/').then((answer) => answer.json()).then((draft) => draft.source)"
    page.wait_for_function(f"async () => (await {stored}) === 'left at once'")


def test_a_later_submission_from_elsewhere_is_what_opens(at_the_task, elsewhere):
    at_the_task.submit(CRASHING)
    write_saved(at_the_task, "draft after the submission")
    at_the_task.page.reload()
    expect(at_the_task.editor).to_have_text("draft after the submission")
    elsewhere().submit(CORRECT)
    at_the_task.page.reload()
    expect(at_the_task.editor).to_contain_text("np.mean")


def test_two_tabs_of_a_browser_hold_the_same_text(at_the_task):
    other = open_task(at_the_task.page.context.new_page())
    write_saved(other, "typed in the second tab")
    expect(at_the_task.editor).to_have_text("typed in the second tab")
    write_saved(at_the_task, "and on in the first")
    expect(other.editor).to_have_text("and on in the first")
    expect(state(other)).to_have_text("Saved")


@pytest.fixture
def conflict(at_the_task, elsewhere):
    """The page of the second of two machines on which the same draft was changed."""
    write_saved(at_the_task, "common = 1\nmine = 2\n")
    other = elsewhere()
    write_saved(at_the_task, "common = 1\ntheirs = 3\n")
    other.page.keyboard.press("Escape")
    other.write("common = 1\nmine = 4\n")
    expect(other.page.get_by_role("dialog", name="There are two drafts")).to_be_visible()
    return other


def test_the_second_of_two_machines_is_shown_the_difference_and_keeps_its_text(conflict, elsewhere, screenshot):
    page = conflict.page
    expect(page.locator("#conflict .gone")).to_have_text("− theirs = 3")
    expect(page.locator("#conflict .new")).to_have_text("+ mine = 4")
    screenshot(page, "two-drafts")
    page.get_by_role("button", name="Keep mine").click()
    expect(state(conflict)).to_have_text("Saved")
    expect(elsewhere().editor).to_contain_text("mine = 4")

    page.get_by_role("button", name="Earlier drafts").click()
    page.locator(".earlier-list").get_by_role("button").first.click()
    expect(page.locator("#earlier-drafts .new")).to_have_text("+ theirs = 3")


def test_taking_the_other_draft_puts_ones_own_among_the_earlier_ones(conflict):
    page = conflict.page
    page.get_by_role("button", name="Take the other one").click()
    expect(conflict.editor).to_contain_text("theirs = 3")
    page.get_by_role("button", name="Earlier drafts").click()
    page.locator(".earlier-list").get_by_role("button").first.click()
    page.get_by_role("button", name="Restore this one").click()
    expect(conflict.editor).to_contain_text("mine = 4")
    expect(state(conflict)).to_have_text("Saved")


def test_who_decides_later_goes_on_and_loses_nothing(conflict):
    page = conflict.page
    page.keyboard.press("Escape")
    expect(state(conflict)).to_have_text("Not saved: there are two drafts")
    conflict.write("mine = 5")
    page.reload()
    expect(page.get_by_role("dialog", name="There are two drafts")).to_be_visible()
    page.get_by_role("button", name="Decide later").click()
    page.get_by_role("button", name="Choose a draft").click()
    page.get_by_role("button", name="Keep mine").click()
    expect(conflict.editor).to_have_text("mine = 5")
    expect(state(conflict)).to_have_text("Saved")


def test_what_is_typed_offline_is_saved_when_the_network_is_back(at_the_task, elsewhere):
    context = at_the_task.page.context
    context.set_offline(True)
    at_the_task.write("typed offline")
    expect(state(at_the_task)).to_have_text("Not saved yet: offline, kept in this browser")
    expect(at_the_task.page.get_by_role("status").filter(has_text="kept in this browser")).to_be_attached()
    context.set_offline(False)
    expect(state(at_the_task)).to_have_text("Saved")
    expect(elsewhere().editor).to_have_text("typed offline")


def test_what_was_to_be_run_offline_can_be_run_once_the_network_is_back(at_the_task):
    page = at_the_task.page
    page.context.set_offline(True)
    page.get_by_role("button", name="Run the shown cases").click()
    expect(page.locator("#state")).to_contain_text("The server cannot be reached.")
    page.context.set_offline(False)
    expect(page.locator("#state")).to_have_text("You are online again: press the button once more.")
    page.get_by_role("button", name="Run the shown cases").click()
    expect(at_the_task.results.get_by_role("heading", level=2)).to_be_visible()


def test_a_page_closed_offline_is_taken_up_again(at_the_task):
    context = at_the_task.page.context
    context.set_offline(True)
    at_the_task.write("closed offline")
    expect(state(at_the_task)).to_contain_text("kept in this browser")
    at_the_task.page.close()
    context.set_offline(False)
    again = open_task(context.new_page())
    expect(again.editor).to_have_text("closed offline")
    expect(state(again)).to_have_text("Saved")


def test_what_was_there_before_the_starter_came_back_can_be_restored(at_the_task, screenshot):
    page = at_the_task.page
    write_saved(at_the_task, "half an hour of work")
    page.get_by_role("button", name="Restore the starter").click()
    expect(state(at_the_task)).to_have_text("Saved")
    page.reload()
    expect(at_the_task.editor).to_contain_text("raise NotImplementedError")
    page.get_by_role("button", name="Earlier drafts").click()
    page.locator(".earlier-list").get_by_role("button").click()
    screenshot(page, "earlier-drafts")
    page.get_by_role("button", name="Restore this one").click()
    expect(at_the_task.editor).to_have_text("half an hour of work")


def test_a_visitor_who_runs_is_asked_to_sign_in_and_finds_the_text_again(new_page):
    page = new_page()
    visitor = open_task(page)
    visitor.write("typed before signing up")
    expect(state(visitor)).to_have_text("Kept in this browser")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(f"/accounts/login/?next={MSE}")
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    first = Learner.sign_up_here(page, f"first-{secrets.token_hex(4)}")
    expect(page).to_have_url(MSE)
    expect(first.editor).to_have_text("typed before signing up")
    expect(state(first)).to_have_text("Saved")

    page.context.clear_cookies()
    second = Learner.sign_up(page, f"second-{secrets.token_hex(4)}")
    page.goto(MSE)
    expect(second.editor).to_contain_text("raise NotImplementedError")


def test_a_page_from_before_another_sign_in_says_what_to_do_and_keeps_the_text(learner):
    page, context = learner.page, learner.page.context
    username = page.locator(".site-nav summary").inner_text()
    tab = open_task(page)
    other = Learner(context.new_page())
    context.clear_cookies()
    tab.write("typed when the session had ended")
    expect(state(tab)).to_contain_text("Not saved: reload this page, and sign in again if you are asked to")
    words = page.locator("#state")
    page.get_by_role("button", name="Submit").click()
    expect(words).to_have_text("You are signed out. Sign in again: your code is kept in this browser.")

    other.sign_in(username, PASSWORD)
    page.get_by_role("button", name="Submit").click()
    expect(words).to_have_text(
        "Nothing was sent, because you have signed in again since this page came."
        " Reload this page: your code is kept in this browser."
    )
    page.reload()
    expect(tab.editor).to_have_text("typed when the session had ended")
    expect(state(tab)).to_have_text("Saved")


def test_where_the_task_was_taken_down_the_text_is_kept_all_the_same(at_the_task):
    page = at_the_task.page
    page.route(re.compile("/(drafts/numpy|submit)/$"), lambda route: route.fulfill(status=404, json={}))
    at_the_task.write("half done")
    expect(state(at_the_task)).to_have_text("Not saved: this task is not offered any more; kept in this browser")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("#state")).to_have_text("This task is not offered any more. Your code is kept in this browser.")
