def k_means(X, centroids, max_iter=100):
    points = [[float(value) for value in row] for row in X]
    means = [[float(value) for value in row] for row in centroids]
    labels = None
    for _ in range(max_iter):
        new_labels = []
        for point in points:
            nearest, least = 0, float("inf")
            for k, mean in enumerate(means):
                distance = sum((a - b) ** 2 for a, b in zip(point, mean))
                if distance < least:
                    nearest, least = k, distance
            new_labels.append(nearest)
        if new_labels == labels:
            break
        labels = new_labels
        for k in range(len(means)):
            mine = [point for point, label in zip(points, labels) if label == k]
            if mine:
                means[k] = [sum(column) / len(mine) for column in zip(*mine)]
    return means, labels
