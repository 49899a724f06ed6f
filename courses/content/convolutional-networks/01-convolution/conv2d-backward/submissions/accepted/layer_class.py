import numpy as np


class Convolution:
    def __init__(self, weights, bias, stride, padding):
        self.weights, self.bias = weights, bias
        self.stride, self.padding = stride, padding

    def windows_of(self, padded, positions):
        """Yield each position of the output with the view of the padded images under it."""
        height, width = self.weights.shape[2:]
        for row in range(positions[0]):
            for column in range(positions[1]):
                top, left = row * self.stride, column * self.stride
                yield row, column, padded[:, :, top : top + height, left : left + width]

    def backward(self, images, upstream):
        p = self.padding
        padded = np.pad(images, ((0, 0), (0, 0), (p, p), (p, p)))
        grad_padded = np.zeros(padded.shape)
        self.grad_bias = upstream.sum(axis=0).sum(axis=1).sum(axis=1)
        self.grad_weights = np.zeros(self.weights.shape)
        sizes = upstream.shape[2:]
        for row, column, window in self.windows_of(padded, sizes):
            self.grad_weights += np.tensordot(upstream[:, :, row, column], window, axes=(0, 0))
        for row, column, window in self.windows_of(grad_padded, sizes):
            window += np.tensordot(upstream[:, :, row, column], self.weights, axes=1)
        bottom, right = padded.shape[2] - p, padded.shape[3] - p
        return grad_padded[:, :, p:bottom, p:right]


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    layer = Convolution(w, b, stride, padding)
    dx = layer.backward(x, dout)
    return dx, layer.grad_weights, layer.grad_bias
