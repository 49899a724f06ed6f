def batch_gradient_descent(X, y, theta, lr, steps):
    N, D = X.shape
    theta = [float(t) for t in theta]
    for _ in range(steps):
        gradient = [0.0] * D
        for n in range(N):
            error = sum(X[n, d] * theta[d] for d in range(D)) - y[n]
            for d in range(D):
                gradient[d] += error * X[n, d] / N
        theta = [t - lr * g for t, g in zip(theta, gradient)]
    return theta
