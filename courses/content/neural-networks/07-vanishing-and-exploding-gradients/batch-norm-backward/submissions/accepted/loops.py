import math


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    n, features = len(x), len(gamma)
    dx = [[0.0] * features for _ in range(n)]
    dgamma, dbeta = [], []
    for d in range(features):
        column = [float(row[d]) for row in x]
        upstream = [float(row[d]) for row in dout]
        mean = sum(column) / n
        variance = sum((value - mean) ** 2 for value in column) / n
        root = math.sqrt(variance + eps)
        xhat = [(value - mean) / root for value in column]
        total = sum(upstream)
        along = sum(g * h for g, h in zip(upstream, xhat))
        for i in range(n):
            dx[i][d] = float(gamma[d]) / (n * root) * (n * upstream[i] - total - xhat[i] * along)
        dgamma.append(along)
        dbeta.append(total)
    return dx, dgamma, dbeta
