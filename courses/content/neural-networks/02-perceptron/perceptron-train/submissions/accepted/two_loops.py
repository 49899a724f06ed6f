def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = int(w @ x + b > 0)
            step = lr * (label - fires)
            w, b = w + step * x, b + step
    return w, b
