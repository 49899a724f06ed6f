# backend: torch
import torch


def k_means(X, centroids, max_iter=100):
    X, means = X.double(), centroids.double().clone()
    labels = torch.full((X.shape[0],), -1)
    for _ in range(max_iter):
        nearest = (X.unsqueeze(1) - means.unsqueeze(0)).pow(2).sum(dim=2).argmin(dim=1)
        if torch.equal(nearest, labels):
            break
        labels = nearest
        counts = torch.bincount(labels, minlength=len(means))
        sums = torch.zeros_like(means).index_add_(0, labels, X)
        full = counts > 0
        means[full] = sums[full] / counts[full].unsqueeze(1)
    return means, labels
