import numpy as np


def logistic_regression_fit(X, y, w, b, lr, steps):
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.append(w, b).astype(np.float64)
    for _ in range(steps):
        z = np.clip(A @ theta, -500, 500)
        theta = theta + lr / len(y) * A.T @ (y - 1 / (1 + np.exp(-z)))
    return theta[:-1], theta[-1]
