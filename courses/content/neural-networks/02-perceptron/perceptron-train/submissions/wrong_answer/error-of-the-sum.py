"""You took the label minus the sum itself, without the threshold, so right answers change the weights as well. What is the perceptron's answer for a sum of 5, and what is the error if the label is 1?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            error = label - (w @ x + b)
            w = w + lr * error * x
            b = b + lr * error
    return w, b
