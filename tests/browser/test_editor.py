"""The task page under the fingers."""

import pytest
from playwright.sync_api import expect

from tests.browser.learner import CORRECT, CRASHING, MSE

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
    expect(page.get_by_role("separator", name="Height of the editor")).to_be_focused()
    expect(page.get_by_text("leaves the editor")).to_be_visible()


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


@pytest.mark.parametrize(
    ("name", "part", "side", "most"),
    [("Width of the statement", "#statement", "width", "65"), ("Height of the editor", "#editor", "height", "85")],
)
def test_the_panes_are_resized_by_keyboard_and_stay_so(at_the_task, name, part, side, most):
    page = at_the_task.page
    divider, pane = page.get_by_role("separator", name=name), page.locator(part)
    divider.focus()
    page.keyboard.press("Home")
    before = pane.bounding_box()[side]
    page.keyboard.press("ArrowRight" if side == "width" else "ArrowDown")
    assert pane.bounding_box()[side] > before
    page.keyboard.press("End")
    expect(divider).to_have_attribute("aria-valuenow", most)
    page.reload()
    expect(divider).to_have_attribute("aria-valuenow", most)
    assert pane.bounding_box()[side] > before + 100


def test_the_panes_are_resized_by_mouse(at_the_task):
    page = at_the_task.page
    divider, editor = page.get_by_role("separator", name="Height of the editor"), page.locator("#editor")
    before, box = editor.bounding_box()["height"], divider.bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 50, box["y"] - 100)
    page.mouse.up()
    assert editor.bounding_box()["height"] < before - 80
