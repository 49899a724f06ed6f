"""You updated the weights and left the bias as it was. The bias is a weight for an input that is always 1: what does the rule give for it?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = int(w @ x + b > 0)
            error = label - fires
            w = w + lr * error * x
    return w, b
