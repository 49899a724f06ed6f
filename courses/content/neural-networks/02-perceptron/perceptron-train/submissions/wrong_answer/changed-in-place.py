"""You updated the weights with `+=`, so the caller's start is no longer what it was. Which array does `w += step` write to, and which one does `w = w + step` make?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = int(w @ x + b > 0)
            error = label - fires
            w += lr * error * x
            b = b + lr * error
    return w, b
