"""From the last accepted task of a course to a certificate that anybody can read and check."""

import json
import re
import secrets

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.learner import Learner
from tests.browser.test_accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]

CERTIFICATE = re.compile(r"/certificates/[0-9a-f-]{36}/$")


def shortest_course():
    """Return the slug of the course with the fewest tasks, and an accepted source in NumPy for each of them."""
    courses = {
        course.name: sorted(course.glob("*/*/task.toml"))
        for course in settings.CONTENT_DIR.iterdir()
        if course.is_dir()
    }
    course = min((name for name in courses if courses[name]), key=lambda name: (len(courses[name]), name))
    return course, {path.parent.name: _accepted(path.parent) for path in courses[course]}


def _accepted(task):
    sources = [path.read_text() for path in sorted((task / "submissions" / "accepted").glob("*.py"))]
    return next(source for source in sources if not source.startswith("# backend: torch"))


@pytest.fixture(scope="module")
def issued(stack, chromium):
    """Somebody who has passed a course and claimed its certificate by keyboard: session, address and title."""
    course, sources = shortest_course()
    context = chromium.new_context(base_url=stack.url)
    learner = Learner.sign_up(context.new_page(), f"learner-{secrets.token_hex(4)}")
    page = learner.page
    for slug, source in sources.items():
        page.goto(f"/tasks/{slug}/")
        learner.submit(source)
        expect(learner.results.get_by_role("heading", level=2)).to_have_text("Accepted")
    page.goto(f"/courses/{course}/")
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Claim your certificate").press("Enter")
    page.get_by_label("Name on the certificate").fill("Ada Lovelace")
    page.keyboard.press("Enter")
    expect(page).to_have_url(CERTIFICATE)
    yield context.storage_state(), page.url, title
    context.close()


def test_anybody_can_read_it_and_what_they_read_was_signed(issued, new_page):
    _, address, title = issued
    page = new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text(title)
    expect(page.get_by_role("article")).to_contain_text("This server vouches for it")
    expect(page.get_by_role("button", name="Withdraw it")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download it as a signed file").click()
    document = json.loads(download.value.path().read_text())
    assert document["certificate"]["name"] == "Ada Lovelace"
    assert document["address"] == address


def test_its_owner_withdraws_it_and_shows_it_again(issued, new_page):
    session, address, _ = issued
    owner, other = new_page(session=session), new_page()
    owner.goto(address)
    owner.get_by_role("button", name="Withdraw it").press("Enter")
    expect(owner.get_by_text("Only you see this page.")).to_be_visible()
    assert other.request.get(address).status == 410
    owner.get_by_role("button", name="Show it again").press("Enter")
    expect(owner.get_by_text("This is your certificate.")).to_be_visible()
    assert other.request.get(address).status == 200


@pytest.mark.parametrize("tasks", [1, 32])
def test_it_is_printed_on_one_page_however_many_tasks_there_are(issued, new_page, tasks):
    session, address, _ = issued
    page = new_page(session=session)
    page.goto(address)
    page.evaluate(
        """(count) => {
            const list = document.querySelector(".certificate-tasks");
            while (list.children.length < count) list.append(list.firstElementChild.cloneNode(true));
            list.classList.toggle("is-long", count > 6);
        }""",
        tasks,
    )
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_certificates_at_every_width_in_both_schemes(issued, new_page, screenshot, width, scheme):
    session, address, _ = issued
    found = {}
    for name, state in {"certificate": None, "certificate-owner": session}.items():
        page = new_page(width=width, scheme=scheme, session=state)
        page.goto(address)
        found[name] = faults(page)
        screenshot(page, f"{name}-{width}-{scheme}")
    course, _ = shortest_course()
    page.goto(f"/progress/{course}/certificate/")
    found["claim"] = faults(page)
    screenshot(page, f"claim-{width}-{scheme}")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
