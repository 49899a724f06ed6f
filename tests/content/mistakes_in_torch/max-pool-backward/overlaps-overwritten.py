import torch.nn.functional as F


def max_pool_backward(dout, x, size, stride):
    _, where = F.max_pool2d(x.double(), size, stride, return_indices=True)
    dx = dout.new_zeros(x.shape).flatten(2)
    for i in range(where.shape[2]):
        for j in range(where.shape[3]):
            dx.scatter_(2, where[:, :, i, j, None], dout[:, :, i, j, None])
    return dx.view(x.shape)
