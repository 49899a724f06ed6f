"""The figure on gradient descent: its numbers, and every part of it by keyboard."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.numpy.losses import mean_squared_error
from mlcore.numpy.regression import batch_gradient_descent
from tests.browser.figures import Figure, compute, constant

pytestmark = [pytest.mark.browser, pytest.mark.system]

START = [-1.4, 3.4]
MODEL = "gradient-descent"


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def data(page):
    page.goto("/accounts/login/")
    x = np.array(constant(page, MODEL, "X"))
    return np.stack([np.ones(len(x)), x], axis=1), np.array(constant(page, MODEL, "Y"))


@pytest.fixture
def figure(page):
    page.clock.install()
    return Figure(page, "supervised-learning/gradient-descent", "gradient-descent")


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5, 0.59, 0.7])
def test_its_path_and_its_losses_are_those_of_mlcore(page, data, rate):
    path = compute(page, MODEL, "descend", START, rate, 12)
    expected = [batch_gradient_descent(*data, START, rate, steps) for steps in range(13)]
    np.testing.assert_allclose(path, expected, rtol=1e-9, atol=1e-9)
    design, targets = data
    for theta in path:
        half = mean_squared_error(targets, design @ theta) / 2
        assert compute(page, MODEL, "loss", theta) == pytest.approx(half, rel=1e-9, abs=1e-9)


def test_its_bowl_is_that_of_the_data(page, data):
    design, targets = data
    curvature = design.T @ design / len(targets)
    bowl = compute(page, MODEL, "bowl")
    np.testing.assert_allclose(bowl["curvatures"], np.linalg.eigvalsh(curvature)[::-1], rtol=0, atol=1e-9)
    assert bowl["bound"] == pytest.approx(2 / np.linalg.eigvalsh(curvature)[1], abs=1e-9)
    np.testing.assert_allclose(bowl["bottom"], np.linalg.lstsq(design, targets)[0], rtol=0, atol=1e-9)
    for value, direction in zip(bowl["curvatures"], bowl["directions"], strict=True):
        np.testing.assert_allclose(curvature @ direction, np.multiply(value, direction), rtol=0, atol=1e-9)
    for theta in compute(page, MODEL, "contour", 1.2):
        assert compute(page, MODEL, "loss", theta) == pytest.approx(bowl["lowest"] + 1.2, abs=1e-9)


@pytest.mark.parametrize(("rate", "word"), [(0.07, "creeps"), (0.08, "walks"), (0.3, "overshoots"), (0.59, "diverges")])
def test_the_words_change_where_the_curvature_says_so(page, data, rate, word):
    assert compute(page, MODEL, "regime", rate) == word


def test_the_learning_rate_decides(figure):
    figure.go_to("slider", "Learning rate")
    figure.press("Home")
    expect(figure.said).to_contain_text("Too low: it creeps. One step covers 3% of the way across the valley and 1%")
    figure.press("End")
    expect(figure.said).to_contain_text(
        "Too high: it diverges. Each step multiplies the distance across the valley by −1.39"
    )
    expect(figure.said).to_contain_text("The border is 2 / steepest curvature = 2 / 3.41 = 0.586.")
    figure.press("PageDown", "PageDown", "PageDown")
    expect(figure.said).to_contain_text("It overshoots, and still comes down.")


def test_steps_are_taken_one_by_one_or_played(figure):
    line = figure.root.locator("path.fig-line-2").first
    figure.go_to("button", "Step")
    figure.press("Enter")
    expect(figure.said).to_contain_text("After 9 steps the loss is 1.097")
    figure.go_to("button", "Start over")
    figure.press("Space")
    expect(figure.said).to_contain_text("After 0 steps the loss is 6.208")
    figure.page.keyboard.press("Shift+Tab")
    figure.press("Enter")
    expect(figure.root.get_by_role("button", name="Pause")).to_be_focused()
    figure.page.clock.run_for(60_000)
    expect(figure.said).to_contain_text("After 40 steps")
    assert line.get_attribute("d").count("L") == 40
    step = figure.root.get_by_role("button", name="Step")
    expect(step).to_have_attribute("aria-disabled", "true")
    step.press("Enter")
    expect(figure.said).to_contain_text("After 40 steps")


def test_the_start_moves_by_arrow_keys_and_by_a_click(figure):
    start = figure.go_to("slider", "Start of the path")
    expect(start).to_have_attribute("aria-valuetext", "intercept −1.4, slope 3.4")
    figure.press("ArrowRight", "ArrowDown", "Shift+ArrowDown")
    expect(start).to_have_attribute("aria-valuetext", "intercept −1.3, slope 2.3")
    figure.press("Shift+ArrowLeft")
    expect(start).to_have_attribute("aria-valuetext", "intercept −2.0, slope 2.3")
    chart = figure.root.get_by_role("group", name="The path over the loss surface")
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(start).to_have_attribute("aria-valuetext", re.compile(r"intercept 0\.7, slope 0\.[89]"))


def test_whoever_wants_less_motion_gets_a_calmer_pace(new_page):
    page = new_page(reduced_motion="reduce")
    page.clock.install()
    figure = Figure(page, "supervised-learning/gradient-descent", "gradient-descent")
    figure.go_to("button", "Play")
    figure.press("Enter")
    page.clock.run_for(2_000)
    figure.press("Enter")
    expect(figure.root.locator(".see-readout")).to_contain_text("After 10 steps")
