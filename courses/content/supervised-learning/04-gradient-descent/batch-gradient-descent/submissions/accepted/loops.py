def batch_gradient_descent(X, y, theta, lr, steps):
    n, d = len(X), len(theta)
    theta = [float(t) for t in theta]
    for _ in range(steps):
        grad = [0.0] * d
        for i in range(n):
            error = sum(X[i][j] * theta[j] for j in range(d)) - y[i]
            for j in range(d):
                grad[j] += error * X[i][j] / n
        theta = [t - lr * g for t, g in zip(theta, grad)]
    return theta
