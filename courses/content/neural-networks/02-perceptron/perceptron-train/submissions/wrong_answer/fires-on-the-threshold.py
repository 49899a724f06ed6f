"""Your perceptron fires when the sum is exactly 0. Which answer does the statement give for a sum of 0, and so which samples are mistakes while all weights are 0?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = int(w @ x + b >= 0)
            error = label - fires
            w = w + lr * error * x
            b = b + lr * error
    return w, b
