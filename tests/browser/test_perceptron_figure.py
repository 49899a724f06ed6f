"""The figure on the perceptron: its numbers, and every part of it by keyboard."""

import runpy

import numpy as np
import pytest
from django.conf import settings
from playwright.sync_api import expect

from mlcore.numpy.perceptron import perceptron_predict, perceptron_train
from tests.browser.figures import Figure, compute, constant

pytestmark = [pytest.mark.browser, pytest.mark.system]

LESSON = settings.CONTENT_DIR / "neural-networks" / "02-perceptron"


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def figure(page):
    page.clock.install()
    return Figure(page, "neural-networks/perceptron", "perceptron")


@pytest.mark.parametrize("name", ["separable", "overlapping", "xor"])
def test_its_weights_are_those_of_mlcore_after_every_sample(page, name):
    page.goto("/accounts/login/")
    samples = constant(page, "perceptron", "DATA")[name]
    X, y = np.array(samples)[:, :2], np.array(samples)[:, 2]
    state = compute(page, "perceptron", "fresh", samples)
    for seen in range(2 * len(samples)):
        state = compute(page, "perceptron", "show", state)
        rows = [n % len(samples) for n in range(seen + 1)]
        w, b = perceptron_train(X[rows], y[rows], [0, 0], 0, lr=1, epochs=1)
        np.testing.assert_allclose([*state["w"], state["b"]], [*w, b], rtol=0, atol=1e-9)
        wrong = int(np.sum(perceptron_predict(X, w, b) != y))
        assert compute(page, "perceptron", "wrongNow", state) == wrong


@pytest.mark.parametrize(("name", "passes"), [("separable", 12), ("overlapping", 30), ("xor", 30)])
def test_it_settles_exactly_where_a_line_separates(page, name, passes):
    page.goto("/accounts/login/")
    state = compute(page, "perceptron", "fresh", constant(page, "perceptron", "DATA")[name])
    for _ in range(passes):
        assert not compute(page, "perceptron", "settled", state)
        state = compute(page, "perceptron", "showPass", state)
    assert compute(page, "perceptron", "settled", state) is (name == "separable")


def test_its_plane_is_that_of_the_still_figure(page):
    page.goto("/accounts/login/")
    still = runpy.run_path(str(LESSON / "figure.py"))
    points = np.column_stack([still["POINTS"], still["CLASSES"]])[still["ORDER"]]
    np.testing.assert_array_equal(constant(page, "perceptron", "DATA")["separable"], points)


def facts(figure):
    return figure.root.locator("dd").all_inner_texts()


def test_a_mistake_moves_the_line(figure):
    assert facts(figure) == ["(0.0, 0.0)", "0", "0", "6 of 12"]
    expect(figure.said).to_contain_text("No line yet.")
    figure.go_to("button", "Step")
    figure.press("Enter")
    expect(figure.said).to_have_text(
        "A miss. Pass 1, sample (3.2, 3.4): the sum is 0.00. "
        "The unit rests and should fire, so the sample is added to the weights."
    )
    assert facts(figure) == ["(3.2, 3.4)", "1", "1", "6 of 12"]
    figure.press("Enter")
    expect(figure.said).to_contain_text("A false alarm. Pass 1, sample (0.8, 2.6): the sum is 12.40.")
    assert facts(figure)[:3] == ["(2.4, 0.8)", "0", "2"]


def test_played_to_the_end_it_settles(figure):
    figure.go_to("button", "Play")
    figure.press("Enter")
    figure.page.clock.run_for(90_000)
    expect(figure.said).to_have_text(
        "Settled. Pass 12 went by without a mistake, after 72 in all: nothing will change any more."
    )
    assert facts(figure) == ["(2.7, 5.0)", "−18", "72", "0 of 12"]
    expect(figure.root.get_by_role("img", name="Mistakes in each pass")).to_contain_text(
        "Mistakes in each pass so far: 6, 9, 6, 7, 8, 8, 5, 8, 5, 5, 5, 0."
    )


def test_xor_is_never_learned(figure):
    figure.go_to("radio", "Separable")
    figure.press("ArrowRight", "ArrowRight")
    assert facts(figure) == ["(0.0, 0.0)", "0", "0", "2 of 4"]
    figure.go_to("radio", "mistake")
    figure.press("ArrowRight")
    figure.go_to("button", "Step")
    for _ in range(30):
        figure.press("Enter")
    expect(figure.said).to_contain_text("It never settles. 30 passes and 117 mistakes")
    expect(figure.root.get_by_role("button", name="Step")).to_have_attribute("aria-disabled", "true")
    figure.go_to("button", "Start over")
    figure.press("Enter")
    expect(figure.said).to_contain_text("No line yet.")
    expect(figure.root.get_by_role("button", name="Step")).not_to_have_attribute("aria-disabled", "true")


def test_sample_by_sample_right_answers_are_shown_too(figure):
    figure.go_to("radio", "mistake")
    figure.press("ArrowLeft")
    figure.go_to("button", "Step")
    figure.press("Enter", "Enter", "Enter")
    expect(figure.said).to_have_text(
        "Right. Pass 1, sample (2.2, 4.4): the sum is 8.80. The unit fires, as it should; nothing changes."
    )
    assert facts(figure)[:3] == ["(2.4, 0.8)", "0", "2"]
