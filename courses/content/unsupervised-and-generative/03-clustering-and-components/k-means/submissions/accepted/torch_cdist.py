# backend: torch
import torch


def k_means(X, centroids, max_iter=100):
    X, centroids = X.double(), centroids.double().clone()
    labels = None
    for _ in range(max_iter):
        new = torch.cdist(X, centroids).argmin(dim=1)
        if labels is not None and torch.equal(new, labels):
            break
        labels = new
        for k in labels.unique():
            centroids[k] = X[labels == k].mean(dim=0)
    return centroids, labels
