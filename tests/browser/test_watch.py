"""A learner watches their own accepted code train: live, by keyboard alone, in both schemes, also without a script."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.test_accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.jail]

CONTENT = settings.BASE_DIR / "courses" / "content"
SOLUTIONS = {
    "batch-gradient-descent": "vectorised",
    "logistic-regression-fit": "vectorised",
    "perceptron-train": "two_loops",
    "train-xor": "adam_with_relu",
    "k-means": "broadcasting",
    "q-learning": "two_cases",
}

ALONG_THE_BORDER = """async (height) => {
    const { chart } = await import("/static/web/js/see/kit/chart.js");
    const picture = chart({ x: [0, 1], y: [0, 1], label: "" });
    const path = picture.path([[0, height], [1, height]]);
    document.body.append(picture.root);
    const { y, height: tall } = picture.root.querySelector("clipPath rect").getBBox();
    return [{ y, height: tall }, { y: path.getBBox().y, stroke: 2.25 }];
}"""


def solution(slug):
    [path] = CONTENT.glob(f"*/*/{slug}/submissions/accepted/{SOLUTIONS[slug]}.py")
    return path.read_text()


def pass_task(learner, slug, source=None):
    """Have the learner's code accepted, and go to where it is watched."""
    learner.page.goto(f"/tasks/{slug}/")
    learner.submit(source or solution(slug))
    expect(learner.results.get_by_role("heading", level=2)).to_have_text("Accepted")
    learner.page.goto(f"/tasks/{slug}/watch/")


def pictures(page):
    return page.locator(".watch-stage svg[role=img]")


def ending(page):
    return page.locator("#watch-ending")


def dots(page):
    """Return how many steps the curve of the page shows, in its own words."""
    words = page.locator(".is-curve svg desc").first.text_content()
    return int(found[1]) if (found := re.match(r"(\d+) values", words)) else 0


def test_the_curve_grows_while_the_code_runs_and_the_end_is_told(learner, screenshot):
    page = learner.page
    pass_task(learner, "batch-gradient-descent")
    expect(pictures(page)).to_have_count(3)
    assert dots(page) == 0
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_role("button", name="Start over")).to_be_visible()
    expect(page.locator(".is-curve svg desc").first).to_contain_text(re.compile(r"1\d values"))
    page.get_by_role("button", name="Pause").click()
    paused = dots(page)
    assert 10 <= paused < 101
    page.get_by_role("button", name="Play", exact=True).click()
    expect(ending(page)).to_contain_text("After 100 steps the loss is 0.07519")
    expect(page.locator("#watch-state")).to_contain_text("Finished: 100 calls of your function")
    expect(page.get_by_role("status").filter(has_text="After 100 steps")).to_be_attached()
    assert dots(page) == 101
    assert page.locator(".watch-trail").get_attribute("d").count("L") == 100  # from where the parameters began
    page.get_by_text("The numbers as a table").click()
    expect(page.get_by_role("rowheader", name="step 40", exact=True)).to_be_visible()
    assert page.get_by_role("row").count() == 102
    screenshot(page, "watch-finished")


