"""You moved the bias by the whole error, without the learning rate. If the bias is a weight for an input of 1, by how much does the rule move it?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = int(w @ x + b > 0)
            error = label - fires
            w = w + lr * error * x
            b = b + error
    return w, b
