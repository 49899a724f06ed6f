"""Directions along which data vary. Formulas and sources: `mlcore.numpy.components`."""

import torch
from torch import Tensor


def pca(X: Tensor, n_components: int) -> tuple[Tensor, Tensor]:
    """Principal components of X (N, D), one in each row, and the variances along them (N − 1).

    Variances have slopes everywhere, components where no two singular values are equal.
    """
    X = X.double()
    _, singular_values, components = torch.linalg.svd(X - X.mean(dim=0), full_matrices=False)
    return components[:n_components], singular_values[:n_components] ** 2 / (len(X) - 1)
