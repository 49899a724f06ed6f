"""The figure on convolution: its numbers, and every part of it by keyboard."""

import numpy as np
import pytest
from playwright.sync_api import expect

from mlcore.numpy.convolution import conv2d_forward
from tests.browser.figures import Figure, compute, constant

pytestmark = [pytest.mark.browser, pytest.mark.system]

# What Kernel, Stride and Padding offer.
KERNELS = ["upright", "level", "blur", "sharpen", "identity"]


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def figure(page):
    page.clock.install()
    return Figure(page, "convolutional-networks/convolution", "convolution")


def convolved(image, kernel, stride, padding):
    return conv2d_forward([[image]], [[kernel]], [0], stride, padding)[0, 0]


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1])
def test_its_maps_are_those_of_mlcore(page, name, stride, padding):
    page.goto("/accounts/login/")
    image, kernel = constant(page, "convolution", "IMAGE"), constant(page, "convolution", "KERNELS")[name]
    found = compute(page, "convolution", "convolve", image, kernel, stride, padding)
    np.testing.assert_allclose(found, convolved(image, kernel, stride, padding), rtol=0, atol=1e-9)


def test_neither_image_nor_kernel_need_be_square(page):
    page.goto("/accounts/login/")
    rng = np.random.default_rng(4)
    image, kernel = rng.normal(size=(5, 8)), rng.normal(size=(2, 3))
    found = compute(page, "convolution", "convolve", image.tolist(), kernel.tolist(), 2, 1)
    np.testing.assert_allclose(found, convolved(image, kernel, 2, 1), rtol=0, atol=1e-9)
    assert compute(page, "convolution", "positions", 5, 2, 2, 1) == len(found)


def shown(figure):
    """Return the numbers of the feature map on the page."""
    cells = figure.root.get_by_role("table", name="Feature map").get_by_role("button").all_inner_texts()
    return np.array([float(text.replace("−", "-")) for text in cells])


def test_the_window_follows_the_arrow_keys(figure):
    expect(figure.said).to_contain_text("Output (0, 0) is 5.")
    figure.go_to("button", "Row 0, column 0: 5")
    figure.press("ArrowUp", "ArrowRight", "ArrowDown", "ArrowDown")
    expect(figure.root.get_by_role("button", name="Row 2, column 1: 16")).to_be_focused()
    expect(figure.said).to_have_text(
        "Output (2, 1) is 16. The window begins at row 2, column 1 of the image with its border. "
        "The products that are not 0 add up: 9 + 4 + 3 = 16."
    )


def test_kernel_stride_and_padding_change_the_map(page, figure):
    image, kernels = constant(page, "convolution", "IMAGE"), constant(page, "convolution", "KERNELS")
    np.testing.assert_array_equal(shown(figure), convolved(image, kernels["upright"], 1, 1).ravel())
    figure.go_to("radio", "Upright edges")
    figure.press("ArrowRight", "ArrowRight", "ArrowRight", "Tab", "ArrowRight")
    expect(figure.root.get_by_role("radio", name="Sharpen")).to_be_checked()
    expect(figure.root.get_by_text("Its side: ⌊(6 + 2 · 1 − 3) / 2⌋ + 1 = 3")).to_be_visible()
    np.testing.assert_array_equal(shown(figure), convolved(image, kernels["sharpen"], 2, 1).ravel())
    figure.press("Tab", "ArrowLeft")
    expect(figure.root.get_by_text("Its side: ⌊(6 + 2 · 0 − 3) / 2⌋ + 1 = 2")).to_be_visible()
    np.testing.assert_array_equal(shown(figure), convolved(image, kernels["sharpen"], 2, 0).ravel())


def test_a_weight_can_be_typed(page, figure):
    image, kernel = constant(page, "convolution", "IMAGE"), constant(page, "convolution", "KERNELS")["upright"]
    figure.go_to("spinbutton", "Weight in row 0, column 2")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("-3")
    kernel[0][2] = -3
    np.testing.assert_array_equal(shown(figure), convolved(image, kernel, 1, 1).ravel())
    expect(figure.root.get_by_role("group", name="Kernel").get_by_role("radio", checked=True)).to_have_count(0)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("400")  # more than the field allows: the map stays
    np.testing.assert_array_equal(shown(figure), convolved(image, kernel, 1, 1).ravel())


def test_played_it_ends_in_the_last_corner(figure):
    figure.go_to("button", "Step")
    figure.press(*["Enter"] * 6)
    expect(figure.said).to_contain_text("Output (1, 0)")
    figure.press("Tab", "Enter")
    figure.page.clock.run_for(30_000)
    expect(figure.said).to_contain_text("Output (5, 5)")
    expect(figure.root.get_by_role("button", name="Play")).to_have_attribute("aria-disabled", "true")
    figure.press("Tab", "Enter")
    expect(figure.said).to_contain_text("Output (0, 0) is 5.")
