"""The concept map under the fingers: along its links by arrow keys, zoomed by buttons, as a list on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.learner import CORRECT, MSE
from tests.browser.test_accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.system]

ORIGIN = "/courses/foundations/partial-derivatives-and-gradients/"
PLACE = """(label) => {
    const { x, y } = label.querySelector("rect");
    return [x.baseVal.value, y.baseVal.value];
}"""


@pytest.fixture
def at_the_map(new_page):
    page = new_page(width=1440)
    page.goto("/map/")
    expect(page.get_by_role("button", name="Fit")).to_be_visible()
    return page


def label(page, address):
    return page.locator(f'a.map-label[href="{address}"]')


def focused(page):
    return page.locator("a.map-label:focus")


def press(page, key):
    """Press a key on a label; return the label that has the focus then."""
    page.keyboard.press(key)
    expect(focused(page)).to_be_in_viewport(ratio=0.9)
    return focused(page).get_attribute("href")


def needs(page, address):
    return label(page, address).get_attribute("data-needs").split()


def test_arrow_keys_follow_the_links_there_and_back(at_the_map):
    page = at_the_map
    label(page, ORIGIN).focus()
    after = press(page, "ArrowRight")
    assert ORIGIN in needs(page, after)
    assert press(page, "ArrowLeft") in needs(page, after)


def test_arrow_keys_go_up_and_down_a_column_and_stay_where_there_is_no_further(at_the_map):
    page = at_the_map
    label(page, ORIGIN).focus()
    passed = [ORIGIN, *(press(page, "ArrowDown") for _ in range(4))]
    places = [label(page, address).evaluate(PLACE) for address in passed]
    assert {x for x, _ in places} == {places[0][0]}
    assert [y for _, y in places] == sorted({y for _, y in places})
    for _ in range(6):
        first = press(page, "ArrowUp")
    assert first == ORIGIN
    assert press(page, "ArrowLeft") == ORIGIN


def test_the_whole_map_can_be_reached_by_arrow_keys(at_the_map):
    page = at_the_map
    label(page, ORIGIN).focus()
    seen, ways = {ORIGIN}, [ORIGIN]
    while ways:
        address = ways.pop()
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
            label(page, address).focus()
            page.keyboard.press(key)
            if (found := focused(page).get_attribute("href")) not in seen:
                seen.add(found)
                ways.append(found)
    assert seen == set(page.locator("a.map-label").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))"))


def test_what_belongs_to_the_focus_is_lit_and_enter_opens_it(at_the_map):
    page = at_the_map
    label(page, ORIGIN).focus()
    after = press(page, "ArrowRight")
    expect(label(page, ORIGIN)).to_have_class(re.compile("is-lit"))
    lit = page.locator(".links path.is-lit")
    touching = page.locator(f'.links path[data-source="{after}"], .links path[data-target="{after}"]')
    expect(lit).to_have_count(touching.count())
    page.keyboard.press("Enter")
    expect(page).to_have_url(after)


def test_buttons_zoom_and_the_wheel_does_not(at_the_map):
    page = at_the_map
    drawing = page.locator("svg.map")
    width = drawing.bounding_box()["width"]
    page.get_by_role("button", name="Zoom in").press("Enter")
    assert drawing.bounding_box()["width"] == pytest.approx(1.25 * width, rel=0.01)
    page.get_by_role("button", name="Zoom out").press("Enter")
    page.locator(".map-box").hover()
    page.mouse.wheel(0, 300)
    expect(label(page, ORIGIN)).not_to_be_in_viewport()  # the wheel has scrolled
    assert drawing.bounding_box()["width"] == pytest.approx(width, rel=0.01)
    page.get_by_role("button", name="Fit").press("Enter")
    box = page.locator(".map-box").bounding_box()
    assert drawing.bounding_box()["width"] <= box["width"] + 1


def test_the_ground_is_dragged_and_the_titles_of_the_courses_stay(at_the_map):
    page = at_the_map
    box = page.locator(".map-box").bounding_box()
    title = page.locator(".lane-title").first
    left = title.bounding_box()["x"]
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 430, box["y"] + 60, steps=4)
    page.mouse.up()
    assert page.evaluate("document.querySelector('.map-box').scrollLeft") == pytest.approx(400, abs=2)
    assert title.bounding_box()["x"] == pytest.approx(left, abs=2)


def test_without_a_script_all_is_there_and_nothing_that_would_not_work(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/map/")
    expect(
        page.get_by_role("region", name="The map as a list").get_by_role("link", name="Mean squared error")
    ).to_be_visible()
    expect(label(page, ORIGIN)).to_be_visible()
    expect(page.get_by_role("button", name="Fit")).to_be_hidden()


@pytest.mark.jail
def test_what_was_passed_is_done_on_the_map_and_leads_on(learner):
    page = learner.page
    page.goto(MSE)
    learner.submit(CORRECT)
    page.goto("/map/")
    expect(page.get_by_role("link", name="Mean squared error, task: done")).to_be_visible()
    page.get_by_role("link", name="What is next").click()
    expect(page.get_by_role("region", name="The map as a list")).not_to_contain_text("Mean squared error")
    page.goto("/progress/")
    expect(page.get_by_text("You passed Mean squared error")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_map_and_progress_at_every_width_in_both_schemes(learner, new_page, screenshot, width, scheme):
    page = new_page(width=width, scheme=scheme, session=learner.page.context.storage_state())
    found = {}
    for name, address in {"map": "/map/", "map-next": "/map/?show=next", "progress": "/progress/"}.items():
        page.goto(address)
        found[name] = faults(page)
        screenshot(page, f"{name}-{width}-{scheme}")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_with_forced_colours_the_drawing_takes_those_of_the_system(new_page):
    page = new_page(forced_colors="active")
    page.goto("/map/")
    system = page.evaluate(
        """() => ["Canvas", "CanvasText", "LinkText", "CanvasText"].map((name) => {
            document.body.style.cssText = `forced-color-adjust: none; color: ${name}`;
            return getComputedStyle(document.body).color;
        })"""
    )
    colour = "(part, property) => getComputedStyle(part)[property]"
    box = page.locator(".map-card-box").first
    assert [
        box.evaluate(colour, "fill"),
        box.evaluate(colour, "stroke"),
        page.locator(".lesson text").first.evaluate(colour, "fill"),
        page.locator(".links path").first.evaluate(colour, "stroke"),
    ] == system


def test_on_a_phone_the_list_comes_first_and_the_drawing_scrolls_in_its_box(new_page):
    page = new_page(width=360, height=780)
    page.goto("/map/")
    listed, drawn = page.locator(".map-list").bounding_box(), page.locator(".map-box").bounding_box()
    assert listed["y"] + listed["height"] <= drawn["y"]
    assert drawn["width"] <= 360
    assert page.evaluate("document.querySelector('.map-box').scrollWidth") > 1000
