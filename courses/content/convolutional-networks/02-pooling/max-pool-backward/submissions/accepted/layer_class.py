import numpy as np


class MaxPool:
    def __init__(self, size, stride):
        self.size = size
        self.stride = stride
        self.switches = {}

    def forward(self, images):
        """Remember for each window where its maximum was."""
        self.shape = images.shape
        for n, image in enumerate(images):
            for c, channel in enumerate(image):
                for top in range(0, channel.shape[0] - self.size + 1, self.stride):
                    for left in range(0, channel.shape[1] - self.size + 1, self.stride):
                        pixels = [
                            (-channel[top + u, left + v], top + u, left + v)
                            for u in range(self.size)
                            for v in range(self.size)
                        ]
                        _, row, column = min(pixels)
                        self.switches[n, c, top // self.stride, left // self.stride] = row, column

    def backward(self, upstream):
        gradient = np.zeros(self.shape, dtype=np.float32)
        for (n, c, i, j), (row, column) in self.switches.items():
            gradient[n, c, row, column] += upstream[n, c, i, j]
        return gradient


def max_pool_backward(dout, x, size, stride):
    layer = MaxPool(size, stride)
    layer.forward(x)
    return layer.backward(dout)
