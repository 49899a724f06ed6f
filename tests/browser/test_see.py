"""Every figure that moves, on its lesson's page: it fits into the room that was kept for it, on all screens."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import ARTIFACTS
from tests.browser.test_accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.system]

LESSONS = {
    f"{path.parent.parent.name}/{path.parent.name.partition('-')[2]}": re.findall(r"\]\(see:([a-z0-9-]+)\)", text)
    for path in sorted(settings.CONTENT_DIR.glob("*/*/lesson.md"))
    if "](see:" in (text := path.read_text(encoding="utf-8"))
}
HEIGHTS = """stage => {
    const bottom = Math.max(...[...stage.children].map((child) => child.getBoundingClientRect().bottom));
    return [stage.offsetHeight, bottom - stage.getBoundingClientRect().top];
}"""
ROUNDING_PX = 2
MOST_SPARE_PX = 80  # three lines and a little: words and controls wrap here and there


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_figure_fits_where_it_is_drawn(new_page, width, scheme):
    page, found = new_page(width=width, scheme=scheme), {}
    for lesson, names in LESSONS.items():
        page.goto(f"/courses/{lesson}/")
        page.reload()  # a typeface that came too late for the first visit is there now
        for name in names:
            figure = page.locator(f'.see[data-see="{name}"]')
            stage = figure.locator(".see-stage")
            kept = stage.evaluate("stage => stage.offsetHeight")
            figure.scroll_into_view_if_needed()
            expect(stage.locator(".see-readout strong")).not_to_be_empty()
            taken, filled = stage.evaluate(HEIGHTS)
            if taken > kept + ROUNDING_PX or filled < kept - MOST_SPARE_PX:
                found[name] = f"{kept} px were kept, {filled:.0f} px are filled"
        if wrong := faults(page):
            found[lesson] = wrong
        for name in names:  # last: it stretches the window, which shifts things
            page.locator(f'.see[data-see="{name}"]').screenshot(path=ARTIFACTS / f"see-{name}-{width}-{scheme}.png")
    assert found == {}


def test_without_a_script_a_sentence_says_where_to_look(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/courses/supervised-learning/gradient-descent/")
    figure = page.locator('.see[data-see="gradient-descent"]')
    expect(figure.locator(".see-still")).to_be_visible()
    expect(figure.locator(".see-still")).to_contain_text("This figure moves only with JavaScript.")
    expect(figure.locator(".see-stage")).to_be_hidden()
    expect(figure.locator("figcaption")).to_be_visible()


def test_a_figure_that_does_not_load_says_so(stack, chromium):
    """Not by `new_page`: the browser is to complain here."""
    with chromium.new_context(base_url=stack.url) as context:
        page = context.new_page()
        empty = {"body": "export {};", "content_type": "text/javascript"}
        page.route(re.compile(r"/see/gradient-descent[.\w]*\.js"), lambda route: route.fulfill(**empty))
        page.goto("/courses/supervised-learning/gradient-descent/")
        page.locator('.see[data-see="gradient-descent"]').scroll_into_view_if_needed()
        expect(page.get_by_text("This figure did not load. Reload the page to try again")).to_be_visible()
