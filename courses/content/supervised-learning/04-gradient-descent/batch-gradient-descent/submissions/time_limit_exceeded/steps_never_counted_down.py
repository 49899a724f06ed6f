def batch_gradient_descent(X, y, theta, lr, steps):
    while steps > 0:
        theta = theta - lr * X.T @ (X @ theta - y) / len(y)
    return theta
