# backend: torch
import torch


def k_means(X, centroids, max_iter=100):
    X, centroids = X.to(torch.float64), centroids.to(torch.float64)
    labels = X.new_full((X.shape[0],), -1, dtype=torch.long)
    for _ in range(max_iter):
        squares = (X.unsqueeze(1) - centroids.unsqueeze(0)).pow(2).sum(-1)
        before, labels = labels, squares.min(dim=1).indices
        if (before == labels).all():
            break
        counts = torch.bincount(labels, minlength=centroids.shape[0]).unsqueeze(1)
        sums = torch.zeros_like(centroids).index_add(0, labels, X)
        centroids = torch.where(counts > 0, sums / counts.clamp(min=1), centroids)
    return centroids, labels
