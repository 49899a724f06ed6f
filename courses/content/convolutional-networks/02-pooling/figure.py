import numpy as np

from courses.figures import Drawing, heat_map
from mlcore.numpy.pooling import max_pool_backward, max_pool_forward

MAP = np.array([[1, 5, 2, 0, 3, 7], [4, 2, 8, 6, 1, 3], [0, 2, 1, 4, 9, 3], [6, 2, 3, 2, 5, 1]])
IMAGE = np.array([[2, 1, 0, 3], [0, 9, 4, 1], [5, 2, 1, 6]])
DOUT = np.array([[1, -2, 4], [3, 5, -1]])
CELL = 33
LEFT, TOP = 2, 36


def draw():
    return {"max-and-average.svg": max_and_average(), "routes-of-the-gradient.svg": routes_of_the_gradient()}


def max_and_average():
    drawing = Drawing(
        480,
        180,
        "Max pooling and average pooling of one feature map",
        "A map of 4 by 6 is cut into windows of 2 by 2. Max pooling keeps the largest value of each window, average "
        "pooling their mean. In the marked window with 2, 0, 8 and 6 the largest is 8 and the mean is 4.",
    )
    average = MAP.reshape(2, 2, 3, 2).mean(axis=(1, 3))
    tables = {"map, 4 × 6": MAP, "largest": max_pool_forward(MAP[None, None], 2, 2)[0, 0], "mean": average}
    for left, (label, table) in zip((LEFT, 245, 370), tables.items(), strict=True):
        drawing.text(left, 24, label)
        heat_map(drawing, (left, TOP), table, CELL)
        mark(drawing, (left, TOP), row=0, column=2 if table is MAP else 1, size=2 if table is MAP else 1)
    return drawing.svg()


def routes_of_the_gradient():
    drawing = Drawing(
        480,
        150,
        "Where max pooling sends the gradient",
        "An image of 3 by 4 whose largest pixel is a 9 in the middle, the gradient of the 2 by 3 outputs of windows of "
        "2 by 2 at stride 1, and the gradient of the image. The 9 wins four windows and gets 1 - 2 + 3 + 5 = 7.",
    )
    dx = max_pool_backward(DOUT[None, None], IMAGE[None, None], 2, 1)[0, 0]
    for left, (label, table) in zip((LEFT, 180, 320), {"image": IMAGE, "dout": DOUT, "dx": dx}.items(), strict=True):
        drawing.text(left, 24, label)
        heat_map(drawing, (left, TOP), table, CELL)
    for series, (row, column) in enumerate([(0, 1), (1, 2)], start=1):
        mark(drawing, (LEFT, TOP), row, column, size=2, series=series)
        mark(drawing, (180, TOP), row, column, size=1, series=series)
    mark(drawing, (320, TOP), row=1, column=1, size=1, series=1)
    mark(drawing, (320, TOP), row=2, column=3, size=1, series=2)
    return drawing.svg()


def mark(drawing, corner, row, column, size, series=1):
    """Outline `size` by `size` cells, inside by more for each series so that outlines of overlapping windows differ."""
    inset = 2.5 * series
    x, y, side = corner[0] + column * CELL + inset, corner[1] + row * CELL + inset, size * CELL - 2 * inset
    drawing.rectangle(x, y, side, side, f"fig-line-{series}", stroke=3)
