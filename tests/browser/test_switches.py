"""Which of a few is chosen: told by the ground, by a bar, and where the system gives the colours, by those."""

import pytest

from tests.browser.learner import Learner

pytestmark = [pytest.mark.browser, pytest.mark.system]

LOOKS = """(choices, property) => [...new Set(choices.map((choice) => getComputedStyle(choice)[property]))]"""
CHOSEN = ".switch > a[aria-current], .switch input:checked + span"
OTHERS = ".switch > a:not([aria-current]), .switch input:not(:checked, :disabled) + span"


@pytest.fixture
def at_the_style_guide(stack, new_page):
    """Return a function that opens the style guide in the colours given."""

    def open_guide(**colours):
        page = new_page(**colours)
        Learner(page).sign_in("instructor", stack.passwords["instructor"])
        page.goto("/styleguide/")
        return page

    return open_guide


def looks(page, selector, name):
    """Return the values that a property has in all that the selector finds."""
    return page.locator(selector).evaluate_all(LOOKS, name)


@pytest.mark.parametrize("colours", [{}, {"scheme": "dark"}, {"forced_colors": "active"}], ids=str)
def test_the_chosen_one_is_told_by_its_ground_and_by_a_bar(at_the_style_guide, colours):
    page = at_the_style_guide(**colours)
    [chosen], [other] = looks(page, CHOSEN, "backgroundColor"), looks(page, OTHERS, "backgroundColor")
    assert chosen != other
    [bar] = looks(page, CHOSEN, "boxShadow")
    assert bar.endswith("0px -3px 0px 0px inset")
    assert looks(page, OTHERS, "boxShadow") == ["none"]


def test_a_row_that_is_wrapped_stays_inside_its_frame(at_the_style_guide):
    switch = at_the_style_guide(width=360).locator(".guide-narrow .switch")
    frame = switch.bounding_box()
    boxes = [label.bounding_box() for label in switch.locator("label").all()]
    assert len({box["y"] for box in boxes}) == 2
    assert all(box["x"] + box["width"] <= frame["x"] + frame["width"] for box in boxes)
