"""Running one's own input, hints, the solution, waiting: by mouse, by keyboard, on a phone, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.learner import CORRECT, CRASHING, MSE

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]

DIFFERENCES = """def mean_squared_error(y_true, y_pred):
    print("on it")
    return y_pred - y_true
"""
SLOW = """import time


def mean_squared_error(y_true, y_pred):
    time.sleep(0.25)
    return 0.0
"""


@pytest.fixture
def at_the_task(learner):
    learner.page.goto(MSE)
    expect(learner.page.locator(".cm-editor")).to_be_visible()
    return learner


def field(page, name):
    return page.get_by_role("textbox", name=re.compile(rf"^{name} "))


def test_ones_own_input_is_run_and_what_is_wrong_with_it_stands_beside_it(at_the_task, screenshot):
    page = at_the_task.page
    at_the_task.write(DIFFERENCES)
    page.get_by_role("radio", name="Your own input").check()
    expect(field(page, "y_true")).to_have_value("[3., 5., 2., 8.]")
    field(page, "y_true").fill("[1, oops]")
    page.get_by_role("button", name="Run your own input").click()
    expect(field(page, "y_true")).to_be_focused()
    expect(page.get_by_text("“oops” has no value here")).to_be_in_viewport()
    expect(field(page, "y_true")).to_have_accessible_description(re.compile("“oops” has no value here"))

    field(page, "y_true").fill("[1, 2]")
    field(page, "y_pred").fill("[1, 5]")
    at_the_task.editor.click()
    page.keyboard.press("Control+Enter")
    expect(at_the_task.results.get_by_role("heading", level=2)).to_have_text("Your code returned")
    expect(at_the_task.results.get_by_role("cell")).to_have_text(["0", "3", "1", "2", "1", "5"])  # and the input
    expect(at_the_task.results).to_contain_text("on it")
    expect(field(page, "y_true")).to_have_accessible_description("")
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0  # each pane scrolls by itself
    screenshot(page, "own-input")

    field(page, "y_pred").fill("[1, 6]")
    expect(page.get_by_text("Input changed since this result")).to_be_visible()
    page.reload()
    page.get_by_role("radio", name="Your own input").check()
    expect(field(page, "y_pred")).to_have_value("[1, 6]")
    page.get_by_role("button", name="Back to the first shown case").click()
    expect(field(page, "y_pred")).to_have_value("[2.5, 5. , 4. , 7. ]")


def test_a_traceback_of_ones_own_input_leads_to_its_line(at_the_task):
    page = at_the_task.page
    at_the_task.write(CRASHING)
    page.get_by_role("radio", name="Your own input").check()
    page.get_by_role("button", name="Run your own input").click()
    at_the_task.results.get_by_role("link", name="Line 6").click()
    expect(at_the_task.editor).to_be_focused()


def test_by_keyboard_alone_from_the_editor_to_the_result(at_the_task):
    page = at_the_task.page
    at_the_task.write(DIFFERENCES)
    for key in ("Escape", "Tab", "Tab", "ArrowRight"):  # the divider, then the choice of what to run on
        page.keyboard.press(key)
    expect(page.get_by_role("radio", name="Your own input")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run your own input")).to_be_focused()
    for key in ("Tab", "Tab"):  # past Submit
        page.keyboard.press(key)
    expect(field(page, "y_true")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(at_the_task.results.get_by_role("heading", level=2)).to_have_text("Your code returned")


def test_while_code_runs_for_longer_the_page_counts_its_cases(at_the_task):
    at_the_task.write(SLOW)
    at_the_task.page.get_by_role("button", name="Submit").click()
    expect(at_the_task.results).to_contain_text(re.compile(r"Case \d+ of \d+"))
    first = int(at_the_task.results.locator(".case-number").inner_text())
    later = "first => Number(document.querySelector('.case-number')?.textContent) > first"
    at_the_task.page.wait_for_function(later, arg=first)
    expect(at_the_task.results.locator(".score")).to_be_visible()


def test_events_that_stay_away_are_asked_for_again(at_the_task):
    """At first neither events nor answers get through, then events alone: the verdict comes by them."""
    page, away = at_the_task.page, [2]

    def refuse(route):
        away[0] -= 1
        route.fulfill(status=204) if away[0] >= 0 else route.continue_()

    page.route("**/events/**", refuse)
    page.route("**/state/", lambda route: route.fulfill(status=200, json={"status": "running", "cases": 3, "case": 1}))
    at_the_task.submit(CORRECT)


def test_hints_open_one_after_the_other(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(MSE)
    titles = page.locator(".hint > summary")
    count = titles.count()
    assert count > 1
    for number in range(count):
        expect(titles.locator("visible=true")).to_have_count(number + 1)
        titles.nth(number).click()


def test_the_solution_asks_once_more(new_page, learner):
    page = new_page(java_script_enabled=False)
    page.goto(MSE)
    page.get_by_role("link", name="See the solution").click()
    expect(page.get_by_text("recorded nowhere")).to_be_visible()
    page.get_by_role("button", name="Show the solution").click()
    expect(page.get_by_text("np.mean(residual**2)")).to_be_visible()


def test_ones_own_input_without_a_script(learner, new_page):
    page = new_page(session=learner.page.context.storage_state(), java_script_enabled=False)
    page.goto(MSE)
    page.get_by_role("textbox", name="Your code").fill(DIFFERENCES)
    page.get_by_role("radio", name="Your own input").check()
    field(page, "y_true").fill("[1, oops]")
    field(page, "y_pred").fill("[1, 5]")
    page.get_by_role("button", name="Run your own input").click()
    expect(field(page, "y_true")).to_have_accessible_description(re.compile("“oops” has no value here"))
    expect(page.get_by_role("textbox", name="Your code")).to_have_value(DIFFERENCES)
    field(page, "y_true").fill("[1, 2]")
    page.get_by_role("button", name="Run your own input").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Your code returned")
    expect(page.get_by_role("cell").first).to_have_text("0")


def test_on_a_phone_a_bar_leads_to_each_of_the_three_parts(learner, new_page):
    page = new_page(width=360, height=640, session=learner.page.context.storage_state(), has_touch=True)
    page.goto(MSE)
    expect(page.locator(".cm-editor")).to_be_visible()
    bar = page.get_by_role("navigation", name="Parts of this page")
    for name, part in {"Result": "#results", "Code": ".cm-editor", "Statement": "h1"}.items():
        bar.get_by_role("link", name=name).click()
        expect(page.locator(part)).to_be_in_viewport()
        expect(bar).to_be_in_viewport()


def test_on_paper_stand_the_statement_and_all_of_the_code(at_the_task):
    page = at_the_task.page
    at_the_task.write("\n".join(f"# line {number} {'and on ' * 40}" for number in range(60)))
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Submit")).to_be_hidden()
    expect(page.get_by_role("heading", name="Hints")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".cm-line", has_text="line 59")).to_be_visible()
    inside = "(editor) => editor.scrollHeight <= editor.clientHeight && editor.scrollWidth <= editor.clientWidth"
    assert page.locator("#editor").evaluate(inside)
    page.emulate_media(media="screen")
    assert not page.locator(".cm-scroller").evaluate(inside)


def test_with_forced_colours_no_sign_of_a_formula_hides_another(new_page):
    """What hides them is a ground that the browser puts behind each piece of text, in these colours alone."""
    page = new_page(forced_colors="active")
    page.goto(MSE)
    signs = page.locator(".katex .accent .mord, .katex .accent-body")
    adjusts = "(signs) => [...new Set(signs.map((sign) => getComputedStyle(sign).forcedColorAdjust))]"
    assert signs.evaluate_all(adjusts) == ["none"]
