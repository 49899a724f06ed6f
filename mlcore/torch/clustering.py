"""Groups found without labels. Formulas and sources: `mlcore.numpy.clustering`."""

import torch
from torch import Tensor


def k_means(X: Tensor, centroids: Tensor, max_iter: int = 100) -> tuple[Tensor, Tensor]:
    """Lloyd's algorithm on X (N, D) from centroids (K, D): the centroids (K, D) and labels (N,) that it ends with.

    The centroids are differentiable as means of their samples; labels have no slope.
    """
    X, centroids = X.double(), centroids.double()
    labels = torch.tensor([], dtype=torch.int64, device=X.device)  # nobody has one yet
    for _ in range(max_iter):
        squares = ((X[:, None] - centroids) ** 2).sum(dim=2)  # (N, K)
        nearest = squares.argmin(dim=1)
        if torch.equal(nearest, labels):
            break
        labels = nearest
        members = [labels == k for k in range(len(centroids))]
        centroids = torch.stack(
            [X[own].mean(dim=0) if own.any() else old for own, old in zip(members, centroids, strict=True)]
        )
    return centroids, labels
