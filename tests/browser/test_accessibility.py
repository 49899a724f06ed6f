"""Every page in both colour schemes, on a desk, a tablet and a phone: no axe violation, nothing cut off, no jumps."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.learner import CORRECT, CRASHING, HALVED, MSE, Learner

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]

FOR_VISITORS = [
    "/",
    "/map/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/search/?q=gradient",
    MSE,
]
FOR_LEARNERS = [
    "/",
    "/map/",
    "/progress/",
    "/search/?q=softmax",
    "/search/?q=nothingatall",
    "/courses/supervised-learning/",
    "/courses/supervised-learning/loss-functions/",
    "/courses/supervised-learning/gradient-descent/",
    "/courses/neural-networks/perceptron/",
    "/courses/neural-networks/activation-functions/",
    "/courses/neural-networks/backpropagation/",
    "/courses/convolutional-networks/convolution/",
    "/courses/sequences-and-language/lstm/",
    "/courses/sequences-and-language/attention-and-transformers/",
    "/courses/unsupervised-and-generative/clustering-and-components/",
    "/tasks/mean-squared-error/",
    "/tasks/stable-softmax/",
    "/tasks/conv2d-forward/",
    "/tasks/q-learning/",
    "/tasks/k-means/watch/",
    "/tasks/mean-squared-error/solution/",
    "/tasks/mean-squared-error/submissions/",
    "/submissions/",
    "/accounts/logout/",
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/tokens/",
    "/accounts/export/",
    "/accounts/delete/",
    "/device/",
    "/device/?code=BCDF-GHJK",
    "/nothing/",
]
SHIFTS = """() => new Promise((resolve) => {
    let sum = 0;
    const add = (entry) => (sum += entry.hadRecentInput ? 0 : entry.value);
    new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 50);
})"""
JUMPS_UNSEEN = 0.01  # a tenth of what Core Web Vitals call good

looks = pytest.mark.parametrize("width", [1440, 768, 360])
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


def faults(page):
    """Return what is wrong with the page as it stands."""
    page.wait_for_load_state()
    page.evaluate(
        "document.fonts.ready.then(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))"
    )
    violations = Axe().run(page).response["violations"]
    found = [f"{violation['id']}: {node['html'][:200]}" for violation in violations for node in violation["nodes"]]
    if (cut_off := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")) > 0:
        found.append(f"{cut_off} px wider than the window")
    if (shift := page.evaluate(SHIFTS)) > JUMPS_UNSEEN:
        found.append(f"layout shift of {shift:.3f}")
    return found


def visit_all(page, addresses, screenshot, look):
    found = {}
    for address in addresses:
        page.goto(address)
        name = re.sub(r"\W+", "-", address).strip("-") or "home"
        if wrong := faults(page):
            found[address] = wrong
        screenshot(page, f"{name}-{look}")  # last: it stretches the window, which shifts things
    return found


@looks
@schemes
def test_pages_for_visitors(new_page, screenshot, width, scheme):
    page = new_page(width=width, scheme=scheme)
    assert visit_all(page, FOR_VISITORS, screenshot, f"visitor-{width}-{scheme}") == {}


@looks
@schemes
def test_pages_for_learners(learner, new_page, screenshot, width, scheme):
    page = new_page(width=width, scheme=scheme, session=learner.page.context.storage_state())
    assert visit_all(page, FOR_LEARNERS, screenshot, f"{width}-{scheme}") == {}


@looks
@schemes
def test_the_style_guide(stack, new_page, screenshot, width, scheme):
    page = new_page(width=width, scheme=scheme)
    Learner(page).sign_in("instructor", stack.passwords["instructor"])
    assert visit_all(page, ["/styleguide/"], screenshot, f"{width}-{scheme}") == {}


@looks
@schemes
def test_results_of_every_kind(learner, new_page, screenshot, width, scheme):
    learner.page = new_page(width=width, scheme=scheme, session=learner.page.context.storage_state())
    found = {}
    for name, source in {"wrong": HALVED, "crashed": CRASHING, "accepted": CORRECT}.items():
        learner.page.goto(MSE)
        learner.submit(source)
        found[f"{name}, on the task page"] = faults(learner.page)
        screenshot(learner.page, f"task-{name}-{width}-{scheme}")
        learner.page.goto(f"{MSE}submissions/")
        learner.page.get_by_role("cell").get_by_role("link").first.click()
        expect(learner.page.get_by_role("heading", level=1, name=re.compile("Submission"))).to_be_visible()
        found[f"{name}, on its own page"] = faults(learner.page)
        screenshot(learner.page, f"submission-{name}-{width}-{scheme}")
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_the_skip_link_comes_first_and_leads_to_the_content(new_page):
    page = new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
