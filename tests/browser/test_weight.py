"""What a first visit costs: bytes over the wire, and what the browser must wait for before it paints."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.system]

TASK_KB, LESSON_KB = 450, 250
PAGES = {
    "/courses/supervised-learning/gradient-descent/": LESSON_KB,
    "/courses/convolutional-networks/convolution/": LESSON_KB,
    "/courses/sequences-and-language/lstm/": LESSON_KB,
    "/courses/sequences-and-language/attention-and-transformers/": LESSON_KB,
    "/tasks/conv2d-backward/": TASK_KB,
    "/tasks/stable-softmax/": TASK_KB,
}
BLOCKING = """() => performance.getEntriesByType("resource")
    .filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => entry.name)"""


def received(page, address):
    """Open a page to the end of everything it fetches, scrolled through; return the bytes of each address."""
    network, addresses, sizes = page.context.new_cdp_session(page), {}, {}
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    network.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('.see').forEach((figure) => figure.scrollIntoView())")
    page.wait_for_load_state("networkidle")
    return {addresses[request]: size for request, size in sizes.items()}


@pytest.mark.parametrize(("address", "limit"), PAGES.items())
def test_a_first_visit_is_light(new_page, address, limit):
    sizes = received(new_page(), address)
    assert len(sizes) > 5
    assert sum(sizes.values()) < 1000 * limit, sorted(sizes.items(), key=lambda item: -item[1])[:8]


@pytest.mark.parametrize("address", ["/", *PAGES])
def test_nothing_but_style_sheets_holds_up_the_first_paint(new_page, address):
    page = new_page()
    page.goto(address)
    blocking = page.evaluate(BLOCKING)
    assert blocking
    assert [name for name in blocking if not name.endswith(".css")] == []


def test_what_has_come_once_does_not_come_again(new_page):
    page = new_page()
    first = received(page, "/tasks/stable-softmax/")
    again = received(page, "/tasks/conv2d-forward/")
    shared = {address for address in first.keys() & again.keys() if "/static/" in address}
    assert shared
    assert {address for address in shared if again[address] > 0} == set()
