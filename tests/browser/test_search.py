"""Search by keyboard alone, with a script and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.learner import MSE
from tests.browser.test_accessibility import faults

STABLE = re.compile("Softmax without overflow")

pytestmark = [pytest.mark.browser, pytest.mark.system]


def field(page):
    return page.get_by_role("combobox", name="Search lessons and tasks", exact=True)


def options(page):
    return page.get_by_role("option")


def listing(new_page, query):
    """Return the start page with a query typed into its search field, once results are listed."""
    page = new_page()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(options(page).first).to_be_visible()
    return page


def test_from_any_page_to_a_lesson_by_keyboard(new_page):
    page = new_page()
    page.goto("/courses/neural-networks/")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")
    page.keyboard.type("convol")
    expect(options(page).first).to_contain_text("Convolution")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_have_text(re.compile(r"\d lessons?, \d tasks?\."))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    chosen = options(page).nth(1).get_attribute("id")
    expect(field(page)).to_have_attribute("aria-activedescendant", chosen)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/courses/convolutional-networks/convolution/$"))


def test_arrow_up_leads_to_the_last_and_round(new_page):
    page = new_page()
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("gradient")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)


def test_escape_closes_then_empties(new_page):
    page = listing(new_page, "gradient")
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("gradient")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")


def test_leaving_the_field_closes_the_list(new_page):
    page = listing(new_page, "gradient")
    page.keyboard.press("Tab")
    expect(options(page).first).to_be_hidden()
    expect(field(page)).not_to_be_focused()


def test_enter_without_a_choice_leads_to_all_results(new_page):
    page = listing(new_page, "gradient")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=gradient$"))
    expect(page.get_by_role("heading", name=re.compile("Lessons"))).to_be_visible()


def test_an_option_can_be_clicked(new_page):
    page = new_page()
    page.goto("/")
    field(page).fill("stable softmax")
    page.get_by_role("option", name=STABLE).click()
    expect(page).to_have_url(re.compile("/tasks/stable-softmax/$"))


def test_a_slow_answer_to_an_older_query_is_dropped(new_page):
    page = new_page()
    page.goto("/")
    held = []
    page.route(re.compile(r"/search/\?q=conv&"), lambda route: held.append(route))  # noqa: PLW0108 -- no builtin here
    with page.expect_request(re.compile(r"/search/\?q=conv&")):
        field(page).fill("conv")
    field(page).fill("softmax")
    expect(options(page).first).to_contain_text("oftmax")
    for route in held:
        route.fulfill(body='<div role="listbox" data-said="old"><a role="option" href="/">old</a></div>')
    expect(options(page).first).to_contain_text("oftmax")


def test_the_editor_keeps_its_keys(learner):
    page = learner.page
    page.goto(MSE)
    learner.write("x = 6")
    page.keyboard.type(" / 2")
    page.keyboard.press("Control+k")
    expect(learner.editor).to_be_focused()
    expect(learner.editor).to_contain_text("x = 6 / 2")


def test_the_key_can_be_turned_off(new_page):
    page = new_page()
    page.goto("/search/")
    box = page.get_by_role("checkbox", name=re.compile("leads to the search field"))
    expect(box).to_be_checked()
    box.uncheck()
    page.goto("/courses/neural-networks/")
    page.keyboard.press("/")
    expect(field(page)).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(field(page)).to_be_focused()


def test_on_a_phone_the_key_leads_to_the_page(new_page):
    page = new_page(width=360)
    page.goto("/")
    page.keyboard.press("Control+k")
    expect(page).to_have_url(re.compile("/search/$"))
    expect(page.get_by_role("combobox", name="Search lessons and tasks for")).to_be_focused()


def test_without_a_script_the_form_does_it(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.locator("#site-search").fill("softmax")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=STABLE)).to_be_visible()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_and_the_page_are_accessible(new_page, screenshot, width, scheme):
    page = new_page(width=width, scheme=scheme)
    found = {}
    for query in ("gradient", "convlution", "qqqqqq", ""):
        page.goto(f"/search/?q={query}")
        found[query or "no query"] = faults(page)
        screenshot(page, f"search-{query or 'empty'}-{width}-{scheme}")
    page.keyboard.type("grad")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found["the list"] = faults(page)
    screenshot(page, f"search-list-{width}-{scheme}")
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
