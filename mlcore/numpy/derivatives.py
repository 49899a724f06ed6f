"""Slopes of functions, measured by moving their arguments a little."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def numerical_gradient(
    f: Callable[[NDArray[np.float64]], float], x: ArrayLike, eps: float = 1e-5
) -> NDArray[np.float64]:
    """Central differences (f(x + eps·e_i) − f(x − eps·e_i)) / (2·eps), one for each element i of x.

    The truncation error is eps²/6·f''' and the rounding error about 1e-16·|f|/eps: near 1e-5 both are small.

    Parameters
    ----------
    f : function of one array of x's shape that returns one number
    x : array-like of any shape; f is given copies
    eps : float > 0, in the unit of x

    Returns
    -------
    array of x's shape

    References
    ----------
    Nocedal and Wright, Numerical Optimization (2006), eq. 8.7.
    """
    x = np.asarray(x, dtype=np.float64)
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[index] += eps
        behind[index] -= eps
        gradient[index] = (f(ahead) - f(behind)) / (2 * eps)
    return gradient
