def perceptron_train(X, y, w, b, lr, epochs):
    mistakes = 1
    while mistakes:
        mistakes = 0
        for x, label in zip(X, y):
            error = label - int(w @ x + b > 0)
            if error:
                mistakes += 1
                w = w + lr * error * x
                b = b + lr * error
    return w, b
