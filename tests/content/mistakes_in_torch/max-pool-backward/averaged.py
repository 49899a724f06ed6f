import torch
import torch.nn.functional as F


def max_pool_backward(dout, x, size, stride):
    x = x.double().requires_grad_()
    return torch.autograd.grad(F.avg_pool2d(x, size, stride), x, dout)[0]
