"""Your perceptron answers 1 and −1 while the labels are 1 and 0. What is the label minus the answer when a sample of class 0 is answered rightly?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = 1 if w @ x + b > 0 else -1
            error = label - fires
            w = w + lr * error * x
            b = b + lr * error
    return w, b
