def batch_gradient_descent(X, y, theta, lr, steps):
    for _ in range(steps):
        theta = theta - lr * X @ (X @ theta - y) / len(y)
    return theta
