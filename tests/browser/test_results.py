"""Verdicts of every kind, looked at and operated: switches, links between error and code, the history, comparisons."""

import json
import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.learner import CORRECT, CRASHING, HALVED, MSE
from tests.browser.test_accessibility import faults, looks, schemes

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]

POOL = "max-pool-backward"
CONVOLUTION = "conv2d-forward"
ENDLESS = "def mean_squared_error(y_true, y_pred):\n    while True:\n        pass\n"
BY_CHANCE = (
    "import numpy as np\n\n\ndef mean_squared_error(y_true, y_pred):\n"
    "    return np.mean((y_true - y_pred) ** 2) + np.random.default_rng().normal()\n"
)
UNREADABLE = "def mean_squared_error(y_true, y_pred):\n    return (y_true\n"


def wrong(task, variant):
    """Return a wrong submission kept beside a task."""
    [path] = (settings.BASE_DIR / "courses" / "content").glob(f"*/*/{task}/submissions/wrong_answer/{variant}.py")
    return path.read_text()


KINDS = {
    "wrong": ("mean-squared-error", HALVED),
    "crashed": ("mean-squared-error", CRASHING),
    "unreadable": ("mean-squared-error", UNREADABLE),
    "time-limit": ("mean-squared-error", ENDLESS),
    "inconsistent": ("mean-squared-error", BY_CHANCE),
    "accepted": ("mean-squared-error", CORRECT),
    "picture": (POOL, wrong(POOL, "every-tie-gets-all")),
    "slices": (CONVOLUTION, wrong(CONVOLUTION, "last-channel-only")),
}


def hand_in(page, kind):
    """Submit without the editor, as a form would; return the address of the submission once it is graded."""
    task, source = KINDS[kind]
    token = page.context.cookies()
    csrf = next(cookie["value"] for cookie in token if cookie["name"] == "csrftoken")
    response = page.request.post(
        f"/tasks/{task}/submit/",
        form={"source": source, "backend": "numpy", "csrfmiddlewaretoken": csrf},
        headers={"Accept": "application/json", "Referer": page.url},
    )
    started = json.loads(response.text())
    page.goto(started["url"])
    expect(page.locator(".result[data-status=graded]")).to_be_visible()
    return started["url"]


@pytest.fixture
def page(learner):
    learner.page.goto(MSE)
    return learner.page


@looks
@schemes
def test_verdicts_of_every_kind(page, new_page, screenshot, width, scheme):
    shown = new_page(width=width, scheme=scheme, session=page.context.storage_state())
    shown.goto(MSE)
    found = {}
    for kind in KINDS:
        hand_in(shown, kind)
        found[kind] = faults(shown)
        screenshot(shown, f"result-{kind}-{width}-{scheme}")
        for mode in ("Difference", "Picture"):
            for choice in shown.get_by_role("radio", name=mode, exact=True).all():
                choice.check(force=True)
            found[f"{kind}, {mode}"] = faults(shown)
        screenshot(shown, f"result-{kind}-picture-{width}-{scheme}")
    for address in (f"{MSE}submissions/", "/submissions/"):
        shown.goto(address)
        found[address] = faults(shown)
        screenshot(shown, f"{address.strip('/').replace('/', '-')}-{width}-{scheme}")
    shown.goto(f"{MSE}submissions/")
    shown.get_by_role("button", name="Compare old with new").click()
    found["comparison"] = faults(shown)
    screenshot(shown, f"compare-{width}-{scheme}")
    assert {place: faulty for place, faulty in found.items() if faulty} == {}


def test_numbers_difference_and_picture_are_switched_by_keyboard(page):
    hand_in(page, "picture")
    failing = page.locator(".views").first
    got = failing.locator(".as-numbers .array.got")
    expect(got).to_be_visible()
    expect(failing.locator("svg.heat").first).to_be_hidden()
    failing.get_by_role("radio", name="Numbers").focus()
    page.keyboard.press("ArrowRight")
    expect(failing.locator(".as-difference .array")).to_be_visible()
    expect(got).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(failing.locator(".as-picture svg.heat")).to_have_count(3)
    expect(failing.locator("svg.heat").first).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(got).to_be_visible()


