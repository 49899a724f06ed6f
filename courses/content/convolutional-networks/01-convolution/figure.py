import numpy as np

from courses.figures import Drawing, heat_map
from mlcore.numpy.convolution import conv2d_backward, conv2d_forward

# The second of the 1,797 handwritten digits of Alpaydin and Kaynak (UCI Machine Learning Repository, CC BY 4.0).
ONE = np.array(
    [
        [0, 0, 0, 12, 13, 5, 0, 0],
        [0, 0, 0, 11, 16, 9, 0, 0],
        [0, 0, 3, 15, 16, 6, 0, 0],
        [0, 7, 15, 16, 16, 2, 0, 0],
        [0, 0, 1, 16, 16, 3, 0, 0],
        [0, 0, 1, 16, 16, 6, 0, 0],
        [0, 0, 1, 16, 16, 6, 0, 0],
        [0, 0, 0, 11, 16, 10, 0, 0],
    ]
)
UPRIGHT_EDGES = np.array([[-1, 0, 1]] * 3)
IMAGE = np.array([[3, 0, 1, 2, 1], [1, 5, 2, 0, 2], [0, 1, 4, 1, 3], [2, 2, 0, 1, 1]])
CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
DOUT = np.array([[1, 3], [0, 2]])
SMALL_IMAGE = np.array([[1, 0, 2], [3, 1, 0], [0, 2, 1]])
SMALL_KERNEL = np.array([[1, 2], [0, -1]])
CELL = 33
LEFT, RIGHT = 2, 280


def draw():
    return {
        "digit-edges.svg": digit_edges(),
        "stride-and-padding.svg": stride_and_padding(),
        "gradient-of-the-image.svg": gradient_of_the_image(),
    }


def convolve(image, kernel, **options):
    return conv2d_forward(image[None, None], kernel[None, None], np.zeros(1), **options)[0, 0]


def digit_edges():
    drawing = Drawing(
        480,
        390,
        "A filter for upright edges on a handwritten 1",
        "An image of 8 by 8 grey values, a kernel of 3 by 3 with -1 on the left and 1 on the right, and the feature map "
        "of 6 by 6: positive on the left edge of the stroke, negative on its right edge, near 0 inside.",
    )
    drawing.text(LEFT, 24, "image, 8 × 8")
    heat_map(drawing, (LEFT, 36), ONE, CELL)
    drawing.text(RIGHT, 24, "kernel, 3 × 3")
    heat_map(drawing, (RIGHT, 36), UPRIGHT_EDGES, CELL)
    drawing.text(RIGHT, 176, "feature map, 6 × 6")
    heat_map(drawing, (RIGHT, 188), convolve(ONE, UPRIGHT_EDGES), CELL)
    mark(drawing, (LEFT, 36), row=4, column=1, size=3)
    mark(drawing, (RIGHT, 188), row=4, column=1, size=1)
    return drawing.svg()


def stride_and_padding():
    drawing = Drawing(
        480,
        260,
        "Stride 2 on an image padded by 1",
        "An image of 4 by 5 with a border of zeros, 6 by 7 in all. A cross-shaped kernel of 3 by 3 moves by 2: two "
        "positions down and three across give a map of 2 by 3. The last row of zeros is never reached.",
    )
    drawing.text(LEFT, 24, "image 4 × 5, padded by 1")
    heat_map(drawing, (LEFT, 36), np.pad(IMAGE, 1), CELL)
    drawing.text(RIGHT, 24, "kernel, 3 × 3")
    heat_map(drawing, (RIGHT, 36), CROSS, CELL)
    drawing.text(RIGHT, 176, "stride 2 gives 2 × 3")
    heat_map(drawing, (RIGHT, 188), convolve(IMAGE, CROSS, stride=2, padding=1), CELL)
    for column in (0, 1):
        mark(drawing, (LEFT, 36), row=0, column=2 * column, size=3, series=column + 1)
        mark(drawing, (RIGHT, 188), row=0, column=column, size=1, series=column + 1)
    return drawing.svg()


def gradient_of_the_image():
    drawing = Drawing(
        480,
        150,
        "What the windows hand back to the image",
        "A 2 by 2 table dout, a kernel of 2 by 2 and the gradient of a 3 by 3 image. The window of each value of dout "
        "adds that value times the kernel. The two windows of the top row overlap in the middle column: 1 times 2 plus "
        "3 times 1 is 5 in the top row.",
    )
    one = [array[None, None] for array in (DOUT, SMALL_IMAGE, SMALL_KERNEL)]
    tables = {
        "dout": DOUT,
        "kernel": SMALL_KERNEL,
        "gradient of the image": conv2d_backward(*one, np.zeros(1))[0][0, 0],
    }
    for left, (label, table) in zip((LEFT, 140, RIGHT), tables.items(), strict=True):
        drawing.text(left, 24, label)
        heat_map(drawing, (left, 36), table, CELL)
    for column in (0, 1):
        mark(drawing, (LEFT, 36), row=0, column=column, size=1, series=column + 1)
        mark(drawing, (RIGHT, 36), row=0, column=column, size=2, series=column + 1)
    return drawing.svg()


def mark(drawing, corner, row, column, size, series=1):
    """Outline `size` by `size` cells, inside by more for each series so that outlines of overlapping windows differ."""
    inset = 2.5 * series
    x, y, side = corner[0] + column * CELL + inset, corner[1] + row * CELL + inset, size * CELL - 2 * inset
    drawing.rectangle(x, y, side, side, f"fig-line-{series}", stroke=3)
