import torch


def k_means(X, centroids, max_iter=100):
    X, centroids = X.double(), centroids.double().clone()
    labels, before = torch.zeros(0), None
    while before is None or not torch.equal(labels, before):
        before, labels = labels, torch.cdist(X, centroids).argmin(dim=1)
        for k in labels.unique():
            centroids[k] = X[labels == k].mean(dim=0)
    return centroids, labels
