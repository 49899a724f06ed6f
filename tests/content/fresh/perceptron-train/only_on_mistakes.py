def perceptron_train(X, y, w, b, lr, epochs):
    weights, bias = [float(value) for value in w], float(b)
    for _ in range(epochs):
        for row, label in zip(X.tolist(), y.tolist()):
            total = bias
            for value, weight in zip(row, weights):
                total += value * weight
            if label == 1 and total <= 0:
                weights = [weight + lr * value for value, weight in zip(row, weights)]
                bias += lr
            elif label == 0 and total > 0:
                weights = [weight - lr * value for value, weight in zip(row, weights)]
                bias -= lr
    return weights, bias
