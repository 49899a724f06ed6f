"""What the tests of the lessons' interactive figures share."""

from playwright.sync_api import expect

CALL = "async ([model, name, args]) => (await import(`/static/web/js/see/models/${model}.js`))[name](...args)"
CONSTANT = "async ([model, name]) => (await import(`/static/web/js/see/models/${model}.js`))[name]"
MOST_TABS = 300


def compute(page, model, name, *args):
    """Call a function of js/see/models/ in the browser, as a figure does."""
    return page.evaluate(CALL, [model, name, args])


def constant(page, model, name):
    """Return what a module of js/see/models/ has under a name."""
    return page.evaluate(CONSTANT, [model, name])


class Figure:
    """An interactive figure under the fingers of somebody who has a keyboard only."""

    def __init__(self, page, lesson, name):
        page.goto(f"/courses/{lesson}/")
        self.page = page
        self.root = page.locator(f'.see[data-see="{name}"]')
        self.root.scroll_into_view_if_needed()
        expect(self.root.locator(".see-readout strong")).not_to_be_empty()

    @property
    def said(self):
        """What a screen reader is told, once the learner pauses."""
        return self.root.get_by_role("status")

    def go_to(self, role, name, *, checked=None):
        """Press Tab until the control has the focus."""
        target = self.root.get_by_role(role, name=name, exact=True, checked=checked)
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if target.evaluate("(element) => element === document.activeElement"):
                return target
        raise AssertionError(f"{MOST_TABS} presses of Tab never lead to the {role} {name!r}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
