"""Is this gradient right? Two ways to measure one without knowing its formula, and how far two of them are apart."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlcore.numpy.derivatives import numerical_gradient as central_differences

__all__ = ["central_differences", "complex_step", "relative_error"]

COMPLEX_STEP = 1e-100  # nothing is subtracted, so that it can be far below the rounding error of x


def complex_step(f: Callable[[NDArray[np.complex128]], complex], x: ArrayLike) -> NDArray[np.float64]:
    """Im f(x + ih·e_i) / h for each element i of x: exact to rounding, as no two near numbers are subtracted.

    It applies where f is analytic and computed in complex numbers all along: sums, products, powers, exp, log, sin.
    It does not where f takes absolute values, compares, looks for a maximum, rounds, or conjugates.

    Parameters
    ----------
    f : function of one complex array of x's shape that returns one complex number
    x : array-like of real numbers, any shape; f is given copies

    Raises
    ------
    TypeError
        f returned a real number: it has dropped the imaginary part, which holds the slope.

    References
    ----------
    Squire and Trapp, Using complex variables to estimate derivatives of real functions, SIAM Review 40 (1998).
    """
    x = np.asarray(x, dtype=np.float64)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.astype(np.complex128)
        moved[index] += 1j * COMPLEX_STEP
        value = f(moved)
        if not np.iscomplexobj(value):
            raise TypeError("f returned a real number for complex arguments; use central_differences for it.")
        gradient[index] = np.imag(value) / COMPLEX_STEP
    return gradient


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """Return the largest |a − b| / max(|a|, |b|) of all elements: 0 for equal ones, at most 2.

    An element that is 0 in both counts as equal; NaN in either makes the whole NaN.

    Raises
    ------
    ValueError
        The shapes differ: broadcasting would compare what does not belong together.

    References
    ----------
    Higham, Accuracy and Stability of Numerical Algorithms (2002), section 1.2.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"The shapes {a.shape} and {b.shape} differ; compare gradients of one shape.")
    size = np.maximum(np.abs(a), np.abs(b))
    return float(np.max(np.divide(np.abs(a - b), size, out=np.zeros(a.shape), where=size != 0), initial=0.0))
