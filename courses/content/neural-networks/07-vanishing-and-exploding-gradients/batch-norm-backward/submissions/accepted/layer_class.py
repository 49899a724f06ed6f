import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, eps):
        self.gamma, self.beta, self.eps = gamma, beta, eps

    def forward(self, x):
        self.mean = x.mean(axis=0, keepdims=True)
        self.centred = x - self.mean
        self.root = np.sqrt(np.var(x, axis=0, keepdims=True) + self.eps)
        return self.gamma * self.centred / self.root + self.beta

    def backward(self, upstream):
        batch = len(upstream)
        self.grad_beta = np.add.reduce(upstream)
        self.grad_gamma = np.add.reduce(upstream * self.centred / self.root)
        grad = upstream * self.gamma
        grad_root = -np.add.reduce(grad * self.centred) / self.root**2
        grad_centred = grad / self.root + self.centred / (batch * self.root) * grad_root
        return grad_centred - grad_centred.mean(axis=0)


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    layer = BatchNorm(gamma, beta, eps)
    layer.forward(x)
    return layer.backward(dout), layer.grad_gamma, layer.grad_beta
