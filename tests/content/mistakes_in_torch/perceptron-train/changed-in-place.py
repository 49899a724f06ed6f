def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X.double(), y, strict=True):
            step = lr * (float(label) - float(x @ w + b > 0))
            w += step * x
            b += step
    return w, b