def test_by_keyboard_alone(learner):
    page = learner.page
    pass_task(learner, "k-means")
    page.get_by_role("radio", name="3").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="4")).to_be_checked()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Start")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Play again")).to_be_focused()  # when it has come to its end
    expect(ending(page)).to_contain_text("Settled: iteration")
    page.keyboard.press("Tab")
    slider = page.get_by_role("slider", name="Picture")
    expect(slider).to_be_focused()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "iteration 0")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "iteration 1")
    expect(page.get_by_label("Playback").get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert dots(page) == 2


def test_a_choice_changes_what_is_seen(learner):
    page = learner.page
    pass_task(learner, "batch-gradient-descent")
    page.get_by_role("radio", name="0.48, too large").check()
    page.get_by_role("button", name="Start").click()
    expect(ending(page)).to_contain_text("It runs away")
    said = [f"The {what} has left the picture." for what in ("line", "cross")]
    expect(page.locator(".watch-gone")).to_have_text(said)
    expect(page.locator('[data-picture="data"] svg desc')).to_have_text(said[0])


@pytest.mark.parametrize("height", [0, 1])
def test_a_line_along_the_border_of_a_chart_is_seen_whole(new_page, height):
    page = new_page()
    page.goto("/accounts/login/")
    seen, drawn = page.evaluate(ALONG_THE_BORDER, height)
    assert seen["y"] <= drawn["y"] - drawn["stroke"] / 2
    assert seen["y"] + seen["height"] >= drawn["y"] + drawn["stroke"] / 2


def test_an_error_on_the_larger_data_is_told_with_its_line(learner, screenshot):
    page = learner.page
    source = solution("k-means")
    head = re.search(r"^def k_means\(.*:\n", source, re.MULTILINE)[0]
    pass_task(learner, "k-means", source.replace(head, f"{head}    assert len(X) < 200, 'too many samples'\n"))
    page.get_by_role("button", name="Start").click()
    expect(ending(page)).to_contain_text("Your code raised AssertionError in line")
    expect(ending(page)).to_contain_text("X of shape (300, 2)")
    expect(page.get_by_role("link", name=re.compile(r"^Line \d+$"))).to_be_visible()
    screenshot(page, "watch-stopped")


def test_where_no_events_get_through_frames_come_all_the_same(learner):
    learner.page.route("**/events/**", lambda route: route.fulfill(status=204))
    pass_task(learner, "k-means")
    learner.page.get_by_role("button", name="Start").click()
    expect(ending(learner.page)).to_contain_text("Settled: iteration")


def test_who_wants_less_motion_sees_the_newest_picture(learner, new_page):
    pass_task(learner, "batch-gradient-descent")
    page = new_page(session=learner.page.context.storage_state(), reduced_motion="reduce")
    page.goto("/tasks/batch-gradient-descent/watch/")
    page.get_by_role("button", name="Start").click()
    expect(ending(page)).to_contain_text("After 100 steps the loss is")
    assert dots(page) == 101


def test_who_comes_back_finds_the_last_picture_at_rest(learner):
    page = learner.page
    pass_task(learner, "k-means")
    page.get_by_role("button", name="Start").click()
    expect(ending(page)).to_contain_text("Settled: iteration")
    last = dots(page)
    page.reload()
    expect(ending(page)).to_contain_text("Settled: iteration")
    expect(page.get_by_role("button", name="Play again")).to_be_visible()
    assert dots(page) == last


def test_without_a_script_the_numbers_come_after_a_reload(learner, new_page, screenshot):
    pass_task(learner, "k-means")
    page = new_page(session=learner.page.context.storage_state(), java_script_enabled=False)
    page.goto("/tasks/k-means/watch/")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="How it went")).to_be_visible()  # comes by <meta> refresh
    expect(page.get_by_role("rowheader", name="iteration 6")).to_be_visible()
    expect(page.locator(".watch-stage")).to_be_hidden()
    screenshot(page, "watch-without-script")


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wrong_with_the_pages(learner, new_page, screenshot, width, scheme):
    pass_task(learner, "k-means")
    for slug in ("logistic-regression-fit", "q-learning"):
        pass_task(learner, slug)
    page = new_page(width=width, scheme=scheme, session=learner.page.context.storage_state())
    found = {}
    for slug in ("k-means", "logistic-regression-fit", "q-learning", "perceptron-train"):
        page.goto(f"/tasks/{slug}/watch/")
        found[f"{slug}, before"] = faults(page)
        if slug == "perceptron-train":  # not passed yet
            expect(page.get_by_role("heading", name="This opens once your code is accepted")).to_be_visible()
            continue
        page.get_by_role("button", name="Start").click()
        expect(page.get_by_role("button", name="Play again")).to_be_visible()
        found[f"{slug}, after"] = faults(page)
        screenshot(page, f"watch-{slug}-{width}-{scheme}")
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
