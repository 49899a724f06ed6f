def perceptron_train(X, y, w, b, lr, epochs):
    w = [float(value) for value in w]
    for _ in range(epochs):
        for n in range(len(X)):
            total = b
            for d in range(len(w)):
                total += w[d] * X[n][d]
            error = y[n] - (1 if total > 0 else 0)
            for d in range(len(w)):
                w[d] += lr * error * X[n][d]
            b += lr * error
    return w, b
