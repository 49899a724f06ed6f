"""Directions along which data vary. Samples are rows."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def pca(X: ArrayLike, n_components: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Principal components: unit vectors at right angles, each along the largest variance that is left.

    X − mean = U·S·Vᵀ; the components are the first rows of Vᵀ, their variances S²/(N − 1).

    The components are eigenvectors of the covariance matrix. Each is free to have either sign, and where variances are
    equal, components may be turned within the space that they span.

    Parameters
    ----------
    X : array-like of shape (N, D), N >= 2
    n_components : int from 1 to min(N, D)

    Returns
    -------
    components : array of shape (n_components, D), rows orthonormal, largest variance first
    explained_variance : array of shape (n_components,)

    References
    ----------
    Jolliffe, Principal Component Analysis, 2nd ed. (2002), sections 1.1 and 3.5.
    """
    X = np.asarray(X, dtype=np.float64)
    _, singular_values, components = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    return components[:n_components], singular_values[:n_components] ** 2 / (len(X) - 1)
