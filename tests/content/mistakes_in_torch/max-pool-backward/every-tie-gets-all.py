import torch


def max_pool_backward(dout, x, size, stride):
    dx = torch.zeros(x.shape, dtype=dout.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            here = (..., slice(i * stride, i * stride + size), slice(j * stride, j * stride + size))
            mask = x[here] == x[here].amax(dim=(2, 3), keepdim=True)
            dx[here] += mask * dout[:, :, i : i + 1, j : j + 1]
    return dx
