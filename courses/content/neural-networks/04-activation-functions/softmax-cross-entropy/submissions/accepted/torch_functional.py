# backend: torch
import torch.nn.functional as F


def softmax_cross_entropy(logits, labels):
    z = logits.detach().clone().double().requires_grad_()
    loss = F.cross_entropy(z, labels.long())
    loss.backward()
    return loss.detach(), z.grad
