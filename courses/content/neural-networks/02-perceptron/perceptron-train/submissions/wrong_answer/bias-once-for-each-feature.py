"""You moved the bias inside the loop over the features, so it took one step for each of them. How many biases has the perceptron, and how many steps does one sample give it?"""


def perceptron_train(X, y, w, b, lr, epochs):
    for _ in range(epochs):
        for x, label in zip(X, y):
            fires = int(w @ x + b > 0)
            error = label - fires
            w = w.copy()
            for d in range(len(w)):
                w[d] += lr * error * x[d]
                b = b + lr * error
    return w, b
