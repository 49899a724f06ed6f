def nearest(sample, centroids):
    best, best_distance = 0, float("inf")
    for k, centroid in enumerate(centroids):
        distance = sum((a - b) ** 2 for a, b in zip(sample, centroid))
        if distance < best_distance:
            best, best_distance = k, distance
    return best


def k_means(X, centroids, max_iter=100):
    X, centroids = X.tolist(), centroids.tolist()
    labels = []
    for _ in range(max_iter):
        before, labels = labels, [nearest(sample, centroids) for sample in X]
        if labels == before:
            break
        for k in range(len(centroids)):
            members = [sample for sample, label in zip(X, labels) if label == k]
            if members:
                centroids[k] = [sum(column) / len(members) for column in zip(*members)]
    return centroids, labels
