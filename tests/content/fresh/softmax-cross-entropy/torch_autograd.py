# backend: torch
import torch


def softmax_cross_entropy(logits, labels):
    z = logits.detach().double().requires_grad_()
    loss = torch.nn.CrossEntropyLoss()(z, labels)
    loss.backward()
    return loss.item(), z.grad
