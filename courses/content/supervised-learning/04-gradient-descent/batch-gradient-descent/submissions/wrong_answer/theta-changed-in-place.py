"""You moved the caller's theta itself. Which array does `theta -= step` write to, and which one does `theta - step` make?"""



def batch_gradient_descent(X, y, theta, lr, steps):
    if theta.dtype != float:
        theta = theta.astype(float)
    for _ in range(steps):
        theta -= lr * X.T @ (X @ theta - y) / len(y)
    return theta
