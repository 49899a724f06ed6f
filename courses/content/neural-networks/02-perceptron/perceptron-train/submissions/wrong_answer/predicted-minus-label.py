"""You subtracted the label from the answer, so every mistake makes the next one more certain. After a miss, should the sum for that sample go up or down?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = int(w @ x + b > 0)
            error = fires - label
            w = w + lr * error * x
            b = b + lr * error
    return w, b