def test_the_inputs_are_switched_apart_from_the_result(page):
    hand_in(page, "picture")
    inputs = page.locator(".inputs")
    inputs.get_by_role("radio", name="Picture").check(force=True)
    expect(inputs.locator("svg.heat").first).to_be_visible()
    expect(inputs.locator(".as-numbers").last).to_be_visible()  # a number has no picture
    expect(page.locator(".views").first.locator(".as-numbers .array.got")).to_be_visible()


def test_slices_are_switched_and_it_works_without_a_script(page, new_page):
    address = hand_in(page, "slices")
    plain = new_page(session=page.context.storage_state(), java_script_enabled=False)
    for window in (page, plain):
        window.goto(address)
        failing = window.locator(".views").first
        expect(failing.get_by_role("radio", name="[0, 1] differs")).to_be_checked()
        expect(failing.locator(".slice-2 .array.got")).to_be_visible()
        failing.get_by_role("radio", name="[0, 2] differs").check(force=True)
        expect(failing.locator(".slice-3 .as-numbers .array.got")).to_be_visible()
        expect(failing.locator(".slice-2 .array.got")).to_be_hidden()


def test_error_and_code_lead_to_each_other(page):
    hand_in(page, "crashed")
    page.get_by_role("link", name="Line 6").click()
    expect(page).to_have_url(re.compile("#L6$"))
    expect(page.locator("#L6")).to_be_in_viewport()
    page.locator("#L6").get_by_role("link", name=re.compile("IndexError")).click()
    expect(page).to_have_url(re.compile("#error$"))
    expect(page.locator("#error")).to_be_in_viewport()
    expect(page.locator("#L2")).to_contain_text("called from here")


def test_a_failed_check_leads_to_what_it_found(page):
    hand_in(page, "wrong")
    strip = page.get_by_role("list", name="Checks")
    found = page.locator(".checks li.tone-bad")
    failed = strip.get_by_role("link")
    assert failed.count() == found.count() > 0
    assert strip.get_by_role("listitem").count() > failed.count()
    expect(found.first).to_be_hidden()
    failed.first.press("Enter")
    expect(found.first).to_be_focused()
    expect(found.first.locator(".feedback")).to_be_in_viewport()


def test_a_failed_check_leads_on_where_the_browser_does_not_unfold_by_itself(learner):
    learner.page.goto(MSE)
    learner.submit(HALVED)
    learner.page.evaluate("window.addEventListener('click', (event) => event.preventDefault())")
    learner.results.get_by_role("list", name="Checks").get_by_role("link").first.click()
    expect(learner.results.locator(".checks li.tone-bad .feedback").first).to_be_visible()


def test_on_the_task_page_the_error_leads_into_the_editor(learner):
    learner.page.goto(MSE)
    learner.submit(CRASHING)
    learner.results.get_by_role("link", name="Line 6").click()
    expect(learner.editor).to_be_focused()
    expect(learner.page.locator(".cm-activeLine")).to_contain_text("values.reshape(-1)")


def test_the_code_is_copied_as_it_was_submitted(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand_in(page, "wrong")
    page.locator("#copy-code").click()
    expect(page.locator("#copy-code")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").rstrip("\n") == HALVED.rstrip("\n")


def test_two_submissions_are_compared_without_a_script(page, new_page):
    for kind in ("wrong", "crashed", "accepted"):
        hand_in(page, kind)
    plain = new_page(session=page.context.storage_state(), java_script_enabled=False)
    plain.goto(f"{MSE}submissions/")
    plain.get_by_role("radio", name="Compare submission 1 …").check()
    plain.get_by_role("radio", name="… with submission 3").check()
    plain.get_by_role("button", name="Compare old with new").click()
    expect(plain.get_by_role("heading", name="What changed")).to_be_visible()
    expect(plain.locator(".compared .badge")).to_have_text(["Wrong answer", "Accepted"])
    expect(plain.locator("del").first).to_contain_text("print(")
    expect(plain.locator("ins").first).to_contain_text("np.mean")
    plain.get_by_role("link", name="Exchange old and new").click()
    expect(plain.locator("ins").first).to_contain_text("print(")


def test_all_submissions_are_a_menu_away(page):
    hand_in(page, "accepted")
    page.locator("details.menu > summary").click()
    page.get_by_role("link", name="Your submissions", exact=True).click()
    expect(page).to_have_url(re.compile("/submissions/$"))
    expect(page.get_by_role("row", name=re.compile("Mean squared error Accepted"))).to_be_visible()
