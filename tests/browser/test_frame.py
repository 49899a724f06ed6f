"""The frame of the pages under the fingers: menus, contents, code to copy; and the way to a first accepted task."""

import re
import secrets

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.learner import PASSWORD, Learner

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]

LESSON = "/courses/supervised-learning/gradient-descent/"


def test_on_a_phone_the_menu_opens_without_a_script_and_leads_to_the_courses(new_page):
    page = new_page(width=360, java_script_enabled=False)
    page.goto(LESSON)
    courses = page.get_by_role("navigation", name="Main").get_by_role("link", name="Courses")
    expect(courses).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    courses.click()
    expect(page).to_have_url("/#courses")


def test_an_open_menu_closes_by_escape_and_by_a_click_elsewhere(learner):
    page = learner.page
    menu = page.locator(".site-nav details.menu")
    summary = menu.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(menu).not_to_have_attribute("open", "")

    summary.click()
    expect(menu).to_have_attribute("open", "")
    page.get_by_role("heading", level=1).click()
    expect(menu).not_to_have_attribute("open", "")


def test_the_contents_follow_the_reading(new_page):
    page = new_page()
    page.goto(LESSON)
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents).to_be_visible()
    contents.get_by_role("link", name="Many parameters").click()
    expect(contents.locator("[aria-current]")).to_have_text("Many parameters")
    page.evaluate("scrollTo(0, 0)")
    expect(contents.locator("[aria-current]")).to_have_count(0)
    # A leap over several sections at once crosses no line between them.
    heading = page.get_by_role("heading", name="Pitfalls")
    heading.evaluate("(heading) => scrollBy(0, heading.getBoundingClientRect().bottom + 5)")
    expect(contents.locator("[aria-current]")).to_have_text("Pitfalls")


def test_on_a_narrow_screen_the_contents_unfold(new_page):
    page = new_page(width=360)
    page.goto(LESSON)
    link = page.get_by_role("link", name="Many parameters")
    expect(link).to_be_hidden()
    page.get_by_text("On this page").and_(page.locator("summary")).click()
    link.click()
    expect(page.get_by_role("heading", name="Many parameters")).to_be_in_viewport()


def test_a_session_is_copied_without_its_prompts_and_output(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(LESSON)
    block = page.locator(".code-block").first
    shown = block.locator("pre").inner_text().splitlines()
    block.get_by_role("button", name="Copy this code").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    typed = [line[4:] for line in shown if line.startswith((">>>", "..."))]
    assert len(typed) < len(shown)
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == typed


def sign_up(page, click):
    click(page.get_by_role("banner").get_by_role("link", name="Sign up"))
    page.get_by_label("Username").fill(f"new-{secrets.token_hex(4)}")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    click(page.get_by_role("main").get_by_role("button", name="Sign up"))


def straight(page, click):
    sign_up(page, click)
    expect(page.get_by_role("heading", level=1)).to_have_text("Start here")
    click(page.get_by_role("link", name="Straight to its task"))


def by_the_lesson(page, click):
    click(page.get_by_role("link", name=re.compile("Start with")))
    click(page.get_by_label("Prove it").get_by_role("link").first)
    sign_up(page, click)  # which leads back to the task


@pytest.mark.parametrize("way", [straight, by_the_lesson])
def test_from_the_start_page_to_a_first_accepted_task_in_five_clicks(new_page, way):
    page, clicks = new_page(), []

    def click(control):
        clicks.append(control)
        control.click()

    page.goto("/")
    way(page, click)
    expect(page).to_have_url(re.compile("/tasks/"))
    learner = Learner(page)
    learner.write(accepted_source(page.url.rstrip("/").rpartition("/")[2]))
    click(page.get_by_role("button", name="Submit"))
    expect(learner.results.get_by_role("heading", level=2)).to_have_text("Accepted")
    assert len(clicks) <= 5


def accepted_source(slug):
    [folder] = settings.CONTENT_DIR.glob(f"*/*/{slug}")
    sources = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("submissions/accepted/*.py")))
    return next(source for source in sources if "torch" not in source)
