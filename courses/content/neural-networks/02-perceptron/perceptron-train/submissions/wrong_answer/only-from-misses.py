"""You corrected the samples that should have fired, but never those that should not have. What is 0 − 1, and what does the rule do with it?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = int(w @ x + b > 0)
            error = label - fires
            if error > 0:
                w = w + lr * x
                b = b + lr
    return w, b
