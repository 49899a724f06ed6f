def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X.double(), y, strict=True):
            fires = float(x @ w + b > 0)
            w = w + lr * (float(label) - fires) * x
    return w, b
