import numpy as np


def logistic_regression_fit(X, y, w, b, lr, steps):
    design = np.column_stack([X, np.ones(len(X))])
    theta = np.append(w, b).astype(np.float64)
    for _ in range(steps):
        p = 0.5 + 0.5 * np.tanh(0.5 * (design @ theta))
        theta = theta - lr * np.einsum("n,nd->d", p - y, design) / len(y)
    return {"w": theta[:-1], "b": theta[-1]}
