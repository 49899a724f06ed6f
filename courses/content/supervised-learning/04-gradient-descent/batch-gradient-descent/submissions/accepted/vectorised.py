

def batch_gradient_descent(X, y, theta, lr, steps):
    N = X.shape[0]
    theta = theta.astype(float).copy()
    for _ in range(steps):
        theta -= lr / N * (X.T @ (X @ theta - y))
    return theta
