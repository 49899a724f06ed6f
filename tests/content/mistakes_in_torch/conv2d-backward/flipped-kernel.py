from torch.nn import grad


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    dx = grad.conv2d_input(x.shape, w.flip(2, 3), dout, stride=stride, padding=padding)
    dw = grad.conv2d_weight(x.to(dout.dtype), w.shape, dout, stride=stride, padding=padding)
    return dx, dw, dout.sum((0, 2, 3))
