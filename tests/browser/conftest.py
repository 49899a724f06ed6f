"""A real browser on a real stack. Every page that a test opens is watched: see `new_page`.

The fixtures are not those of pytest-playwright: they end with this package, because the event loop that Playwright
leaves running makes Django refuse the database to all tests after it.
"""

import re
import secrets
import shutil

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from tests.browser.learner import Learner
from tests.system.embedded import embedded

ARTIFACTS = settings.BASE_DIR / "test-artifacts" / "browser"
PATIENCE_MS = 20_000
REFUSED = "Failed to load resource: the server responded with a status of 4"
REFUSING = ("/nothing/", "/submit/", "/run/", "/watch/", "/drafts/numpy/")
OFFLINE = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
# On a busy machine a font that is optional comes too late to be used: that is what `font-display: optional` asks for.
LATE_FONT = re.compile(r"The resource \S+\.woff2 was preloaded using link preload but not used")
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="package")
def stack(tmp_path_factory):
    with embedded(tmp_path_factory.mktemp("browser") / "data", SIGN_UP_RATE="1000/min") as running:
        yield running


@pytest.fixture(scope="package")
def chromium():
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_page(stack, chromium):
    """Return a function that opens a browser window.

    Whatever a window asks of another origin, logs as an error or a warning, or throws, fails the test.
    """
    complaints, contexts = [], []

    def complain_of(message):
        is_refused = message.text.startswith(REFUSED) and message.location["url"].endswith(REFUSING)
        meant = is_refused or message.text == OFFLINE or LATE_FONT.match(message.text)
        if message.type in {"error", "warning"} and not meant:
            complaints.append(f"{message.type}: {message.text}")

    def check_origin(request):
        if not request.url.startswith((f"{stack.url}/", "data:")):
            complaints.append(f"off-origin request: {request.url}")

    def make(*, width=1280, height=900, scheme="light", session=None, **options):
        context = chromium.new_context(
            base_url=stack.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            storage_state=session,
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", complain_of)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", check_origin)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def learner(new_page):
    """Somebody who has just signed up."""
    return Learner.sign_up(new_page(), f"learner-{secrets.token_hex(4)}")


@pytest.fixture
def screenshot():
    """Return a function that keeps a picture of a page under test-artifacts/."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    return lambda page, name: page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)
