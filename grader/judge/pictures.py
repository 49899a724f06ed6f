"""Arrays that are images or sequences, made small enough to be kept with a verdict and drawn by a page.

A picture has one letter for each value: 0 to 9 for what is not negative, a to i for what is negative, each a step of
strength, "n" for NaN, "p" and "m" for the infinities, "." for what is not drawn. So a table of 32 by 32 values, the
largest that is kept, takes about 1.2 kB, and a series of 128 numbers, the longest, about 1 kB. Whether a value is an
image or a series is told by its shape alone: a task names nothing of the kind.
"""

import numpy as np

STEPS = 9
SIDE = 32  # rows and columns of a picture
LEAST_SERIES, MOST_SERIES = 8, 128
DIGITS = 5
LETTERS = np.array([*"0123456789", *"abcdefghi", *"npm."])
NAN, PLUS, MINUS, BLANK = 19, 20, 21, 22  # places in LETTERS


def is_image(array: np.ndarray) -> bool:
    """Tell whether the last two axes can be looked at: a map of 3 x 3 or more, of 2 x 3 where there are channels."""
    if array.ndim < 2 or not array.size or array.dtype.kind not in "biuf":
        return False
    rows, columns = array.shape[-2:]
    return bool(min(rows, columns) >= (3 if array.ndim == 2 else 2) and rows * columns >= 6)


def largest(array: np.ndarray) -> float:
    """Return the largest finite absolute value, 0.0 where there is none."""
    size = np.abs(array if array.dtype.kind == "c" else array.astype(np.float64))
    return float(size[np.isfinite(size)].max(initial=0.0))


def letters(table: np.ndarray, scale: float, drawn: np.ndarray) -> list[str]:
    """Return the rows of a table as letters; whatever is larger than `scale` gets the strongest step."""
    values = table.astype(np.float64)
    with np.errstate(all="ignore"):
        steps = np.ceil(np.nan_to_num(np.abs(values) / (scale or 1.0)) * STEPS).clip(0, STEPS).astype(int)
    places = np.where((values < 0) & (steps > 0), STEPS + steps, steps)
    for places_of, is_it in ((NAN, np.isnan), (PLUS, np.isposinf), (MINUS, np.isneginf)):
        places = np.where(is_it(values), places_of, places)
    return ["".join(row) for row in LETTERS[np.where(drawn, places, BLANK)]]


def series(array: np.ndarray) -> list[float] | None:
    """Return a vector of at least 8 floats as numbers of five digits, at most 128 of them evenly spaced; else None."""
    if array.ndim != 1 or array.dtype.kind != "f" or array.size < LEAST_SERIES:
        return None
    places = np.linspace(0, array.size - 1, min(array.size, MOST_SERIES)).round().astype(int)
    return [float(f"{value:.{DIGITS}g}") for value in array[places]]
