"""You answered all samples with the weights from the beginning of the pass and then updated once. Which weights should the second sample see?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        errors = y - (X @ w + b > 0)
        w = w + lr * (errors @ X)
        b = b + lr * errors.sum()
    return w, b
