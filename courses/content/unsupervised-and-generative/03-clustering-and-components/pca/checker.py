"""Components are right up to their sign, and up to a rotation where variances are equal. So they are judged by what
they are to the data: unit vectors at right angles that the covariance matrix only stretches, by the right factors.
"""

import numpy as np

TOLERANCE = 1e-5  # float32 stays well below it, numbers rounded to float16 do not


def orthonormal(inputs, got, want):
    got = np.asarray(got, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        error = np.abs(got @ got.T - np.eye(len(got)))
    lengths = np.abs(np.diag(error)).max()
    if not lengths <= TOLERANCE:
        return f"The rows of components are no unit vectors: a squared length is off by {lengths:.2g}."
    if not error.max() <= TOLERANCE:
        return f"The rows of components are not at right angles: a product of two of them is {error.max():.2g}."
    return ""


def directions(inputs, got, want):
    message = orthonormal(inputs, got, want)
    if message:
        return message
    covariance, variances = _variances(inputs["X"])
    turned = np.linalg.norm(got @ covariance - variances[: len(got), None] * got, axis=1)
    for row, error in enumerate(turned / variances[0]):
        if not error <= TOLERANCE:
            return (
                f"Row {row} of components is no direction of the variance in place {row + 1}: the covariance matrix "
                f"turns it or stretches it by another factor (off by {error:.2g} of the largest variance)."
            )
    return ""


def _variances(X):
    """The covariance matrix and its eigenvalues, largest first."""
    X = np.asarray(X, dtype=np.float64)
    covariance = np.cov(X, rowvar=False).reshape(X.shape[1], X.shape[1])
    return covariance, np.linalg.eigvalsh(covariance)[::-1]
